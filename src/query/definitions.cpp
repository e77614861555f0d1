#include "query/definitions.hpp"

#include <algorithm>
#include <array>

namespace terracat::query {
namespace {

using std::string_view;

constexpr std::array<string_view, 3> orbit_states{"ascending", "descending", "geostationary"};
constexpr std::array<string_view, 8> frequency_bands{"P", "L", "S", "C", "X", "Ku", "K", "Ka"};
constexpr std::array<string_view, 2> observation_directions{"left", "right"};
constexpr std::array<string_view, 6> order_states{"orderable", "ordered",   "pending",
                                                  "shipping",  "succeeded", "failed"};

constexpr auto boolean = Type::boolean;
constexpr auto number = Type::number;
constexpr auto text = Type::text;
constexpr auto moment = Type::time;
constexpr auto list = Type::list;

constexpr bool whole = true;
constexpr bool sortable = true;
constexpr std::nullopt_t any = std::nullopt;

using Place = Property::Place;

constexpr Definition core(string_view name, Type type, string_view title, Place place) {
  return {.name = name, .type = type, .is_sortable = true, .title = title, .place = place};
}

// Sorted by name. `name, type, whole, sortable, title, minimum, maximum, values`
constexpr std::array table{
    Definition{"collection",
               text,
               false,
               false,
               "Identifier of the collection",
               any,
               any,
               {},
               Place::collection},
    Definition{"constellation", text, false, sortable, "Constellation"},
    Definition{"created", moment, false, sortable, "Time of creation of the metadata"},
    core("datetime", moment, "Acquisition time", Place::time),
    Definition{"deprecated", boolean, false, false, "Deprecated"},
    Definition{"description", text, false, false, "Description"},
    core("end_datetime", moment, "End of the acquisition", Place::end),
    Definition{"eo:cloud_cover", number, false, sortable, "Cloud cover (%)", 0, 100},
    Definition{"eo:snow_cover", number, false, sortable, "Snow and ice cover (%)", 0, 100},
    Definition{"forecast:horizon", text, false, false, "Forecast horizon"},
    Definition{"forecast:reference_datetime", moment, false, sortable, "Time of the forecast"},
    Definition{"grid:code", text, false, sortable, "Grid code"},
    Definition{"gsd", number, false, sortable, "Ground sampling distance (m)", 0, any},
    core("id", text, "Identifier", Place::id),
    Definition{"instruments", list, false, false, "Instruments"},
    Definition{"license", text, false, false, "Licence"},
    Definition{"mgrs:grid_square", text, false, false, "MGRS grid square"},
    Definition{"mgrs:latitude_band", text, false, false, "MGRS latitude band"},
    Definition{"mgrs:utm_zone", number, whole, false, "MGRS UTM zone", 1, 60},
    Definition{"mission", text, false, sortable, "Mission"},
    Definition{"order:date", moment, false, false, "Time of the order"},
    Definition{"order:status", text, false, false, "State of the order", any, any, order_states},
    Definition{"platform", text, false, sortable, "Platform"},
    Definition{"processing:datetime", moment, false, sortable, "Time of processing"},
    Definition{"processing:facility", text, false, false, "Processing facility"},
    Definition{"processing:level", text, false, sortable, "Processing level"},
    Definition{"processing:lineage", text, false, false, "Lineage"},
    Definition{"processing:version", text, false, false, "Processing version"},
    Definition{"product:timeliness", text, false, false, "Timeliness"},
    Definition{"product:timeliness_category", text, false, false, "Timeliness category"},
    Definition{"product:type", text, false, sortable, "Product type"},
    Definition{"proj:code", text, false, false, "Coordinate reference system"},
    Definition{"proj:epsg", number, whole, false, "EPSG code"},
    Definition{"published", moment, false, sortable, "Time of publication"},
    Definition{"sar:center_frequency", number, false, false, "Centre frequency (GHz)"},
    Definition{"sar:frequency_band", text, false, false, "Frequency band", any, any,
               frequency_bands},
    Definition{"sar:instrument_mode", text, false, sortable, "Instrument mode"},
    Definition{"sar:looks_azimuth", number, false, false, "Looks in azimuth"},
    Definition{"sar:looks_range", number, false, false, "Looks in range"},
    Definition{"sar:observation_direction", text, false, false, "Observation direction", any, any,
               observation_directions},
    Definition{"sar:polarizations", list, false, false, "Polarizations"},
    Definition{"sar:product_type", text, false, sortable, "SAR product type"},
    Definition{"sat:absolute_orbit", number, whole, sortable, "Absolute orbit", 1, any},
    Definition{"sat:anx_datetime", moment, false, false, "Time of the ascending node"},
    Definition{"sat:orbit_state", text, false, sortable, "Orbit state", any, any, orbit_states},
    Definition{"sat:platform_international_designator", text, false, false,
               "International designator"},
    Definition{"sat:relative_orbit", number, whole, sortable, "Relative orbit", 1, any},
    Definition{"sci:citation", text, false, false, "Citation"},
    Definition{"sci:doi", text, false, false, "DOI"},
    core("start_datetime", moment, "Start of the acquisition", Place::start),
    Definition{"storage:tier", text, false, false, "Storage tier"},
    Definition{"title", text, false, sortable, "Title"},
    Definition{"updated", moment, false, sortable, "Time of the last change of the metadata"},
    Definition{"version", text, false, sortable, "Version"},
    Definition{"view:azimuth", number, false, false, "Viewing azimuth (°)", 0, 360},
    Definition{"view:incidence_angle", number, false, false, "Incidence angle (°)", 0, 90},
    Definition{"view:off_nadir", number, false, sortable, "Off-nadir angle (°)", 0, 90},
    Definition{"view:sun_azimuth", number, false, false, "Sun azimuth (°)", 0, 360},
    Definition{"view:sun_elevation", number, false, sortable, "Sun elevation (°)", -90, 90},
};

static_assert(std::ranges::is_sorted(table, {}, &Definition::name));

} // namespace

std::span<Definition const> definitions() noexcept {
  return table;
}

Definition const* definition(std::string_view name) noexcept {
  auto const* const found = std::ranges::lower_bound(table, name, {}, &Definition::name);
  return found != table.end() && found->name == name ? &*found : nullptr;
}

} // namespace terracat::query

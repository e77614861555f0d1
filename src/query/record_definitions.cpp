#include "query/definitions.hpp"

#include <algorithm>
#include <array>

namespace terracat::query {
namespace {

using Place = Property::Place;

constexpr bool sortable = true;

constexpr Definition text(std::string_view name, std::string_view title, bool is_sortable = false) {
  return {.name = name, .type = Type::text, .is_sortable = is_sortable, .title = title};
}

constexpr Definition list(std::string_view name, std::string_view title) {
  return {.name = name, .type = Type::list, .title = title};
}

constexpr Definition moment(std::string_view name, std::string_view title,
                            Place place = Place::own) {
  return {.name = name, .type = Type::time, .is_sortable = true, .title = title, .place = place};
}

// Sorted by name; catalogue/record_facts.cpp has a value for each, View that of concepts.
constexpr std::array record_table{
    text("access", "What it takes to get the data: open, account, request, restricted"),
    list("concepts", "Addresses of the concepts that it is about, and of all above them"),
    list("contacts", "Names of people and organisations"),
    moment("created", "Time of creation of the metadata"),
    moment("datetime", "Beginning of the period", Place::time),
    text("description", "Description"),
    moment("end_datetime", "End of the period", Place::end),
    list("externalIds", "Identifiers given elsewhere, such as DOIs"),
    list("formats", "Names of the formats of the data"),
    Definition{.name = "id",
               .type = Type::text,
               .is_sortable = true,
               .title = "Identifier",
               .place = Place::id},
    list("instruments", "Instruments"),
    list("keywords", "Keywords"),
    text("language", "Language of the metadata"),
    text("license", "Licence, as SPDX names it", sortable),
    list("platform", "Platforms"),
    list("producers", "Names of organisations"),
    list("resolution", "How fine the data are on the ground: 10m-30m, 100m-1km, …"),
    list("resourceLanguages", "Languages of the data"),
    moment("start_datetime", "Beginning of the period", Place::start),
    list("themes", "Addresses of the concepts that it is about"),
    text("title", "Title", sortable),
    text("type", "What it is: dataset, series, service, …", sortable),
    moment("updated", "Time of the last change of the metadata"),
    list("variables", "Variables"),
};

constexpr Definition matching_items_row{.name = "gaia:matching_items",
                                        .type = Type::number,
                                        .whole = true,
                                        .is_sortable = true,
                                        .title = "Number of its items that match",
                                        .minimum = 0};

static_assert(std::ranges::is_sorted(record_table, {}, &Definition::name));

} // namespace

std::span<Definition const> record_definitions() noexcept {
  return record_table;
}

Definition const& matching_items() noexcept {
  return matching_items_row;
}

} // namespace terracat::query

#include "item_text.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <span>

namespace terracat::bench {
namespace {

using std::string_view_literals::operator""sv;

struct Band {
  std::string_view key;
  std::string_view title;
  std::string_view file;
  int metres; ///< of a pixel
};

constexpr std::array optical_bands{
    Band{"coastal", "Coastal aerosol, 443 nm", "B01", 60},
    Band{"blue", "Blue, 490 nm", "B02", 10},
    Band{"green", "Green, 560 nm", "B03", 10},
    Band{"red", "Red, 665 nm", "B04", 10},
    Band{"rededge1", "Red edge, 705 nm", "B05", 20},
    Band{"rededge2", "Red edge, 740 nm", "B06", 20},
    Band{"rededge3", "Red edge, 783 nm", "B07", 20},
    Band{"nir", "Near infrared, 842 nm", "B08", 10},
    Band{"nir08", "Near infrared, 865 nm", "B8A", 20},
    Band{"nir09", "Water vapour, 945 nm", "B09", 60},
    Band{"swir16", "Short-wave infrared, 1610 nm", "B11", 20},
    Band{"swir22", "Short-wave infrared, 2190 nm", "B12", 20},
    Band{"visual", "True colours", "TCI", 10},
    Band{"scl", "Classes of the scene", "SCL", 20},
    Band{"aot", "Optical thickness of aerosols", "AOT", 20},
    Band{"wvp", "Column of water vapour", "WVP", 20},
};

constexpr std::array radar_bands{
    Band{"vv", "Amplitude, VV", "measurement-vv", 10},
    Band{"vh", "Amplitude, VH", "measurement-vh", 10},
    Band{"calibration-vv", "Calibration, VV", "calibration-vv", 400},
    Band{"calibration-vh", "Calibration, VH", "calibration-vh", 400},
    Band{"noise-vv", "Noise, VV", "noise-vv", 400},
    Band{"noise-vh", "Noise, VH", "noise-vh", 400},
    Band{"annotation-vv", "Annotation, VV", "annotation-vv", 400},
    Band{"annotation-vh", "Annotation, VH", "annotation-vh", 400},
    Band{"incidence", "Local angle of incidence", "incidence", 40},
    Band{"area", "Area that scatters", "area", 40},
    Band{"layover", "Layover and shadow", "layover", 40},
    Band{"coherence", "Coherence with the pass before", "coherence", 40},
    Band{"quicklook", "Quick look", "quick-look", 100},
    Band{"orbit", "State vectors", "orbit", 400},
    Band{"manifest", "Manifest", "manifest", 400},
};

constexpr std::array atmosphere_bands{
    Band{"no2", "Column of nitrogen dioxide", "NO2", 5500},
    Band{"so2", "Column of sulphur dioxide", "SO2", 5500},
    Band{"co", "Column of carbon monoxide", "CO", 7000},
    Band{"ch4", "Column of methane", "CH4", 7000},
    Band{"o3", "Column of ozone", "O3", 5500},
    Band{"hcho", "Column of formaldehyde", "HCHO", 5500},
    Band{"aerosol", "Aerosol index", "AER_AI", 5500},
    Band{"aerosol-height", "Height of the aerosol layer", "AER_LH", 7000},
    Band{"cloud", "Share of clouds", "CLOUD", 5500},
    Band{"cloud-top", "Pressure at cloud tops", "CTP", 5500},
    Band{"surface", "Temperature of the surface", "LST", 1000},
    Band{"humidity", "Specific humidity", "Q", 31000},
    Band{"wind-u", "Wind to the east", "U", 31000},
    Band{"wind-v", "Wind to the north", "V", 31000},
    Band{"rain", "Rate of rain", "RR", 11000},
    Band{"quality", "Quality of pixels", "QA", 5500},
};

std::span<Band const> bands_of(Sensor sensor) {
  switch (sensor) {
  case Sensor::optical:
    return optical_bands;
  case Sensor::radar:
    return radar_bands;
  case Sensor::atmosphere:
    return atmosphere_bands;
  }
  return {};
}

void append_whole(std::string& out, std::uint64_t value, std::size_t digits = 1) {
  std::array<char, 20> text{};
  auto const [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  auto const length = static_cast<std::size_t>(end - text.data());
  out.append(digits > length ? digits - length : 0, '0').append(text.data(), length);
}

void append_hex(std::string& out, std::uint64_t value, int digits) {
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
    out += "0123456789abcdef"[value >> static_cast<unsigned>(shift) & 15U];
  }
}

struct Moment {
  std::chrono::year_month_day date;
  std::uint64_t milliseconds; ///< of the day

  explicit Moment(std::int64_t since_1970) {
    std::chrono::sys_time<std::chrono::milliseconds> const moment{
        std::chrono::milliseconds(since_1970)};
    auto const day = std::chrono::floor<std::chrono::days>(moment);
    date = day;
    milliseconds = static_cast<std::uint64_t>((moment - day).count());
  }

  void append_date(std::string& out, std::string_view between) const {
    append_whole(out, static_cast<std::uint64_t>(static_cast<int>(date.year())), 4);
    out += between;
    append_whole(out, static_cast<unsigned>(date.month()), 2);
    out += between;
    append_whole(out, static_cast<unsigned>(date.day()), 2);
  }

  void append_time(std::string& out, std::string_view between) const {
    append_whole(out, milliseconds / 3'600'000, 2);
    out += between;
    append_whole(out, milliseconds / 60'000 % 60, 2);
    out += between;
    append_whole(out, milliseconds / 1'000 % 60, 2);
  }
};

/// What the parts of one item's text have in common.
struct Item {
  Scene const& scene;
  CollectionKind const& kind;
  TextOptions const& options;
  std::string id;
  std::string folder; ///< where the assets lie
  Position middle;
  std::uint32_t zone; ///< of UTM
  Chance chance;
};

Position middle_of(Box const& box) {
  auto const east = box.east < box.west ? box.east + 360 : box.east;
  return {std::remainder((box.west + east) / 2, 360.0), (box.south + box.north) / 2};
}

/// Where a scene is, in five characters, as grids name their cells.
std::string cell_name(Position const& middle, std::uint32_t zone) {
  constexpr auto letters = "CDEFGHJKLMNPQRSTUVWX"sv;
  auto const letter = [&](double value) {
    return letters[static_cast<std::size_t>(std::abs(value)) % letters.size()];
  };
  std::string out;
  append_whole(out, zone, 2);
  out += letter((middle.latitude + 90) / 9.1);
  out += letter((middle.longitude + 180) * stretch(middle.latitude));
  out += letter((middle.latitude + 90) * 1.1);
  return out;
}

void append_text(std::string& out, std::string_view name, std::string_view value) {
  out.append("\"").append(name).append("\":\"").append(value).append("\",");
}

void append_moment_member(std::string& out, std::string_view name, std::int64_t moment) {
  out.append("\"").append(name).append("\":\"");
  append_moment(out, moment);
  out += "\",";
}

void append_number_member(std::string& out, std::string_view name, double value, int decimals) {
  out.append("\"").append(name).append("\":");
  append_number(out, value, decimals);
  out += ',';
}

void append_geometry(std::string& out, Footprint const& footprint) {
  auto const& box = footprint.box;
  out += R"("bbox":[)";
  append_number(out, box.west);
  for (auto const value : {box.south, box.east, box.north}) {
    out += ',';
    append_number(out, value);
  }
  bool const is_one = footprint.parts.size() == 1;
  out += is_one ? R"(],"geometry":{"type":"Polygon","coordinates":)"
                : R"(],"geometry":{"type":"MultiPolygon","coordinates":[)";
  for (std::size_t i = 0; i < footprint.parts.size(); ++i) {
    out += i == 0 ? "[" : ",[";
    append_ring(out, footprint.parts[i]);
    out += ']';
  }
  out += is_one ? "}," : "]},";
}

void append_properties(std::string& out, Item& item) {
  auto const& scene = item.scene;
  auto& chance = item.chance;
  out += R"("properties":{)";
  if (item.kind.span == Span::moment) {
    append_moment_member(out, "datetime", scene.start);
  } else {
    out += R"("datetime":null,)";
    append_moment_member(out, "start_datetime", scene.start);
    append_moment_member(out, "end_datetime", scene.end);
  }
  auto const processed = scene.end + 3'600'000 + chance.below(7'200'000);
  append_moment_member(out, "created", processed);
  append_moment_member(out, "updated", processed + 60'000);
  append_text(out, "platform", item.kind.platform);
  out += R"("instruments":["imager"],)";
  // Radar sees through clouds.
  if (item.kind.sensor != Sensor::radar) {
    append_number_member(out, "eo:cloud_cover", scene.cloud_cover, 4);
  }
  append_number_member(out, "eo:snow_cover", chance.between(0, 100), 4);
  append_number_member(out, "view:sun_azimuth", chance.between(0, 360), 9);
  append_number_member(out, "view:sun_elevation", chance.between(5, 80), 9);
  append_number_member(out, "view:off_nadir", chance.between(0, 12), 4);
  out += R"("proj:code":"EPSG:)";
  append_whole(out, (item.middle.latitude < 0 ? 32'700 : 32'600) + item.zone);
  out += R"(","proj:centroid":{"lat":)";
  append_number(out, item.middle.latitude, 5);
  out += R"(,"lon":)";
  append_number(out, item.middle.longitude, 5);
  out += "},";
  append_text(out, "grid:code", "GRID-" + cell_name(item.middle, item.zone));
  append_text(out, "processing:level", "L2A");
  append_text(out, "processing:facility", "Data centre of the examples");
  append_text(out, "product:type", item.kind.id);
  append_number_member(out, "statistics:vegetation", chance.between(0, 100), 6);
  append_number_member(out, "statistics:water", chance.between(0, 100), 6);
  append_number_member(out, "statistics:nodata", chance.between(0, 100), 6);
  append_number_member(out, "statistics:defective", chance.between(0, 1), 6);
  out += R"("sat:orbit_state":"descending","sat:relative_orbit":)";
  append_whole(out, scene.orbit);
  out += "},";
}

void append_asset(std::string& out, Item& item, Band const& band) {
  auto const pixels = static_cast<std::uint64_t>(1'098'000 / band.metres / 10);
  auto const corner = 199'980 + item.scene.orbit % 8 * 99'900;
  auto const north = 1'000'020 + item.scene.orbit % 60 * 100'020;
  out.append("\"").append(band.key).append(R"(":{"href":"https://archive.example/)");
  out.append(item.folder).append(item.id).append("/").append(item.id).append("_");
  out.append(band.file).append(
      R"(.tif","type":"image/tiff; application=geotiff; profile=cloud-optimized","title":")");
  out.append(band.title).append(R"(","roles":["data","reflectance"],"gsd":)");
  append_whole(out, static_cast<std::uint64_t>(band.metres));
  out += R"(,"proj:shape":[)";
  append_whole(out, pixels);
  out += ',';
  append_whole(out, pixels);
  out += R"(],"proj:transform":[)";
  append_whole(out, static_cast<std::uint64_t>(band.metres));
  out += ",0,";
  append_whole(out, corner);
  out += ",0,-";
  append_whole(out, static_cast<std::uint64_t>(band.metres));
  out += ',';
  append_whole(out, north);
  out += R"(],"nodata":0,"file:size":)";
  append_whole(out, 1'000'000 + item.chance.below(200'000'000));
  if (item.options.checksums) {
    out += R"(,"file:checksum":"1220)";
    for (int part = 0; part < 4; ++part) append_hex(out, item.chance.next(), 16);
    out += '"';
  }
  out += '}';
}

void append_links(std::string& out, Item const& item) {
  out.append(
      R"("links":[{"rel":"canonical","type":"application/json","href":"https://archive.example/)");
  out.append(item.folder).append(item.id).append(".json\"},");
  out.append(
      R"({"rel":"derived_from","type":"application/geo+json","href":"https://archive.example/raw/)");
  out.append(item.id).append("\"}]");
}

Item item_of(Scene const& scene, TextOptions const& options) {
  auto const& kind = collection_kinds.at(scene.collection);
  auto const middle = middle_of(scene.footprint.box);
  Item out{.scene = scene,
           .kind = kind,
           .options = options,
           .id = id_of(scene),
           .folder = std::string(kind.id) + "/",
           .middle = middle,
           .zone = static_cast<std::uint32_t>((middle.longitude + 180) / 6) % 60 + 1,
           .chance = Chance(options.seed * 1'000'003 + scene.number * 7'919)};
  out.folder += cell_name(middle, out.zone) + "/";
  Moment(scene.start).append_date(out.folder, "/");
  out.folder += '/';
  return out;
}

} // namespace

void append_moment(std::string& out, std::int64_t milliseconds) {
  Moment const moment(milliseconds);
  moment.append_date(out, "-");
  out += 'T';
  moment.append_time(out, ":");
  out += '.';
  append_whole(out, moment.milliseconds % 1'000, 3);
  out += 'Z';
}

std::string id_of(Scene const& scene) {
  std::string out(collection_kinds.at(scene.collection).id);
  Moment const moment(scene.start);
  out += '_';
  moment.append_date(out, "");
  out += 'T';
  moment.append_time(out, "");
  out += "_R";
  append_whole(out, scene.orbit, 3);
  out += '_';
  append_hex(out, scene.number, 8);
  return out;
}

void append_item(std::string& out, Scene const& scene, TextOptions const& options) {
  auto item = item_of(scene, options);
  out += R"({"type":"Feature","stac_version":"1.1.0","stac_extensions":[)"
         R"("https://stac-extensions.github.io/eo/v1.1.0/schema.json",)"
         R"("https://stac-extensions.github.io/raster/v1.1.0/schema.json",)"
         R"("https://stac-extensions.github.io/projection/v2.0.0/schema.json",)"
         R"("https://stac-extensions.github.io/grid/v1.1.0/schema.json",)"
         R"("https://stac-extensions.github.io/view/v1.0.0/schema.json",)"
         R"("https://stac-extensions.github.io/sat/v1.0.0/schema.json",)"
         R"("https://stac-extensions.github.io/file/v2.1.0/schema.json"],)";
  append_text(out, "id", item.id);
  append_text(out, "collection", item.kind.id);
  append_geometry(out, scene.footprint);
  append_properties(out, item);
  out += R"("assets":{)";
  for (auto const& band : bands_of(item.kind.sensor)) {
    append_asset(out, item, band);
    out += ',';
  }
  out.back() = '}';
  out += ',';
  append_links(out, item);
  out += '}';
}

void append_collection(std::string& out, CollectionKind const& kind) {
  out += R"({"type":"Collection","stac_version":"1.1.0",)";
  append_text(out, "id", kind.id);
  append_text(out, "title", kind.title);
  out.append(R"("description":")")
      .append(kind.title)
      .append(R"( as a generator made them: nobody )"
              R"(ever saw what they show.",)");
  out += R"("license":"CC-BY-4.0","keywords":["benchmark",")";
  out.append(kind.platform);
  out += R"("],"extent":{"spatial":{"bbox":[[-180,-90,180,90]]},"temporal":{"interval":[[")";
  append_moment(out, first_moment);
  out += "\",\"";
  append_moment(out, last_moment);
  out += R"("]]}},"links":[]})";
}

} // namespace terracat::bench

#include "formats/readers.hpp"

#include "formats/json/asset_text.hpp"
#include "formats/json/box_text.hpp"
#include "formats/json/json_document.hpp"
#include "formats/json/json_outline.hpp"
#include "formats/json/json_text.hpp"
#include "formats/json/link_text.hpp"
#include "formats/json/projection.hpp"
#include "formats/json/stac_version.hpp"
#include "formats/json/time_text.hpp"
#include "geometry/normalise.hpp"

#include <algorithm>

namespace terracat::formats {
namespace {

using json::Value;
using model::Instant;

using Checked = boost::system::result<void, Finding>;

Finding invalid(std::string where, std::string_view text = {}) {
  return {FindingCode::stac_invalid, std::move(where), excerpt(text)};
}

/// The members of an item. Of a name that occurs twice the first member counts.
struct ItemMembers {
  std::optional<Value> type;
  std::optional<Value> stac_version;
  std::optional<Value> stac_extensions;
  std::optional<Value> id;
  std::optional<Value> collection;
  std::optional<Value> geometry;
  std::optional<Value> bbox;
  std::optional<Value> properties;
  std::optional<Value> assets;
  std::optional<Value> links;
  std::vector<json::Member> others;

  explicit ItemMembers(Value const& root) {
    for (auto const member : root.members()) {
      auto* const place = place_of(member.name);
      if (place == nullptr) {
        others.push_back(member);
      } else if (!*place) {
        *place = member.value;
      }
    }
  }

 private:
  std::optional<Value>* place_of(std::string_view name) noexcept {
    if (name == "type") return &type;
    if (name == "stac_version") return &stac_version;
    if (name == "stac_extensions") return &stac_extensions;
    if (name == "id") return &id;
    if (name == "collection") return &collection;
    if (name == "geometry") return &geometry;
    if (name == "bbox") return &bbox;
    if (name == "properties") return &properties;
    if (name == "assets") return &assets;
    if (name == "links") return &links;
    return nullptr;
  }
};

/// One of the three times of an item, with the text that is answered.
struct ItemTime {
  std::optional<Instant> instant;
  std::string text; ///< empty if RFC 3339 cannot write it
};

/// Reads one item. The body is made as the members are met, so that each is looked at once.
class ItemReader {
 public:
  /// \param size  of the document, about that of the body
  ItemReader(Value const& root, ReadContext const& context, std::size_t size)
      : members_(root), hrefs_(context, members_.links ? self_of(*members_.links) : "") {
    body_.reserve(size + size / 8);
  }

  ReadResult read() {
    if (auto const checked = check(); !checked) return checked.error();
    body_ = R"("type":"Feature")";
    append_member(body_, "stac_version", stac_version);
    if (auto const area = read_area(); !area) return area.error();
    write_properties();
    write_assets();
    write_extensions();
    for (auto const& [name, value] : members_.others) copy(name, value);
    append_raw_member(body_, "links", "[");
    append_links(body_, *members_.links, hrefs_, findings_);
    return finish();
  }

 private:
  // ---- What an item must have

  Checked check() {
    if (!members_.type || members_.type->string() != "Feature") {
      return Finding{FindingCode::unexpected_root, "/type", text_of(members_.type)};
    }
    if (auto const version = check_version(); !version) return version.error();
    if (auto const id = check_id(); !id) return id.error();
    if (!members_.properties || !members_.properties->is_object()) {
      return invalid("/properties", text_of(members_.properties));
    }
    if (members_.properties->size() > longest_list) return too_large("/properties");
    auto const& extensions = members_.stac_extensions;
    if (extensions && extensions->size() > longest_list) return too_large("/stac_extensions");
    if (!members_.assets || !(members_.assets->is_object() || members_.assets->is_array())) {
      return invalid("/assets", text_of(members_.assets));
    }
    if (!members_.links || !members_.links->is_array()) {
      return invalid("/links", text_of(members_.links));
    }
    return check_collection();
  }

  static Finding too_large(std::string where) {
    return {FindingCode::too_large, std::move(where), {}};
  }

  Checked check_version() {
    auto const version = members_.stac_version ? members_.stac_version->string() : std::nullopt;
    auto const generation = version ? generation_of(*version) : std::nullopt;
    if (!generation) return invalid("/stac_version", text_of(members_.stac_version));
    generation_ = *generation;
    return {};
  }

  Checked check_id() {
    if (!members_.id) return Finding{FindingCode::no_identifier, "/id", ""};
    auto const id = members_.id->string();
    if (!id) return invalid("/id", members_.id->text());
    if (id->empty()) return Finding{FindingCode::no_identifier, "/id", ""};
    parts_.native_id = *id;
    return {};
  }

  Checked check_collection() {
    if (!members_.collection || members_.collection->is_null()) return {};
    auto const collection = members_.collection->string();
    if (!collection) return invalid("/collection", members_.collection->text());
    parts_.collection = *collection;
    return {};
  }

  static std::string text_of(std::optional<Value> const& value) {
    return value ? excerpt(value->text()) : std::string();
  }

  // ---- Where

  Checked read_area() {
    auto const numbers = members_.bbox ? read_box_numbers(*members_.bbox) : std::nullopt;
    auto const box = numbers ? interpret(*numbers) : std::nullopt;
    if (members_.bbox && !members_.bbox->is_null() && !box) {
      findings_.add(FindingCode::bbox_unreadable, "/bbox", members_.bbox->text());
    }
    if (numbers && box) parts_.heights = numbers->heights;
    if (members_.geometry && !members_.geometry->is_null()) {
      return read_geometry(box ? numbers : std::nullopt, box);
    }
    if (box) {
      take_area_of(*box);
    } else if (!members_.geometry) {
      return invalid("/geometry");
    } else {
      append_raw_member(body_, "geometry", "null");
    }
    return {};
  }

  Checked read_geometry(std::optional<WrittenBox> const& numbers,
                        std::optional<BoxReading> const& box) {
    auto const& geometry = *members_.geometry;
    if (geometry.string("type") == "GeometryCollection") {
      return invalid("/geometry/type", "GeometryCollection");
    }
    auto const raw = json::read_geometry(geometry);
    if (!raw) return unreadable("/geometry" + raw.error().where, raw.error().detail);
    bool const crosses = numbers && numbers->west > numbers->east;
    auto footprint = geometry::normalise(*raw, crosses ? geometry::LongEdges::crossing
                                                       : geometry::LongEdges::guess);
    if (!footprint) return unreadable("/geometry", footprint.error().detail);
    if (!parts_.heights) parts_.heights = raw->heights;
    copy("geometry", geometry);
    write_box(box, *footprint, raw->heights);
    parts_.footprint = std::move(*footprint);
    return {};
  }

  static Finding unreadable(std::string where, std::string_view detail) {
    return {FindingCode::geometry_unreadable_item, std::move(where), excerpt(detail)};
  }

  /// The source's box, or the one of the geometry where there is none that says the same.
  void write_box(std::optional<BoxReading> const& written, model::Geometry const& footprint,
                 std::optional<model::HeightRange> const& heights) {
    auto box = written;
    // The geometry knows better than the box alone whether the antimeridian is crossed.
    if (box && footprint.bbox().crosses_antimeridian()) box->swapped = false;
    if (box) report(*box, *members_.bbox, "/bbox", findings_);
    if (box && !box->swapped && !box->clamped) {
      copy("bbox", *members_.bbox);
    } else {
      append_raw_member(body_, "bbox", box_text(footprint.bbox(), heights));
    }
  }

  /// STAC allows no box without a geometry, so the box becomes one.
  void take_area_of(BoxReading const& box) {
    findings_.add(FindingCode::geometry_mended, "/geometry", members_.bbox->text());
    report(box, *members_.bbox, "/bbox", findings_);
    auto footprint = model::Geometry::box(box.plane);
    json::Writer geometry;
    json::write_geometry(geometry, model::from_wkb(footprint.wkb()));
    append_raw_member(body_, "geometry", geometry.take());
    append_raw_member(body_, "bbox", box_text(box.plane, parts_.heights));
    parts_.footprint = std::move(footprint);
  }

  // ---- When, and all other properties

  void write_properties() {
    begin_member(body_, "properties");
    body_ += '{';
    auto const times_at = body_.size();
    std::optional<Value> datetime;
    std::optional<Value> start;
    std::optional<Value> end;
    Projection projection;
    for (auto const [written_name, value] : members_.properties->members()) {
      auto const name = today_name(written_name);
      if (name == "datetime") {
        if (!datetime) datetime = value;
      } else if (name == "start_datetime") {
        if (!start) start = value;
      } else if (name == "end_datetime") {
        if (!end) end = value;
      } else if (Projection::is_member(name)) {
        projection.read(name, value);
      } else {
        copy_property(written_name, name, value);
      }
    }
    projection.append(body_);
    has_projection_ |= projection.was_met();
    auto const moment = read_time_of("datetime", datetime, false);
    auto const first = read_time_of("start_datetime", start, false);
    auto const last = read_time_of("end_datetime", end, true);
    auto times = times_text(moment, first, last);
    if (body_.size() > times_at) times += ',';
    body_.insert(times_at, times);
    body_ += '}';
  }

  /// A former name stays where the present one is taken.
  [[nodiscard]] std::string_view today_name(std::string_view name) const {
    auto const today = renamed_property(name, generation_);
    return today.empty() || members_.properties->member(today) ? name : today;
  }

  void copy_property(std::string_view written_name, std::string_view name, Value const& value) {
    if (written_name != name && name == "instruments" && value.string()) {
      append_raw_member(body_, name, "[");
      value.append_to(body_);
      body_ += ']';
    } else {
      copy(name, value);
    }
  }

  ItemTime read_time_of(std::string_view name, std::optional<Value> const& value, bool is_end) {
    if (!value || value->is_null()) return {};
    auto const text = value->string();
    auto const written = text ? read_time(*text) : std::nullopt;
    if (written && written->is_utc) return {written->at.earliest(), std::string(*text)};
    auto const where = "/properties/" + std::string(name);
    if (!written) {
      findings_.add(FindingCode::date_unreadable, where, value->text());
      return {};
    }
    auto const repaired = is_end ? last_second(written->at) : first_second(written->at);
    findings_.add(FindingCode::date_repaired, where, *text);
    // Years beyond RFC 3339 are ordered by, but cannot be answered.
    if (!repaired) return {is_end ? written->at.latest() : written->at.earliest(), {}};
    return {*model::parse_rfc3339(*repaired), *repaired};
  }

  /// The beginning of the properties. `datetime` is always there: clients ask for it.
  std::string times_text(ItemTime const& datetime, ItemTime start, ItemTime end) {
    if (start.instant && end.instant && *start.instant > *end.instant) {
      findings_.add(FindingCode::interval_reversed, "/properties/start_datetime", start.text);
      std::swap(start, end);
    }
    if (!datetime.instant && !start.instant && !end.instant) {
      findings_.add(FindingCode::datetime_missing, "/properties/datetime", "");
    }
    parts_.datetime = datetime.instant;
    parts_.start = start.instant;
    parts_.end = end.instant;
    std::string out;
    begin_member(out, "datetime");
    if (datetime.text.empty()) {
      out += "null";
    } else {
      append_quoted(out, datetime.text);
    }
    if (!start.text.empty()) append_member(out, "start_datetime", start.text);
    if (!end.text.empty()) append_member(out, "end_datetime", end.text);
    return out;
  }

  // ---- The rest

  void write_assets() {
    begin_member(body_, "assets");
    auto const summary = append_assets(body_, *members_.assets, hrefs_, findings_);
    parts_.has_local_assets = summary.has_local;
    has_projection_ |= summary.has_projection;
  }

  void write_extensions() {
    if (!members_.stac_extensions) return;
    auto schemas = read_extensions(*members_.stac_extensions, hrefs_);
    if (has_projection_) use_projection_schema(schemas);
    begin_member(body_, "stac_extensions");
    body_ += '[';
    for (auto const& schema : schemas) {
      begin_element(body_);
      append_quoted(body_, schema);
    }
    body_ += ']';
  }

  void copy(std::string_view name, Value const& value) {
    begin_member(body_, name);
    value.append_to(body_);
  }

  ReadResult finish() {
    parts_.body = std::move(body_);
    auto item = model::Item::make(std::move(parts_));
    if (!item) return invalid(item.error().where, item.error().detail);
    return Reading{std::move(*item), findings_.take()};
  }

  ItemMembers members_;
  HrefReader hrefs_;
  StacGeneration generation_ = StacGeneration::v1_1;
  FindingList findings_;
  model::ItemParts parts_;
  std::string body_;
  bool has_projection_ = false; ///< `proj:epsg` or `proj:code` is in it
};

} // namespace

bool is_stac_item(std::string_view document) {
  auto const outline = outline_of(document);
  return outline.string("type") == "Feature" && outline.has("stac_version");
}

ReadResult read_stac_item(std::string_view document, ReadContext const& context) {
  auto const root = parse_document(document, context);
  if (!root) return root.error();
  return ItemReader(*root, context, document.size()).read();
}

} // namespace terracat::formats

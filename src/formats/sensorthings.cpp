#include "formats/readers.hpp"

#include "formats/json/json_document.hpp"
#include "formats/json/json_node.hpp"
#include "formats/json/json_outline.hpp"
#include "formats/words/collect.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/links.hpp"
#include "formats/words/rights.hpp"
#include "formats/words/text.hpp"
#include "formats/xml/gml.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <span>
#include <utility>

namespace terracat::formats {
namespace sensorthings {
namespace {

/// Places of one Thing, and areas of its Datastreams.
constexpr std::size_t most_areas = 500;
constexpr std::size_t most_linked_streams = 200;

/// `Things(12)` of `https://sensors.example/v1.1/Things(12)`.
std::string last_step(std::string_view address) {
  return std::string(address.substr(address.find_last_of('/') + 1));
}

/// `start/end`, or one moment.
std::pair<std::string, std::string> ends_of(std::string const& period) {
  auto const slash = period.find('/');
  if (slash == std::string::npos) return {period, period};
  return {period.substr(0, slash), period.substr(slash + 1)};
}

/// Reads a Thing with its Datastreams, or a Datastream with its Thing.
class EntityReader {
 public:
  EntityReader(JsonNode entity, ReadContext const& context)
      : entity_(std::move(entity)), draft_(context) {
    draft_.language = context.language;
    if (is_stream(entity_)) {
      streams_.push_back(entity_);
      thing_ = entity_.member("Thing");
    } else {
      streams_ = entity_.member("Datastreams").each();
      thing_ = entity_;
    }
  }

  static bool is_stream(JsonNode const& entity) {
    return entity.member("ObservedProperty") || entity.member("unitOfMeasurement") ||
           entity.member("observationType");
  }

  /// Sensors and observed properties have Datastreams, too.
  static bool is_thing(JsonNode const& entity) {
    bool const has_streams =
        entity.member("Datastreams") || entity.member("Datastreams@iot.navigationLink");
    return has_streams && !entity.member("encodingType") && !entity.member("definition");
  }

  ReadResult read() {
    auto& parts = draft_.parts;
    parts.native_id = native_id();
    if (!is_name(parts.native_id)) {
      return refusal(FindingCode::no_identifier, entity_.member("@iot.id"), parts.native_id);
    }
    parts.type = "dataset";
    parts.title = name_of(entity_.member("name"), draft_);
    if (parts.title.empty()) {
      return refusal(FindingCode::no_title, entity_.member("name"), parts.native_id);
    }
    parts.description = prose_of(entity_.member("description"), draft_);
    if (parts.description.empty()) {
      draft_.note(FindingCode::abstract_missing, entity_.member("description"));
    }
    for (auto const& stream : streams_) read_stream(stream);
    if (is_stream(entity_)) add_label(thing_.member("name"), parts.platforms);
    read_areas();
    read_times();
    read_properties();
    read_links();
    return draft_.take();
  }

 private:
  [[nodiscard]] std::string native_id() const {
    auto const& context = draft_.context();
    if (!context.native_id.empty()) return context.native_id;
    auto const self = entity_.member("@iot.selfLink").line();
    return self.empty() ? entity_.member("@iot.id").line() : last_step(self);
  }

  void add_label(JsonNode const& node, std::vector<model::LocalText>& out) {
    auto label = name_of(node, draft_);
    if (!label.empty()) draft_.add_new(out, std::move(label));
  }

  // ---- What is observed, and by what

  /// The definition of a property is a concept, where it is an address.
  void read_stream(JsonNode const& stream) {
    auto const property = stream.member("ObservedProperty");
    auto label = name_of(property.member("name"), draft_);
    if (label.empty()) label = name_of(stream.member("name"), draft_);
    if (!label.empty()) draft_.add_new(draft_.parts.variables, label);
    auto const definition = property.member("definition").line();
    if (!label.empty() && is_web_address(definition)) {
      model::KeywordSet heading;
      heading.kind = "theme";
      draft_.keywords.add(heading, {.label = std::move(label), .uri = definition});
    }
    auto const sensor = stream.member("Sensor");
    add_label(sensor.member("name"), draft_.parts.instruments);
    auto const metadata = sensor.member("metadata");
    if (is_web_address(metadata.line())) {
      add_link(metadata, metadata.line(), name_of(sensor.member("name"), draft_), {},
               "information");
    }
  }

  // ---- Where and when

  /// Where the Thing is; where it is nowhere, what its Datastreams reach over.
  void read_areas() {
    for (auto const& place : thing_.member("Locations").each()) {
      add_area(place.member("location"), name_of(place.member("name"), draft_));
    }
    if (!draft_.parts.spatial.empty() && !is_stream(entity_)) return;
    for (auto const& stream : streams_) add_area(stream.member("observedArea"), {});
  }

  /// A geometry of GeoJSON, or a feature of one.
  void add_area(JsonNode const& node, model::LocalText place) {
    if (draft_.parts.spatial.size() >= most_areas) {
      draft_.left_out("spatial", most_areas);
      return;
    }
    model::SpatialExtent area{.geometry = std::nullopt, .place = std::move(place)};
    auto const feature = node.member("geometry");
    auto const& geometry = feature ? feature : node;
    if (geometry) {
      auto const raw = json::read_geometry(*geometry.value(), allowance_.positions);
      if (raw) area.geometry = gml::normalised(*raw, allowance_);
      if (!area.geometry) draft_.note(FindingCode::geometry_unreadable, geometry);
    }
    draft_.add_area(std::move(area));
  }

  /// One period, from the first observation of any Datastream to the last. The texts of ISO 8601
  /// in UTC, in which services write them, are in the order of time.
  void read_times() {
    std::string start;
    std::string end;
    JsonNode where(std::nullopt);
    for (auto const& stream : streams_) {
      auto const node = stream.member("phenomenonTime");
      auto const [first, last] = ends_of(node.line());
      if (!is_name(first)) continue;
      if (start.empty()) where = node;
      if (start.empty() || first < start) start = first;
      if (end.empty() || last > end) end = last;
    }
    if (!start.empty()) draft_.add_period(where, read_period(start, end));
  }

  /// Properties are free; a few words are common.
  void read_properties() {
    auto const properties = entity_.member("properties");
    for (auto const* const name : {"doi", "DOI", "identifier", "id"}) {
      auto const node = properties.member(name);
      auto const text = node.line();
      if (read_doi(text) || is_absolute_uri(text)) draft_.add_identifier(node, text, {});
    }
    for (auto const* const name : {"license", "licence"}) {
      auto licence = name_of(properties.member(name), draft_);
      if (!licence.empty()) add_statement(draft_, std::move(licence), {}, About::use);
    }
  }

  // ---- Ways to the data

  void read_links() {
    auto const self = entity_.member("@iot.selfLink");
    add_link(self, self.line(), {}, "OGC:SensorThings", "information");
    if (streams_.size() > most_linked_streams) {
      draft_.left_out("links of Datastreams", most_linked_streams,
                      streams_.size() - most_linked_streams);
    }
    for (auto const& stream :
         std::span(streams_).first(std::min(streams_.size(), most_linked_streams))) {
      auto const link = stream.member("@iot.selfLink");
      auto const address = link.line();
      if (!is_name(address)) continue;
      add_link(link, address + "/Observations", name_of(stream.member("name"), draft_),
               "OGC:SensorThings", "download");
    }
  }

  void add_link(JsonNode const& node, std::string_view text, model::LocalText name,
                std::string_view protocol, std::string_view function) {
    if (!is_name(text)) return;
    draft_.add_online({.href = draft_.link(node, text),
                       .name = std::move(name),
                       .description = {},
                       .protocol = std::string(protocol),
                       .function = std::string(function),
                       .media_type = {}});
  }

  JsonNode entity_;
  JsonNode thing_{std::nullopt};
  std::vector<JsonNode> streams_;
  gml::Allowance allowance_; ///< for the geometries of all places
  Draft draft_;
};

} // namespace
} // namespace sensorthings

bool is_sensorthings(std::string_view document) {
  constexpr std::size_t longest_look = 65'536;
  auto const outline = outline_of(document);
  if (outline.has("value")) {
    auto const entities = outline.value("value").substr(0, longest_look);
    return entities.find("\"@iot.id\"") != std::string_view::npos;
  }
  return outline.has("@iot.id");
}

ReadResult read_sensorthings(std::string_view document, ReadContext const& context) {
  using sensorthings::EntityReader;
  auto const root = parse_document(document, context);
  if (!root) return root.error();
  JsonNode const entity(*root);
  if (!EntityReader::is_stream(entity) && !EntityReader::is_thing(entity)) {
    return refusal(FindingCode::unexpected_root, entity.member("@iot.selfLink"),
                   entity.member("@iot.selfLink").line());
  }
  if (auto overlong = find_overlong(*root, {})) return std::move(*overlong);
  return EntityReader(entity, context).read();
}

/// Of a list each entity; an entity is itself.
SplitResult split_sensorthings(std::string_view document, ReadContext const& context) {
  return split_list(document, "value", context);
}

} // namespace terracat::formats

#include "formats/dcat/draft.hpp"

#include "formats/graph/geometry_text.hpp"
#include "formats/words/extents.hpp"
#include "formats/words/periods.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <charconv>

namespace terracat::formats::dcat {
namespace {

using graph::Node;

constexpr std::size_t most_extents = 5'000;

void append(std::vector<Node>& out, std::vector<Node> const& more) {
  out.insert(out.end(), more.begin(), more.end());
}

/// The literals that say where a place is, the more exact ones in a list of their own.
struct Literals {
  std::vector<Node> shapes;
  std::vector<Node> boxes;
  std::vector<Node> points;
};

/// GeoNetwork has the geometry in a node of its own, others in two.
Literals literals_of(Node place) {
  Literals out;
  append(out.shapes,
         place.all({"locn:geometry", "geo:asGeoJSON", "geo:asWKT", "geo:asGML", "ogc:asWKT"}));
  for (auto const geometry :
       place.all({"geo:hasGeometry", "geo:defaultGeometry", "locn:geometry"})) {
    append(out.shapes, geometry.all({"geo:asGeoJSON", "geo:asWKT", "geo:asGML", "rdfs:label"}));
  }
  append(out.boxes, place.all({"dcat:bbox", "schema:box", "geo:hasBoundingBox"}));
  append(out.points, place.all({"dcat:centroid", "geo:hasCentroid"}));
  return out;
}

class SpatialReader {
 public:
  SpatialReader(Node resource, Draft& draft) : resource_(resource), draft_(draft) {}

  void read(Node place) {
    model::SpatialExtent extent;
    auto const literals = literals_of(place);
    for (auto const* list : {&literals.shapes, &literals.boxes, &literals.points}) {
      if (!extent.geometry) extent.geometry = geometry_of(*list);
    }
    if (place.is_literal()) {
      extent.geometry = geometry_within(place);
      if (!extent.geometry) extent.geometry = box_within(place);
      if (!extent.geometry) extent.place = label_of(place, draft_);
    } else {
      extent.place = name_of(
          place,
          {"skos:prefLabel", "rdfs:label", "dct:title", "locn:geographicName", "dct:identifier"},
          draft_);
    }
    if (says_nothing(extent.place.first())) extent.place = {};
    if (extent.geometry || !extent.place.empty()) {
      draft_.add_new(draft_.parts.spatial, std::move(extent), most_extents);
    } else if (auto address = address_of(place); address.starts_with("http")) {
      name_by_address(std::move(address));
    }
  }

 private:
  std::optional<model::Geometry> geometry_of(std::vector<Node> const& values) {
    std::vector<Node> literals;
    std::ranges::copy_if(values, std::back_inserter(literals), [](Node value) {
      return value.is_literal() && !stripped(value.text()).empty();
    });
    if (literals.empty()) return std::nullopt;
    auto reading = graph::read_geometry(literals, allowance_);
    for (auto const code : reading.findings) {
      draft_.note(code, resource_, "dct:spatial", literals.front().text());
    }
    return std::move(reading.geometry);
  }

  /// Of a place that is a text: it may be a name, and then nothing is wrong with it.
  std::optional<model::Geometry> geometry_within(Node literal) {
    return graph::read_geometry({literal}, allowance_).geometry;
  }

  /// Four numbers, west first, as DCAT-US has them.
  std::optional<model::Geometry> box_within(Node literal) {
    auto const edges = split(literal.text(), ", ");
    bool const is_box = edges.size() == 4 && std::ranges::all_of(edges, [](std::string_view edge) {
                          return read_number(edge).value.has_value();
                        });
    if (!is_box) return std::nullopt;
    auto const reading = read_box({.west = std::string(edges[0]),
                                   .south = std::string(edges[1]),
                                   .east = std::string(edges[2]),
                                   .north = std::string(edges[3])});
    for (auto const code : reading.findings) {
      draft_.note(code, resource_, "dct:spatial", literal.text());
    }
    return reading.box ? std::optional(model::Geometry::box(*reading.box)) : std::nullopt;
  }

  /// A place of a gazetteer, of which the document says nothing but which one it is.
  void name_by_address(std::string address) {
    auto& sets = draft_.parts.keyword_sets;
    auto set = std::ranges::find_if(sets, [](auto const& one) { return one.kind == "place"; });
    if (set == sets.end()) {
      sets.push_back({.kind = "place", .thesaurus = {}, .thesaurus_uri = {}, .keywords = {}});
      set = sets.end() - 1;
    }
    model::Keyword keyword{.label = {}, .uri = std::move(address)};
    keyword.label = model::LocalText(std::string(last_part(keyword.uri)));
    if (std::ranges::find(set->keywords, keyword) == set->keywords.end()) {
      set->keywords.push_back(std::move(keyword));
    }
  }

  Node resource_;
  Draft& draft_;
  gml::Allowance allowance_;
};

// ---- Time

/// The text of an end: a literal, or a node of OWL Time with one in it.
std::string end_text(Node end) {
  if (!end || end.is_literal()) return one_line(end.text());
  auto const within = end.first({"time:inXSDDateTimeStamp", "time:inXSDDateTime", "time:inXSDDate",
                                 "time:inXSDgYearMonth", "time:inXSDgYear", "rdfs:label"});
  return one_line(within.text());
}

void add(PeriodReading reading, Node resource, Draft& draft) {
  auto& extent = reading.extent;
  if (extent.start_text.empty() && extent.end_text.empty()) return;
  for (auto const code : reading.findings) {
    draft.note(code, resource, "dct:temporal", extent.start_text + "/" + extent.end_text);
  }
  draft.add_new(draft.parts.temporal, std::move(extent), most_extents);
}

void read_period(Node resource, Node period, Draft& draft) {
  if (period.is_literal())
    return add(formats::read_period(one_line(period.text())), resource, draft);
  auto const start = period.first({"dcat:startDate", "schema:startDate", "schemas:startDate",
                                   "time:hasBeginning", "time:inXSDDateTimeStamp",
                                   "time:inXSDDateTime", "time:inXSDDate", "time:inXSDgYear"});
  auto const end = period.first({"dcat:endDate", "schema:endDate", "schemas:endDate", "time:hasEnd",
                                 "time:inXSDDateTimeStamp", "time:inXSDDateTime", "time:inXSDDate",
                                 "time:inXSDgYear"});
  if (start || end) {
    add(formats::read_period(end_text(start), end_text(end)), resource, draft);
    return;
  }
  for (auto const label : period.all({"rdfs:label", "skos:prefLabel", "dct:title"})) {
    add(formats::read_period(one_line(label.text())), resource, draft);
  }
}

} // namespace

void read_extents(Node resource, Draft& draft) {
  SpatialReader places(resource, draft);
  for (auto const place : resource.all({"dct:spatial"})) places.read(place);
  for (auto const period : resource.all({"dct:temporal"})) read_period(resource, period, draft);
  for (auto const value : resource.all({"dcat:spatialResolutionInMeters"})) {
    auto const text = one_line(value.text());
    auto const* const end = text.data() + text.size();
    model::Resolution resolution{.value = 0, .unit = "m"};
    auto const [stop, error] = std::from_chars(text.data(), end, resolution.value);
    if (error != std::errc{} || stop != end || resolution.value <= 0) continue;
    draft.add_new(draft.parts.resolutions, resolution, most_extents);
  }
}

} // namespace terracat::formats::dcat

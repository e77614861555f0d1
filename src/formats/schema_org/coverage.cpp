#include "formats/graph/geometry_text.hpp"
#include "formats/schema_org/document.hpp"
#include "formats/schema_org/parts.hpp"
#include "formats/words/extents.hpp"
#include "formats/words/periods.hpp"
#include "formats/words/text.hpp"
#include "geometry/normalise.hpp"

#include <algorithm>
#include <cmath>

namespace terracat::formats::schema_org {
namespace {

using graph::Node;

constexpr std::size_t most_extents = 5'000;
constexpr std::size_t most_positions = 100'000;

/// The numbers of a text, between blanks and commas; none if anything else is in it.
std::vector<double> numbers_in(std::string_view text) {
  std::vector<double> out;
  for (auto const part : split(text, ", \t\r\n")) {
    auto const value = read_number(part).value;
    if (!value || out.size() >= 2 * most_positions) return {};
    out.push_back(*value);
  }
  return out;
}

/// Pairs of latitude and longitude, as schema.org has them; the other way round only where a
/// latitude cannot be one.
std::vector<model::Position> positions_in(std::string_view text) {
  auto const numbers = numbers_in(text);
  if (numbers.size() % 2 != 0) return {};
  constexpr double pole = 90;
  bool is_turned = false;
  for (std::size_t i = 0; i < numbers.size(); i += 2) {
    is_turned = is_turned || std::abs(numbers[i]) > pole;
  }
  std::vector<model::Position> out;
  for (std::size_t i = 0; i < numbers.size(); i += 2) {
    out.push_back(is_turned ? model::Position{numbers[i], numbers[i + 1]}
                            : model::Position{numbers[i + 1], numbers[i]});
  }
  return out;
}

class PlaceReader {
 public:
  PlaceReader(Node dataset, Draft& draft) : dataset_(dataset), draft_(draft) {}

  void read(Node place) {
    if (place.is_literal()) return read_text(place);
    auto name = dcat::name_of(place, {"schema:name", "schema:address"}, draft_);
    if (says_nothing(name.first())) name = {};
    bool has_shape = false;
    for (auto const shape : place.all({"schema:geo"})) has_shape |= read_shape(shape, name);
    // Some leave the place out between the data set and the shape.
    if (!has_shape) has_shape = read_shape(place, name);
    if (!has_shape) has_shape = read_well_known(place, name);
    if (!has_shape && !name.empty()) add(std::nullopt, name);
  }

 private:
  void add(std::optional<model::Geometry> geometry, model::LocalText const& name) {
    draft_.add_new(draft_.parts.spatial, {.geometry = std::move(geometry), .place = name},
                   most_extents);
  }

  /// Four numbers, or a name.
  void read_text(Node literal) {
    if (numbers_in(literal.text()).size() == 4) {
      static_cast<void>(read_box(literal, {}));
      return;
    }
    auto name = dcat::label_of(literal, draft_);
    if (is_name(name.first()) && !name.first().starts_with("http")) add(std::nullopt, name);
  }

  /// \return  false if there is none that can be read
  bool read_shape(Node shape, model::LocalText const& name) {
    bool has_any = false;
    for (auto const box : shape.all({"schema:box"})) has_any |= read_box(box, name);
    for (auto const* const property : {"schema:polygon", "schema:line"}) {
      if (has_any) break;
      for (auto const line : shape.all({property})) has_any |= read_line(line, property, name);
    }
    if (!has_any) has_any = read_point(shape, name);
    return has_any;
  }

  bool read_box(Node literal, model::LocalText const& name) {
    auto const corners = positions_in(literal.text());
    if (corners.size() != 2) {
      draft_.note(FindingCode::bbox_unreadable, dataset_, "schema:box", literal.text());
      return false;
    }
    auto const reading = formats::read_box(corners[0].x, corners[0].y, corners[1].x, corners[1].y);
    for (auto const code : reading.findings) {
      draft_.note(code, dataset_, "schema:box", literal.text());
    }
    if (!reading.box) return false;
    add(model::Geometry::box(*reading.box), name);
    return true;
  }

  bool read_line(Node literal, std::string_view property, model::LocalText const& name) {
    model::RawGeometry raw;
    bool const is_ring = property == "schema:polygon";
    raw.type = is_ring ? model::GeometryType::polygon : model::GeometryType::line_string;
    raw.parts = {{positions_in(literal.text())}};
    return add(raw, literal.text(), property, name);
  }

  bool read_point(Node shape, model::LocalText const& name) {
    auto const latitude = text_of(shape.first({"schema:latitude"}));
    auto const longitude = text_of(shape.first({"schema:longitude"}));
    if (latitude.empty() && longitude.empty()) return false;
    auto const x = read_number(longitude).value;
    auto const y = read_number(latitude).value;
    model::RawGeometry raw;
    if (x && y) raw.parts = {{{{*x, *y}}}};
    return add(raw, latitude + ' ' + longitude, "schema:geo", name);
  }

  bool add(model::RawGeometry const& raw, std::string_view text, std::string_view property,
           model::LocalText const& name) {
    bool const is_empty = raw.parts.empty() || raw.parts.front().front().empty();
    auto geometry = is_empty ? Result<model::Geometry>(Problem{}) : geometry::normalise(raw);
    if (!geometry) {
      draft_.note(FindingCode::geometry_unreadable, dataset_, property, text);
      return false;
    }
    add(std::move(*geometry), name);
    return true;
  }

  /// Well-known text, where science on schema.org puts it.
  bool read_well_known(Node place, model::LocalText const& name) {
    bool has_any = false;
    for (auto const value : place.all({"schema:additionalProperty", "geo:hasGeometry"})) {
      for (auto const literal : value.all({"schema:value", "geo:asWKT"})) {
        auto const raw = graph::read_wkt(one_line(literal.text()));
        if (raw) has_any |= add(*raw, literal.text(), "schema:additionalProperty", name);
      }
    }
    return has_any;
  }

  Node dataset_;
  Draft& draft_;
};

// ---- Times

void add(PeriodReading reading, Node dataset, Draft& draft) {
  auto& extent = reading.extent;
  if (extent.start_text.empty() && extent.end_text.empty()) return;
  for (auto const code : reading.findings) {
    draft.note(code, dataset, "schema:temporalCoverage", extent.start_text + "/" + extent.end_text);
  }
  draft.add_new(draft.parts.temporal, std::move(extent), most_extents);
}

/// A range whose end is `..` has none.
PeriodReading period_in(std::string_view text) {
  constexpr std::string_view open = "..";
  auto const slash = text.find('/');
  if (slash == std::string_view::npos) return read_period(text);
  auto const start = trimmed(text.substr(0, slash));
  auto const end = trimmed(text.substr(slash + 1));
  if (start != open && end != open) return read_period(text);
  return read_period(std::string(start == open ? std::string_view() : start),
                     std::string(end == open ? std::string_view() : end));
}

/// The text of an end: a literal, or a moment of OWL Time.
std::string moment_of(Node end) {
  if (!end || end.is_literal()) return one_line(end.text());
  return one_line(end.first({"time:inXSDDateTimeStamp", "time:inXSDDateTime", "time:inXSDDate",
                             "time:inXSDgYearMonth", "time:inXSDgYear"})
                      .text());
}

} // namespace

void read_places(Node dataset, Draft& draft) {
  PlaceReader reader(dataset, draft);
  for (auto const place : dataset.all({"schema:spatialCoverage", "schema:spatial"})) {
    reader.read(place);
  }
}

void read_times(Node dataset, Draft& draft) {
  for (auto const value : dataset.all({"schema:temporalCoverage", "schema:temporal"})) {
    if (value.is_literal()) {
      auto const text = one_line(value.text());
      if (!says_nothing(text)) add(period_in(text), dataset, draft);
      continue;
    }
    auto start = moment_of(value.first({"schema:startDate", "time:hasBeginning"}));
    auto end = moment_of(value.first({"schema:endDate", "time:hasEnd"}));
    if (start.empty() && end.empty()) start = end = moment_of(value);
    // Of other scales, as millions of years, nothing is read.
    add(read_period(std::move(start), std::move(end)), dataset, draft);
  }
}

} // namespace terracat::formats::schema_org

#include "formats/record_json.hpp"

#include "formats/record_fields.hpp"
#include "geometry/normalise.hpp"

#include <terracat/text.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace terracat::formats {
namespace {

using json::Value;
using model::Bbox;
using model::Bound;
using model::Geometry;
using model::HeightRange;
using model::Instant;
using model::Interval;
using model::LocalText;
using model::Precision;

constexpr std::string_view version_member = "record";
constexpr std::string_view open_end = "..";

constexpr std::array<std::pair<std::string_view, Precision>, 5> precisions{{
    {"year", Precision::year},
    {"month", Precision::month},
    {"day", Precision::day},
    {"second", Precision::second},
    {"millisecond", Precision::millisecond},
}};

std::optional<std::string> bytes_of(std::string_view hexadecimal) {
  std::string out;
  if (hexadecimal.size() % 2 != 0) return std::nullopt;
  for (std::size_t at = 0; at < hexadecimal.size(); at += 2) {
    auto const* const digits = hexadecimal.data() + at;
    unsigned char byte = 0;
    if (std::from_chars(digits, digits + 2, byte, 16).ptr != digits + 2) return std::nullopt;
    out += static_cast<char>(byte);
  }
  return out;
}

// ---- Writing

/// Writes what is there; what is empty is absent.
class FieldWriter {
 public:
  FieldWriter(json::Writer& out, GeometryText geometries) : out_(out), geometries_(geometries) {}

  template<class Field>
  void operator()(std::string_view name, Field const& field) const {
    if (is_absent(field)) return;
    out_.name(name);
    write(field);
  }

 private:
  template<class Field>
  static bool is_absent(Field const& field) {
    if constexpr (requires { field.empty(); }) {
      return field.empty();
    } else if constexpr (requires { field.has_value(); }) {
      return !field.has_value();
    } else if constexpr (std::same_as<Field, Bound>) {
      return field.is_unknown();
    } else {
      return false;
    }
  }

  void write(std::string const& text) const { out_.string(text); }

  /// What JSON has no number for stands as text.
  void write(double number) const {
    if (std::isfinite(number)) {
      out_.number(number);
    } else {
      out_.string(std::isnan(number) ? "nan" : number > 0 ? "inf" : "-inf");
    }
  }

  void write(Bound const& bound) const {
    if (bound.is_unknown()) {
      out_.null();
    } else if (bound.is_open()) {
      out_.string(open_end);
    } else {
      auto const& [name, precision] = precisions.at(static_cast<std::size_t>(bound.precision()));
      out_.begin_array().integer(bound.earliest()->milliseconds()).string(name).end_array();
    }
  }

  void write(Interval const& interval) const {
    out_.begin_array();
    write(interval.start());
    write(interval.end());
    out_.end_array();
  }

  void write(HeightRange const& range) const {
    out_.begin_array();
    write(range.lowest);
    write(range.highest);
    out_.end_array();
  }

  void write(Geometry const& geometry) const {
    if (geometries_ == GeometryText::geojson) {
      json::write_geometry(out_, model::from_wkb(geometry.wkb()));
      return;
    }
    auto const& box = geometry.bbox();
    out_.begin_object().name("wkb").string(hexadecimal_bytes(geometry.wkb()));
    out_.name("bbox").begin_array().number(box.west()).number(box.south());
    out_.number(box.east()).number(box.north()).end_array();
    out_.name("is_box").boolean(geometry.is_box()).end_object();
  }

  void write(LocalText const& text) const {
    out_.begin_array();
    for (auto const& [language, words] : text.entries()) {
      out_.begin_array().string(language).string(words).end_array();
    }
    out_.end_array();
  }

  void write(std::pair<std::string, std::string> const& member) const {
    out_.begin_array().string(member.first).string(member.second).end_array();
  }

  template<class Field>
  void write(std::optional<Field> const& field) const {
    write(*field);
  }

  template<class Element>
  void write(std::vector<Element> const& elements) const {
    out_.begin_array();
    for (auto const& element : elements) write(element);
    out_.end_array();
  }

  template<class Part>

  requires requires(Part& part) { visit_fields(part, std::declval<FieldWriter const&>()); }

  void write(Part const& part) const {
    out_.begin_object();
    visit_fields(part, *this);
    out_.end_object();
  }

  json::Writer& out_;
  GeometryText geometries_;
};

// ---- Reading

std::vector<Value> elements_of(Value const& array) {
  std::vector<Value> elements;
  for (auto const element : array.elements()) elements.push_back(element);
  return elements;
}

/// Reads what is there. A member of the wrong kind makes the whole text unreadable.
class FieldReader {
 public:
  FieldReader(Value object, std::string& fault, GeometryText geometries)
      : object_(object), fault_(fault), geometries_(geometries) {}

  template<class Field>
  void operator()(std::string_view name, Field& field) const {
    auto const value = object_.member(name);
    if (value && !read(*value, field) && fault_.empty()) fault_ = name;
  }

 private:
  static bool read(Value const& value, std::string& text) {
    auto const read = value.string();
    if (read) text = *read;
    return read.has_value();
  }

  static bool read(Value const& value, double& number) {
    if (auto const text = value.string()) {
      auto const* const end = text->data() + text->size();
      return !text->empty() && std::from_chars(text->data(), end, number).ptr == end;
    }
    auto const read = value.number();
    number = read.value_or(0);
    return read.has_value();
  }

  static bool read(Value const& value, Bound& bound) {
    if (value.is_null()) {
      bound = Bound::unknown();
      return true;
    }
    if (value.string() == open_end) {
      bound = Bound::open();
      return true;
    }
    auto const elements = elements_of(value);
    if (elements.size() != 2 || !elements[0].integer()) return false;
    for (auto const& [name, precision] : precisions) {
      if (elements[1].string() != name) continue;
      bound = Bound::at(Instant(*elements[0].integer()), precision);
      return true;
    }
    return false;
  }

  static bool read(Value const& value, std::optional<Interval>& interval) {
    auto const elements = elements_of(value);
    auto start = Bound::unknown();
    auto end = Bound::unknown();
    if (elements.size() != 2 || !read(elements[0], start) || !read(elements[1], end)) return false;
    auto const made = Interval::make(start, end);
    if (made) interval = *made;
    return made.has_value();
  }

  static bool read(Value const& value, HeightRange& range) {
    auto const elements = elements_of(value);
    return elements.size() == 2 && read(elements[0], range.lowest) &&
           read(elements[1], range.highest);
  }

  [[nodiscard]] bool read(Value const& value, std::optional<Geometry>& geometry) const {
    if (geometries_ == GeometryText::geojson) {
      auto const raw = json::read_geometry(value);
      auto footprint = raw ? geometry::normalise(*raw) : raw.error();
      if (footprint) geometry = std::move(*footprint);
      return footprint.has_value();
    }
    auto const wkb = bytes_of(value.string("wkb").value_or(""));
    auto const is_box = value.member("is_box");
    auto const bbox = value.member("bbox");
    if (!wkb || wkb->empty() || !is_box || !is_box->boolean() || !bbox) return false;
    std::vector<double> numbers;
    for (auto const element : bbox->elements()) numbers.push_back(element.number().value_or(0));
    if (numbers.size() != 4) return false;
    geometry = Geometry::restored(
        *wkb, Bbox::restored(numbers[0], numbers[1], numbers[2], numbers[3]), *is_box->boolean());
    return true;
  }

  static bool read(Value const& value, LocalText& text) {
    for (auto const element : value.elements()) {
      std::pair<std::string, std::string> entry;
      if (!read(element, entry)) return false;
      text.add(std::move(entry.first), std::move(entry.second));
    }
    return value.is_array();
  }

  static bool read(Value const& value, std::pair<std::string, std::string>& member) {
    auto const elements = elements_of(value);
    return elements.size() == 2 && read(elements[0], member.first) &&
           read(elements[1], member.second);
  }

  template<class Element>
  bool read(Value const& value, std::vector<Element>& elements) const {
    for (auto const item : value.elements()) {
      Element element;
      if (!read(item, element)) return false;
      elements.push_back(std::move(element));
    }
    return value.is_array();
  }

  template<class Part>

  requires requires(Part& part) { visit_fields(part, std::declval<FieldReader const&>()); }

  bool read(Value const& value, Part& part) const {
    if (!value.is_object()) return false;
    visit_fields(part, FieldReader(value, fault_, geometries_));
    return fault_.empty();
  }

  Value object_;
  std::string& fault_; ///< the first field that could not be read
  GeometryText geometries_;
};

Problem corrupt(std::string detail, std::string where) {
  return {
      .kind = ProblemKind::store_corrupt, .detail = std::move(detail), .where = std::move(where)};
}

} // namespace

std::string to_record_json(model::Record const& record, GeometryText geometries) {
  json::Writer out;
  out.begin_object().name(version_member).integer(record_json_version);
  visit_fields(*record, FieldWriter(out, geometries));
  out.end_object();
  return out.take();
}

Result<model::RecordParts> read_record_parts(Value const& root, GeometryText geometries) {
  auto const version = root.member(version_member);
  if (!version || version->integer() != record_json_version) {
    return corrupt("a stored record is of an unknown version", std::string(version_member));
  }
  model::RecordParts parts;
  std::string fault;
  visit_fields(parts, FieldReader(root, fault, geometries));
  if (!fault.empty()) return corrupt("a stored record has a field that cannot be read", fault);
  return parts;
}

Result<model::Record> from_record_json(std::string_view text, json::Parser& parser) {
  auto const root = parser.parse(text);
  if (!root) return corrupt("a stored record is no JSON", root.error().where);
  auto parts = read_record_parts(*root, GeometryText::kept);
  if (!parts) return parts.error();
  auto record = model::Record::make(std::move(*parts));
  if (!record) return corrupt(record.error().detail, record.error().where);
  return record;
}

} // namespace terracat::formats

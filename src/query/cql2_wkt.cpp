#include "query/cql2_wkt.hpp"

#include "query/filter.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>

namespace terracat::query {
namespace {

using model::GeometryType;

struct ShapeName {
  std::string_view name;
  GeometryType type;
};

constexpr std::array shapes{
    ShapeName{"POINT", GeometryType::point},
    ShapeName{"LINESTRING", GeometryType::line_string},
    ShapeName{"POLYGON", GeometryType::polygon},
    ShapeName{"MULTIPOINT", GeometryType::multi_point},
    ShapeName{"MULTILINESTRING", GeometryType::multi_line_string},
    ShapeName{"MULTIPOLYGON", GeometryType::multi_polygon},
    ShapeName{"GEOMETRYCOLLECTION", GeometryType::geometry_collection},
};

ShapeName const* shape(std::string_view name) noexcept {
  auto const* const found = std::ranges::find_if(
      shapes, [&](auto const& one) { return equal_ignoring_case(one.name, name); });
  return found == shapes.end() ? nullptr : found;
}

/// Elements between commas, in brackets.
void read_list(Cql2Stream& tokens, std::function<void()> const& element) {
  tokens.expect_symbol("(");
  do {
    element();
  } while (tokens.take_symbol(","));
  tokens.expect_symbol(")");
}

class ShapeReader {
 public:
  ShapeReader(Cql2Stream& tokens, FilterMeter& meter) : tokens_(tokens), meter_(meter) {}

  model::RawGeometry read(ShapeName const& name) {
    FilterMeter::Level const level(meter_, tokens_.place());
    if (!tokens_.take_word("z")) tokens_.take_word("m");
    model::RawGeometry out;
    out.type = name.type;
    read_parts(out);
    return out;
  }

 private:
  void read_parts(model::RawGeometry& out) {
    switch (out.type) {
    case GeometryType::point:
      out.parts.push_back(point());
      break;
    case GeometryType::line_string:
      out.parts.push_back({path()});
      break;
    case GeometryType::polygon:
      out.parts.push_back(polygon());
      break;
    case GeometryType::multi_point:
      read_list(tokens_, [&] { // WKT knows members with and without brackets
        out.parts.push_back(tokens_.current().is_symbol("(") ? point() : model::Part{{position()}});
      });
      break;
    case GeometryType::multi_line_string:
      read_list(tokens_, [&] { out.parts.push_back({path()}); });
      break;
    case GeometryType::multi_polygon:
      read_list(tokens_, [&] { out.parts.push_back(polygon()); });
      break;
    case GeometryType::geometry_collection:
      read_list(tokens_, [&] { out.members.push_back(member()); });
      break;
    }
  }

  model::RawGeometry member() {
    auto const* const name = shape(tokens_.current().text);
    if (name == nullptr) tokens_.fail("a shape such as POINT");
    tokens_.take();
    return read(*name);
  }

  model::Part point() {
    tokens_.expect_symbol("(");
    model::Part out{{position()}};
    tokens_.expect_symbol(")");
    return out;
  }

  model::Path path() {
    model::Path out;
    read_list(tokens_, [&] { out.push_back(position()); });
    return out;
  }

  model::Part polygon() {
    model::Part out;
    read_list(tokens_, [&] { out.push_back(path()); });
    return out;
  }

  model::Position position() {
    auto const& limits = meter_.limits();
    if (++positions_ > limits.positions) {
      refuse_filter("the geometry has more than " + std::to_string(limits.positions) + " positions",
                    tokens_.place());
    }
    auto const x = tokens_.expect_number();
    auto const y = tokens_.expect_number();
    auto const more = [&] {
      return tokens_.current().kind == Cql2Token::Kind::number || tokens_.current().is_symbol("-");
    };
    for (int i = 0; i < 2 && more(); ++i) tokens_.expect_number(); // height, measure
    return {x, y};
  }

  Cql2Stream& tokens_;
  FilterMeter& meter_;
  std::size_t positions_ = 0;
};

/// `(a,b)`
template<class Range, class Add>
void append_list(std::string& out, Range const& range, Add const& add) {
  out += '(';
  for (bool is_first = true; auto const& element : range) {
    if (!is_first) out += ',';
    is_first = false;
    add(element);
  }
  out += ')';
}

void append_path(std::string& out, model::Path const& path) {
  append_list(out, path, [&](model::Position const& position) {
    append_number(out, position.x);
    out += ' ';
    append_number(out, position.y);
  });
}

void append_polygon(std::string& out, model::Part const& part) {
  append_list(out, part, [&](model::Path const& path) { append_path(out, path); });
}

} // namespace

Cql2Token Cql2Stream::take() {
  auto taken = std::move(current_);
  current_ = tokens_.next();
  return taken;
}

bool Cql2Stream::take_symbol(std::string_view symbol) {
  if (!current_.is_symbol(symbol)) return false;
  take();
  return true;
}

bool Cql2Stream::take_word(std::string_view word) {
  if (!current_.is_word(word)) return false;
  take();
  return true;
}

void Cql2Stream::expect_symbol(std::string_view symbol) {
  if (!take_symbol(symbol)) fail("'" + std::string(symbol) + "'");
}

void Cql2Stream::expect_word(std::string_view word) {
  if (!take_word(word)) fail("'" + std::string(word) + "'");
}

double Cql2Stream::expect_number() {
  bool const is_negative = take_symbol("-");
  if (!is_negative) take_symbol("+");
  if (current_.kind != Cql2Token::Kind::number) fail("a number");
  double value = 0;
  auto const* const end = current_.text.data() + current_.text.size();
  auto const [stop, error] = std::from_chars(current_.text.data(), end, value);
  if (error != std::errc{} || stop != end || !std::isfinite(value)) {
    fail("a number that a double can hold");
  }
  take();
  return without_signed_zero(is_negative ? -value : value);
}

void Cql2Stream::fail(std::string const& expected) const {
  refuse_filter("expected " + expected + ", found " + current_.shown(), place());
}

bool is_shape(std::string_view name) noexcept {
  return shape(name) != nullptr;
}

model::RawGeometry read_shape(Cql2Stream& tokens, std::string_view name, FilterMeter& meter) {
  auto const place = tokens.place();
  auto out = ShapeReader(tokens, meter).read(*shape(name));
  meter.add_positions(out, place);
  return out;
}

void append_shape(std::string& out, model::RawGeometry const& geometry) {
  out += std::ranges::find(shapes, geometry.type, &ShapeName::type)->name;
  switch (geometry.type) {
  case GeometryType::point:
  case GeometryType::line_string:
    append_path(out, geometry.parts.front().front());
    break;
  case GeometryType::polygon:
    append_polygon(out, geometry.parts.front());
    break;
  case GeometryType::multi_point:
  case GeometryType::multi_line_string:
    append_list(out, geometry.parts, [&](auto const& part) { append_path(out, part.front()); });
    break;
  case GeometryType::multi_polygon:
    append_list(out, geometry.parts, [&](auto const& part) { append_polygon(out, part); });
    break;
  case GeometryType::geometry_collection:
    append_list(out, geometry.members, [&](auto const& member) { append_shape(out, member); });
    break;
  }
}

void append_number(std::string& out, double number) {
  std::array<char, 32> digits{};
  auto* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

} // namespace terracat::query

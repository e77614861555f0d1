#include "query/cql2_syntax.hpp"
#include "query/filter.hpp"

#include <algorithm>

namespace terracat::query {
namespace {

/// The text encoding has no word for one.
bool has_empty_collection(model::RawGeometry const& geometry) {
  bool const is_empty =
      geometry.type == model::GeometryType::geometry_collection && geometry.members.empty();
  return is_empty || std::ranges::any_of(geometry.members, has_empty_collection);
}

void drop_signed_zeros(model::RawGeometry& geometry) {
  for (auto& part : geometry.parts) {
    for (auto& path : part) {
      for (auto& position : path) {
        position = {without_signed_zero(position.x), without_signed_zero(position.y)};
      }
    }
  }
  for (auto& member : geometry.members) drop_signed_zeros(member);
}

/// One filter of CQL2 JSON.
class JsonReader {
 public:
  explicit JsonReader(FilterLimits const& limits) noexcept : meter_(limits) {}

  Cql2 read(json::Value const& value, std::string const& where) {
    if (auto const flag = value.boolean()) {
      meter_.add_part(where);
      return {*flag, where};
    }
    if (auto const number = value.number()) return {without_signed_zero(*number), where};
    if (auto const text = value.string()) return {std::string(*text), where};
    if (value.is_array()) return read_array(value, where);
    if (auto const op = value.string("op")) return read_call(value, *op, where);
    if (auto const name = value.string("property")) {
      return {Cql2::Name{std::string(*name)}, where + "/property"};
    }
    if (auto const date = value.string("date")) return {Cql2::Date{std::string(*date)}, where};
    if (auto const time = value.string("timestamp")) {
      return {Cql2::Timestamp{std::string(*time)}, where};
    }
    if (auto const ends = value.member("interval")) return read_interval(*ends, where);
    if (auto const numbers = value.member("bbox"); numbers && !value.member("type")) {
      return read_box(*numbers, where);
    }
    if (value.member("type")) return read_shape(value, where);
    refuse_filter("expected an object with 'op' and an array 'args', a property such as "
                  R"({"property": "datetime"}, or a literal)",
                  where);
  }

 private:
  Cql2 read_array(json::Value const& value, std::string const& where) {
    FilterMeter::Level const level(meter_, where);
    meter_.add_parts(value.size(), where);
    Cql2::Array array;
    for (auto const element : value.elements()) {
      array.elements.push_back(read(element, where + "/" + std::to_string(array.elements.size())));
    }
    return {std::move(array), where};
  }

  Cql2 read_call(json::Value const& value, std::string_view op, std::string const& where) {
    FilterMeter::Level const level(meter_, where);
    auto const args = value.member("args");
    if (!args || !args->is_array()) {
      refuse_filter("expected an object with 'op' and an array 'args'", where);
    }
    auto const* const known = operation(op);
    if (known == nullptr) throw ProblemError(unknown_operation(op, where + "/op"));
    auto const at = where + "/args";
    if (auto const ends = former_ends(*known, *args)) return read_between(*args, *ends, where);
    check_arguments(*known, args->size(), at).value();
    meter_.add_part(where);
    Cql2::Call call{.op = std::string(known->name), .arguments = {}};
    for (auto const argument : args->elements()) {
      call.arguments.push_back(read(argument, at + "/" + std::to_string(call.arguments.size())));
      check_array(*known, call.arguments.back());
    }
    return {std::move(call), where};
  }

  /// Drafts of CQL2, and clients of STAC to this day, put both ends of `between` into an array.
  static std::optional<json::Value> former_ends(Operation const& known, json::Value const& args) {
    if (known.name != "between" || args.size() != 2) return std::nullopt;
    auto const ends = *++args.elements().begin();
    return ends.is_array() && ends.size() == 2 ? std::optional(ends) : std::nullopt;
  }

  Cql2 read_between(json::Value const& args, json::Value const& ends, std::string const& where) {
    meter_.add_part(where);
    Cql2::Call call{.op = "between", .arguments = {}};
    call.arguments.push_back(read(*args.elements().begin(), where + "/args/0"));
    for (auto const end : ends.elements()) {
      auto const place = std::to_string(call.arguments.size() - 1);
      call.arguments.push_back(read(end, where + "/args/1/" + place));
    }
    return {std::move(call), where};
  }

  Cql2 read_interval(json::Value const& ends, std::string const& where) {
    FilterMeter::Level const level(meter_, where);
    auto const at = where + "/interval";
    if (!ends.is_array() || ends.size() != 2) {
      refuse_filter(R"(expected an array of two ends, such as ["2024-01-01", ".."])", at);
    }
    Cql2::Interval interval;
    for (auto const end : ends.elements()) {
      interval.ends.push_back(read(end, at + "/" + std::to_string(interval.ends.size())));
    }
    return {std::move(interval), where};
  }

  static Cql2 read_box(json::Value const& numbers, std::string const& where) {
    constexpr std::string_view expected = "expected four or six numbers: west, south, east, north";
    Cql2::Box box;
    if (numbers.size() == 0) refuse_filter(std::string(expected), where + "/bbox");
    for (auto const element : numbers.elements()) {
      auto const number = element.number();
      if (!number || box.numbers.size() == 6) {
        refuse_filter(std::string(expected), where + "/bbox");
      }
      box.numbers.push_back(without_signed_zero(*number));
    }
    return {std::move(box), where};
  }

  Cql2 read_shape(json::Value const& value, std::string const& where) {
    auto raw = json::read_geometry(value, meter_.limits().positions);
    if (!raw) refuse_filter(raw.error().detail, where + raw.error().where);
    if (has_empty_collection(*raw)) {
      refuse_filter("a GeometryCollection of a filter needs a geometry", where + "/geometries");
    }
    meter_.add_positions(*raw, where);
    raw->heights.reset();
    drop_signed_zeros(*raw);
    return {Cql2::Shape{std::move(*raw)}, where};
  }

  FilterMeter meter_;
};

} // namespace

Result<Cql2> parse_cql2_json(json::Value const& filter, std::string const& where,
                             FilterLimits const& limits) {
  try {
    return JsonReader(limits).read(filter, where);
  } catch (ProblemError const& error) {
    return error.problem();
  }
}

} // namespace terracat::query

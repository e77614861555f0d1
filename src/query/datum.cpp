#include "query/datum.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace terracat::query {
namespace {

struct KindName {
  Kinds kind;
  std::string_view name;
};

constexpr std::array names{
    KindName{kind::boolean, "a boolean"},   KindName{kind::number, "a number"},
    KindName{kind::text, "a text"},         KindName{kind::time, "a date or timestamp"},
    KindName{kind::period, "an interval"},  KindName{kind::list, "an array"},
    KindName{kind::geometry, "a geometry"},
};

std::strong_ordering order_of_numbers(double a, double b) noexcept {
  if (a == b) return std::strong_ordering::equal;
  return a < b ? std::strong_ordering::less : std::strong_ordering::greater;
}

/// Kinds that a datum is of.
struct KindOf {
  Kinds operator()(std::monostate) const { return 0; }

  Kinds operator()(bool) const { return kind::boolean; }

  Kinds operator()(double) const { return kind::number; }

  Kinds operator()(std::string const&) const { return kind::text; }

  Kinds operator()(Moment) const { return kind::time; }

  Kinds operator()(Open) const { return kind::time; }

  Kinds operator()(Period const&) const { return kind::period; }

  Kinds operator()(std::vector<Datum> const&) const { return kind::list; }

  Kinds operator()(Shape const&) const { return kind::geometry; }
};

/// Each pair is looked at once: twice, and lists within lists would cost two to the power of their
/// depth.
bool are_same_sets(std::vector<Datum> const& a, std::vector<Datum> const& b) {
  std::vector<bool> is_met(b.size());
  for (auto const& one : a) {
    bool is_found = false;
    for (std::size_t i = 0; i < b.size(); ++i) {
      if (!are_same(one, b[i])) continue;
      is_found = true;
      is_met[i] = true;
    }
    if (!is_found) return false;
  }
  return std::ranges::all_of(is_met, std::identity());
}

} // namespace

Kinds kinds_of(Type type) noexcept {
  switch (type) {
  case Type::boolean:
    return kind::boolean;
  case Type::number:
    return kind::number;
  case Type::text:
    return kind::text;
  case Type::time:
    return kind::time;
  case Type::list:
    break;
  }
  return kind::list;
}

std::string shown(Kinds kinds) {
  std::string out;
  for (auto const& [kind, name] : names) {
    if ((kinds & kind) == 0) continue;
    kinds = static_cast<Kinds>(kinds & ~kind);
    if (!out.empty()) out += kinds == 0 ? " or " : ", ";
    out += name;
  }
  return out;
}

Datum datum_of(Scalar const& scalar) {
  return std::visit(
      [](auto const& value) -> Datum {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, model::Instant>) {
          return {Moment{value.milliseconds(), value.milliseconds()}};
        } else {
          return {value};
        }
      },
      scalar);
}

Datum datum_of(model::Bound const& bound) {
  auto const first = bound.earliest();
  auto const last = bound.latest();
  if (!first || !last) return {Open{}};
  return {Moment{first->milliseconds(), last->milliseconds()}};
}

std::optional<Moment> moment_in(std::string_view text) {
  constexpr std::size_t date_length = 10; // YYYY-MM-DD
  auto const read = model::parse_rfc3339_lenient(text);
  if (!read) return std::nullopt;
  auto const precision =
      text.size() == date_length ? model::Precision::day : model::Precision::millisecond;
  return std::get<Moment>(datum_of(model::Bound::at(*read, precision)).value);
}

Datum as(Datum datum, Kinds wanted) {
  auto const is = std::visit(KindOf(), datum.value);
  if ((is & wanted) != 0) return datum;
  if (is == kind::text && (wanted & kind::time) != 0) {
    if (auto const moment = moment_in(std::get<std::string>(datum.value))) return {*moment};
  }
  return {};
}

std::optional<std::strong_ordering> order_of(Datum const& a, Datum const& b) {
  if (auto const* const time = std::get_if<Moment>(&a.value)) {
    auto const other = as(b, kind::time);
    auto const* const moment = std::get_if<Moment>(&other.value);
    if (moment == nullptr) return std::nullopt;
    return time->first <=> moment->first;
  }
  if (std::holds_alternative<Moment>(b.value)) {
    auto const reversed = order_of(b, a);
    return reversed ? std::optional(0 <=> *reversed) : std::nullopt;
  }
  if (a.value.index() != b.value.index()) return std::nullopt;
  if (auto const* const flag = std::get_if<bool>(&a.value)) {
    return *flag <=> std::get<bool>(b.value);
  }
  if (auto const* const number = std::get_if<double>(&a.value)) {
    return order_of_numbers(*number, std::get<double>(b.value));
  }
  if (auto const* const text = std::get_if<std::string>(&a.value)) {
    return *text <=> std::get<std::string>(b.value);
  }
  return std::nullopt;
}

bool are_same(Datum const& a, Datum const& b) {
  if (auto const order = order_of(a, b)) return *order == std::strong_ordering::equal;
  auto const* const first = std::get_if<std::vector<Datum>>(&a.value);
  auto const* const second = std::get_if<std::vector<Datum>>(&b.value);
  if (first != nullptr && second != nullptr) return are_same_sets(*first, *second);
  return a == b;
}

} // namespace terracat::query

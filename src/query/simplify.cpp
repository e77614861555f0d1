#include "query/simplify.hpp"

#include "query/functions.hpp"
#include "query/term.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace terracat::query {
namespace {

/// A predicate of a property and of what is the same for every item.
struct Sides {
  Property const* property;
  Datum constant;
  bool mirrored; ///< the property stands behind
};

std::optional<Sides> sides_of(Term::Call const& call, Type type) {
  for (std::size_t at = 0; at < 2; ++at) {
    auto const* const read = std::get_if<Term::Read>(&call.arguments[at].node);
    auto const& other = call.arguments[1 - at];
    if (read == nullptr || read->as.size() != 1 || read->as.front().type != type) continue;
    if (!is_constant(other)) return std::nullopt;
    return Sides{&read->as.front(), value_of(other), at == 1};
  }
  return std::nullopt;
}

struct TimeRow {
  std::string_view name;
  std::string_view mirrored;
};

constexpr std::array times{
    TimeRow{"t_after", "t_before"},          TimeRow{"t_before", "t_after"},
    TimeRow{"t_disjoint", "t_disjoint"},     TimeRow{"t_equals", "t_equals"},
    TimeRow{"t_intersects", "t_intersects"},
};

constexpr auto beginning = std::numeric_limits<std::int64_t>::min();
constexpr auto end_of_time = std::numeric_limits<std::int64_t>::max();

bool is_open(Period const& period) noexcept {
  return period.start.first == beginning || period.end.last == end_of_time;
}

/// The property lies between the two, both included; what is open bounds nothing.
/// \return  nothing if both are open, for it is unknown where the property is missing
std::optional<Expression> within(Property const& property, Period const& period) {
  And both;
  if (period.start.first != beginning) {
    both.of.push_back(
        {Compare{property, Comparison::greater_equal, model::Instant(period.start.first)}});
  }
  if (period.end.last != end_of_time) {
    both.of.push_back({Compare{property, Comparison::less_equal, model::Instant(period.end.last)}});
  }
  if (both.of.empty()) return std::nullopt;
  return both.of.size() == 1 ? std::move(both.of.front()) : Expression{std::move(both)};
}

std::optional<Expression> of_times(Term::Call const& call) {
  auto const* const row = std::ranges::find(times, call.function->name, &TimeRow::name);
  if (row == times.end()) return std::nullopt;
  auto const sides = sides_of(call, Type::time);
  if (!sides) return std::nullopt;
  auto const& constant = sides->constant.value;
  auto const* const moment = std::get_if<Moment>(&constant);
  auto const* const given = std::get_if<Period>(&constant);
  if (moment == nullptr && given == nullptr) return std::nullopt;
  auto const period = moment != nullptr ? Period{*moment, *moment} : *given;
  auto const& property = *sides->property;
  auto const op = sides->mirrored ? row->mirrored : row->name;
  if (op == "t_intersects") return within(property, period);
  // What lies behind the end of time is false, but unknown where nothing lies: a term knows that.
  if (is_open(period)) return std::nullopt;
  auto const compared = [&](Comparison comparison, std::int64_t with) {
    return Expression{Compare{property, comparison, model::Instant(with)}};
  };
  if (op == "t_disjoint") return Expression{Not{{*within(property, period)}}};
  if (op == "t_after") return compared(Comparison::greater, period.end.last);
  if (op == "t_before") return compared(Comparison::less, period.start.first);
  if (period.start.first != period.end.last) return std::nullopt;
  return compared(Comparison::equal, period.end.last);
}

/// The footprint meets a geometry, or does not.
std::optional<Expression> of_places(Term::Call const& call) {
  bool const meets = call.function->name == "s_intersects";
  if (!meets && call.function->name != "s_disjoint") return std::nullopt;
  for (std::size_t at = 0; at < 2; ++at) {
    auto const* const geometry = std::get_if<model::Geometry>(&call.arguments[1 - at].node);
    if (geometry == nullptr) continue;
    if (!std::holds_alternative<Term::Footprint>(call.arguments[at].node)) continue;
    Expression out{Intersects{*geometry}};
    return meets ? std::move(out) : Expression{Not{{std::move(out)}}};
  }
  return std::nullopt;
}

struct ListRow {
  std::string_view name;
  ListComparison comparison;
  ListComparison mirrored;
};

constexpr std::array lists{
    ListRow{"a_equals", ListComparison::equals, ListComparison::equals},
    ListRow{"a_contains", ListComparison::contains, ListComparison::contained_by},
    ListRow{"a_containedBy", ListComparison::contained_by, ListComparison::contains},
    ListRow{"a_overlaps", ListComparison::overlaps, ListComparison::overlaps},
};

/// \return  nothing if a list of an item cannot have it
std::optional<Scalar> scalar_of(Datum const& datum) {
  if (auto const* const flag = std::get_if<bool>(&datum.value)) return Scalar(*flag);
  if (auto const* const number = std::get_if<double>(&datum.value)) return Scalar(*number);
  if (auto const* const text = std::get_if<std::string>(&datum.value)) return Scalar(*text);
  return std::nullopt;
}

std::optional<Expression> of_lists(Term::Call const& call) {
  auto const* const row = std::ranges::find(lists, call.function->name, &ListRow::name);
  if (row == lists.end()) return std::nullopt;
  auto const sides = sides_of(call, Type::list);
  if (!sides) return std::nullopt;
  auto const* const list = std::get_if<std::vector<Datum>>(&sides->constant.value);
  if (list == nullptr) return std::nullopt;
  ListCompare out{*sides->property, sides->mirrored ? row->mirrored : row->comparison, {}};
  for (auto const& element : *list) {
    auto const scalar = scalar_of(element);
    if (!scalar) return std::nullopt;
    out.values.push_back(*scalar);
  }
  return Expression{std::move(out)};
}

} // namespace

std::optional<Expression> simplified(Term const& predicate) {
  auto const* const call = std::get_if<Term::Call>(&predicate.node);
  if (call == nullptr || call->arguments.size() != 2) return std::nullopt;
  if (auto out = of_places(*call)) return out;
  if (auto out = of_times(*call)) return out;
  return of_lists(*call);
}

} // namespace terracat::query

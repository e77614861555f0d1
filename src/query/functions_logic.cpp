#include "query/functions.hpp"
#include "query/pattern.hpp"

#include "geometry/deadline.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace terracat::query {
namespace {

bool is(Datum const& datum, bool wanted) {
  auto const* const flag = std::get_if<bool>(&datum.value);
  return flag != nullptr && *flag == wanted;
}

/// Of three-valued logic: `decisive` decides, else what is unknown.
Datum joined(Arguments arguments, bool decisive) {
  if (std::ranges::any_of(arguments, [&](auto const& one) { return is(one, decisive); })) {
    return {decisive};
  }
  if (std::ranges::any_of(arguments, &Datum::is_missing)) return {};
  return {!decisive};
}

Datum all(Arguments arguments) {
  return joined(arguments, false);
}

Datum any(Arguments arguments) {
  return joined(arguments, true);
}

Datum none(Arguments arguments) {
  return {!std::get<bool>(arguments[0].value)};
}

Datum equal(Arguments arguments) {
  auto const order = order_of(arguments[0], arguments[1]);
  return order ? Datum{*order == 0} : Datum{};
}

Datum not_equal(Arguments arguments) {
  auto const order = order_of(arguments[0], arguments[1]);
  return order ? Datum{*order != 0} : Datum{};
}

Datum less(Arguments arguments) {
  auto const order = order_of(arguments[0], arguments[1]);
  return order ? Datum{*order < 0} : Datum{};
}

Datum less_equal(Arguments arguments) {
  auto const order = order_of(arguments[0], arguments[1]);
  return order ? Datum{*order <= 0} : Datum{};
}

Datum greater(Arguments arguments) {
  auto const order = order_of(arguments[0], arguments[1]);
  return order ? Datum{*order > 0} : Datum{};
}

Datum greater_equal(Arguments arguments) {
  auto const order = order_of(arguments[0], arguments[1]);
  return order ? Datum{*order >= 0} : Datum{};
}

Datum between(Arguments arguments) {
  std::array const both{greater_equal(std::array{arguments[0], arguments[1]}),
                        less_equal(std::array{arguments[0], arguments[2]})};
  return all(both);
}

/// The first of them is one of the others.
Datum in(Arguments arguments) {
  if (arguments[0].is_missing()) return {};
  std::vector<Datum> each;
  for (auto const& other : arguments.subspan(1))
    each.push_back(equal(std::array{arguments[0], other}));
  return any(each);
}

Datum like(Arguments arguments) {
  if (geometry::is_late()) throw geometry::Late();
  return {matches(std::get<std::string>(arguments[0].value),
                  std::get<std::string>(arguments[1].value))};
}

Datum is_null(Arguments arguments) {
  return {arguments[0].is_missing()};
}

Datum interval(Arguments arguments) {
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
  Period out{.start = {least, least}, .end = {greatest, greatest}};
  if (auto const* const start = std::get_if<Moment>(&arguments[0].value)) out.start = *start;
  if (auto const* const end = std::get_if<Moment>(&arguments[1].value)) out.end = *end;
  if (out.start.first > out.end.last) return {}; // there is no such interval
  return {out};
}

Datum array(Arguments arguments) {
  return {std::vector<Datum>(arguments.begin(), arguments.end())};
}

constexpr auto truth = kind::boolean;

constexpr std::array logic_table{
    Function{"and", truth, truth, all, true},
    Function{"or", truth, truth, any, true},
    Function{"not", truth, truth, none},
    Function{"=", truth, kind::scalar, equal},
    Function{"<>", truth, kind::scalar, not_equal},
    Function{"<", truth, kind::scalar, less},
    Function{"<=", truth, kind::scalar, less_equal},
    Function{">", truth, kind::scalar, greater},
    Function{">=", truth, kind::scalar, greater_equal},
    Function{"between", truth, kind::scalar, between},
    Function{"in", truth, kind::scalar, in, true},
    Function{"like", truth, kind::text, like},
    Function{"isNull", truth, kind::any, is_null, true},
    Function{"interval", kind::period, kind::time, interval},
    Function{"array", kind::list, kind::any, array},
};

} // namespace

std::span<Function const> logic_functions() noexcept {
  return logic_table;
}

} // namespace terracat::query

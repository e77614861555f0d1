#include "query/functions.hpp"

#include <algorithm>
#include <array>

namespace terracat::query {
namespace {

using List = std::vector<Datum>;

List const& list(Datum const& datum) {
  return std::get<List>(datum.value);
}

bool has(List const& whole, Datum const& one) {
  return std::ranges::any_of(whole, [&](Datum const& other) { return are_same(one, other); });
}

bool has_all(List const& whole, List const& part) {
  return std::ranges::all_of(part, [&](Datum const& one) { return has(whole, one); });
}

Datum equals(Arguments arguments) {
  return {are_same(arguments[0], arguments[1])};
}

Datum contains(Arguments arguments) {
  return {has_all(list(arguments[0]), list(arguments[1]))};
}

Datum contained_by(Arguments arguments) {
  return {has_all(list(arguments[1]), list(arguments[0]))};
}

Datum overlaps(Arguments arguments) {
  auto const& first = list(arguments[0]);
  return {
      std::ranges::any_of(first, [&](Datum const& one) { return has(list(arguments[1]), one); })};
}

constexpr std::array list_table{
    Function{"a_equals", kind::boolean, kind::list, equals},
    Function{"a_contains", kind::boolean, kind::list, contains},
    Function{"a_containedBy", kind::boolean, kind::list, contained_by},
    Function{"a_overlaps", kind::boolean, kind::list, overlaps},
};

} // namespace

std::span<Function const> list_functions() noexcept {
  return list_table;
}

} // namespace terracat::query

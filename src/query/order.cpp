#include "query/order.hpp"

namespace terracat::query {

SortValue sort_value(Property const& property, Facts const& item, Collation const& collation) {
  auto const value = value_of(property, item);
  if (!value) return {};
  auto const* const scalar = std::get_if<Scalar>(&*value);
  if (scalar == nullptr) return {};
  if (auto const* const flag = std::get_if<bool>(scalar)) return *flag ? 1.0 : 0.0;
  if (auto const* const number = std::get_if<double>(scalar)) return *number;
  if (auto const* const time = std::get_if<model::Instant>(scalar)) return time->milliseconds();
  return collation.key(std::get<std::string>(*scalar));
}

bool precedes(Anchor const& a, Anchor const& b, std::vector<SortKey> const& sort) {
  for (std::size_t i = 0; i < sort.size(); ++i) {
    auto const& left = a.values[i];
    auto const& right = b.values[i];
    if (left == right) continue;
    if (std::holds_alternative<std::monostate>(left)) return false;
    if (std::holds_alternative<std::monostate>(right)) return true;
    return sort[i].descending ? right < left : left < right;
  }
  return a.number > b.number;
}

} // namespace terracat::query

#include "query/scan.hpp"

#include "query/parts.hpp"

#include <algorithm>

namespace terracat::query {
namespace {

void add(Property const& property, std::vector<std::string>& out) {
  bool const is_in_body = property.place == Property::Place::own;
  if (is_in_body && std::ranges::find(out, property.name) == out.end()) {
    out.push_back(property.name);
  }
}

void add(Expression const& expression, std::vector<std::string>& out) {
  auto const parts = parts_of(expression);
  if (parts.property != nullptr) add(*parts.property, out);
  for (auto const& operand : parts.operands) add(operand, out);
}

} // namespace

std::vector<std::string> properties_in_bodies(ItemSearch const& search) {
  std::vector<std::string> out;
  add(search.where, out);
  for (auto const& key : search.sort) add(key.property, out);
  return out;
}

} // namespace terracat::query

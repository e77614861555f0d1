#include "query/scan.hpp"

#include "query/definitions.hpp"
#include "query/parts.hpp"
#include "query/term.hpp"

#include <algorithm>

namespace terracat::query {
namespace {

void add(std::string_view name, std::vector<std::string>& out) {
  if (std::ranges::find(out, name) == out.end()) out.emplace_back(name);
}

void add(Property const& property, std::vector<std::string>& out) {
  if (property.place == Property::Place::own) add(property.name, out);
}

/// As clients name it.
std::string_view name_of(Property const& property) {
  if (property.place == Property::Place::own) return property.name;
  return std::ranges::find(definitions(), property.place, &Definition::place)->name;
}

/// Whatever a term looks at, each item has to be asked.
void add(Term const& term, std::vector<std::string>& out) {
  for_each_leaf(term, [&](Term const& leaf) {
    if (std::holds_alternative<Term::Footprint>(leaf.node)) add("geometry", out);
    auto const* const read = std::get_if<Term::Read>(&leaf.node);
    if (read == nullptr) return;
    for (auto const& property : read->as) add(name_of(property), out);
  });
}

void add(Expression const& expression, std::vector<std::string>& out) {
  auto const parts = parts_of(expression);
  if (parts.property != nullptr) add(*parts.property, out);
  if (parts.term != nullptr) add(*parts.term, out);
  for (auto const& operand : parts.operands) add(operand, out);
}

} // namespace

std::vector<std::string> properties_in_bodies(Expression const& where) {
  std::vector<std::string> out;
  add(where, out);
  return out;
}

bool asks_of_places(Expression const& where) {
  auto const is_place = [](Property const& property) {
    return property.place == Property::Place::geometry;
  };
  auto const parts = parts_of(where);
  if (parts.geometry != nullptr) return true;
  if (parts.property != nullptr && is_place(*parts.property)) return true;
  bool is_in_term = false;
  if (parts.term != nullptr) {
    for_each_leaf(*parts.term, [&](Term const& leaf) {
      auto const* const read = std::get_if<Term::Read>(&leaf.node);
      is_in_term = is_in_term || std::holds_alternative<Term::Footprint>(leaf.node) ||
                   (read != nullptr && std::ranges::any_of(read->as, is_place));
    });
  }
  return is_in_term || std::ranges::any_of(parts.operands, asks_of_places);
}

std::vector<std::string> properties_in_bodies(ItemSearch const& search) {
  auto out = properties_in_bodies(search.where);
  for (auto const& key : search.sort) add(key.property, out);
  return out;
}

} // namespace terracat::query

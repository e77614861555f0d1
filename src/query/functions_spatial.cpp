#include "query/functions.hpp"

#include <array>

namespace terracat::query {
namespace {

using geometry::Relation;

template<Relation Wanted>
Datum relates(Arguments arguments) {
  auto const& a = std::get<Shape>(arguments[0].value);
  auto const& b = std::get<Shape>(arguments[1].value);
  if (a.prepared != nullptr) return {a.prepared->is(Wanted, *b.geometry)};
  if (b.prepared != nullptr) return {b.prepared->is(geometry::mirrored(Wanted), *a.geometry)};
  return {geometry::Prepared(*a.geometry).is(Wanted, *b.geometry)};
}

template<Relation Wanted>
constexpr Function row(std::string_view name) {
  return {name, kind::boolean, kind::geometry, relates<Wanted>};
}

constexpr std::array spatial_table{
    row<Relation::intersects>("s_intersects"), row<Relation::equals>("s_equals"),
    row<Relation::disjoint>("s_disjoint"),     row<Relation::touches>("s_touches"),
    row<Relation::within>("s_within"),         row<Relation::overlaps>("s_overlaps"),
    row<Relation::crosses>("s_crosses"),       row<Relation::contains>("s_contains"),
};

} // namespace

std::span<Function const> spatial_functions() noexcept {
  return spatial_table;
}

} // namespace terracat::query

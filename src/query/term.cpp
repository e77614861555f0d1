#include "query/term.hpp"

#include "query/functions.hpp"

#include <algorithm>

namespace terracat::query {
namespace {

Datum datum_of(Value const& value) {
  if (auto const* const scalar = std::get_if<Scalar>(&value)) return query::datum_of(*scalar);
  std::vector<Datum> list;
  for (auto const& one : std::get<std::vector<Scalar>>(value)) {
    list.push_back(query::datum_of(one));
  }
  return {std::move(list)};
}

/// One overload for each kind of term.
struct Compute {
  Facts const* item; ///< null: nothing is asked of one
  PreparedGeometries const& prepared;

  Datum operator()(Scalar const& scalar) const { return query::datum_of(scalar); }

  Datum operator()(model::Bound const& bound) const { return query::datum_of(bound); }

  Datum operator()(model::Geometry const& geometry) const {
    return {Shape{&geometry, &prepared.at(&geometry)}};
  }

  Datum operator()(Term::Read const& read) const {
    for (auto const& property : read.as) {
      if (auto const value = value_of(property, *item)) return datum_of(*value);
    }
    return {};
  }

  Datum operator()(Term::Footprint const&) const {
    auto const* const footprint = item->footprint();
    return footprint == nullptr ? Datum{} : Datum{Shape{footprint, nullptr}};
  }

  Datum operator()(Term::Call const& call) const {
    auto const& function = *call.function;
    std::vector<Datum> arguments;
    arguments.reserve(call.arguments.size());
    for (auto const& argument : call.arguments) {
      auto const wanted = arguments.empty() ? function.takes : function.takes_next;
      arguments.push_back(as(of(argument), wanted));
      if (arguments.back().is_missing() && !function.sees_missing) return {};
    }
    return function.apply(arguments);
  }

  [[nodiscard]] Datum of(Term const& term) const { return std::visit(*this, term.node); }
};

} // namespace

Datum value_of(Term const& term, Facts const& item, PreparedGeometries const& prepared) {
  return Compute{&item, prepared}.of(term);
}

Datum value_of(Term const& term) {
  PreparedGeometries prepared;
  prepare(term, prepared);
  return Compute{nullptr, prepared}.of(term);
}

bool is_constant(Term const& term) {
  bool out = true;
  for_each_leaf(term, [&](Term const& leaf) {
    if (std::holds_alternative<Term::Read>(leaf.node)) out = false;
    if (std::holds_alternative<Term::Footprint>(leaf.node)) out = false;
  });
  return out;
}

void prepare(Term const& term, PreparedGeometries& prepared) {
  for_each_leaf(term, [&](Term const& leaf) {
    if (auto const* const geometry = std::get_if<model::Geometry>(&leaf.node)) {
      prepared.emplace(geometry, geometry::Prepared(*geometry));
    }
  });
}

Reads reads_of(Term const& term) {
  Reads out;
  for_each_leaf(term, [&](Term const& leaf) {
    if (std::holds_alternative<Term::Footprint>(leaf.node)) out.footprint = true;
    auto const* const read = std::get_if<Term::Read>(&leaf.node);
    if (read == nullptr) return;
    out.body |= std::ranges::any_of(
        read->as, [](Property const& property) { return property.place == Property::Place::own; });
  });
  return out;
}

} // namespace terracat::query

#include "query/evaluate.hpp"

#include "query/parts.hpp"
#include "query/pattern.hpp"
#include "query/term.hpp"

#include "geometry/deadline.hpp"

#include <algorithm>

namespace terracat::query {
namespace {

Truth truth_of(bool answer) noexcept {
  return answer ? Truth::yes : Truth::no;
}

Truth negated(Truth truth) noexcept {
  switch (truth) {
  case Truth::no:
    return Truth::yes;
  case Truth::yes:
    return Truth::no;
  case Truth::unknown:
    break;
  }
  return Truth::unknown;
}

bool includes(std::vector<Scalar> const& whole, std::vector<Scalar> const& part) {
  return std::ranges::all_of(
      part, [&](auto const& value) { return std::ranges::find(whole, value) != whole.end(); });
}

bool holds(ListComparison comparison, std::vector<Scalar> const& a, std::vector<Scalar> const& b) {
  switch (comparison) {
  case ListComparison::equals:
    return includes(a, b) && includes(b, a);
  case ListComparison::contains:
    return includes(a, b);
  case ListComparison::contained_by:
    return includes(b, a);
  case ListComparison::overlaps:
    return std::ranges::any_of(
        b, [&](auto const& value) { return std::ranges::find(a, value) != a.end(); });
  }
  return false;
}

std::optional<Value> as_value(std::optional<model::Instant> instant) {
  if (!instant) return std::nullopt;
  return Scalar(*instant);
}

std::optional<Scalar> scalar_of(Property const& property, Facts const& item) {
  auto const value = value_of(property, item);
  if (!value) return std::nullopt;
  auto const* const scalar = std::get_if<Scalar>(&*value);
  return scalar == nullptr ? std::nullopt : std::optional(*scalar);
}

/// One overload for each kind of condition.
struct Ask {
  Facts const& item;
  PreparedGeometries const& prepared;

  Truth operator()(Always const&) const { return Truth::yes; }

  Truth operator()(Compare const& compare) const {
    auto const value = scalar_of(compare.property, item);
    return value ? truth_of(holds(compare.comparison, *value, compare.value)) : Truth::unknown;
  }

  Truth operator()(In const& in) const {
    auto const value = scalar_of(in.property, item);
    if (!value) return Truth::unknown;
    return truth_of(std::ranges::find(in.values, *value) != in.values.end());
  }

  Truth operator()(IsNull const& is_null) const {
    if (is_null.property.place == Property::Place::geometry) {
      return truth_of(item.footprint() == nullptr);
    }
    return truth_of(!value_of(is_null.property, item));
  }

  Truth operator()(Like const& like) const {
    auto const value = scalar_of(like.property, item);
    if (!value) return Truth::unknown;
    if (geometry::is_late()) throw geometry::Late();
    return truth_of(matches(std::get<std::string>(*value), like.pattern));
  }

  Truth operator()(ListCompare const& compare) const {
    auto const value = value_of(compare.property, item);
    if (!value) return Truth::unknown;
    return truth_of(
        holds(compare.comparison, std::get<std::vector<Scalar>>(*value), compare.values));
  }

  Truth operator()(Intersects const& intersects) const {
    if (item.footprint() == nullptr) return Truth::unknown;
    return truth_of(prepared.at(&intersects.geometry).intersects(*item.footprint()));
  }

  Truth operator()(HeightsMeet const& meet) const {
    return truth_of(!item.heights() || item.heights()->intersects(meet.range));
  }

  Truth operator()(PeriodMeets const& meets) const {
    auto const period = item.period();
    return period ? truth_of(period->intersects(meets.interval)) : Truth::unknown;
  }

  Truth operator()(HasId const& has) const {
    return truth_of(std::ranges::any_of(
        has.ids, [&](auto const& id) { return id == item.id() || id == item.native_id(); }));
  }

  Truth operator()(InCollections const& in) const {
    return truth_of(std::ranges::find(in.collections, item.collection()) != in.collections.end());
  }

  Truth operator()(Holds const& holds) const {
    auto const value = value_of(holds.term, item, prepared);
    auto const* const answer = std::get_if<bool>(&value.value);
    return answer == nullptr ? Truth::unknown : truth_of(*answer);
  }

  Truth operator()(And const& all) const {
    auto least = Truth::yes;
    for (auto const& operand : all.of) {
      least = std::min(least, of(operand));
      if (least == Truth::no) break;
    }
    return least;
  }

  Truth operator()(Or const& any) const {
    auto most = Truth::no;
    for (auto const& operand : any.of) {
      most = std::max(most, of(operand));
      if (most == Truth::yes) break;
    }
    return most;
  }

  Truth operator()(Not const& none) const { return negated(of(none.of.front())); }

  [[nodiscard]] Truth of(Expression const& expression) const {
    return std::visit(*this, expression.node);
  }
};

} // namespace

bool holds(Comparison comparison, Scalar const& a, Scalar const& b) {
  switch (comparison) {
  case Comparison::equal:
    return a == b;
  case Comparison::not_equal:
    return a != b;
  case Comparison::less:
    return a < b;
  case Comparison::less_equal:
    return a <= b;
  case Comparison::greater:
    return a > b;
  case Comparison::greater_equal:
    return a >= b;
  }
  return false;
}

std::optional<Value> value_of(Property const& property, Facts const& item) {
  if (!property.only_in.empty() &&
      std::ranges::find(property.only_in, item.collection()) == property.only_in.end()) {
    return std::nullopt;
  }
  switch (property.place) {
  case Property::Place::id:
    return Scalar(std::string(item.id()));
  case Property::Place::time:
    return as_value(item.time());
  case Property::Place::start:
    return as_value(item.start());
  case Property::Place::end:
    return as_value(item.end());
  case Property::Place::geometry:
    return std::nullopt;
  case Property::Place::words:
    return Scalar(item.words());
  case Property::Place::collection:
    throw std::logic_error("ids of collections are not told by items");
  case Property::Place::own:
    break;
  }
  return item.own(property.name, property.type);
}

Evaluator::Evaluator(Expression const& expression) : expression_(&expression) {
  prepare(expression);
}

void Evaluator::prepare(Expression const& expression) {
  auto const parts = parts_of(expression);
  for (auto const& operand : parts.operands) prepare(operand);
  if (parts.geometry != nullptr) {
    prepared_.emplace(parts.geometry, geometry::Prepared(*parts.geometry));
  }
  if (parts.term != nullptr) query::prepare(*parts.term, prepared_);
}

Truth Evaluator::operator()(Facts const& item) const {
  return Ask{item, prepared_}.of(*expression_);
}

} // namespace terracat::query

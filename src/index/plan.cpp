#include "index/plan.hpp"

#include "index/computing.hpp"
#include "index/filter.hpp"
#include "query/parts.hpp"
#include "query/words.hpp"

#include <algorithm>

namespace terracat::index {
namespace {

void only_in(Plan& plan, std::vector<RecordNumber> collections) {
  std::ranges::sort(collections);
  if (!plan.collections) {
    plan.collections = std::move(collections);
    return;
  }
  std::vector<RecordNumber> both;
  std::ranges::set_intersection(*plan.collections, collections, std::back_inserter(both));
  plan.collections = std::move(both);
}

void add_to_rest(Plan& plan, query::Expression const& condition) {
  if (!plan.rest) {
    plan.rest = condition;
  } else if (auto* const all = std::get_if<query::And>(&plan.rest->node)) {
    all->of.push_back(condition);
  } else {
    plan.rest = query::Expression{query::And{{std::move(*plan.rest), condition}}};
  }
}

/// Times stand in order in segments, so what compares them only says where rows begin and end.
/// \return  false if the condition is another one
bool narrow(Plan& plan, query::Compare const& compare) {
  using query::Comparison;
  auto const& property = compare.property;
  bool const is_of_all = property.place == query::Property::Place::time && property.only_in.empty();
  if (!is_of_all || compare.comparison == Comparison::not_equal) return false;
  auto const time = std::get<model::Instant>(compare.value).milliseconds();
  if (!plan.at) plan.at.emplace();
  auto& [first, last] = *plan.at;
  auto const not_before = [&, &first = first](std::int64_t least) {
    first = std::max(first, least);
  };
  auto const not_after = [&, &last = last](std::int64_t most) { last = std::min(last, most); };
  switch (compare.comparison) {
  case Comparison::less:
    not_after(time - 1);
    break;
  case Comparison::less_equal:
    not_after(time);
    break;
  case Comparison::greater:
    not_before(time + 1);
    break;
  case Comparison::greater_equal:
    not_before(time);
    break;
  default:
    not_before(time);
    not_after(time);
  }
  return true;
}

/// \return  false if the store has to answer
bool add(Plan& plan, query::Expression const& condition, Version const& version,
         SaidSource const& said) {
  auto const& node = condition.node;
  if (std::holds_alternative<query::Always>(node)) return true;
  if (std::holds_alternative<query::HasId>(node)) return false; // the store has an index of ids
  if (auto const* const all = std::get_if<query::And>(&node)) {
    return std::ranges::all_of(
        all->of, [&](auto const& operand) { return add(plan, operand, version, said); });
  }
  if (auto const* const in = std::get_if<query::InCollections>(&node)) {
    only_in(plan, in->collections);
    return true;
  }
  if (auto const* const meets = std::get_if<query::PeriodMeets>(&node); meets && !plan.during) {
    plan.during.emplace();
    if (auto const first = meets->interval.first()) plan.during->first = first->milliseconds();
    if (auto const last = meets->interval.last()) plan.during->last = last->milliseconds();
    return true;
  }
  if (auto const* const intersects = std::get_if<query::Intersects>(&node);
      intersects && plan.meets == nullptr) {
    plan.meets = &intersects->geometry;
    return true;
  }
  auto const* const compare = std::get_if<query::Compare>(&node);
  if (compare != nullptr && narrow(plan, *compare)) return true;
  plan.said.learn(condition, said);
  if (Filter::can_answer(condition, version, plan.said)) {
    plan.conditions.push_back(&condition);
  } else {
    add_to_rest(plan, condition); // also a second geometry
  }
  return true;
}

/// Columns of declared properties may have as many texts as there are items.
bool compares_many_texts(query::Expression const& condition, Version const& version) {
  auto const parts = query::parts_of(condition);
  if (std::holds_alternative<query::Like>(condition.node) &&
      !query::phrase_in(std::get<query::Like>(condition.node))) {
    auto const column = version.column(*parts.property);
    return column && version.properties().declared()[*column] != 0;
  }
  return std::ranges::any_of(
      parts.operands, [&](auto const& operand) { return compares_many_texts(operand, version); });
}

Place place_of(query::Anchor const& anchor) {
  auto const* const time = std::get_if<std::int64_t>(&anchor.values.front());
  return {.time = time == nullptr ? no_time : *time, .number = anchor.number};
}

} // namespace

std::optional<Plan> plan_of(query::ItemSearch const& search, Version const& version,
                            SaidSource const& said) {
  Plan plan{.search = &search, .properties = &version.properties()};
  if (search.sort != query::latest_first()) {
    plan.order = Order::make(search.sort, version);
    if (!plan.order) return std::nullopt;
  }
  if (!add(plan, search.where, version, said)) return std::nullopt;
  plan.compares_many_texts = std::ranges::any_of(plan.conditions, [&](auto const* condition) {
    return compares_many_texts(*condition, version);
  });
  plan.is_rest_computed = plan.rest && Computing::can_answer(*plan.rest, version);
  plan.way = {.is_backwards = search.before.has_value()};
  auto const& from = search.before ? search.before : search.after;
  if (from && plan.order) plan.from_rank = plan.order->rank_of(*from);
  if (from && !plan.order) plan.from = place_of(*from);
  return plan;
}

Bounds bounds_of(Plan const& plan, std::span<CellQuery const> boxes) {
  Bounds out{.during = plan.during, .at = plan.at};
  if (plan.meets != nullptr) out.boxes = boxes;
  if (plan.collections) out.collections = CollectionBits(*plan.collections);
  return out;
}

} // namespace terracat::index

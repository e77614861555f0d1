#include "index/plan.hpp"

#include "index/filter.hpp"

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
  plan.said.learn(condition, said);
  if (Filter::can_answer(condition, version, plan.said)) {
    plan.conditions.push_back(&condition);
  } else {
    add_to_rest(plan, condition); // also a second geometry
  }
  return true;
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
  plan.way = {.is_backwards = search.before.has_value()};
  auto const& from = search.before ? search.before : search.after;
  if (from && plan.order) plan.from_rank = plan.order->rank_of(*from);
  if (from && !plan.order) plan.from = place_of(*from);
  return plan;
}

} // namespace terracat::index

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

bool add(Plan& plan, query::Expression const& condition, Version const& version) {
  auto const& node = condition.node;
  if (std::holds_alternative<query::Always>(node)) return true;
  if (auto const* const all = std::get_if<query::And>(&node)) {
    return std::ranges::all_of(all->of,
                               [&](auto const& operand) { return add(plan, operand, version); });
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
  if (!Filter::can_answer(condition, version)) return false; // also a second geometry
  plan.conditions.push_back(&condition);
  return true;
}

Place place_of(query::Anchor const& anchor) {
  auto const* const time = std::get_if<std::int64_t>(&anchor.values.front());
  return {.time = time == nullptr ? no_time : *time, .number = anchor.number};
}

} // namespace

std::optional<Plan> plan_of(query::ItemSearch const& search, Version const& version) {
  Plan plan{.properties = &version.properties(), .limit = search.limit, .count = search.count};
  if (search.sort != query::latest_first()) {
    plan.order = Order::make(search.sort, version);
    if (!plan.order) return std::nullopt;
  }
  if (!add(plan, search.where, version)) return std::nullopt;
  if (search.after && plan.order) plan.after_rank = plan.order->rank_of(*search.after);
  if (search.after && !plan.order) plan.after = place_of(*search.after);
  return plan;
}

} // namespace terracat::index

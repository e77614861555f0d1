#include "query/criteria.hpp"

#include "query/digest.hpp"

#include <algorithm>

namespace terracat::query {

Expression condition(Criteria const& criteria) {
  And all;
  if (!criteria.ids.empty()) all.of.push_back({HasId{criteria.ids}});
  if (criteria.datetime) all.of.push_back({PeriodMeets{*criteria.datetime}});
  if (criteria.bbox) {
    all.of.push_back({Intersects{model::Geometry::box(criteria.bbox->plane)}});
    if (criteria.bbox->heights) all.of.push_back({HeightsMeet{*criteria.bbox->heights}});
  }
  if (criteria.intersects) all.of.push_back({Intersects{*criteria.intersects}});
  for (auto const& filter : criteria.filters) all.of.push_back(filter);
  if (all.of.empty()) return Expression{Always{}};
  if (all.of.size() == 1) return std::move(all.of.front());
  return Expression{std::move(all)};
}

std::uint64_t digest(Criteria const& criteria, std::uint64_t scope) {
  Digest out;
  out.add(scope);
  auto collections = criteria.collections;
  std::ranges::sort(collections);
  out.add(std::uint64_t{collections.size()});
  for (auto const& id : collections) out.add(std::string_view(id));
  out.add(condition(criteria));
  return out.value();
}

} // namespace terracat::query

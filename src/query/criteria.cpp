#include "query/criteria.hpp"

#include "query/digest.hpp"

#include <algorithm>

namespace terracat::query {
namespace {

Expression in_place(model::Geometry geometry, Silence silence) {
  Expression meets{Intersects{std::move(geometry)}};
  if (silence == Silence::is_left_out) return meets;
  return {Or{{std::move(meets), {IsNull{{.place = Property::Place::geometry}}}}}};
}

/// A period of which neither end is told meets every other one.
Expression in_time(model::Interval const& interval, Silence silence) {
  Expression meets{PeriodMeets{interval}};
  if (silence == Silence::is_left_out) return meets;
  And untold{{{IsNull{{.place = Property::Place::start, .type = Type::time}}},
              {IsNull{{.place = Property::Place::end, .type = Type::time}}}}};
  return {Or{{std::move(meets), {std::move(untold)}}}};
}

} // namespace

Expression condition(Criteria const& criteria, Silence silence) {
  And all;
  if (!criteria.ids.empty()) all.of.push_back({HasId{criteria.ids}});
  if (criteria.datetime) all.of.push_back(in_time(*criteria.datetime, silence));
  if (criteria.bbox) {
    all.of.push_back(in_place(model::Geometry::box(criteria.bbox->plane), silence));
    if (criteria.bbox->heights) all.of.push_back({HeightsMeet{*criteria.bbox->heights}});
  }
  if (criteria.intersects) all.of.push_back(in_place(*criteria.intersects, silence));
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

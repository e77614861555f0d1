#include "store/aggregate.hpp"

#include <algorithm>

namespace terracat::store {
namespace {

using query::Property;
using query::Summary;

/// What is asked of each item, each property once, in the order of their names.
std::vector<Property> properties_of(std::span<query::Aggregation const> aggregations) {
  std::vector<Property> out;
  for (auto const& aggregation : aggregations) {
    auto const* const property = query::property_of(aggregation);
    if (property != nullptr && std::ranges::find(out, *property) == out.end()) {
      out.push_back(*property);
    }
  }
  std::ranges::sort(out, {}, &Property::name);
  return out;
}

/// Adds one item to the answer of each kind of aggregation.
class Adding {
 public:
  Adding(ItemPlace const& item, std::span<Property const> properties, Summary& out)
      : item_(item), properties_(properties), out_(out) {}

  void operator()(query::CountItems const& /*all*/) const {}

  void operator()(query::EarliestTime const& /*what*/) const { add_time(); }

  void operator()(query::LatestTime const& /*what*/) const { add_time(); }

  void operator()(query::ByTime const& /*by*/) const { add_time(); }

  void operator()(query::ByCollection const& /*by*/) const {
    out_.add(static_cast<std::int64_t>(item_.collection), 1);
  }

  void operator()(query::ByValue const& by) const {
    if (auto const* const value = value_of(by.property)) out_.add(query::bucket_of(*value), 1);
  }

  void operator()(query::ByRange const& by) const {
    auto const* const value = value_of(by.property);
    if (value != nullptr) out_.add(query::range_of(by.ranges, std::get<double>(*value)), 1);
  }

  void operator()(query::ByCell const& by) const {
    if (!item_.bbox) return;
    out_.add(query::bucket_of(query::cell_of(by, query::centre_of(*item_.bbox))), 1);
  }

 private:
  void add_time() const {
    if (item_.time) out_.add_time(item_.time->milliseconds(), 1);
  }

  [[nodiscard]] query::Scalar const* value_of(Property const& property) const {
    auto const& only_in = property.only_in;
    if (!only_in.empty() && std::ranges::find(only_in, item_.collection) == only_in.end()) {
      return nullptr;
    }
    auto const known = std::ranges::find(properties_, property);
    auto const number = static_cast<std::size_t>(known - properties_.begin());
    auto const found = std::ranges::find(item_.values, number, &query::PropertyValue::property);
    return found == item_.values.end() ? nullptr : &found->value;
  }

  ItemPlace const& item_;
  std::span<Property const> properties_;
  Summary& out_;
};

} // namespace

std::vector<Summary> aggregate(Reader& reader, query::Expression const& where,
                               std::span<query::Aggregation const> aggregations) {
  std::vector<Summary> out(aggregations.begin(), aggregations.end());
  auto const properties = properties_of(aggregations);
  reader.visit_places(where, properties, [&](ItemPlace const& item) {
    for (auto& summary : out) {
      summary.count(1);
      std::visit(Adding(item, properties, summary), summary.what());
    }
  });
  return out;
}

} // namespace terracat::store

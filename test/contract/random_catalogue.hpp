#pragma once

#include "query/aggregation.hpp"
#include "support/stores.hpp"

#include <terracat/query.hpp>

#include <random>
#include <string>
#include <vector>

/// What random catalogues and random searches are made of.
namespace terracat::test {

using namespace terracat::query; // NOLINT: conditions are most of what is made here

/// Items, records and conditions that follow from a seed.
class RandomCatalogue {
 public:
  explicit RandomCatalogue(unsigned seed) : engine_(seed) {}

  int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(engine_); }

  bool once_in(int times) { return below(times) == 0; }

  double between(double low, double high);

  /// On a coarse grid, so that edges and corners often touch.
  double degrees(int low, int high) { return low + below(high - low + 1); }

  model::RawGeometry points();

  model::RawGeometry collection();

  model::Geometry geometry();

  /// Boxes, polygons and lines, some across the antimeridian.
  model::Geometry simple_geometry();

  model::Instant instant() { return model::Instant(below(40) * std::int64_t{86'400'000}); }

  std::string properties();

  template<class List>
  typename List::value_type one_of(List const& list) {
    return list.at(static_cast<std::size_t>(below(static_cast<int>(list.size()))));
  }

  std::string number();

  /// Wildcards, escapes and letters in any order.
  std::string pattern();

  std::vector<Scalar> list();

  std::vector<Scalar> scalars(Type type);

  std::string id() { return (once_in(2) ? "i" : "native/") + std::to_string(below(300)); }

  Property property(Type type);

  Scalar scalar(Type type);

  Type type();

  Term read(Type type);

  Term call(std::string_view name, std::vector<Term> arguments);

  /// Computed or not.
  Term value(Type type);

  Term predicate();

  Expression leaf();

  Expression expression(int depth);

  std::vector<SortKey> sort();

  Aggregation aggregation();

  test::ItemSketch item(int number);

  store::RecordWrite record(int number);

  store::RecordSearch record_search();

  std::string type_name() { return once_in(2) ? "dataset" : once_in(2) ? "series" : "service"; }

  std::string source_name() { return once_in(2) ? "source-a" : "source-b"; }

  /// Some open on either side.
  model::Interval period();

 private:
  std::mt19937 engine_;
};

} // namespace terracat::test

#pragma once

#include "geometry/prepared.hpp"
#include "query/value.hpp"

#include <terracat/query.hpp>

#include <unordered_map>

namespace terracat::query {

/// The answer of a condition; `unknown` comes from missing values.
enum class Truth : std::uint8_t { no, unknown, yes };

/// What a condition can ask of an item.
class Facts {
 public:
  Facts() = default;
  Facts(Facts const&) = delete;
  Facts& operator=(Facts const&) = delete;
  Facts(Facts&&) = delete;
  Facts& operator=(Facts&&) = delete;
  virtual ~Facts() = default;

  [[nodiscard]] virtual RecordNumber collection() const = 0;
  [[nodiscard]] virtual std::string_view id() const = 0;
  [[nodiscard]] virtual std::string_view native_id() const = 0;
  [[nodiscard]] virtual std::optional<model::Instant> time() const = 0;
  [[nodiscard]] virtual std::optional<model::Instant> start() const = 0;
  [[nodiscard]] virtual std::optional<model::Instant> end() const = 0;
  [[nodiscard]] virtual std::optional<model::Interval> period() const = 0;
  [[nodiscard]] virtual model::Geometry const* footprint() const = 0;
  [[nodiscard]] virtual std::optional<model::HeightRange> heights() const = 0;

  /// All that it says in words (query/words.hpp).
  [[nodiscard]] virtual std::string words() const = 0;

  /// A member of the item's `properties`.
  [[nodiscard]] virtual std::optional<Value> own(std::string_view name, Type type) const = 0;
};

/// Texts compare by code points. \pre  the two have the same type
[[nodiscard]] bool holds(Comparison comparison, Scalar const& a, Scalar const& b);

/// What a property is for an item, `only_in` respected.
[[nodiscard]] std::optional<Value> value_of(Property const& property, Facts const& item);

/// Geometries of a condition, by where they stand in it.
using PreparedGeometries = std::unordered_map<model::Geometry const*, geometry::Prepared>;

/// A condition ready to be asked of many items, geometries prepared. It refers to the expression,
/// which must outlive it. One thread at a time.
class Evaluator {
 public:
  explicit Evaluator(Expression const& expression);

  [[nodiscard]] Truth operator()(Facts const& item) const;

 private:
  void prepare(Expression const& expression);

  Expression const* expression_;
  PreparedGeometries prepared_;
};

} // namespace terracat::query

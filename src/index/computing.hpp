#pragma once

#include "index/segment.hpp"
#include "index/version.hpp"
#include "query/evaluate.hpp"

#include <memory>

namespace terracat::index {

/// A condition that is computed of one row after the other, from what segments know of it: of
/// properties that have columns, times and collections.
class Computing {
 public:
  [[nodiscard]] static bool can_answer(query::Expression const& condition, Version const& version);

  /// Refers to both. \pre can_answer
  Computing(query::Expression const& condition, Properties const& properties);
  Computing(Computing const&) = delete;
  Computing& operator=(Computing const&) = delete;
  Computing(Computing&&) noexcept;
  Computing& operator=(Computing&&) noexcept;
  ~Computing();

  /// \throws store::DeadlinePassed, geometry::Late
  [[nodiscard]] bool holds(Segment const& segment, std::size_t row);

 private:
  class RowFacts;

  query::Evaluator evaluate_;
  std::unique_ptr<RowFacts> facts_;
  std::size_t asked_ = 0;
};

} // namespace terracat::index

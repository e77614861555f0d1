#pragma once

#include <terracat/query.hpp>

#include <span>

namespace terracat::query {

/// What a condition is made of, for who goes through a tree whatever its conditions mean. Refers to
/// the expression.
struct Parts {
  std::span<Expression const> operands;
  Property const* property = nullptr;        ///< that it looks at
  model::Geometry const* geometry = nullptr; ///< that it compares footprints with
  Term const* term = nullptr;                ///< that has to be true
};

/// Not deeper than the condition itself.
[[nodiscard]] Parts parts_of(Expression const& expression);

} // namespace terracat::query

#pragma once

#include "index/columns.hpp"

#include <vector>

/// Sets of the codes of a column. A condition on one property is such a set, whatever it is: of
/// values between two, one of some, none at all.
namespace terracat::index {

/// Codes from one to another, ends included. `Column::none` is a span by itself: that of rows that
/// have nothing.
struct CodeSpan {
  Column::Code first;
  Column::Code last;

  friend bool operator==(CodeSpan const&, CodeSpan const&) = default;
};

/// In order; none touches the next.
using CodeSpans = std::vector<CodeSpan>;

/// \param codes  in any order
[[nodiscard]] CodeSpans spans_of(std::vector<Column::Code> codes);

[[nodiscard]] CodeSpans united(CodeSpans const& a, CodeSpans const& b);
[[nodiscard]] CodeSpans common(CodeSpans const& a, CodeSpans const& b);

/// The codes of values that are not among these. \param size  of the column
[[nodiscard]] CodeSpans other_values(CodeSpans const& spans, Column::Code size);

/// Every row of the column has one of them.
[[nodiscard]] bool are_of_all_rows(CodeSpans const& spans, Column const& column) noexcept;

/// How many of the rows have one, if all codes were equally frequent: from 0 to 1.
[[nodiscard]] double share_of(CodeSpans const& spans, Column const& column) noexcept;

} // namespace terracat::index

#pragma once

#include "index/code_spans.hpp"
#include "index/lanes.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace terracat::index {

/// Of a column with few values which rows have each of them: a bit for each row, by blocks. To
/// compare them is to join words, an eighth of the bytes of a code for each value that is looked
/// at. Follows from the column.
class ValueBits {
 public:
  /// More values take more memory than they save.
  static constexpr Column::Code most_values = 16;

  /// Of none: nobody has to look.
  ValueBits() = default;

  /// \param rows  that there are codes of, whole blocks
  ValueBits(Column const& column, std::size_t rows);

  /// How many bits a row would take; 0: such a column has none.
  [[nodiscard]] static std::size_t bits_of_row(Column const& column) noexcept;

  [[nodiscard]] bool is_empty() const noexcept { return words_.empty(); }

  /// Of which values words have to be read to keep those that have one of these codes, or to drop
  /// those that have not: whichever is less.
  struct Choice {
    bool drops = false;
    std::vector<std::size_t> places;
  };

  /// \pre not is_empty()
  [[nodiscard]] Choice choose(CodeSpans const& spans) const;

  /// Keeps the rows that the choice is of. \param block  the first one of no more than batch_blocks
  void keep(Choice const& choice, std::size_t block, RowBits rows) const noexcept;

  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_of(words_); }

 private:
  std::size_t blocks_ = 0;
  std::size_t values_ = 0;
  bool has_missing_ = false;
  std::vector<std::uint64_t> words_; ///< by value, that of `none` last; then by block
};

/// Those of the columns that are worth it, few bytes for each row in all. By column; of the others
/// empty ones. \param rows  as above
[[nodiscard]] std::vector<ValueBits> value_bits(std::span<Column const> columns, std::size_t rows);

} // namespace terracat::index

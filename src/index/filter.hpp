#pragma once

#include "index/block.hpp"
#include "index/code_spans.hpp"
#include "index/said.hpp"
#include "index/version.hpp"

#include <terracat/query.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace terracat::index {

/// Conditions as one segment answers them, from its columns. Refers to the segment.
///
/// Of a condition that may be unknown there are two questions, of which rows it is true and of
/// which it is false; `Not` swaps them. Each is answered by rows of which something is known, so
/// behind the first step there are neither `Not` nor unknowns any more. What is asked of one column
/// becomes one step, and of steps that have to be true all together those come first that leave
/// least to the others for what they cost.
class Filter {
 public:
  /// Whether a segment can tell of which rows the condition is true.
  [[nodiscard]] static bool can_answer(query::Expression const& condition, Version const& version,
                                       Said const& said);

  /// A segment knows what the property of an item is, which is no one of words or geometry.
  [[nodiscard]] static bool knows(query::Property const& property, Version const& version);

  /// Of every row.
  Filter() = default;

  /// \param said  of all phrases; outlives this
  /// \param all   that have to be true, each one that can be answered
  Filter(Segment const& segment, Properties const& properties, Said const& said,
         std::span<query::Expression const* const> all);

  /// It is true of all rows.
  [[nodiscard]] bool is_always() const noexcept;

  /// It is true of none.
  [[nodiscard]] bool is_never() const noexcept;

  /// Keeps those rows of which it is true.
  /// \param block  the first of no more than batch_blocks
  void keep(std::size_t block, RowBits rows) const noexcept;

 private:
  friend class FilterMaker;

  /// A step; of rows behind the last one nothing is said.
  struct Node {
    enum class Kind : std::uint8_t {
      all,          ///< of `of`: of none, every row
      any,          ///< of `of`: of none, no row
      codes,        ///< `column` has a code within `codes`
      moments,      ///< `times` has one of `during`
      collections,  ///< the collection is in `set`
      no_footprint, ///< there is none, or there is one if `is_not`
      items,        ///< the item is one of `items`, or none if `is_not`
    };

    Kind kind = Kind::all;
    bool is_not = false;
    Column const* column = nullptr;
    ValueBits const* bits = nullptr; ///< of the column
    CodeSpans codes;
    std::optional<CodeTest> test; ///< of `codes`, once nothing is joined with them any more
    ItemSet const* items = nullptr;
    std::int64_t const* times = nullptr; ///< of all rows
    std::int64_t from = 0;               ///< ends included
    std::int64_t to = 0;
    std::vector<std::uint8_t> set; ///< 1 for those that are in it
    std::vector<Node> of;
  };

  struct Cost {
    double bytes; ///< that are read for each row
    double share; ///< of the rows that are left, from 0 to 1, as far as can be guessed
  };

  /// \pre its codes have not become a test yet
  [[nodiscard]] static Cost cost_of(Node const& node);

  /// The next steps look at a block as long as one of its rows is left.
  [[nodiscard]] static double price_with_rest(Node const& node);

  void keep(Node const& node, std::size_t block, RowBits rows) const noexcept;
  void keep_any(Node const& node, std::size_t block, RowBits rows) const noexcept;

  Segment const* segment_ = nullptr;
  Node root_;
};

} // namespace terracat::index

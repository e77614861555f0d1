#pragma once

#include "index/filter.hpp"
#include "index/plan.hpp"
#include "index/version.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace terracat::index {

/// One search over one part, without what takes a look at footprints: blocks of rows in, bits out.
/// Refers to the part and to the boxes.
class Scan {
 public:
  /// \param boxes  of the plan's geometry; none if there is none
  Scan(Part const& part, Plan const& plan, std::span<CellQuery const> boxes);

  /// No row can match.
  [[nodiscard]] bool is_empty() const noexcept { return begin_ >= end_; }

  // All other functions: only if it is not empty.

  /// The rows that may match are among these.
  [[nodiscard]] std::size_t begin() const noexcept { return begin_; }

  [[nodiscard]] std::size_t end() const noexcept { return end_; }

  /// The rows of a block that may match: a bit for each, the first the lowest. None is missing, and
  /// of an item that has two rows one is there.
  [[nodiscard]] std::uint64_t candidates(std::size_t block) const noexcept;

  /// If all rows that are left from begin to end match, how many items they are.
  [[nodiscard]] std::optional<std::size_t> all() const noexcept;

 private:
  /// The same, with both rows of an item.
  [[nodiscard]] std::uint64_t matching(std::size_t block) const noexcept;

  void choose_collections(Plan const& plan);
  void choose_rows(Plan const& plan);
  [[nodiscard]] bool may_meet() const noexcept;

  Part const& part_;
  Segment const& segment_;
  std::span<CellQuery const> boxes_;
  bool checks_boxes_ = false;
  bool checks_collections_ = false;
  std::vector<std::uint8_t> allowed_;     ///< by the segment's list of collections: 0 or 1
  std::optional<Moments> checks_moments_; ///< only of spans, and unless all of them are met
  Filter filter_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

} // namespace terracat::index

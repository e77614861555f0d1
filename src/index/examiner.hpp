#pragma once

#include "geometry/deadline.hpp"
#include "geometry/prepared.hpp"
#include "index/cells.hpp"
#include "index/computing.hpp"
#include "index/plan.hpp"
#include "index/rough_test.hpp"
#include "index/work.hpp"

#include <terracat/store_reader.hpp>

#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace terracat::index {

/// What a search may look at before it is given up.
struct Effort {
  std::size_t blocks = std::numeric_limits<std::size_t>::max();     ///< of rows, or of boxes
  std::size_t footprints = std::numeric_limits<std::size_t>::max(); ///< read and compared
};

/// Looks at what a search has to look at, as long as the effort lasts. Refers to the plan.
class Examiner {
 public:
  Examiner(Plan const& plan, store::Reader& reader, Effort effort);

  /// Of the geometry that footprints have to meet; none if there is no such geometry.
  [[nodiscard]] std::span<CellQuery const> boxes() const noexcept { return boxes_; }

  /// The geometry is these boxes, and nothing less.
  [[nodiscard]] bool is_boxes() const noexcept { return geometry_->geometry().is_box(); }

  /// \return  false if no more blocks may be looked at
  bool takes_blocks(std::size_t count) noexcept {
    work_.blocks += count;
    return spend(left_.blocks, count);
  }

  /// A segment is looked into.
  void enter_segment() noexcept { ++work_.segments; }

  /// The footprint of the item shares a point with the plan's geometry. \pre there is one
  [[nodiscard]] bool meets(ItemNumber number) { return takes_footprint() && compare(number); }

  /// The same of a row of a segment, whose footprint is only read if need be.
  /// \throws geometry::Late
  [[nodiscard]] bool meets(Segment const& segment, std::size_t row) {
    return meets(segment, row, rough_->ask(segment, row));
  }

  /// \param place  of its box. \pre the row is no half
  [[nodiscard]] bool meets(Segment const& segment, std::size_t row, std::size_t place) {
    return meets(segment, row, rough_->ask(segment, row, place));
  }

  /// The box of the item's footprint. \return  nothing if it is not known, or may not be read
  [[nodiscard]] std::optional<model::Bbox> box(ItemNumber number);

  /// Something is asked of each item that is found, one after the other.
  [[nodiscard]] bool asks_items() const noexcept { return computing_ || rest_ != nullptr; }

  /// What is asked of items is true of this one. \pre something is
  [[nodiscard]] bool is_true_of(Segment const& segment, std::size_t row) {
    if (computing_) {
      ++work_.computed;
      return computing_->holds(segment, row);
    }
    ++work_.bodies;
    return rest_->holds(segment.number[row]);
  }

  /// It would have taken more than the effort: nothing else can be said of the search.
  [[nodiscard]] bool is_given_up() const noexcept { return is_given_up_; }

  [[nodiscard]] Work const& work() const noexcept { return work_; }

 private:
  void note_outline() {
    constexpr std::size_t often = 64;
    if (++work_.outlines % often == 0 && geometry::is_late()) throw geometry::Late();
  }

  [[nodiscard]] bool meets(Segment const& segment, std::size_t row, std::optional<bool> told) {
    if (!told) return meets(segment.number[row]);
    note_outline();
    return *told && spend(left_.blocks, rough_->blocks());
  }

  bool takes_footprint() noexcept {
    ++work_.footprints;
    return spend(left_.footprints, 1);
  }

  [[nodiscard]] bool compare(ItemNumber number) const;
  [[nodiscard]] std::optional<model::Geometry> footprint_of(ItemNumber number) const;
  bool spend(std::size_t& left, std::size_t count) noexcept;

  store::Reader& reader_;
  std::optional<geometry::Prepared> geometry_;
  std::optional<RoughTest> rough_; ///< there is one if there is a geometry
  std::vector<CellQuery> boxes_;
  std::optional<Computing> computing_;    ///< if what is asked is computed from columns
  std::unique_ptr<store::ItemTest> rest_; ///< else
  Effort left_;
  Work work_;
  bool is_given_up_ = false;
};

} // namespace terracat::index

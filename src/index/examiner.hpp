#pragma once

#include "geometry/prepared.hpp"
#include "index/cells.hpp"
#include "index/plan.hpp"

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
  bool takes_blocks(std::size_t count) noexcept { return spend(left_.blocks, count); }

  /// The footprint of the item shares a point with the plan's geometry. \pre there is one
  [[nodiscard]] bool meets(ItemNumber number) {
    return spend(left_.footprints, 1) && compare(number);
  }

  /// The box of the item's footprint. \return  nothing if it is not known, or may not be read
  [[nodiscard]] std::optional<model::Bbox> box(ItemNumber number);

  /// The store is asked of each item that is found.
  [[nodiscard]] bool asks_store() const noexcept { return rest_ != nullptr; }

  /// What the store is asked is true of the item. \pre it is asked
  [[nodiscard]] bool store_finds(ItemNumber number) { return rest_->holds(number); }

  /// It would have taken more than the effort: nothing else can be said of the search.
  [[nodiscard]] bool is_given_up() const noexcept { return is_given_up_; }

 private:
  [[nodiscard]] bool compare(ItemNumber number) const;
  [[nodiscard]] std::optional<model::Geometry> footprint_of(ItemNumber number) const;
  bool spend(std::size_t& left, std::size_t count) noexcept;

  store::Reader& reader_;
  std::optional<geometry::Prepared> geometry_;
  std::vector<CellQuery> boxes_;
  std::unique_ptr<store::ItemTest> rest_;
  Effort left_;
  bool is_given_up_ = false;
};

} // namespace terracat::index

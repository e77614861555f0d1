#pragma once

#include "geometry/prepared.hpp"
#include "index/cells.hpp"
#include "index/plan.hpp"

#include <terracat/store_reader.hpp>

#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace terracat::index {

/// What a search may look at before it is given up.
struct Effort {
  std::size_t blocks = std::numeric_limits<std::size_t>::max();     ///< of rows
  std::size_t footprints = std::numeric_limits<std::size_t>::max(); ///< read and compared
};

/// Looks at what a search has to look at, as long as the effort lasts. Refers to the plan.
class Examiner {
 public:
  Examiner(Plan const& plan, store::Reader& reader, Effort effort);

  /// Of the geometry that footprints have to meet; none if there is no such geometry.
  [[nodiscard]] std::span<CellQuery const> boxes() const noexcept { return boxes_; }

  [[nodiscard]] bool compares_footprints() const noexcept { return geometry_.has_value(); }

  /// \return  false if no block may be looked at any more
  bool takes_block() noexcept { return spend(left_.blocks); }

  /// The footprint of the row's item shares a point with the plan's geometry, if it has one.
  [[nodiscard]] bool meets(Segment const& segment, std::size_t row);

  /// It would have taken more than the effort: nothing else can be said of the search.
  [[nodiscard]] bool is_given_up() const noexcept { return is_given_up_; }

 private:
  [[nodiscard]] std::optional<bool> guess(Segment const& segment, std::size_t row) const;
  [[nodiscard]] bool compare(ItemNumber number) const;
  [[nodiscard]] std::optional<model::Geometry> footprint_of(ItemNumber number) const;
  bool spend(std::size_t& left) noexcept;

  store::Reader& reader_;
  std::optional<geometry::Prepared> geometry_;
  std::vector<CellQuery> boxes_;
  Effort left_;
  bool is_given_up_ = false;
};

} // namespace terracat::index

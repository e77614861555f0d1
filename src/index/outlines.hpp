#pragma once

#include "geometry/rectangle.hpp"

#include <terracat/store_rows.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace terracat::index {

struct Encoding;

/// A ring of which the corners are known but for a small error.
struct Outline {
  /// The first comes again as the last.
  [[nodiscard]] std::span<model::Position const> ring() const noexcept {
    return std::span(corners).first(size);
  }

  std::array<model::Position, store::ItemPlace::most_corners + 1> corners;
  std::size_t size = 0;
  // Degrees that no corner is farther off, and so nothing of what the ring encloses.
  double error_x = 0;
  double error_y = 0;
};

/// Outlines in 16-bit numbers, one after the other: where one begins, how large its steps are, and
/// of each corner how many steps it is from there. A footprint of 1° is thereby known to 2 m.
class OutlineList {
 public:
  /// Where one stands; `none` for what has none.
  using Place = std::uint32_t;
  static constexpr Place none = 0;

  /// \param ring  closed, of no more corners than ItemPlace has; none if it is empty
  Place add(std::span<model::Position const> ring);

  /// As it stands in another list.
  Place add(std::span<std::uint16_t const> words);

  /// \pre it was added
  [[nodiscard]] std::span<std::uint16_t const> words(Place place) const noexcept;

  /// \pre the words of an outline
  [[nodiscard]] static Outline outline(std::span<std::uint16_t const> words) noexcept;

 private:
  friend class Outlines;

  std::vector<std::uint16_t> words_;
};

/// The outlines of a segment's rows, in the order of its boxes, so that those of neighbours lie
/// side by side: they are asked for together.
class Outlines {
 public:
  Outlines() = default;

  /// \param wanted  where each stands in the list
  Outlines(std::span<OutlineList::Place const> wanted, OutlineList const& list);

  /// \param box  its place among the boxes (BoxTree::place_of)
  /// \return  no words if there is none
  [[nodiscard]] std::span<std::uint16_t const> words(std::size_t box) const noexcept;

  /// Each outline lies within the words, and there is a place for each of so many boxes, or for
  /// none.
  [[nodiscard]] bool are_whole(std::size_t boxes) const noexcept;

  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  friend struct Encoding;

  /// Boxes of which the places of outlines are counted from the same word.
  static constexpr std::size_t block = 64;
  static constexpr std::uint16_t nothing = 0xffff;

  std::vector<std::uint32_t> first_words_; ///< by block; empty: there are no outlines
  std::vector<std::uint16_t> places_;      ///< by box, from the first word of the block
  std::vector<std::uint16_t> words_;
};

} // namespace terracat::index

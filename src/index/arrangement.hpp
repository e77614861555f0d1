#pragma once

#include "index/rows.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace terracat::index {

/// Shares rows out among segments, so that a search by place has few of them to look into and one
/// for the latest as well. The newest rows are a segment of their own, those before them two, then
/// four, and so on up to `most_of_shelf`: such a *shelf* has the rows of one span of time, and each
/// of its segments those of one part of the world. Boxes that would make a segment large, and rows
/// without any, have segments apart as far as they fill some.
/// \param rows        in the order of `precedes`
/// \param of_segment  rows at most, give or take two; not 0
/// \param newest      segments of the first shelf, a power of two; 1, unless newer rows stand
///                    elsewhere
/// \return  what each segment has, in that order; both halves of an item are in the same one
[[nodiscard]] std::vector<std::vector<Row>>
arranged(std::span<Row const> rows, std::size_t of_segment, std::size_t newest = 1);

/// Segments of a shelf. With more of them a search by time alone would have to look into all of
/// many; with fewer, one by place into more shelves.
inline constexpr std::size_t most_of_shelf = 16;

} // namespace terracat::index

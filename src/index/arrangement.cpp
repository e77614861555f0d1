#include "index/arrangement.hpp"

#include "index/box_tree.hpp"
#include "index/hilbert.hpp"

#include <algorithm>
#include <span>

namespace terracat::index {
namespace {

using RowSpan = std::span<Row const>;

/// Whether a row is the second half of the one before.
bool goes_with_last(Row const& row) noexcept {
  return (row.flags & Row::is_again) != 0;
}

/// The first so many rows, and one more if that is the other half of the last.
RowSpan take(RowSpan& rest, std::size_t count) noexcept {
  if (count < rest.size() && goes_with_last(rest[count])) ++count;
  auto const taken = rest.first(count);
  rest = rest.subspan(count);
  return taken;
}

std::size_t shares_of(std::size_t rows, std::size_t most) noexcept {
  return (rows + most - 1) / most;
}

/// Where a row stands among those of its shelf.
std::uint64_t key_of(Row const& row) noexcept {
  constexpr std::uint64_t apart = std::uint64_t{1} << curve_bits;
  if ((row.flags & Row::has_footprint) == 0) {
    return 2 * apart + static_cast<std::uint64_t>(row.collection) % apart;
  }
  auto const along = along_curve(row.cells.centre_column(), row.cells.centre_row());
  bool const is_wide = sort_of(row) != BoxSort::small;
  return (is_wide ? apart : 0) + along;
}

/// A row by its key.
struct Keyed {
  std::uint64_t key;
  std::size_t row;

  friend auto operator<=>(Keyed const&, Keyed const&) = default;
};

void share_out(RowSpan shelf, std::size_t segments, std::vector<std::vector<Row>>& out) {
  std::vector<Keyed> keyed;
  keyed.reserve(shelf.size());
  for (std::size_t i = 0; i < shelf.size(); ++i) {
    auto const key = goes_with_last(shelf[i]) ? keyed.back().key : key_of(shelf[i]);
    keyed.push_back({key, i});
  }
  std::ranges::sort(keyed);
  std::span rest = keyed;
  for (; segments > 0; --segments) {
    auto count = shares_of(rest.size(), segments);
    if (count == 0) continue; // halves took the rows of the last one
    if (count < rest.size() && goes_with_last(shelf[rest[count].row])) ++count;
    auto const share = rest.first(count);
    rest = rest.subspan(count);
    std::ranges::sort(share, {}, &Keyed::row);
    auto& rows = out.emplace_back();
    rows.reserve(share.size());
    for (auto const& one : share) rows.push_back(shelf[one.row]);
  }
}

} // namespace

std::vector<std::vector<Row>> arranged(RowSpan rows, std::size_t of_segment, std::size_t newest) {
  std::vector<std::vector<Row>> out;
  for (std::size_t shelf = newest; !rows.empty(); shelf = std::min(2 * shelf, most_of_shelf)) {
    // In equal shares, so that none is left over that is merged again and again.
    auto const segments = shares_of(rows.size(), of_segment);
    auto const taken = std::min(shelf, segments);
    auto const share = shares_of(rows.size(), segments);
    share_out(take(rows, std::min(share * taken, rows.size())), taken, out);
  }
  return out;
}

} // namespace terracat::index

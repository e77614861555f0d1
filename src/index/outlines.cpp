#include "index/outlines.hpp"

#include <algorithm>
#include <cmath>

namespace terracat::index {
namespace {

// An outline: the column and the row of the cell where it begins, of a grid of 2^16 by 2^16 cells
// over the world; the logarithm of a step, in cells of a grid of 2^32 by 2^32, and in the higher
// byte how many corners there are; of each corner its steps to the east and to the north.
constexpr std::size_t head_words = 3;

constexpr double fine_cells = 4'294'967'296;
constexpr double degrees_east = 360 / fine_cells;
constexpr double degrees_north = 180 / fine_cells;
constexpr unsigned cell_bits = 16; // fine cells in one of the others, as a power of two

constexpr std::uint64_t most_steps = 65'535;

std::uint64_t fine_column(double longitude) noexcept {
  return static_cast<std::uint64_t>(std::clamp((longitude + 180) / degrees_east, 0.0, fine_cells));
}

std::uint64_t fine_row(double latitude) noexcept {
  return static_cast<std::uint64_t>(std::clamp((latitude + 90) / degrees_north, 0.0, fine_cells));
}

std::uint64_t cell_at(std::uint64_t least) noexcept {
  return std::min(least >> cell_bits, std::uint64_t{0xffff});
}

std::size_t size_of(std::span<std::uint16_t const> words) noexcept {
  return head_words + std::size_t{2} * (words[2] >> 8U);
}

} // namespace

OutlineList::Place OutlineList::add(std::span<model::Position const> ring) {
  if (ring.empty()) return none;
  auto const corners = ring.first(ring.size() - 1);
  auto least_x = fine_column(corners.front().x);
  auto least_y = fine_row(corners.front().y);
  auto greatest_x = least_x;
  auto greatest_y = least_y;
  for (auto const& [x, y] : corners) {
    least_x = std::min(least_x, fine_column(x));
    least_y = std::min(least_y, fine_row(y));
    greatest_x = std::max(greatest_x, fine_column(x));
    greatest_y = std::max(greatest_y, fine_row(y));
  }
  auto const west = cell_at(least_x);
  auto const south = cell_at(least_y);
  auto const from_x = west << cell_bits;
  auto const from_y = south << cell_bits;
  auto const reach = std::max(greatest_x - from_x, greatest_y - from_y);
  unsigned step = 0;
  while (reach >> step > most_steps) ++step;
  if (words_.empty()) words_.push_back(0); // where `none` is
  auto const place = static_cast<Place>(words_.size());
  words_.push_back(static_cast<std::uint16_t>(west));
  words_.push_back(static_cast<std::uint16_t>(south));
  words_.push_back(static_cast<std::uint16_t>(corners.size() << 8U | step));
  for (auto const& [x, y] : corners) {
    words_.push_back(static_cast<std::uint16_t>((fine_column(x) - from_x) >> step));
    words_.push_back(static_cast<std::uint16_t>((fine_row(y) - from_y) >> step));
  }
  return place;
}

OutlineList::Place OutlineList::add(std::span<std::uint16_t const> words) {
  if (words.empty()) return none;
  if (words_.empty()) words_.push_back(0);
  auto const place = static_cast<Place>(words_.size());
  words_.insert(words_.end(), words.begin(), words.end());
  return place;
}

std::span<std::uint16_t const> OutlineList::words(Place place) const noexcept {
  if (place == none) return {};
  auto const from = std::span(words_).subspan(place);
  return from.first(size_of(from));
}

/// In the middle of each step, which is half a step from what it may stand for.
Outline OutlineList::outline(std::span<std::uint16_t const> words) noexcept {
  constexpr double rounding = 1e-9; // much more than that of the numbers
  auto const count = std::size_t{words[2]} >> 8U;
  auto const step = std::ldexp(1.0, words[2] & 0xff);
  auto const from_x =
      -180 + words[0] * (degrees_east * (1U << cell_bits)) + degrees_east * step / 2;
  auto const from_y =
      -90 + words[1] * (degrees_north * (1U << cell_bits)) + degrees_north * step / 2;
  Outline out;
  out.size = count + 1;
  out.error_x = degrees_east * step / 2 + rounding;
  out.error_y = degrees_north * step / 2 + rounding;
  for (std::size_t i = 0; i < count; ++i) {
    out.corners[i] = {.x = from_x + words[head_words + 2 * i] * (degrees_east * step),
                      .y = from_y + words[head_words + 2 * i + 1] * (degrees_north * step)};
  }
  out.corners[count] = out.corners[0];
  return out;
}

Outlines::Outlines(std::span<OutlineList::Place const> wanted, OutlineList const& list) {
  if (std::ranges::count(wanted, OutlineList::none) == std::ssize(wanted)) return;
  first_words_.reserve((wanted.size() + block - 1) / block);
  places_.reserve(wanted.size());
  for (auto const one : wanted) {
    if (places_.size() % block == 0) {
      first_words_.push_back(static_cast<std::uint32_t>(words_.size()));
    }
    auto const words = list.words(one);
    auto const place = words_.size() - first_words_.back();
    places_.push_back(words.empty() ? nothing : static_cast<std::uint16_t>(place));
    words_.insert(words_.end(), words.begin(), words.end());
  }
  words_.shrink_to_fit();
}

std::span<std::uint16_t const> Outlines::words(std::size_t box) const noexcept {
  if (places_.empty() || places_[box] == nothing) return {};
  auto const from = std::span(words_).subspan(first_words_[box / block] + places_[box]);
  return from.first(size_of(from));
}

bool Outlines::are_whole(std::size_t boxes) const noexcept {
  auto const blocks = (boxes + block - 1) / block;
  if (places_.empty()) return first_words_.empty() && words_.empty();
  if (places_.size() != boxes || first_words_.size() != blocks) return false;
  for (std::size_t box = 0; box < boxes; ++box) {
    if (places_[box] == nothing) continue;
    auto const from = std::size_t{first_words_[box / block]} + places_[box];
    if (words_.size() < from + head_words) return false;
    auto const corners = std::size_t{words_[from + 2]} >> 8U;
    bool const is_outline = corners > 0 && corners <= store::ItemPlace::most_corners &&
                            (words_[from + 2] & 0xffU) <= 32;
    if (!is_outline || words_.size() < from + head_words + 2 * corners) return false;
  }
  return true;
}

std::size_t Outlines::bytes() const noexcept {
  return first_words_.capacity() * sizeof(std::uint32_t) +
         (places_.capacity() + words_.capacity()) * sizeof(std::uint16_t);
}

} // namespace terracat::index

#include "geometry/tangle.hpp"

#include "geometry/side.hpp"

#include <algorithm>
#include <vector>

namespace terracat::geometry {
namespace {

using model::Position;

struct Edge {
  Position from;
  Position to;
  std::size_t path;
  std::size_t index; ///< within the path

  [[nodiscard]] double west() const noexcept { return std::min(from.x, to.x); }

  [[nodiscard]] double east() const noexcept { return std::max(from.x, to.x); }
};

class Edges {
 public:
  void add(model::RawGeometry const& geometry) {
    for (auto const& part : geometry.parts) {
      for (auto const& path : part) add(path);
    }
    for (auto const& member : geometry.members) add(member);
  }

  [[nodiscard]] Edge const& operator[](std::size_t number) const noexcept { return edges_[number]; }

  /// Their numbers, by their western ends.
  [[nodiscard]] std::vector<std::size_t> from_west_to_east() const {
    struct Key {
      double west;
      std::size_t number;
    };

    std::vector<Key> keys;
    keys.reserve(edges_.size());
    for (auto const& edge : edges_) keys.push_back({edge.west(), keys.size()});
    std::ranges::sort(keys, {}, &Key::west); // edges are three times as large
    std::vector<std::size_t> out;
    out.reserve(keys.size());
    for (auto const& key : keys) out.push_back(key.number);
    return out;
  }

  [[nodiscard]] std::vector<std::size_t> const& lengths() const noexcept { return lengths_; }

 private:
  void add(model::Path const& path) {
    for (std::size_t i = 1; i < path.size(); ++i) {
      edges_.push_back(
          {.from = path[i - 1], .to = path[i], .path = lengths_.size(), .index = i - 1});
    }
    lengths_.push_back(path.empty() ? 0 : path.size() - 1);
  }

  std::vector<Edge> edges_;
  std::vector<std::size_t> lengths_; ///< edges of each path
};

/// As far as is known.
bool meet(Edge const& a, Edge const& b) noexcept {
  return meeting(a.from, a.to, b.from, b.to) != Meeting::no;
}

/// True if one edge follows the other, or closes the ring to it.
bool are_neighbours(Edge const& a, Edge const& b,
                    std::vector<std::size_t> const& lengths) noexcept {
  if (a.path != b.path) return false;
  auto const [less, more] = std::minmax(a.index, b.index);
  return more - less <= 1 || (less == 0 && more + 1 == lengths[a.path]);
}

} // namespace

std::size_t count_positions(model::RawGeometry const& geometry) {
  std::size_t count = 0;
  model::for_each_position(geometry, [&](model::Position const&) { ++count; });
  return count;
}

std::optional<std::size_t> count_meetings(model::RawGeometry const& geometry, std::size_t limit) {
  // Some tenths of a second; the outline of a country has a thousandth of it.
  constexpr std::size_t most_comparisons = 50'000'000;
  Edges edges;
  edges.add(geometry);
  std::vector<std::size_t> reached; // edges that the sweep from west to east has not passed yet
  std::size_t comparisons = 0;
  std::size_t meetings = 0;
  for (auto const number : edges.from_west_to_east()) {
    auto const& edge = edges[number];
    std::erase_if(reached, [&](std::size_t other) { return edges[other].east() < edge.west(); });
    comparisons += reached.size() + 1;
    if (comparisons > most_comparisons) return std::nullopt;
    for (auto const other : reached) {
      if (meet(edge, edges[other]) && !are_neighbours(edge, edges[other], edges.lengths())) {
        ++meetings;
      }
    }
    if (meetings > limit) return std::nullopt;
    reached.push_back(number);
  }
  return meetings;
}

} // namespace terracat::geometry

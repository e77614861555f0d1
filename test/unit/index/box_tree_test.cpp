#include "index/box_tree.hpp"

#include "index/hilbert.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <set>

using namespace terracat;
using index::BoxTree;
using index::CellBox;
using index::CellQuery;
using index::Row;

namespace {

constexpr std::uint8_t box_flags = Row::has_footprint | Row::is_box | Row::is_connected;

Row row_at(CellBox const& cells, std::uint8_t flags = box_flags) {
  Row out;
  out.cells = cells;
  out.flags = flags;
  return out;
}

/// 10 by 10 cells, 100 apart from each other, 20 in each of 20 lines.
std::vector<Row> grid() {
  std::vector<Row> out;
  for (int i = 0; i < 400; ++i) {
    auto const west = static_cast<index::Cell>(30'000 + i % 20 * 100);
    auto const south = static_cast<index::Cell>(30'000 + i / 20 * 100);
    out.push_back(row_at({.west = west,
                          .south = south,
                          .east = static_cast<index::Cell>(west + 10),
                          .north = static_cast<index::Cell>(south + 10)}));
  }
  return out;
}

struct Found {
  std::set<int> touching;
  std::set<int> meeting;
  std::size_t looks = 0;
};

Found find(BoxTree const& tree, index::BoxQuery const& query) {
  Found out;
  out.looks = tree.visit(query, [&](BoxTree::Leaf const& leaf) {
    for (std::size_t i = 0; i < BoxTree::leaf_rows; ++i) {
      if ((leaf.touching >> i & 1U) != 0) CHECK(out.touching.insert(leaf.rows[i]).second);
      if ((leaf.meeting >> i & 1U) != 0) out.meeting.insert(leaf.rows[i]);
    }
  });
  return out;
}

/// Edges in the middle of cells.
CellQuery cells(CellBox const& of) {
  auto const degrees = [](int cell, double all) { return (cell + 0.5) / 65'536 * all - all / 2; };
  return CellQuery(model::Bbox::make(degrees(of.west, 360), degrees(of.south, 180),
                                     degrees(of.east, 360), degrees(of.north, 180))
                       .value());
}

} // namespace

TEST_CASE("the curve goes through all cells, each beside the one before") {
  // 16 by 16 places of four by four cells, in a corner that the curve goes through at once.
  std::vector<std::array<int, 2>> way(256, {-1, -1});
  for (int x = 0; x < 16; ++x) {
    for (int y = 0; y < 16; ++y) {
      auto const along =
          index::along_curve(static_cast<index::Cell>(x * 4), static_cast<index::Cell>(y * 4));
      REQUIRE(along < way.size());
      way[along] = {x, y};
    }
  }
  for (std::size_t i = 1; i < way.size(); ++i) {
    CHECK(std::abs(way[i][0] - way[i - 1][0]) + std::abs(way[i][1] - way[i - 1][1]) == 1);
  }
  CHECK(index::along_curve(0, 0) == 0);
  CHECK(index::along_curve(3, 3) == 0);
  CHECK(index::along_curve(65'535, 0) == (1U << index::curve_bits) - 1);
}

TEST_CASE("a tree finds the boxes that a query touches, and looks at few others") {
  auto const rows = grid();
  std::vector<std::uint16_t> const collections(rows.size());
  BoxTree const tree(rows, collections);
  std::vector const one{cells({30'105, 30'205, 30'105, 30'205})};
  auto found = find(tree, {.boxes = one, .is_exact = true, .allowed = {}});
  CHECK(found.touching == std::set{41}); // the second of the third line
  CHECK(found.meeting == std::set{41});
  CHECK(found.looks <= 3);

  std::vector const edge{cells({30'110, 30'000, 30'110, 30'400})}; // in the same cells as its edge
  found = find(tree, {.boxes = edge, .is_exact = true, .allowed = {}});
  CHECK(found.touching == std::set{1, 21, 41, 61, 81});
  CHECK(found.meeting.empty());

  std::vector const nothing{cells({30'050, 30'050, 30'060, 32'000})};
  CHECK(find(tree, {.boxes = nothing, .is_exact = true, .allowed = {}}).touching.empty());
  CHECK(find(tree, {.boxes = {}, .is_exact = true, .allowed = {}}).looks == 0);

  std::vector const two{cells({29'999, 29'999, 30'015, 30'015}),
                        cells({30'000, 30'000, 30'120, 30'050})};
  found = find(tree, {.boxes = two, .is_exact = true, .allowed = {}});
  CHECK(found.touching == std::set{0, 1});
}

TEST_CASE("nothing is certain of boxes around a geometry that is none") {
  auto const rows = grid();
  std::vector<std::uint16_t> const collections(rows.size());
  BoxTree const tree(rows, collections);
  std::vector const all{cells({20'000, 20'000, 40'000, 40'000})};
  auto const found = find(tree, {.boxes = all, .is_exact = false, .allowed = {}});
  CHECK(found.touching.size() == 400);
  CHECK(found.meeting.empty());
  CHECK(find(tree, {.boxes = all, .is_exact = true, .allowed = {}}).meeting.size() == 400);
}

TEST_CASE("what is in one piece cannot pass by a box that reaches across it") {
  CellBox const wide{.west = 100, .south = 100, .east = 300, .north = 120};
  constexpr std::uint8_t piece = Row::has_footprint | Row::is_connected;
  std::vector const rows{row_at(wide, piece), row_at(wide, Row::has_footprint)};
  BoxTree const tree(rows, std::vector<std::uint16_t>(2));
  auto const meeting = [&](CellBox const& box) {
    std::vector const boxes{cells(box)};
    auto found = find(tree, {.boxes = boxes, .is_exact = true, .allowed = {}});
    CHECK(found.touching == std::set{0, 1});
    return found.meeting;
  };
  CHECK(meeting({150, 90, 160, 130}) == std::set{0});
  CHECK(meeting({150, 90, 160, 110}).empty());  // may pass above it
  CHECK(meeting({150, 100, 160, 120}).empty()); // its edges are in the same cells
  CHECK(meeting({90, 100, 310, 100}).empty());
  CHECK(meeting({90, 110, 310, 110}) == std::set{0}); // flat
  CHECK(meeting({90, 105, 310, 115}) == std::set{0});
  CHECK(meeting({290, 90, 400, 130}) == std::set{0});
  CHECK(meeting({300, 90, 400, 130}).empty());
  CHECK(meeting({90, 90, 310, 130}) == std::set{0, 1});
}

TEST_CASE("a half of a box says less than a box") {
  CellBox const half{.west = 65'000, .south = 100, .east = 65'535, .north = 120};
  constexpr std::uint8_t half_flags = Row::has_footprint | Row::is_half;
  std::vector const rows{row_at(half, half_flags), row_at(half, half_flags | Row::is_box)};
  BoxTree const tree(rows, std::vector<std::uint16_t>(2));
  std::vector const boxes{cells({60'000, 50, 65'535, 200})};
  auto const found = find(tree, {.boxes = boxes, .is_exact = true, .allowed = {}});
  CHECK(found.touching == std::set{0, 1});
  CHECK(found.meeting == std::set{1});
}

TEST_CASE("rows of other collections are not looked at, nor those without a footprint") {
  std::vector<Row> rows(3'000, row_at({.west = 5, .south = 5, .east = 9, .north = 9}));
  std::vector<std::uint16_t> collections(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    collections[i] = static_cast<std::uint16_t>(i % 3 == 0 ? 0 : 1);
  }
  collections[7] = 2;
  rows[9].flags = 0;
  BoxTree const tree(rows, collections);
  std::vector const around{cells({0, 0, 20, 20})};
  std::vector<std::uint8_t> allowed{0, 0, 1};
  auto found = find(tree, {.boxes = around, .is_exact = true, .allowed = allowed});
  CHECK(found.touching == std::set{7});
  CHECK(found.looks == 2);
  allowed = {1, 0, 0};
  found = find(tree, {.boxes = around, .is_exact = true, .allowed = allowed});
  CHECK(found.touching.size() == 999);
  CHECK_FALSE(found.touching.contains(9));
  CHECK(found.meeting == found.touching);
  CHECK(find(tree, {.boxes = around, .is_exact = true, .allowed = {}}).touching.size() == 2'999);
  auto whole = tree;
  whole.find_rows(rows.size());
  CHECK(whole.cells_of(7) == CellBox{5, 5, 9, 9});
}

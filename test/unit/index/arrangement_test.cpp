#include "index/arrangement.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <set>

using namespace terracat;
using index::Cell;
using index::Row;

namespace {

/// Of one cell, by its line and column.
Row row(std::int64_t number, Cell column, Cell line) {
  Row out;
  out.place = {.time = number, .number = ItemNumber{number}};
  out.cells = {.west = column, .south = line, .east = column, .north = line};
  out.flags = Row::has_footprint | Row::is_box | Row::is_connected;
  return out;
}

std::vector<Row> in_order(std::vector<Row> rows) {
  std::ranges::sort(rows, index::precedes);
  return rows;
}

/// One after the other in time, here and there in the world.
std::vector<Row> many(int count) {
  std::vector<Row> out;
  for (int i = 0; i < count; ++i) {
    out.push_back(
        row(i, static_cast<Cell>(i * 7'919 % 65'536), static_cast<Cell>(i * 104'729 % 65'536)));
  }
  return in_order(std::move(out));
}

std::vector<std::size_t> sizes(std::vector<std::vector<Row>> const& shares) {
  std::vector<std::size_t> out;
  for (auto const& share : shares) out.push_back(share.size());
  return out;
}

std::vector<int> numbers(std::vector<Row> const& rows) {
  std::vector<int> out;
  for (auto const& row : rows) out.push_back(static_cast<int>(row.place.number));
  return out;
}

index::CellBox extent(std::vector<Row> const& rows) {
  auto out = index::CellBox::nowhere();
  for (auto const& row : rows) out.extend(row.cells);
  return out;
}

} // namespace

TEST_CASE("few rows are one segment, none are none") {
  CHECK(index::arranged({}, 10).empty());
  CHECK(sizes(index::arranged(many(10), 10)) == std::vector<std::size_t>{10});
}

TEST_CASE("the newest rows are one segment, those before them two, then four") {
  // Eleven shares of some ten: one, two, four, and the four that are left.
  auto const shares = index::arranged(many(104), 10);
  CHECK(sizes(shares) == std::vector<std::size_t>{10, 10, 10, 10, 10, 10, 10, 9, 9, 8, 8});
  CHECK(numbers(shares[0]) == std::vector<int>{103, 102, 101, 100, 99, 98, 97, 96, 95, 94});
  for (auto const& share : shares) CHECK(std::ranges::is_sorted(share, index::precedes));
  std::set<int> all;
  for (auto const& share : shares) {
    for (auto const number : numbers(share)) CHECK(all.insert(number).second);
  }
  CHECK(all.size() == 104);
  // Of a shelf nothing is newer than what is in the one before it.
  CHECK(std::ranges::min(numbers(shares[0])) > std::ranges::max(numbers(shares[1])));
  CHECK(std::ranges::min(numbers(shares[2])) > std::ranges::max(numbers(shares[3])));
  CHECK(std::ranges::min(numbers(shares[6])) > std::ranges::max(numbers(shares[7])));
}

TEST_CASE("no shelf has more segments than sixteen") {
  auto const shares = index::arranged(many(64), 1);
  REQUIRE(shares.size() == 64);
  // 1 + 2 + 4 + 8 + 16 + 16, and 17 that are left: 16 and 1, which are the oldest.
  CHECK(numbers(shares[63]) == std::vector<int>{0});
  std::set<int> last_shelf;
  for (std::size_t i = 47; i < 63; ++i) last_shelf.merge(std::set<int>{numbers(shares[i])[0]});
  CHECK(*last_shelf.begin() == 1);
  CHECK(*last_shelf.rbegin() == 16);
}

TEST_CASE("segments of a shelf have parts of the world") {
  // Two clusters, in turn; the newest four rows are a segment by themselves.
  std::vector<Row> rows;
  for (int i = 0; i < 12; ++i) {
    auto const at = static_cast<Cell>(i % 2 == 0 ? 1'000 + i : 60'000 + i);
    rows.push_back(row(i, at, at));
  }
  auto const shares = index::arranged(in_order(rows), 4);
  REQUIRE(shares.size() == 3);
  CHECK(numbers(shares[0]) == std::vector<int>{11, 10, 9, 8});
  CHECK(numbers(shares[1]) == std::vector<int>{6, 4, 2, 0});
  CHECK(numbers(shares[2]) == std::vector<int>{7, 5, 3, 1});
  CHECK(extent(shares[1]) == index::CellBox{1'000, 1'000, 1'006, 1'006});
}

TEST_CASE("large boxes, halves and what has no place stand apart from small boxes") {
  std::vector<Row> rows;
  for (int i = 0; i < 4; ++i)
    rows.push_back(row(i, 30'000, 30'000)); // the newest shelf takes others
  auto wide = row(4, 0, 30'000);
  wide.cells.east = 65'535;
  auto half = row(5, 65'535, 30'000);
  half.flags |= Row::is_half;
  auto other_half = row(5, 0, 30'000);
  other_half.flags |= Row::is_half | Row::is_again;
  auto nowhere = row(6, 0, 0);
  nowhere.flags = 0;
  for (auto const& one : {wide, half, other_half, nowhere}) rows.push_back(one);
  for (int i = 7; i < 11; ++i) rows.push_back(row(i, 30'000, 30'000)); // the newest
  auto const shares = index::arranged(in_order(rows), 4);
  REQUIRE(shares.size() == 3);
  CHECK(numbers(shares[1]) == std::vector<int>{3, 2, 1, 0});
  CHECK(numbers(shares[2]) == std::vector<int>{6, 5, 5, 4});
}

TEST_CASE("both halves of an item are in one segment") {
  std::vector<Row> rows;
  for (int i = 0; i < 40; ++i) {
    auto half = row(i, 65'535, static_cast<Cell>(i * 1'000));
    half.flags |= Row::is_half;
    auto other = row(i, 0, static_cast<Cell>(i * 1'000));
    other.flags |= Row::is_half | Row::is_again;
    rows.push_back(half);
    rows.push_back(other);
  }
  for (std::size_t of_segment : {1U, 3U, 7U}) {
    std::size_t count = 0;
    for (auto const& share : index::arranged(in_order(rows), of_segment)) {
      REQUIRE(share.size() % 2 == 0);
      for (std::size_t i = 0; i < share.size(); i += 2) {
        CHECK(share[i].place == share[i + 1].place);
        CHECK((share[i + 1].flags & Row::is_again) != 0);
      }
      count += share.size();
    }
    CHECK(count == 80);
  }
}

TEST_CASE("a shelf may begin with more segments, where newer rows stand elsewhere") {
  auto const shares = index::arranged(many(64), 4, 16);
  REQUIRE(shares.size() == 16);
  for (auto const& share : shares) CHECK(share.size() == 4);
  // All are of one shelf: the newest rows are not together.
  CHECK(numbers(shares[0]) != std::vector<int>{63, 62, 61, 60});
}

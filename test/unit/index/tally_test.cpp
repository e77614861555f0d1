#include "index/tally.hpp"

#include "support/catch.hpp"

using namespace terracat;
using index::Tally;

TEST_CASE("a tally knows how many items collections have between marks") {
  // 200 rows of the collections 0, 1, 2, 0, 1, 2 and so on; every tenth is a second row of an item.
  std::vector<std::uint16_t> collections;
  std::vector<std::uint8_t> counts;
  for (int i = 0; i < 200; ++i) {
    collections.push_back(static_cast<std::uint16_t>(i % 3));
    counts.push_back(i % 10 == 9 ? 0 : 1);
  }
  Tally const tally(collections, counts, 3);
  CHECK(tally.stride() == 64);
  CHECK(tally.mark_from(0) == 0);
  CHECK(tally.mark_from(1) == 1);
  CHECK(tally.mark_from(64) == 1);
  CHECK(tally.mark_to(63) == 0);
  CHECK(tally.mark_to(64) == 1);
  CHECK(tally.mark_to(199) == 3);
  CHECK(tally.mark_to(200) == 4); // the end is a mark
  CHECK(tally.row(3) == 192);
  CHECK(tally.row(4) == 200);
  // Rows 0, 3, ... 63 are 22, without 9 and 39.
  CHECK(tally.items(0, 0, 1) == 20);
  // 67 rows of collection 0, without 9, 39, 69, 99, 129, 159 and 189.
  CHECK(tally.items(0, 0, 4) == 60);
  CHECK(tally.items(0, 1, 4) == 40);
  CHECK(tally.items(1, 2, 2) == 0);
}

TEST_CASE("marks stand further apart where there are many collections") {
  std::vector<std::uint16_t> collections(1'000);
  collections[999] = 99;
  Tally const tally(collections, std::vector<std::uint8_t>(1'000, 1), 100);
  CHECK(tally.stride() == 128);
  CHECK(tally.mark_from(129) == 2);
  CHECK(tally.items(0, 0, 8) == 999);
  CHECK(tally.items(99, 0, 7) == 0);
  CHECK(tally.items(99, 7, 8) == 1);
  CHECK(tally.bytes() >= std::size_t{9} * 100 * 2);
}

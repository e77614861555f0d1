#include "index/lanes.hpp"

#include "support/catch.hpp"
#include "support/random.hpp"

#include <hwy/targets.h>

#include <bit>
#include <limits>
#include <tuple>
#include <vector>

using namespace terracat::index;
using terracat::test::Random;

namespace {

/// Runs what follows with each kind of vector instructions that this machine has.
template<class Test>
void with_each_target(Test const& test) {
  for (auto left = hwy::SupportedTargets(); left != 0; left &= left - 1) {
    auto const target = left & -left;
    INFO(hwy::TargetName(target));
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    test();
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
}

constexpr std::size_t words = 4;
constexpr std::size_t size = words * lanes;

/// Few different ones, so that ends are met, and the least and the greatest of all among them.
template<class Value>
std::vector<Value> values(Random& random) {
  using Limits = std::numeric_limits<Value>;
  std::vector<Value> out(size);
  for (auto& value : out) {
    value = static_cast<Value>(random.bits() % 7 + 100);
    if (random.bits() % 10 == 0) value = random.bits() % 2 == 0 ? Limits::min() : Limits::max();
  }
  return out;
}

/// A word of all rows, one of none, one of some, one of few.
std::vector<std::uint64_t> some_rows(Random& random) {
  auto const few = random.bits() & random.bits() & random.bits() & random.bits();
  return {~std::uint64_t{0}, 0, random.bits(), few};
}

/// What is left of rows, one by one.
template<class Test>
std::vector<std::uint64_t> kept(std::vector<std::uint64_t> rows, Test const& test) {
  for (std::size_t i = 0; i < size; ++i) {
    if (!test(i)) rows[i / lanes] &= ~(std::uint64_t{1} << (i % lanes));
  }
  return rows;
}

template<class Value>
void check_between() {
  using Limits = std::numeric_limits<Value>;
  Random random(1);
  for (int round = 0; round < 50; ++round) {
    auto const column = values<Value>(random);
    auto const least = round % 5 == 0 ? Limits::min() : static_cast<Value>(random.bits() % 7 + 99);
    auto const most = round % 7 == 0 ? Limits::max()
                                     : std::max(least, static_cast<Value>(random.bits() % 7 + 99));
    auto rows = some_rows(random);
    auto const expected =
        kept(rows, [&](std::size_t i) { return column[i] >= least && column[i] <= most; });
    keep_between(column.data(), least, most, rows);
    CHECK(rows == expected);
  }
}

/// Of numbers whose low parts are among the few that ends have, so that ends are met.
template<class Low>
void check_parts(unsigned shift) {
  Random random(2);
  auto const most = (std::uint64_t{1} << shift) - 1;
  auto const some_low = [&] {
    auto const low = random.bits() % 4;
    return low == 3 ? most : low;
  };
  for (int round = 0; round < 50; ++round) {
    std::vector<Low> low(size);
    std::vector<std::uint8_t> high(size);
    for (auto& value : low) value = static_cast<Low>(some_low());
    for (auto& value : high) value = static_cast<std::uint8_t>(random.bits() % 4 + 252);
    auto const whole = [&](std::size_t i) { return std::uint64_t{high[i]} << shift | low[i]; };
    auto const end = [&] { return (random.bits() % 4 + 252) << shift | some_low(); };
    auto const [first, last] = std::minmax({end(), end()});
    auto rows = some_rows(random);
    auto const expected = kept(rows, [&, first = first, last = last](std::size_t i) {
      return whole(i) >= first && whole(i) <= last;
    });
    keep_between(low.data(), high.data(), shift, {first, last}, rows);
    CHECK(rows == expected);
  }
}

template<class Value>
void check_two_spans() {
  Random random(6);
  for (int round = 0; round < 50; ++round) {
    auto const column = values<Value>(random);
    auto const span = [&] {
      auto const [first, last] = std::minmax(
          {static_cast<Value>(random.bits() % 7 + 99), static_cast<Value>(random.bits() % 7 + 99)});
      constexpr auto none = std::numeric_limits<Value>::max();
      return round % 5 == 0 ? Ends<Value>{none, none} : Ends<Value>{first, last};
    };
    auto const one = span();
    auto const other = span();
    auto rows = some_rows(random);
    auto const expected = kept(rows, [&](std::size_t i) {
      return (column[i] >= one.first && column[i] <= one.last) ||
             (column[i] >= other.first && column[i] <= other.last);
    });
    keep_within(column.data(), one, other, rows);
    CHECK(rows == expected);
  }
}

terracat::model::Bbox box(double west, double south, double east, double north) {
  return terracat::model::Bbox::make(west, south, east, north).value();
}

} // namespace

TEST_CASE("values between two are found", "[lanes]") {
  with_each_target([] {
    check_between<std::uint8_t>();
    check_between<std::uint16_t>();
    check_between<std::uint32_t>();
    check_between<std::int64_t>();
  });
}

TEST_CASE("a span of moments that ends before it begins has none", "[lanes]") {
  with_each_target([] {
    std::vector<std::int64_t> const column(lanes, 5);
    std::vector<std::uint64_t> rows{~std::uint64_t{0}};
    keep_between(column.data(), 6, 4, rows);
    CHECK(rows.front() == 0);
  });
}

TEST_CASE("numbers in two parts are compared as wholes", "[lanes]") {
  with_each_target([] {
    check_parts<std::uint16_t>(3);
    check_parts<std::uint16_t>(16);
    check_parts<std::uint32_t>(7);
    check_parts<std::uint32_t>(32);
  });
}

TEST_CASE("values within one of two spans are found", "[lanes]") {
  with_each_target([] {
    check_two_spans<std::uint8_t>();
    check_two_spans<std::uint16_t>();
  });
}

TEST_CASE("bytes of a set are found, whatever the set", "[lanes]") {
  with_each_target([] {
    Random random(7);
    for (int round = 0; round < 50; ++round) {
      std::vector<std::uint8_t> column(size);
      for (auto& value : column) value = static_cast<std::uint8_t>(random.bits());
      std::vector<std::uint8_t> is_in(256);
      ByteSet set;
      for (int i = 0; i < round * 5; ++i) {
        auto const value = static_cast<std::uint8_t>(random.bits());
        is_in[value] = 1;
        set.add(value);
      }
      auto rows = some_rows(random);
      auto const expected = kept(rows, [&](std::size_t i) { return is_in[column[i]] != 0; });
      keep_within(column.data(), set, rows);
      CHECK(rows == expected);
    }
  });
}

TEST_CASE("values without bits are found", "[lanes]") {
  with_each_target([] {
    Random random(3);
    std::vector<std::uint8_t> column(size);
    for (auto& value : column) value = static_cast<std::uint8_t>(random.bits());
    auto rows = some_rows(random);
    auto const expected = kept(rows, [&](std::size_t i) { return (column[i] & 0x88U) == 0; });
    keep_without(column.data(), 0x88, rows);
    CHECK(rows == expected);
  });
}

TEST_CASE("rows are counted, whatever their number of words", "[lanes]") {
  with_each_target([] {
    Random random(4);
    std::vector<std::uint64_t> rows;
    std::size_t expected = 0;
    for (int more = 0; more < 20; ++more) {
      CHECK(count_of(rows) == expected);
      rows.push_back(random.bits());
      expected += static_cast<std::size_t>(std::popcount(rows.back()));
    }
  });
}

TEST_CASE("many boxes are compared as one is", "[lanes]") {
  std::vector<CellQuery> const queries{
      CellQuery(box(10, 10, 20, 20)),     CellQuery(box(-180, -90, 180, 90)),
      CellQuery(box(-180, 50, 180, 90)),  CellQuery(box(10, 10, 10, 10)),
      CellQuery(box(180, 10, 180, 20)),   CellQuery(box(-180, -90, -180, -90)),
      CellQuery(box(179.999, 1, 180, 2)),
  };
  Random random(5);
  std::vector<Cell> west(lanes);
  std::vector<Cell> south(lanes);
  std::vector<Cell> east(lanes);
  std::vector<Cell> north(lanes);
  Edges const edges{west.data(), south.data(), east.data(), north.data()};
  for (int round = 0; round < 20; ++round) {
    for (std::size_t i = 0; i < lanes; ++i) {
      auto const& near = queries[random.bits() % queries.size()].cells();
      auto const about = [&](Cell edge) { return static_cast<Cell>(edge + random.bits() % 5 - 2); };
      std::tie(west[i], east[i]) = std::minmax({about(near.west), about(near.east)});
      std::tie(south[i], north[i]) = std::minmax({about(near.south), about(near.north)});
    }
    for (auto const& query : queries) {
      auto const mask = [&](auto const& test) {
        std::uint64_t out = 0;
        for (std::size_t i = 0; i < lanes; ++i) {
          CellBox const one{west[i], south[i], east[i], north[i]};
          out |= std::uint64_t{test(one)} << i;
        }
        return out;
      };
      with_each_target([&] {
        CHECK(touching(edges, query.cells()) == mask([&](CellBox const& one) {
                auto const& cells = query.cells();
                return one.west <= cells.east && one.east >= cells.west &&
                       one.south <= cells.north && one.north >= cells.south;
              }));
        auto const [meet, held, crossing] = certain(edges, query);
        CHECK(meet == mask([&](CellBox const& one) { return query.meets(one); }));
        CHECK(held == mask([&](CellBox const& one) { return query.holds(one); }));
        CHECK(crossing == mask([&](CellBox const& one) { return query.is_crossed_by(one); }));
      });
    }
  }
}

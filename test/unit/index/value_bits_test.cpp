#include "index/value_bits.hpp"

#include "support/catch.hpp"

#include <cmath>

using namespace terracat;
using namespace terracat::index;
using query::Type;

namespace {

constexpr auto none = Column::none;
constexpr auto nothing = Values::missing;
constexpr std::size_t word = 8; // bytes

std::vector<Column> columns_of(std::vector<std::vector<double>> const& columns,
                               std::size_t padded) {
  std::vector<query::Property> list;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    list.push_back({.name = "n" + std::to_string(i), .type = Type::number});
  }
  Properties const properties(std::move(list));
  Values values(properties);
  std::vector<Values::Place> places;
  for (std::size_t row = 0; row < columns.front().size(); ++row) {
    places.push_back(values.add());
    std::vector<query::PropertyValue> of_row;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!std::isnan(columns[i][row])) of_row.push_back({.property = i, .value = columns[i][row]});
    }
    values.set(places.back(), of_row);
  }
  std::vector<Column> out;
  for (std::size_t i = 0; i < columns.size(); ++i) out.emplace_back(values, i, places, padded);
  return out;
}

/// Of these rows those that have one of the codes.
std::vector<std::uint64_t> kept(ValueBits const& bits, CodeSpans const& spans, std::size_t block,
                                std::vector<std::uint64_t> rows) {
  bits.keep(bits.choose(spans), block, rows);
  return rows;
}

/// Values from 0 on, again and again.
std::vector<double> in_turn(std::size_t rows, std::size_t values) {
  std::vector<double> out;
  for (std::size_t row = 0; row < rows; ++row) out.push_back(static_cast<double>(row % values));
  return out;
}

} // namespace

TEST_CASE("bits tell which rows have a value, one of some, another, or none") {
  std::vector<double> rows{5, 7, nothing, 5, 9, 7}; // codes 0, 1, none, 0, 2, 1
  rows.resize(64, 5.0);
  rows.insert(rows.end(), {9, nothing});
  auto const columns = columns_of({rows}, 128);
  auto const bits = value_bits(columns, 128);
  REQUIRE_FALSE(bits.front().is_empty());
  CHECK(bits.front().bytes() == 8 * word); // three values and none, of two blocks
  auto const keep = [&](CodeSpans const& spans) {
    return kept(bits.front(), spans, 0, {0b11'1111, 0b11});
  };
  CHECK(keep({{0, 0}}) == std::vector<std::uint64_t>{0b00'1001, 0});
  CHECK(keep({{1, 1}}) == std::vector<std::uint64_t>{0b10'0010, 0});
  CHECK(keep({{2, 2}}) == std::vector<std::uint64_t>{0b01'0000, 0b01});
  CHECK(keep({{none, none}}) == std::vector<std::uint64_t>{0b00'0100, 0b10});
  CHECK(keep({{1, 2}}) == std::vector<std::uint64_t>{0b11'0010, 0b01});
  CHECK(keep({{0, 2}}) == std::vector<std::uint64_t>{0b11'1011, 0b01}); // by what has none
  CHECK(keep({{0, 1}, {none, none}}) == std::vector<std::uint64_t>{0b10'1111, 0b10});
  CHECK(kept(bits.front(), {{2, 2}}, 1, {0b11}) == std::vector<std::uint64_t>{0b01});
  CHECK(kept(bits.front(), {{2, 2}}, 1, {0b10}) == std::vector<std::uint64_t>{0});
}

TEST_CASE("columns whose rows are told from each other by few values have bits") {
  auto const columns = columns_of({in_turn(64, 16), in_turn(64, 17), in_turn(64, 1),
                                   std::vector<double>(64, nothing), in_turn(64, 2)},
                                  64);
  auto const bits = value_bits(columns, 64);
  REQUIRE(bits.size() == 5);
  CHECK(bits[0].bytes() == 16 * word);
  CHECK(bits[1].is_empty()); // too many
  CHECK(bits[2].is_empty()); // all have the same
  CHECK(bits[3].is_empty());
  CHECK(bits[4].bytes() == 2 * word);
}

TEST_CASE("of many columns those with the fewest values have bits, four bytes a row in all") {
  auto const columns = columns_of(
      {in_turn(64, 16), in_turn(64, 12), in_turn(64, 3), in_turn(64, 13), in_turn(64, 4)}, 64);
  auto const bits = value_bits(columns, 64);
  CHECK(bits[0].is_empty());
  CHECK(bits[3].bytes() == 13 * word); // 3, 4, 12 and 13 are 32
  CHECK(bits[1].bytes() == 12 * word);
  CHECK(bits[2].bytes() == 3 * word);
  CHECK(bits[4].bytes() == 4 * word);
}

#include "index/columns.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <tuple>

using namespace terracat;
using namespace terracat::index;
using query::Type;

namespace {

Properties const one_number(std::vector<query::Property>{{.name = "n", .type = Type::number}});
Properties const one_text(std::vector<query::Property>{{.name = "t", .type = Type::text}});

/// A column of these values in rows, in which an item that has none stands behind.
Column column_of(Properties const& properties, std::vector<query::Scalar> const& scalars) {
  Values values(properties);
  std::vector<Values::Place> places;
  for (auto const& scalar : scalars) {
    places.push_back(values.add());
    values.set(places.back(), {{.property = 0, .value = scalar}});
  }
  places.push_back(values.add());
  return {values, 0, places, 1'024};
}

/// From the last to the first.
std::vector<query::Scalar> multiples(int count, double step, double power) {
  std::vector<query::Scalar> out;
  for (int i = count - 1; i >= 0; --i) out.emplace_back(i * step / power);
  return out;
}

} // namespace

TEST_CASE("a column has each value once, in order, and each row its place") {
  auto const column = column_of(one_number, {7.0, -1.0, 7.0, 0.0, -0.0});
  REQUIRE(column.size() == 3);
  CHECK(column.value(0) == -1);
  CHECK(column.value(1) == 0);
  CHECK(column.value(2) == 7);
  std::vector<Column::Code> codes;
  for (std::size_t row = 0; row < 6; ++row) codes.push_back(column.code(row));
  CHECK(codes == std::vector<Column::Code>{2, 0, 2, 1, 1, Column::none});
  CHECK(column.code(1'023) == Column::none);
  CHECK(column.lower_bound(-2.0) == 0);
  CHECK(column.lower_bound(0.0) == 1);
  CHECK(column.lower_bound(0.5) == 2);
  CHECK(column.lower_bound(8.0) == 3);
}

TEST_CASE("a column gives back what it was given, in as few bytes as are enough") {
  struct Case {
    double step;
    double power; ///< by which it is divided
    int count;
    std::size_t bytes; ///< of 1,024 rows and their values
  };

  auto const [step, power, count, bytes] =
      GENERATE_COPY(Case{1, 1, 255, 1'024 + 255 * 4}, Case{1, 10, 255, 1'024 + 255 * 8},
                    Case{1, 3, 255, 1'024 + 255 * 8}, Case{1, 1, 256, 2'048 + 256 * 4},
                    Case{1, 10, 256, 3 * 1'024}, // a list of floats is as small, of doubles not
                    Case{1, 1, 900, 3 * 1'024}, Case{1, 10, 900, 3 * 1'024},
                    Case{-1, 4, 900, 3 * 1'024}, Case{18'000, 1, 900, 3 * 1'024},
                    Case{19'000, 1, 900, 4 * 1'024}, // three bytes tell less than 2^24
                    Case{123'456'789, 1e9, 900, 5 * 1'024}, Case{1e9, 1, 900, 5 * 1'024},
                    Case{1, 3, 900, 2'048 + 900 * 8}, Case{1e299, 1, 900, 2'048 + 900 * 8});
  INFO(count << " steps of " << step << " / " << power);
  auto const column = column_of(one_number, multiples(count, step, power));
  CHECK(column.bytes() == bytes);
  constexpr auto above = std::numeric_limits<double>::infinity();
  for (int i = 0; i < count; ++i) {
    auto const code = column.code(static_cast<std::size_t>(count - 1 - i));
    auto const value = i * step / power;
    REQUIRE(code < column.size());
    REQUIRE(column.value(code) == value);
    REQUIRE(column.lower_bound(value) == code);
    REQUIRE(column.lower_bound(std::nextafter(value, above)) == code + 1);
  }
  CHECK(column.code(static_cast<std::size_t>(count)) == Column::none);
  CHECK(column.code(1'023) == Column::none);
  CHECK(column.lower_bound(above) == column.size());
  CHECK(column.lower_bound(-above) == 0);
}

TEST_CASE("a column knows whether a row has nothing, however codes are kept") {
  // One byte, a list of two, three, four and five.
  auto const [step, power, count] =
      GENERATE(std::tuple(1.0, 1.0, 5), std::tuple(1.0, 3.0, 900), std::tuple(1.0, 10.0, 900),
               std::tuple(1e5, 1.0, 900), std::tuple(1e9, 1.0, 900));
  INFO(count << " steps of " << step << " / " << power);
  Values values(one_number);
  std::vector<Values::Place> places;
  for (auto const& scalar : multiples(count, step, power)) {
    places.push_back(values.add());
    values.set(places.back(), {{.property = 0, .value = scalar}});
  }
  CHECK_FALSE(Column(values, 0, places, 1'024).has_missing()); // rows behind the last do not count
  places.insert(places.begin(), values.add());
  CHECK(Column(values, 0, places, 1'024).has_missing());
  CHECK(Column().has_missing());
}

TEST_CASE("texts stand in the order of their code points; too many are none") {
  auto const column = column_of(one_text, {"é", "b", "B", "b", ""});
  REQUIRE(column.size() == 4);
  CHECK(column.text(0).empty());
  CHECK(column.text(1) == "B");
  CHECK(column.text(2) == "b");
  CHECK(column.text(3) == "é");
  CHECK(column.code(1) == 2);
  CHECK(column.lower_bound("a") == 2);

  std::vector<query::Scalar> texts;
  for (std::size_t i = 0; i < Texts::most; ++i) texts.emplace_back("t" + std::to_string(i));
  CHECK(column_of(one_text, texts).size() == Texts::most);
  texts.emplace_back("one more");
  auto const dropped = column_of(one_text, texts);
  CHECK(dropped.is_dropped());
  CHECK(dropped.is_empty());
  CHECK(column_of(one_text, {std::string(Texts::longest, 'x')}).size() == 1);
  CHECK(column_of(one_text, {std::string(Texts::longest + 1, 'x'), "b"}).is_dropped());
}

TEST_CASE("of a declared property a column keeps all texts, each once") {
  std::vector<std::string> const declared{"t"};
  Properties const properties({{.name = "t", .type = Type::text}}, declared);
  std::vector<query::Scalar> scalars;
  for (int i = 0; i < 30'000; ++i) scalars.emplace_back("text " + std::to_string(i % 20'000));
  scalars.emplace_back(std::string(Texts::longest_declared, 'x'));
  Values values(properties);
  std::vector<Values::Place> places;
  for (auto const& scalar : scalars) {
    places.push_back(values.add());
    values.set(places.back(), {{.property = 0, .value = scalar}});
  }
  Column const column(values, 0, places, 30'016);
  REQUIRE(column.size() == 20'001);
  CHECK(column.text(0) == "text 0");
  CHECK(column.text(20'000).size() == Texts::longest_declared);
  for (std::size_t row : {0U, 9'999U, 10'001U, 19'999U, 20'000U, 29'999U}) {
    CHECK(column.text(column.code(row)) == std::get<std::string>(scalars[row]));
  }
  CHECK(column.code(5'000) == column.code(25'000)); // with two numbers, for they were too many
  auto const longer = std::string(Texts::longest_declared + 1, 'x');
  CHECK(column_of(properties, {longer}).is_dropped());
}

TEST_CASE("properties are found by name and type") {
  std::vector<std::string> const sortables{"x:y", "gsd"};
  auto const properties = Properties::usual(sortables);
  auto const find = [&](std::string const& name, Type type) {
    return properties.find({.name = name, .type = type}).has_value();
  };
  CHECK(find("eo:cloud_cover", Type::number));
  CHECK_FALSE(find("eo:cloud_cover", Type::text));
  CHECK(find("gsd", Type::text));
  CHECK(find("x:y", Type::number));
  CHECK(find("x:y", Type::time));
  CHECK_FALSE(find("instruments", Type::list));
  CHECK_FALSE(find("datetime", Type::time));
  CHECK_FALSE(properties.find({.place = query::Property::Place::time, .type = Type::time}));
}

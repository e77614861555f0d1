#include "index/columns.hpp"
#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::index;
using query::Type;

namespace {

Properties const one_number(std::vector<query::Property>{{.name = "n", .type = Type::number}});
Properties const one_text(std::vector<query::Property>{{.name = "t", .type = Type::text}});

/// A column of these values in rows, in which an item that has none stands behind.
Column column_of(Properties const& properties, std::vector<query::Scalar> const& scalars) {
  Values values(properties.list());
  std::vector<Values::Place> places;
  for (auto const& scalar : scalars) {
    places.push_back(values.add());
    values.set(places.back(), {{.property = 0, .value = scalar}});
  }
  places.push_back(values.add());
  return {values, 0, places, 1'024};
}

std::vector<query::Scalar> numbers(int count, double step) {
  std::vector<query::Scalar> out;
  for (int i = count - 1; i >= 0; --i) out.emplace_back(i * step);
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

TEST_CASE("a column takes a byte for each row as long as codes fit, whatever the values") {
  for (double const step : {1.0, 0.1}) { // no float is most multiples of a tenth
    for (int const count : {1, 254, 255, 256, 900}) {
      INFO(count << " steps of " << step);
      auto const column = column_of(one_number, numbers(count, step));
      REQUIRE(column.size() == static_cast<std::size_t>(count));
      CHECK(column.small_codes().empty() == (count > 255));
      for (int i = 0; i < count; ++i) {
        auto const row = static_cast<std::size_t>(count - 1 - i);
        REQUIRE(column.code(row) == i);
        REQUIRE(column.value(static_cast<std::size_t>(i)) == i * step);
      }
      CHECK(column.code(static_cast<std::size_t>(count)) == Column::none);
    }
  }
  auto const narrow = column_of(one_number, numbers(900, 1));
  auto const wide = column_of(one_number, numbers(900, 0.1));
  CHECK(wide.bytes() == narrow.bytes() + 900 * 4);
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

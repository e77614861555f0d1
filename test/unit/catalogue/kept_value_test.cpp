// Values that many records have are kept once.

#include "catalogue/kept_value.hpp"

#include "support/catch.hpp"

#include <set>

using namespace terracat;
using catalogue::kept_column;
using catalogue::ValuePool;

TEST_CASE("what says the same is kept once for each property") {
  ValuePool pool;
  auto const column = kept_column("platform");
  auto const first = pool.list(column, {"Argo", "Envisat"});
  CHECK(pool.list(column, {"Argo", "Envisat"}) == first);
  auto const other = pool.list(column, {"Envisat", "Argo"});
  CHECK(other->number != first->number);
  CHECK(other->texts.at(1) == first->texts.at(0));
  CHECK(first->texts.at(0)->text == "Argo");
  CHECK(first->value ==
        query::Value(std::vector<query::Scalar>{std::string("Argo"), std::string("Envisat")}));
  CHECK(pool.list(kept_column("formats"), {"Argo", "Envisat"}) != first);
  CHECK(pool.text(kept_column("type"), "dataset")->value ==
        query::Value(query::Scalar(std::string("dataset"))));
  CHECK(kept_column("title") == catalogue::kept_properties.size());
}

TEST_CASE("a concept keeps the label that its first record told") {
  ValuePool pool;
  auto const column = kept_column("themes");
  auto const first = pool.list(column, {"https://example.org/sea"}, {"Sea"});
  auto const again =
      pool.list(column, {"https://example.org/sea", "https://example.org/ice"}, {"Ocean", "Ice"});
  CHECK(again->texts.at(0)->label == "Sea");
  CHECK(again->texts.at(1)->label == "Ice");
}

TEST_CASE("numbers of values that nobody uses any more are given again, those in use never") {
  ValuePool pool;
  auto const column = kept_column("keywords");
  std::vector<ValuePool::Value> used;
  used.reserve(50);
  for (int i = 0; i < 50; ++i) used.push_back(pool.list(column, {"used " + std::to_string(i)}));
  std::uint32_t highest = 0;
  for (int i = 0; i < 100'000; ++i) {
    highest = std::max(highest, pool.list(column, {"passing " + std::to_string(i)})->number);
  }
  CHECK(highest < 10'000);
  auto const more = pool.list(column, {"one more"});
  std::set<std::uint32_t> numbers{more->number};
  for (auto const& value : used) numbers.insert(value->number);
  CHECK(numbers.size() == used.size() + 1);
  for (int i = 0; i < 50; ++i) {
    CHECK(pool.list(column, {"used " + std::to_string(i)}) == used[static_cast<std::size_t>(i)]);
  }
}

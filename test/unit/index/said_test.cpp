#include "index/said.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::index;

namespace {

ItemNumber item(std::int64_t number) {
  return ItemNumber{number};
}

SaidCache::Set set_of(std::vector<ItemNumber> const& numbers) {
  return std::make_shared<ItemSet const>(numbers);
}

} // namespace

TEST_CASE("a set has its numbers and no others") {
  std::vector const numbers{item(5), item(68), item(69), item(1'000)};
  ItemSet const set(numbers);
  for (std::int64_t number = 0; number < 1'200; ++number) {
    INFO(number);
    bool const is_in = number == 5 || number == 68 || number == 69 || number == 1'000;
    CHECK(set.has(item(number)) == is_in);
  }
  CHECK(set.may_have_any_in(item(1'000), item(2'000)));
  CHECK_FALSE(set.may_have_any_in(item(1'001), item(2'000)));
  CHECK_FALSE(set.may_have_any_in(item(1), item(4)));
  ItemSet const none(std::vector<ItemNumber>{});
  CHECK_FALSE(none.has(item(0)));
  CHECK_FALSE(none.may_have_any_in(item(0), item(9)));
}

TEST_CASE("what is kept of one state is nothing of another") {
  SaidCache cache;
  Revision const first{.epoch = 1, .sequence = 7};
  cache.keep(first, "rain", set_of({item(1)}));
  CHECK(cache.find(first, "rain")->has(item(1)));
  CHECK(cache.find(first, "snow") == nullptr);
  CHECK(cache.find({.epoch = 1, .sequence = 8}, "rain") == nullptr);
  CHECK(cache.find({.epoch = 2, .sequence = 7}, "rain") == nullptr);
  cache.keep({.epoch = 1, .sequence = 8}, "snow", set_of({item(2)}));
  CHECK(cache.find(first, "rain") == nullptr);
  cache.keep(first, "rain", set_of({item(1)})); // by who still reads what has passed
  CHECK(cache.find({.epoch = 1, .sequence = 8}, "snow")->has(item(2)));
}

TEST_CASE("sets are kept as long as there is room") {
  SaidCache cache;
  Revision const now{.epoch = 1, .sequence = 1};
  auto const half = set_of({item(0), item(std::int64_t{130} << 20)}); // a bit for each: 16 MB
  cache.keep(now, "a", set_of({item(1)}));
  cache.keep(now, "b", half);
  CHECK(cache.find(now, "a"));
  cache.keep(now, "c", half);
  CHECK_FALSE(cache.find(now, "b"));
  CHECK(cache.find(now, "c"));
  cache.keep(now, "d", set_of({item(0), item(std::int64_t{300} << 20)})); // more than there is
  CHECK_FALSE(cache.find(now, "d"));
}

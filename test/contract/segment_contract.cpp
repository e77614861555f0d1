// What an index keeps in a store.

#include "bench.hpp"

using namespace terracat;
using namespace terracat::test;
using store::SegmentNumber;

namespace {

std::optional<std::string> segment(Bench& bench, std::int64_t number) {
  std::optional<std::string> out;
  bool const is_there = bench.reader().segment(
      SegmentNumber{number}, [&](std::string_view bytes) { out = std::string(bytes); });
  CHECK(is_there == out.has_value());
  return out;
}

} // namespace

TEST_CASE("what an index keeps is there until it is replaced or dropped, and is no change") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "a", .properties = ""});
  auto const before = bench.reader().begin();
  std::string const large(100'000, 'x');
  bench.writer().begin();
  bench.writer().put_segment(SegmentNumber{1}, "one");
  bench.writer().put_segment(SegmentNumber{2}, large);
  bench.writer().put_segment(SegmentNumber{3}, "");
  bench.writer().commit();
  CHECK(bench.reader().begin() == before);
  CHECK(segment(bench, 1) == "one");
  CHECK(segment(bench, 2) == large);
  CHECK(segment(bench, 3) == "");
  CHECK_FALSE(segment(bench, 4));

  bench.writer().begin();
  bench.writer().put_segment(SegmentNumber{1}, "another");
  bench.writer().commit();
  CHECK(segment(bench, 1) == "another");

  bench.writer().begin();
  bench.writer().put_segment(SegmentNumber{1}, "a third");
  bench.writer().rollback();
  CHECK(segment(bench, 1) == "another");
}

TEST_CASE("of what an index keeps all is dropped that is not to stay, so many at a time") {
  FOR_EACH_STORE(bench);
  bench.writer().begin();
  for (int i = 0; i < 6; ++i) bench.writer().put_segment(SegmentNumber{i}, std::to_string(i));
  std::vector<SegmentNumber> const stay{SegmentNumber{4}, SegmentNumber{1}, SegmentNumber{9}};
  CHECK_FALSE(bench.writer().drop_segments(stay, 3));
  bench.writer().commit();
  for (int i = 0; i < 6; ++i) {
    INFO(i);
    CHECK(segment(bench, i).has_value() == (i == 1 || i == 4 || i == 5)); // the lowest went first
  }
  bench.writer().begin();
  CHECK(bench.writer().drop_segments(stay, 1));
  CHECK(bench.writer().drop_segments(stay, 1)); // nothing to do
  bench.writer().commit();
  CHECK_FALSE(segment(bench, 5));
  CHECK(segment(bench, 4) == "4");
  bench.writer().begin();
  CHECK(bench.writer().drop_segments({}, 100));
  bench.writer().commit();
  CHECK_FALSE(segment(bench, 1));
}

TEST_CASE("the numbers of a collection's items are those that it has") {
  FOR_EACH_STORE(bench);
  bench.writer().begin();
  auto const other = bench.writer().put(record_write("other"));
  bench.writer().commit();
  std::vector<ItemNumber> numbers;
  for (auto const* id : {"c", "b", "a"}) {
    numbers.push_back(bench.put({.id = id, .properties = "", .datetime = day(7)}));
  }
  auto const foreign = bench.put_into(other, {.id = "x", .properties = ""});
  CHECK(bench.reader().item_numbers(bench.collection()) == numbers);
  CHECK(bench.reader().item_numbers(other) == std::vector<ItemNumber>{foreign});
  bench.writer().begin();
  bench.writer().remove(numbers[1], "");
  bench.writer().remove(other);
  bench.writer().commit();
  CHECK(bench.reader().item_numbers(bench.collection()) ==
        std::vector<ItemNumber>{numbers[0], numbers[2]});
  CHECK(bench.reader().item_numbers(other).empty()); // whose rows may be there yet
}

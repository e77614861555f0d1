// What a repair asks of a store.

#include "bench.hpp"

using namespace terracat;
using namespace terracat::test;

TEST_CASE("a write of what is kept differs in nothing") {
  FOR_EACH_STORE(bench);
  ItemSketch const sketch{.id = "a",
                          .properties = R"("title":"Rain")",
                          .footprint = triangle(),
                          .heights = model::HeightRange{1, 2},
                          .datetime = day(1),
                          .start = day(1),
                          .end = day(2)};
  auto const number = bench.put(sketch);
  auto same = item_write(bench.collection(), sketch);
  CHECK(bench.reader().differences(number, same).empty());
  auto const differs = [&](ItemSketch const& other) {
    return !bench.reader().differences(number, item_write(bench.collection(), other)).empty();
  };
  auto other = sketch;
  other.datetime = day(3);
  CHECK(differs(other));
  other = sketch;
  other.end.reset();
  CHECK(differs(other));
  other = sketch;
  other.footprint = box(0, 0, 4, 4); // the same box, another footprint
  CHECK(differs(other));
  other = sketch;
  other.heights = model::HeightRange{1, 3};
  CHECK(differs(other));
}

TEST_CASE("a record differs in what it is searched by, not in its texts") {
  FOR_EACH_STORE(bench);
  auto write = record_write("r", "Title");
  write.footprint = box(0, 0, 1, 1);
  write.period = model::Interval::make(model::Bound::at(day(1)), model::Bound::at(day(2))).value();
  bench.writer().begin();
  auto const number = bench.writer().put(write);
  bench.writer().commit();
  auto other = write;
  other.texts.record = "{\"other\":1}";
  CHECK(bench.reader().differences(number, other).empty());
  for (auto const change : {0, 1, 2, 3}) {
    other = write;
    if (change == 0) other.title = "Another";
    if (change == 1) other.type = "service";
    if (change == 2) other.footprint.reset();
    if (change == 3) other.period.reset();
    CHECK(bench.reader().differences(number, other).size() >= 1);
  }
}

TEST_CASE("a state may be another although the feed tells of no change") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "a", .properties = ""});
  auto const before = bench.store().reader()->begin();
  bench.writer().begin();
  bench.writer().advance();
  auto const pending = bench.writer().pending();
  CHECK(bench.writer().commit() == pending);
  auto const reader = bench.store().reader();
  auto const after = reader->begin();
  CHECK(after == pending);
  CHECK(after.epoch == before.epoch);
  CHECK(after.sequence > before.sequence);
  CHECK(reader->changes(before.sequence, 10).value().empty());
  CHECK(bench.store().check(store::Depth::whole, [](double) {}).empty());
  bench.put({.id = "b", .properties = ""});
  reader->begin();
  CHECK(reader->changes(before.sequence, 10).value().at(0).sequence > after.sequence);
}

TEST_CASE("another epoch is a state of its own, with all that was there") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "a", .properties = ""});
  auto const before = bench.store().reader()->begin();
  bench.writer().begin();
  int calls = 0;
  static_cast<void>(bench.writer().mend([&] { ++calls; }));
  CHECK(calls > 0);
  CHECK(bench.writer().mend([] {}).empty()); // nothing is left to do
  bench.writer().begin_epoch();
  auto const pending = bench.writer().pending();
  CHECK(bench.writer().commit() == pending);
  auto const after = bench.store().reader()->begin();
  CHECK(after == pending);
  CHECK(after.epoch != before.epoch);
  CHECK(after.sequence > before.sequence);
  CHECK(bench.search(everything()) == Ids{"a"});
  bench.put({.id = "b", .properties = ""});
  CHECK(bench.search(everything()) == Ids{"b", "a"});
}

#include "index/encoding.hpp"
#include "index/segment.hpp"
#include "support/catch.hpp"

#include <terracat/geometry.hpp>

using namespace terracat;
using namespace terracat::index;
using query::Type;

namespace {

Properties const properties(std::vector<query::Property>{
    {.name = "boolean", .type = Type::boolean},
    {.name = "dropped", .type = Type::text},
    {.name = "list", .type = Type::number},     // of many, in two bytes each
    {.name = "measured", .type = Type::number}, // in three bytes
    {.name = "narrow", .type = Type::number},   // few, as float
    {.name = "none", .type = Type::number},
    {.name = "text", .type = Type::text},
    {.name = "time", .type = Type::time},   // in five bytes
    {.name = "wide", .type = Type::number}, // few, as double
});

store::ItemPlace item(int number) {
  auto const moment = model::Instant(1'700'000'000'000 + number * 7'000'001LL);
  auto const west = static_cast<double>(number * 37 % 350) - 180;
  auto const box = model::Bbox::make(west, -5, west + 15 > 180 ? west - 345 : west + 15, 5).value();
  store::ItemPlace out{
      .number = ItemNumber{number + 1},
      .collection = RecordNumber{number % 3 + 1},
      .time = moment,
      .period = model::Interval::make(model::Bound::at(moment), model::Bound::at(moment)).value(),
      .bbox = box,
      .is_box = number % 2 == 0,
      .is_connected = number % 5 != 0};
  if (!out.is_box && out.is_connected && !box.crosses_antimeridian()) {
    out.outline = {{box.west(), -5}, {box.east(), 5}, {box.west(), 5}, {box.west(), -5}};
  }
  if (number % 7 == 0) {
    out.bbox.reset();
    out.outline.clear();
  }
  if (number % 11 == 0) {
    out.time.reset();
    out.period.reset();
  }
  if (number % 13 == 5) return out; // without values
  out.values = {{0, number % 2 == 0},
                {1, std::string(static_cast<std::size_t>(number), 'x')},
                {2, number / 3.0},
                {3, number / 10.0},
                {4, number % 3 * 1.0},
                {6, "text " + std::to_string(number % 20)},
                {7, model::Instant(number * 1'000'000'007LL)},
                {8, number % 3 / 3.0}};
  return out;
}

/// \param spans  whether items stand for periods
std::shared_ptr<Segment const> segment_of(int items, bool spans = false) {
  Rows rows(properties);
  for (int i = 0; i < items; ++i) {
    auto place = item(i);
    if (spans) {
      place.period = model::Interval::make(model::Bound::at(model::Instant(i)),
                                           model::Bound::at(model::Instant(i + 10)))
                         .value();
    }
    rows.add(place);
  }
  std::ranges::sort(rows.rows, precedes);
  return std::make_shared<Segment const>(rows.rows, rows.values, rows.outlines);
}

void check_rows(Segment const& got, Segment const& wanted) {
  REQUIRE(got.size == wanted.size);
  for (std::size_t i = 0; i < got.size; ++i) {
    auto const row = got.row(i);
    auto const other = wanted.row(i);
    REQUIRE(row.place == other.place);
    REQUIRE(row.collection == other.collection);
    REQUIRE(row.first == other.first);
    REQUIRE(row.last == other.last);
    REQUIRE(row.flags == other.flags);
    REQUIRE(got.boxes.cells_of(i) == wanted.boxes.cells_of(i));
  }
  REQUIRE(std::ranges::equal(got.boxes.rows(), wanted.boxes.rows()));
  for (std::size_t i = 0; i < got.boxes.rows().size(); ++i) {
    REQUIRE(std::ranges::equal(got.outlines.words(i), wanted.outlines.words(i)));
  }
}

void check_column(Column const& got, Column const& wanted, std::size_t rows) {
  REQUIRE(got.size() == wanted.size());
  REQUIRE(got.is_dropped() == wanted.is_dropped());
  REQUIRE(got.holds_texts() == wanted.holds_texts());
  REQUIRE(got.has_missing() == wanted.has_missing());
  if (got.is_empty()) return;
  for (std::size_t row = 0; row < rows; ++row) {
    auto const code = got.code(row);
    REQUIRE(code == wanted.code(row));
    if (code == Column::none) continue;
    if (got.holds_texts())
      REQUIRE(got.text(code) == wanted.text(code));
    else
      REQUIRE(got.value(code) == wanted.value(code));
  }
}

} // namespace

TEST_CASE("a segment comes back out of its bytes as it was, with columns of every kind") {
  auto const spans = GENERATE(false, true);
  auto const items = GENERATE(1, 64, 65, 700);
  INFO(items << " items, spans: " << spans);
  auto const segment = segment_of(items, spans);
  auto const bytes = packed(*segment);
  CHECK(bytes.size() % 8 == 0);
  auto const got = unpacked_segment(bytes);
  check_rows(*got, *segment);
  REQUIRE(got->columns.size() == segment->columns.size());
  for (std::size_t i = 0; i < got->columns.size(); ++i) {
    INFO("column " << i);
    check_column(got->columns[i], segment->columns[i], got->blocks() * Segment::block);
  }
  CHECK(got->earliest == segment->earliest);
  CHECK(got->latest == segment->latest);
  CHECK(got->lowest_number == segment->lowest_number);
  CHECK(got->highest_number == segment->highest_number);
  CHECK(got->has_halves == segment->has_halves);
  CHECK(got->collections.back().items == segment->collections.back().items);
  CHECK(packed(*got) == bytes);
}

TEST_CASE("the columns of the test are of every kind") {
  auto const segment = segment_of(700);
  auto const column = [&](std::string const& name, Type type) -> Column const& {
    return segment->columns[properties.find({.name = name, .type = type}).value()];
  };
  auto const padded = segment->blocks() * Segment::block;
  auto const bytes = [&](std::string const& name, Type type = Type::number) {
    return column(name, type).bytes() / padded; // values stand beside the codes
  };
  CHECK(column("dropped", Type::text).is_dropped());
  CHECK(column("none", Type::number).is_empty());
  CHECK(column("text", Type::text).holds_texts());
  CHECK_FALSE(column("measured", Type::number).is_list());
  CHECK_FALSE(column("time", Type::time).is_list());
  CHECK(bytes("measured") == 3);
  CHECK(bytes("time", Type::time) == 5);
  CHECK(column("list", Type::number).size() > 255);
  CHECK(column("list", Type::number).is_list());
  CHECK(bytes("narrow") == 1);
  CHECK(column("wide", Type::number).bytes() == column("narrow", Type::number).bytes() + 3 * 4);
}

TEST_CASE("bytes that end early or late are refused") {
  auto const bytes = packed(*segment_of(70));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    REQUIRE_THROWS_AS(unpacked_segment(std::string_view(bytes).substr(0, size)), Malformed);
  }
  CHECK_THROWS_AS(unpacked_segment(bytes + std::string(8, '\0')), Malformed);
}

TEST_CASE("bytes of another kind or version are refused") {
  auto bytes = packed(*segment_of(3));
  CHECK_THROWS_AS(unpacked_contents(bytes), Malformed);
  CHECK_THROWS_AS(unpacked_segment(packed(Contents())), Malformed);
  ++bytes[8]; // the version
  CHECK_THROWS_WITH(unpacked_segment(bytes), Catch::Contains("another version"));
}

TEST_CASE("no byte that is changed leads astray") {
  auto const items = GENERATE(3, 70);
  auto const sound = packed(*segment_of(items));
  std::size_t refused = 0;
  for (std::size_t at = 0; at < sound.size(); ++at) {
    for (auto const bits : {0x01, 0x80, 0xff}) {
      auto bytes = sound;
      bytes[at] = static_cast<char>(bytes[at] ^ bits);
      try {
        auto const segment = unpacked_segment(bytes);
        // Whoever reads it stays within it, whatever it says.
        for (std::size_t row = 0; row < segment->size; ++row) {
          static_cast<void>(segment->boxes.cells_of(row));
          auto const words = segment->outlines.words(segment->boxes.place_of(row));
          if (!words.empty()) static_cast<void>(OutlineList::outline(words));
        }
        for (std::size_t row = 0; row < segment->size; ++row) {
          static_cast<void>(segment->row(row));
          for (auto const& column : segment->columns) {
            if (column.is_empty()) continue;
            auto const code = column.code(row);
            if (code == Column::none) continue;
            if (column.holds_texts())
              static_cast<void>(column.text(code));
            else
              static_cast<void>(column.value(code));
          }
        }
      } catch (Malformed const&) {
        ++refused;
      }
    }
  }
  CHECK(refused > sound.size() / 4); // the rest are other values: the store has a checksum
}

TEST_CASE("contents come back out of their bytes") {
  Contents const contents{
      .revision = {.epoch = 0xfedcba9876543210, .sequence = 42},
      .properties = {{.name = "a", .type = Type::text}, {.name = "b", .type = Type::number}},
      .entries = {{.number = store::SegmentNumber{7}, .removed = {}},
                  {.number = store::SegmentNumber{3}, .removed = {1, 0, 1ULL << 63U}}}};
  auto const bytes = packed(contents);
  auto const got = unpacked_contents(bytes);
  CHECK(got.revision == contents.revision);
  CHECK(got.properties == contents.properties);
  REQUIRE(got.entries.size() == 2);
  CHECK(got.entries[1].number == store::SegmentNumber{3});
  CHECK(got.entries[1].removed == contents.entries[1].removed);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    REQUIRE_THROWS_AS(unpacked_contents(std::string_view(bytes).substr(0, size)), Malformed);
  }
}

TEST_CASE("rows that are removed fit the segment, or it is no part") {
  auto const segment = segment_of(70);
  auto const blocks = segment->blocks();
  auto const none = part_of(segment, {});
  REQUIRE(none);
  CHECK_FALSE(none->removed);
  std::vector<std::uint64_t> removed(blocks);
  removed[0] = 0b101;
  auto const part = part_of(segment, removed);
  REQUIRE(part);
  CHECK(part->removed->rows == removed);
  CHECK(part->removed->count == 2);
  CHECK(part->rows() == segment->size - 2);
  removed.back() |= 1ULL << 63U; // no row
  CHECK_FALSE(part_of(segment, removed));
  CHECK_FALSE(part_of(segment, std::vector<std::uint64_t>(blocks + 1)));
}

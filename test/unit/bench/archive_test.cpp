#include "bench/item_text.hpp"
#include "formats/readers.hpp"

#include "support/catch.hpp"

#include <algorithm>

using namespace terracat;
using namespace terracat::bench;

namespace {

std::vector<Scene> all_of(Archive const& archive) {
  std::vector<Scene> out;
  for (std::uint32_t day = 0; day < days_of_archive; ++day) {
    auto scenes = archive.day(day);
    std::ranges::move(scenes, std::back_inserter(out));
  }
  return out;
}

std::string text_of(std::vector<Scene> const& scenes, TextOptions const& options) {
  std::string out;
  for (auto const& scene : scenes) append_item(out, scene, options);
  return out;
}

std::string text_of(Ring const& ring) {
  std::string out;
  append_ring(out, ring);
  return out;
}

std::string moment(std::int64_t milliseconds) {
  std::string out;
  append_moment(out, milliseconds);
  return out;
}

/// True if some corner of the box is far from all corners of the ring.
bool leaves_out_a_corner(Footprint const& footprint) {
  auto const& ring = footprint.parts.front();
  return std::ranges::any_of(ring_of(footprint.box), [&](Position const& corner) {
    return std::ranges::none_of(ring, [&](Position const& one) {
      return std::abs(one.longitude - corner.longitude) < 0.01 &&
             std::abs(one.latitude - corner.latitude) < 0.01;
    });
  });
}

} // namespace

TEST_CASE("chance is that of SplitMix64") {
  Chance chance(0);
  CHECK(chance.next() == 0xE220A8397B1DCDAF);
  CHECK(chance.next() == 0x6E789E6AA1B965F4);
}

TEST_CASE("moments are written as STAC has them") {
  CHECK(moment(0) == "1970-01-01T00:00:00.000Z");
  CHECK(moment(first_moment) == "2015-07-01T00:00:00.000Z");
  CHECK(moment(last_moment - 1) == "2025-06-30T23:59:59.999Z");
}

TEST_CASE("a tile is cut along a line from its northern edge to its southern one") {
  Box const box{.west = 0, .south = 0, .east = 10, .north = 1};
  CHECK(text_of(cut(box, 0.5, 0.2)) ==
        "[[0.000000,0.000000],[2.000000,0.000000],[5.000000,1.000000],[0.000000,1.000000],"
        "[0.000000,0.000000]]");
  CHECK(cut(box, 0.5, 0).size() == 3);
}

TEST_CASE("what crosses the antimeridian is two polygons, and its box says so") {
  auto const east = footprint_of({{170, 0}, {190, 0}, {190, 10}, {170, 10}});
  REQUIRE(east.parts.size() == 2);
  CHECK(text_of(east.parts[0]) == "[[170.000000,0.000000],[180.000000,0.000000],"
                                  "[180.000000,10.000000],[170.000000,10.000000],"
                                  "[170.000000,0.000000]]");
  CHECK(east.box.west == 170);
  CHECK(east.box.east == -170);
  auto const west = footprint_of({{-190, 0}, {-170, 0}, {-170, 10}, {-190, 10}});
  CHECK(west.box.west == 170);
  CHECK(west.box.east == -170);
  CHECK(footprint_of({{-180, 0}, {180, 0}, {180, 10}}).parts.size() == 1);
}

TEST_CASE("a square along a track that runs north is upright") {
  auto const ring = turned({.longitude = 10, .latitude = 0}, 2, 0);
  CHECK(text_of(ring) == "[[9.000000,-1.000000],[11.000000,-1.000000],[11.000000,1.000000],"
                         "[9.000000,1.000000],[9.000000,-1.000000]]");
}

TEST_CASE("an archive has as many items as it was asked for, numbered in order") {
  auto const scenes = all_of(Archive(1, 5'000));
  REQUIRE(scenes.size() == 5'000);
  for (std::size_t i = 0; i < scenes.size(); ++i) REQUIRE(scenes[i].number == i);
  // The first half of the time has (0.5 + 0.75 / 4) / 1.75 of them: 1964.
  auto const middle = first_moment + (last_moment - first_moment) / 2;
  auto const early =
      std::ranges::count_if(scenes, [&](auto const& one) { return one.start < middle; });
  CHECK(std::abs(early - 1'964) < 10);
}

TEST_CASE("the same seed gives the same items, another one others") {
  auto const once = text_of(all_of(Archive(1, 500)), {.seed = 1});
  CHECK(once == text_of(all_of(Archive(1, 500)), {.seed = 1}));
  CHECK(once != text_of(all_of(Archive(2, 500)), {.seed = 2}));
}

TEST_CASE("items are of the size and kinds that the measurements speak of") {
  auto const scenes = all_of(Archive(3, 20'000));
  std::array<int, collection_kinds.size()> counts{};
  int cut_tiles = 0;
  int crossing = 0;
  for (auto const& scene : scenes) {
    ++counts.at(scene.collection);
    auto const& box = scene.footprint.box;
    REQUIRE((box.south >= -90 && box.south < box.north && box.north <= 90));
    crossing += scene.footprint.parts.size() == 2 ? 1 : 0;
    if (scene.collection == 0) cut_tiles += leaves_out_a_corner(scene.footprint) ? 1 : 0;
  }
  CHECK(std::abs(counts[0] - 5'400) < 250); // 27 %, and four times the deviation
  CHECK(std::ranges::all_of(counts, [](int count) { return count > 0; }));
  CHECK(std::abs(cut_tiles / double(counts[0]) - 0.3) < 0.03);
  CHECK(crossing > 0);
  auto const mean = text_of(scenes, {}).size() / scenes.size();
  CHECK((mean > 7'800 && mean < 8'300));
}

TEST_CASE("items and collections are read without a finding") {
  json::Parser parser;
  formats::ReadContext const context{.json = parser};
  for (auto const& scene : all_of(Archive(4, 2'000))) {
    std::string text;
    append_item(text, scene, {.checksums = true});
    auto const reading = formats::read_stac_item(text, context);
    REQUIRE(reading);
    REQUIRE(reading->findings.empty());
    auto const& item = std::get<model::Item>(reading->resource);
    REQUIRE(item->native_id == id_of(scene));
    REQUIRE(item.time()->milliseconds() == scene.start);
  }
  for (auto const& kind : collection_kinds) {
    std::string text;
    append_collection(text, kind);
    auto const reading = formats::read_stac_collection(text, context);
    REQUIRE(reading);
    CHECK(reading->findings.empty());
  }
}

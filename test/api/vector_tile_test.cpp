#include "api/vector_tile.hpp"

#include "support/catch.hpp"

using terracat::api::VectorTile;
using terracat::geometry::TileShape;

namespace {

std::string bytes(std::initializer_list<int> values) {
  std::string out;
  for (auto const value : values) out += static_cast<char>(value);
  return out;
}

} // namespace

TEST_CASE("a tile without features is empty") {
  VectorTile tile("items");
  tile.add(TileShape{}, {{"id", "a"}});
  CHECK(tile.take().empty());
}

TEST_CASE("a point is written as the example of Mapbox Vector Tile 4.3.5.1") {
  VectorTile tile("l");
  tile.add(TileShape{.points = {{25, 17}}, .lines = {}, .polygons = {}}, {});
  CHECK(tile.take() == bytes({0x1a, 17,            // layers
                              0x78, 2,             // version
                              0x0a, 1, 'l',        // name
                              0x12, 7,             // feature
                              0x18, 1,             // a point
                              0x22, 3, 9, 50, 34,  // MoveTo(+25, +17)
                              0x28, 0x80, 0x20})); // extent 4096
}

TEST_CASE("a polygon is written as the example of 4.3.5.5, each key and value once") {
  VectorTile tile("l");
  TileShape const shape{.points = {}, .lines = {}, .polygons = {{{{3, 6}, {8, 12}, {20, 34}}}}};
  tile.add(shape, {{"id", "a"}, {"n", std::int64_t{1}}});
  tile.add(shape, {{"id", "b"}, {"n", std::int64_t{1}}});
  auto const text = tile.take();
  // The example: [9 6 12 18 10 12 24 44 15].
  CHECK(text.find(bytes({9, 6, 12, 18, 10, 12, 24, 44, 15})) != std::string::npos);
  CHECK(text.find("\x1a\x02id") != std::string::npos);
  CHECK(text.find("\x1a\x02id") == text.rfind("\x1a\x02id"));
  CHECK(text.find(bytes({0x12, 4, 0, 0, 1, 1})) != std::string::npos); // id a, n 1
  CHECK(text.find(bytes({0x12, 4, 0, 2, 1, 1})) != std::string::npos); // id b, n 1
}

TEST_CASE("lines and the kinds of values are told apart") {
  VectorTile tile("l");
  tile.add(TileShape{.points = {}, .lines = {{{2, 2}, {2, 10}, {10, 10}}}, .polygons = {}},
           {{"t", true}, {"d", 1.5}});
  auto const text = tile.take();
  // The example of 4.3.5.3: [9 4 4 18 0 16 16 0].
  CHECK(text.find(bytes({0x18, 2, 0x22, 8, 9, 4, 4, 18, 0, 16, 16, 0})) != std::string::npos);
  CHECK(text.find(bytes({0x22, 2, 0x38, 1})) != std::string::npos);
  CHECK(text.find(bytes({0x22, 9, 0x19, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f})) != std::string::npos);
}

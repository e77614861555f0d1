#include "index/rough_test.hpp"

#include "geometry/normalise.hpp"
#include "geometry/prepared.hpp"

#include "support/catch.hpp"
#include "support/random.hpp"

#include <cmath>
#include <numbers>

using namespace terracat;
using namespace terracat::index;

namespace {

/// A ring around a place, its corners at a random distance, which crosses itself nowhere.
model::Path star(test::Random& random, model::Position const& centre, double radius,
                 std::int64_t corners) {
  model::Path out;
  for (std::int64_t i = 0; i < corners; ++i) {
    auto const angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners);
    auto const distance = radius * static_cast<double>(random.between(20, 100)) / 100;
    out.push_back({std::clamp(centre.x + distance * std::cos(angle), -180.0, 180.0),
                   std::clamp(centre.y + distance * std::sin(angle), -90.0, 90.0)});
  }
  out.push_back(out.front());
  return out;
}

model::Position place(test::Random& random) {
  return {static_cast<double>(random.between(-20'000, 20'000)) / 1'000,
          static_cast<double>(random.between(-20'000, 20'000)) / 1'000};
}

model::Geometry polygon(std::vector<model::Path> rings) {
  model::RawGeometry raw;
  raw.type = model::GeometryType::polygon;
  raw.parts = {std::move(rings)};
  return geometry::normalise(raw).value();
}

model::Geometry two(model::Path first, model::Path second) {
  model::RawGeometry raw;
  raw.type = model::GeometryType::multi_polygon;
  raw.parts = {{std::move(first)}, {std::move(second)}};
  return geometry::normalise(raw).value();
}

/// Items with footprints, and a segment of them.
class Footprints {
 public:
  Footprints() : rows_(Properties()) {}

  /// Of any kind.
  Footprints(test::Random& random, int count) : rows_(Properties()) {
    for (int i = 0; i < count; ++i) {
      auto const centre = place(random);
      auto const radius = static_cast<double>(random.between(1, 3'000)) / 1'000;
      if (random.between(0, 3) == 0) {
        add(model::Geometry::box(model::Bbox::make(centre.x - radius, centre.y - radius,
                                                   centre.x + radius, centre.y + radius)
                                     .value()));
      } else {
        add(polygon({star(random, centre, radius, random.between(3, 18))}));
      }
    }
    finish();
  }

  void finish() {
    std::ranges::sort(rows_.rows, precedes);
    segment_.emplace(rows_.rows, rows_.values, rows_.outlines);
  }

  [[nodiscard]] Segment const& segment() const { return *segment_; }

  [[nodiscard]] model::Geometry const& at(std::size_t row) const {
    return footprints_[static_cast<std::size_t>(segment_->number[row]) - 1];
  }

  void add(model::Geometry const& footprint) {
    footprints_.push_back(footprint);
    store::ItemPlace item{.number = ItemNumber{static_cast<std::int64_t>(footprints_.size())},
                          .collection = RecordNumber{1},
                          .time = model::Instant(0),
                          .period = {},
                          .bbox = footprint.bbox(),
                          .is_box = footprint.is_box(),
                          .is_connected = footprint.type() <= model::GeometryType::polygon};
    if (!item.is_box) {
      item.outline = model::outline_from_wkb(footprint.wkb(), store::ItemPlace::most_corners);
    }
    rows_.add(item);
  }

 private:
  Rows rows_;
  std::vector<model::Geometry> footprints_;
  std::optional<Segment> segment_;
};

struct Told {
  int right = 0;
  int wrong = 0;
  int nothing = 0; ///< of those whose boxes meet
};

Told compare(Footprints const& footprints, model::Geometry const& asked) {
  RoughTest rough(asked);
  geometry::Prepared const exact(asked);
  Told out;
  for (std::size_t row = 0; row < footprints.segment().size; ++row) {
    auto const told = rough.ask(footprints.segment(), row);
    auto const& footprint = footprints.at(row);
    if (told) {
      ++(*told == exact.intersects(footprint) ? out.right : out.wrong);
    } else if (asked.bbox().intersects(footprint.bbox())) {
      ++out.nothing;
    }
  }
  return out;
}

} // namespace

TEST_CASE("what is said of footprints by their outlines is true") {
  for (auto const seed : test::seeds()) {
    INFO("seed " << seed);
    test::Random random(seed);
    Footprints const footprints(random, 600);
    Told boxes;
    Told areas;
    auto const add = [](Told& to, Told const& one) {
      to.right += one.right;
      to.wrong += one.wrong;
      to.nothing += one.nothing;
    };
    for (int i = 0; i < 60; ++i) {
      auto const centre = place(random);
      auto const radius = static_cast<double>(random.between(10, 6'000)) / 1'000;
      auto const box = model::Bbox::make(centre.x - radius, centre.y - radius / 2,
                                         centre.x + radius, centre.y + radius / 2);
      add(boxes, compare(footprints, model::Geometry::box(box.value())));
      model::Part rings{star(random, centre, radius, random.between(3, 200))};
      if (i % 3 == 0) rings.push_back(star(random, centre, radius / 8, random.between(3, 9)));
      if (auto const area = [&]() -> std::optional<model::Geometry> {
            model::RawGeometry raw;
            raw.type = model::GeometryType::polygon;
            raw.parts = {rings};
            auto made = geometry::normalise(raw);
            return made ? std::optional(std::move(*made)) : std::nullopt;
          }()) {
        add(areas, compare(footprints, *area));
      }
    }
    CHECK(boxes.wrong == 0);
    CHECK(areas.wrong == 0);
    // Nothing is said of those with more than 16 corners, nor of boxes that only the box decides.
    CHECK(boxes.right > 5'000);
    CHECK(areas.right > 20'000);
    CHECK(areas.nothing < 1'500);
  }
}

TEST_CASE("what touches the edges of an area and of its grid is told as it is") {
  // Whole degrees: the grid of an area of 64 by 64 degrees has its lines there.
  test::Random random(3);
  auto const number = [&](int least, int most) {
    return static_cast<double>(random.between(least, most));
  };
  auto const square = [](double west, double south, double width, double height) {
    return model::Path{{west, south},
                       {west + width, south},
                       {west + width, south + height},
                       {west, south + height},
                       {west, south}};
  };
  Footprints footprints;
  for (int i = 0; i < 400; ++i) {
    auto const west = number(-40, 40);
    auto const south = number(-40, 40);
    footprints.add(model::Geometry::box(
        model::Bbox::make(west, south, west + number(1, 9), south + number(1, 9)).value()));
    model::Path triangle{{west, south}, {west + number(1, 9), south}, {west, south + number(1, 9)}};
    triangle.push_back(triangle.front());
    footprints.add(polygon({std::move(triangle)}));
  }
  footprints.finish();
  Told all;
  for (auto const& area :
       {polygon({square(-32, -32, 64, 64), square(-16, -16, 32, 32)}),
        polygon({{{-32, -32}, {32, -32}, {32, 32}, {0, 0}, {-32, 32}, {-32, -32}}}),
        polygon({square(-180, -90, 360, 180), square(-20, -20, 40, 40)}),
        two(square(-32, -32, 10, 64), square(22, -32, 10, 64))}) {
    auto const told = compare(footprints, area);
    CHECK(told.wrong == 0);
    all.right += told.right;
  }
  CHECK(all.right > 1'500);
}

TEST_CASE("an outline is as near as it says") {
  test::Random random(5);
  for (int i = 0; i < 2'000; ++i) {
    auto const scale = std::pow(10.0, static_cast<double>(random.between(-4, 1)));
    auto const centre = place(random);
    auto const ring =
        star(random, {centre.x * 8.9, centre.y * 4.4}, scale * 9, random.between(3, 16));
    OutlineList list;
    auto const words = list.words(list.add(ring));
    REQUIRE(words.size() == 3 + 2 * (ring.size() - 1));
    auto const outline = OutlineList::outline(words);
    REQUIRE(outline.ring().size() == ring.size());
    CHECK(outline.error_x < 18 * scale * 360 / 65'535 + 1e-8);
    for (std::size_t corner = 0; corner < ring.size(); ++corner) {
      CHECK(std::abs(outline.corners[corner].x - ring[corner].x) <= outline.error_x);
      CHECK(std::abs(outline.corners[corner].y - ring[corner].y) <= outline.error_y);
    }
  }
}

TEST_CASE("an outline reaches to the edges of the world") {
  OutlineList list;
  model::Path const ring{{-180, -90}, {180, -90}, {180, 90}, {-180, -90}};
  auto const outline = OutlineList::outline(list.words(list.add(ring)));
  CHECK(outline.error_x < 0.006);
  for (std::size_t corner = 0; corner < ring.size(); ++corner) {
    CHECK(std::abs(outline.corners[corner].x - ring[corner].x) <= outline.error_x);
    CHECK(std::abs(outline.corners[corner].y - ring[corner].y) <= outline.error_y);
  }
  CHECK(list.add(std::span<model::Position const>()) == OutlineList::none);
  CHECK(list.words(OutlineList::none).empty());
}

TEST_CASE("boxes and holes of an area are told apart") {
  // A square of 20° with a hole of 4°, and what stands in it.
  auto const area = polygon({{{-10, -10}, {10, -10}, {10, 10}, {-10, 10}, {-10, -10}},
                             {{-2, -2}, {-2, 2}, {2, 2}, {2, -2}, {-2, -2}}});
  auto const grid = geometry::AreaGrid::make(area);
  REQUIRE(grid);
  auto const is_within = [&](double x, double y) {
    auto const cells = grid->touched_by({x, y, x, y}).value();
    return (grid->within(cells.south) >> cells.west & 1U) != 0;
  };
  auto const is_touched = [&](double x, double y) {
    auto const cells = grid->touched_by({x, y, x, y}).value();
    return (grid->touched(cells.south) >> cells.west & 1U) != 0;
  };
  CHECK(is_within(-5, 0.1));
  CHECK(is_within(5.1, 5.1));
  CHECK_FALSE(is_touched(0.1, 0.1));
  CHECK_FALSE(is_within(2, 0.1));
  CHECK(is_touched(2, 0.1));
  CHECK_FALSE(grid->touched_by({11, 0, 12, 1}));
  CHECK_FALSE(
      geometry::AreaGrid::make(model::Geometry::box(model::Bbox::make(170, 0, -170, 5).value())));
}

#include "geometry/normalise.hpp"
#include "geometry/prepared.hpp"

#include "support/catch.hpp"

using namespace terracat;
using geometry::Prepared;
using geometry::Relation;
using model::GeometryType;

namespace {

model::Geometry made(GeometryType type, model::Path path) {
  model::RawGeometry raw;
  raw.type = type;
  raw.parts = {{std::move(path)}};
  return geometry::normalise(raw).value();
}

model::Geometry point(double x, double y) {
  return made(GeometryType::point, {{x, y}});
}

model::Geometry box(double west, double south, double east, double north) {
  return model::Geometry::box(model::Bbox::make(west, south, east, north).value());
}

/// A point apart from a square.
model::Geometry collection() {
  model::RawGeometry raw;
  raw.type = GeometryType::geometry_collection;
  raw.members = {model::from_wkb(point(20, 20).wkb()), model::from_wkb(box(0, 0, 4, 4).wkb())};
  return geometry::normalise(raw).value();
}

constexpr std::array relations{Relation::contains, Relation::crosses,    Relation::disjoint,
                               Relation::equals,   Relation::intersects, Relation::overlaps,
                               Relation::touches,  Relation::within};

/// Exactly these hold between the first and the second, and mirrored ones the other way.
void check(model::Geometry const& a, model::Geometry const& b, std::vector<Relation> const& hold) {
  for (auto const relation : relations) {
    INFO("relation " << static_cast<int>(relation));
    bool const expected = std::ranges::find(hold, relation) != hold.end();
    CHECK(Prepared(a).is(relation, b) == expected);
    CHECK(Prepared(b).is(mirrored(relation), a) == expected);
  }
}

} // namespace

TEST_CASE("relations of Simple Features") {
  using enum Relation;
  check(box(0, 0, 4, 4), box(1, 1, 2, 2), {contains, intersects});
  check(box(0, 0, 4, 4), box(0, 0, 4, 4), {contains, equals, intersects, within});
  check(box(0, 0, 4, 4), box(2, 2, 6, 6), {intersects, overlaps});
  check(box(0, 0, 4, 4), box(4, 0, 6, 4), {intersects, touches});
  check(box(0, 0, 4, 4), box(5, 0, 6, 4), {disjoint});
  check(box(0, 0, 4, 4), point(4, 4), {intersects, touches});
  check(box(0, 0, 4, 4), point(1, 1), {contains, intersects});
  check(box(0, 0, 4, 4), made(GeometryType::line_string, {{-1, 1}, {5, 1}}), {crosses, intersects});
  check(made(GeometryType::line_string, {{0, 0}, {2, 2}}),
        made(GeometryType::line_string, {{0, 2}, {2, 0}}), {crosses, intersects});
  check(point(1, 1), point(1, 1), {contains, equals, intersects, within});
}

TEST_CASE("boxes that cross the antimeridian are two halves of one") {
  using enum Relation;
  check(box(170, -10, -170, 10), box(175, -5, -175, 5), {contains, intersects});
  check(box(170, -10, -170, 10), point(0, 0), {disjoint});
}

TEST_CASE("collections are related as a whole") {
  using enum Relation;
  check(collection(), point(20, 20), {contains, intersects});
  check(collection(), box(1, 1, 2, 2), {contains, intersects});
  check(collection(), collection(), {contains, equals, intersects, within});
  check(collection(), box(0, 0, 4, 4), {contains, intersects});
  check(collection(), box(0, 0, 30, 30), {intersects, within});
  check(collection(), point(9, 9), {disjoint});
}

TEST_CASE("members of a collection may share area") {
  using enum Relation;
  model::RawGeometry raw;
  raw.type = GeometryType::geometry_collection;
  raw.members = {model::from_wkb(box(0, 0, 4, 4).wkb()), model::from_wkb(box(2, 0, 6, 4).wkb()),
                 model::from_wkb(point(20, 20).wkb())};
  auto const both = geometry::normalise(raw).value();
  check(both, box(6, 0, 8, 4), {intersects, touches});
  check(both, box(3, 1, 5, 3), {contains, intersects});
  check(both, box(0, 0, 6, 4), {contains, intersects});
  check(both, both, {contains, equals, intersects, within});
}

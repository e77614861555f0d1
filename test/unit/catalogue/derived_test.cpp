#include "catalogue/derived.hpp"

#include "support/catch.hpp"
#include "support/stores.hpp"

using namespace terracat;
using namespace terracat::catalogue;

namespace {

model::Instant day(std::int64_t number) {
  return model::Instant(number * 86'400'000);
}

std::vector<Finding> add(Derived& derived, test::ItemSketch const& sketch) {
  auto const write = test::item_write(RecordNumber{1}, sketch);
  query::BodyProperties properties;
  properties.parse(write.item->body);
  auto const& footprint = write.item->footprint;
  auto const bbox = footprint ? std::optional(footprint->bbox()) : std::nullopt;
  return add_item(derived, bbox, write.item.period(), properties);
}

Derived example() {
  Derived derived;
  add(derived, {.id = "a",
                .properties = R"("eo:cloud_cover":10,"platform":"s2a","n":1,"instruments":["msi"],)"
                              R"("updated":"2024-01-01T00:00:00Z","title":"A","x":null,"o":{})",
                .footprint = model::Geometry::box(model::Bbox::restored(170, 0, 175, 1)),
                .datetime = day(10)});
  add(derived, {.id = "b",
                .properties = R"("eo:cloud_cover":2.5,"platform":"s2b","n":"many")",
                .footprint = model::Geometry::box(model::Bbox::restored(178, 0, -178, 5)),
                .start = day(1),
                .end = day(5)});
  return derived;
}

} // namespace

TEST_CASE("a collection learns its area, its time and its properties from its items") {
  auto const derived = example();
  CHECK(derived.bbox == model::Bbox::restored(170, 0, -178, 5));
  CHECK(derived.first == day(1));
  CHECK(derived.last == day(10));
  auto const& cloud = derived.properties.at("eo:cloud_cover");
  CHECK(cloud.type == query::Type::number);
  CHECK(cloud.lowest == 2.5);
  CHECK(cloud.highest == 10);
  CHECK_FALSE(cloud.is_whole);
  CHECK(derived.properties.at("platform").values == std::set<std::string>{"s2a", "s2b"});
  CHECK(derived.properties.at("instruments").type == query::Type::list);
  CHECK(derived.properties.at("updated").type == query::Type::time);
  CHECK(derived.properties.at("n").type == query::Type::number);
  CHECK_FALSE(derived.properties.contains("x"));
  CHECK_FALSE(derived.properties.contains("o"));
}

TEST_CASE("a value of another type than the rest is noticed and counts as missing") {
  auto derived = example();
  auto const findings = add(derived, {.id = "c", .properties = R"("eo:cloud_cover":"none")"});
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].code == FindingCode::value_type_differs);
  CHECK(findings[0].where == "/properties/eo:cloud_cover");
  CHECK(findings[0].excerpt == "\"none\"");
  CHECK(derived.properties.at("eo:cloud_cover").highest == 10);
}

TEST_CASE("too many values are no summary") {
  Derived derived;
  for (int i = 0; i < 25; ++i) {
    add(derived, {.id = "a", .properties = "\"t\":\"value " + std::to_string(i) + "\""});
  }
  CHECK(derived.properties.at("t").has_more_values);
  CHECK(derived.properties.at("t").values.empty());
  render(derived, "", "");
  CHECK(derived.summaries.empty());
}

TEST_CASE("what is answered is what the source states, then what the items say") {
  auto derived = example();
  render(derived, "", "");
  CHECK(derived.extent == R"({"spatial":{"bbox":[[170,0,-178,5]]},"temporal":{"interval":)"
                          R"([["1970-01-02T00:00:00Z","1970-01-11T00:00:00Z"]]}})");
  CHECK(derived.summaries ==
        R"({"eo:cloud_cover":{"minimum":2.5,"maximum":10},"instruments":["msi"],)"
        R"("n":{"minimum":1,"maximum":1},"platform":["s2a","s2b"]})");
  render(derived, R"({"spatial":{"bbox":[[0,0,1,1]]}})", R"({"platform":["other"]})");
  CHECK(derived.extent == R"({"spatial":{"bbox":[[0,0,-178,5]]},"temporal":{"interval":)"
                          R"([["1970-01-02T00:00:00Z","1970-01-11T00:00:00Z"]]}})");
  CHECK(derived.summaries.starts_with(R"({"platform":["other","s2a","s2b"],"eo:cloud_cover")"));
  Derived nothing;
  render(nothing, "", "");
  CHECK(nothing.extent ==
        R"({"spatial":{"bbox":[[-180,-90,180,90]]},"temporal":{"interval":[[null,null]]}})");
}

TEST_CASE("what the source states is widened as far as the items reach, and no further") {
  auto derived = example(); // 170 to -178, 0 to 5; 2 to 11 January 1970
  auto const extent = [&](std::string_view stated) {
    render(derived, stated, "");
    return derived.extent;
  };
  auto const* const wide = R"({"spatial":{"bbox":[[160,-1,-170,9],[160,-1,165,0]],"x":1},)"
                           R"("temporal":{"interval":[["1969-01-01T00:00:00Z",null]]}})";
  CHECK(extent(wide) == wide);
  CHECK(extent(R"({"spatial":{"bbox":[[171,1,-10,-179,2,50],[0,0,1,1]],"x":1},)"
               R"("temporal":{"interval":[["1970-01-03T00:00:00Z","1970-01-04T00:00:00Z"]]}})") ==
        R"({"spatial":{"bbox":[[170,0,-178,5],[0,0,1,1]],"x":1},)"
        R"("temporal":{"interval":[["1970-01-02T00:00:00Z","1970-01-11T00:00:00Z"]]}})");
  CHECK(extent(R"({"spatial":{"bbox":[[0,0,180,9]]},)"
               R"("temporal":{"interval":[[null,"1970-01-04T12:00:00+02:00"]]}})") ==
        R"({"spatial":{"bbox":[[0,0,-178,9]]},)"
        R"("temporal":{"interval":[[null,"1970-01-11T00:00:00Z"]]}})");
  // What cannot be read stays as it is.
  auto const* const odd =
      R"({"spatial":{"bbox":[["w"]]},"temporal":{"interval":[["long ago",null]]}})";
  CHECK(extent(odd) == odd);
  auto const summaries = [&](std::string_view stated) {
    render(derived, "", stated);
    return derived.summaries;
  };
  CHECK(summaries(R"({"eo:cloud_cover":{"minimum":3,"maximum":50},"instruments":["msi"],"n":[7],)"
                  R"("platform":["s2b","s2c"]})") ==
        R"({"eo:cloud_cover":{"minimum":2.5,"maximum":50},"instruments":["msi"],"n":[7,1],)"
        R"("platform":["s2b","s2c","s2a"]})");
  CHECK(summaries(R"({"eo:cloud_cover":{"type":"number"},"instruments":[1],"n":["1"],)"
                  R"("platform":{"enum":["s2a"]}})") ==
        R"({"eo:cloud_cover":{"type":"number"},"instruments":[1],"n":["1"],)"
        R"("platform":{"enum":["s2a"]}})");
}

TEST_CASE("a box is widened the shorter way round the Earth") {
  auto const box = [](double west, double east) { return model::Bbox::restored(west, 0, east, 1); };
  CHECK(widened(box(0, 10), box(5, 20)) == box(0, 20));
  CHECK(widened(box(0, 10), box(2, 3)) == box(0, 10));
  CHECK(widened(box(170, 180), box(-175, -170)) == box(170, -170));
  CHECK(widened(box(-180, -170), box(160, 165)) == box(160, -170));
  CHECK(widened(box(170, -170), box(-168, -160)) == box(170, -160));
  CHECK(widened(box(170, -170), box(150, 160)) == box(150, -170));
  CHECK(widened(box(170, -170), box(160, -175)) == box(160, -170));
  // Items on both sides of it, which their box takes for a world.
  CHECK(widened(box(170, -170), box(-175, 175)) == box(170, -170));
  CHECK(widened(box(170, -170), box(-175, 160)) == box(170, 160));
  CHECK(widened(box(170, -170), model::Bbox::restored(-175, -5, 175, 5)) ==
        model::Bbox::restored(170, -5, -170, 5));
  CHECK(widened(box(-100, 100), box(90, -90)) == box(-180, 180));
}

TEST_CASE("what was derived by other rules counts as too wide until it is made anew") {
  auto derived = example();
  render(derived, "", "");
  auto text = to_text(derived);
  CHECK(derived_from_text(text).is_exact);
  text.replace(text.find("\"rules\":2"), 9, "\"rules\":1");
  CHECK_FALSE(derived_from_text(text).is_exact);
}

TEST_CASE("what is derived comes back as it was kept") {
  auto derived = example();
  derived.items = 2;
  derived.is_exact = false;
  derived.shown_change = 17;
  render(derived, "", "");
  CHECK(derived_from_text(to_text(derived)) == derived);
  CHECK(derived_from_text(to_text(Derived())) == Derived());
  CHECK_THROWS(derived_from_text("no json"));
}

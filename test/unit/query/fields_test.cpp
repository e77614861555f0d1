#include "query/fields.hpp"
#include "query/sort.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::query;

namespace {

constexpr std::string_view item =
    R"({"type":"Feature","stac_version":"1.1.0","id":"a","collection":"c",)"
    R"("geometry":{"type":"Point","coordinates":[1,2]},"bbox":[1,2,1,2],)"
    R"("properties":{"datetime":"2024-01-01T00:00:00Z","eo:cloud_cover":3},)"
    R"("assets":{"B01.tif":{"href":"x"},"B02":{"href":"y"}},"links":[]})";

std::string applied(Fields const& fields) {
  return fields.apply(json::Document::parse(item)->root());
}

std::string parameter(std::string_view text) {
  return applied(Fields::from_parameter(text).value());
}

std::string body(std::string_view text) {
  return applied(Fields::from_body(json::Document::parse(text)->root()).value());
}

constexpr std::string_view identity =
    R"("type":"Feature","stac_version":"1.1.0","id":"a","collection":"c")";

std::string with(std::string_view more) {
  return "{" + std::string(identity) + std::string(more) + "}";
}

} // namespace

TEST_CASE("fields that are included come with what identifies the item") {
  CHECK(parameter("bbox") == with(R"(,"bbox":[1,2,1,2])"));
  CHECK(parameter("+bbox") == with(R"(,"bbox":[1,2,1,2])"));
  CHECK(parameter(" bbox") == with(R"(,"bbox":[1,2,1,2])"));
  CHECK(body(R"({"include":["properties.eo:cloud_cover"]})") ==
        with(R"(,"properties":{"eo:cloud_cover":3})"));
  CHECK(body(R"({"include":["assets.B01.tif"]})") == with(R"(,"assets":{"B01.tif":{"href":"x"}})"));
  CHECK(body(R"({"include":["nothing"]})") == with(""));
}

TEST_CASE("without a name there is what makes a STAC item") {
  auto const whole = with(R"(,"geometry":{"type":"Point","coordinates":[1,2]},"bbox":[1,2,1,2],)"
                          R"("properties":{"datetime":"2024-01-01T00:00:00Z"},)"
                          R"("assets":{"B01.tif":{"href":"x"},"B02":{"href":"y"}},"links":[])");
  CHECK(parameter("") == whole);
  CHECK(body("{}") == whole);
  CHECK(body(R"({"include":null,"exclude":null})") == whole);
  CHECK(body(R"({"include":[],"exclude":[]})") == whole);
  CHECK(body(R"({"include":[],"exclude":["geometry","bbox","assets","links"]})") ==
        with(R"(,"properties":{"datetime":"2024-01-01T00:00:00Z"})"));
}

TEST_CASE("what is only excluded is missing from everything") {
  CHECK(parameter("-geometry,-bbox,-assets,-links") ==
        with(R"(,"properties":{"datetime":"2024-01-01T00:00:00Z","eo:cloud_cover":3})"));
  CHECK(body(R"({"exclude":["geometry","bbox","assets","links","properties.datetime"]})") ==
        with(R"(,"properties":{"eo:cloud_cover":3})"));
}

TEST_CASE("the longer path decides, and of equal ones the inclusion") {
  CHECK(body(R"({"include":["properties.eo:cloud_cover"],"exclude":["properties"]})") ==
        with(R"(,"properties":{"eo:cloud_cover":3})"));
  CHECK(body(R"({"include":["properties"],"exclude":["properties.eo:cloud_cover"]})") ==
        with(R"(,"properties":{"datetime":"2024-01-01T00:00:00Z"})"));
  CHECK(parameter("+bbox,-bbox") == with(R"(,"bbox":[1,2,1,2])"));
  CHECK(parameter("bbox,-collection") ==
        R"({"type":"Feature","stac_version":"1.1.0","id":"a","bbox":[1,2,1,2]})");
}

TEST_CASE("fields that are no object or no names are refused") {
  auto const refused = [](std::string_view text) {
    return Fields::from_body(json::Document::parse(text)->root()).error().where;
  };
  CHECK(refused("null") == "/fields");
  CHECK(refused("[]") == "/fields");
  CHECK(refused(R"({"include":"id"})") == "/fields/include");
  CHECK(refused(R"({"exclude":[1]})") == "/fields/exclude");
}

TEST_CASE("more than a thousand fields are refused") {
  std::string names = "a";
  std::string list = R"("a")";
  for (int i = 1; i < 1'000; ++i) {
    names += ",a" + std::to_string(i);
    list += R"(,"a)" + std::to_string(i) + '"';
  }
  CHECK(Fields::from_parameter(names).has_value());
  CHECK(Fields::from_parameter(names + ",b").error().where == "fields");
  auto const document = json::Document::parse(R"({"exclude":[)" + list + R"(,"b"]})");
  CHECK(Fields::from_body(document->root()).error().where == "/fields/exclude");
}

TEST_CASE("sort keys are read from parameters and bodies") {
  Queryables queryables;
  queryables.add("eo:cloud_cover", Type::number);
  queryables.add("instruments", Type::list);
  auto const keys = read_sortby("-datetime,+properties.eo:cloud_cover, id", queryables).value();
  REQUIRE(keys.size() == 3);
  CHECK(keys[0].property.place == Property::Place::time);
  CHECK(keys[0].descending);
  CHECK(keys[1].property.name == "eo:cloud_cover");
  CHECK_FALSE(keys[1].descending);
  CHECK(keys[2].property.place == Property::Place::id);
  auto const document = json::Document::parse(
      R"([{"field":"properties.datetime","direction":"desc"},{"field":"eo:cloud_cover"},
          {"field":"id","direction":"asc"}])");
  CHECK(read_sortby(document->root(), queryables) == keys);
  CHECK(read_sortby("instruments", queryables).error().kind == ProblemKind::unknown_property);
  CHECK(read_sortby("+,id", queryables).error().where == "sortby");
  CHECK_FALSE(read_sortby("id,id,id,id,id", queryables));
  CHECK(
      read_sortby(json::Document::parse(R"([{"field":"id","direction":"up"}])")->root(), queryables)
          .error()
          .where == "/sortby/0/direction");
  CHECK(read_sortby("+eo:cloud_covr", queryables).error().detail.find("'eo:cloud_cover'") !=
        std::string::npos);
}

#include "query/filter.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::query;

namespace {

Queryables queryables() {
  Queryables made;
  made.add("eo:cloud_cover", Type::number);
  made.add("platform", Type::text);
  made.add("instruments", Type::list);
  made.add("updated", Type::time);
  made.add("deprecated", Type::boolean);
  made.add("mixed", Type::number, {RecordNumber{1}});
  made.add("mixed", Type::text, {RecordNumber{2}});
  return made;
}

Result<Expression> cql2(std::string_view text, FilterLimits limits = {}) {
  auto const document = json::Document::parse(text, {.depth = 1000});
  return read_cql2_json(document->root(), queryables(), "/filter", limits);
}

Result<Expression> extension(std::string_view text) {
  auto const document = json::Document::parse(text);
  return read_query_extension(document->root(), queryables(), "/query");
}

Property own(std::string name, Type type) {
  return {.name = std::move(name), .type = type};
}

Expression cloud(Comparison comparison, double value) {
  return {Compare{own("eo:cloud_cover", Type::number), comparison, value}};
}

model::Instant const new_year(1'704'067'200'000); // 2024-01-01T00:00:00Z

} // namespace

TEST_CASE("an operator that there is not is told with those that there are") {
  auto const refused = cql2(R"({"op":"~","args":[{"property":"platform"},"a"]})");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().detail ==
        "'~' is no operator or function here; did you mean '=', '<', '>'?");
}

TEST_CASE("comparisons of CQL2 JSON") {
  CHECK(cql2(R"({"op":"<=","args":[{"property":"eo:cloud_cover"},30]})") ==
        cloud(Comparison::less_equal, 30));
  CHECK(cql2(R"({"op":"<=","args":[{"property":"properties.eo:cloud_cover"},"30"]})") ==
        cloud(Comparison::less_equal, 30));
  CHECK(cql2(R"({"op":"<","args":[30,{"property":"eo:cloud_cover"}]})") ==
        cloud(Comparison::greater, 30));
  CHECK(cql2(R"({"op":"=","args":[{"property":"platform"},"s2a"]})") ==
        Expression{Compare{own("platform", Type::text), Comparison::equal, std::string("s2a")}});
  CHECK(cql2(R"({"op":"=","args":[{"property":"deprecated"},"True"]})") ==
        Expression{Compare{own("deprecated", Type::boolean), Comparison::equal, true}});
  Property const time{.place = Property::Place::time, .type = Type::time};
  Expression const after{Compare{time, Comparison::greater_equal, new_year}};
  CHECK(cql2(R"({"op":">=","args":[{"property":"datetime"},"2024-01-01T00:00:00Z"]})") == after);
  CHECK(
      cql2(
          R"({"op":">=","args":[{"property":"datetime"},{"timestamp":"2024-01-01T00:00:00Z"}]})") ==
      after);
  CHECK(cql2(R"({"op":">=","args":[{"property":"datetime"},{"date":"2024-01-01"}]})") == after);
}

TEST_CASE("the other operators of CQL2 JSON") {
  auto const low = cloud(Comparison::greater_equal, 10);
  auto const high = cloud(Comparison::less_equal, 20);
  CHECK(cql2(R"({"op":"between","args":[{"property":"eo:cloud_cover"},10,20]})") ==
        Expression{And{{low, high}}});
  CHECK(cql2(R"({"op":"in","args":[{"property":"platform"},["a","b"]]})") ==
        Expression{In{own("platform", Type::text), {std::string("a"), std::string("b")}}});
  CHECK(cql2(R"({"op":"like","args":[{"property":"platform"},"s%"]})") ==
        Expression{Like{own("platform", Type::text), "s%"}});
  CHECK(cql2(R"({"op":"isNull","args":[{"property":"platform"}]})") ==
        Expression{IsNull{own("platform", Type::text)}});
  CHECK(cql2(R"({"op":"not","args":[{"op":"or","args":[
                  {"op":">=","args":[{"property":"eo:cloud_cover"},10]},
                  {"op":"<=","args":[{"property":"eo:cloud_cover"},20]}]}]})") ==
        Expression{Not{{{Or{{low, high}}}}}});
  CHECK(cql2("true") == Expression{Always{}});
  auto const box = model::Geometry::box(model::Bbox::restored(0, 0, 1, 1));
  CHECK(cql2(R"({"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[0,0,1,1]}]})") ==
        Expression{Intersects{box}});
  CHECK(cql2(R"({"op":"s_intersects","args":[{"property":"geometry"},{"type":"Polygon",
                 "coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}]})") ==
        Expression{Intersects{box}});
}

TEST_CASE("a filter that cannot be read says where and why") {
  auto const where = [](std::string_view text) { return cql2(text).error().where; };
  CHECK(where(R"([])") == "/filter");
  CHECK(where(R"({"op":"~","args":[1,2]})") == "/filter/op");
  CHECK(where(R"({"op":"=","args":[{"property":"eo:cloud_cover"}]})") == "/filter/args");
  CHECK(where(R"({"op":"=","args":[{"property":"eo:cloud_cover"},"much"]})") == "/filter/args/1");
  CHECK(where(R"({"op":"=","args":["much",{"property":"eo:cloud_cover"}]})") == "/filter/args/0");
  CHECK(where(R"({"op":"not","args":[{"op":"and","args":[{"op":"=","args":[1,"a"]},true]}]})") ==
        "/filter/args/0/args/0/args/1");
  CHECK(where(R"({"op":"s_intersects","args":[{"property":"geometry"},
                  {"type":"Point","coordinates":[1]}]})") == "/filter/args/1/coordinates");
  CHECK(where(R"({"op":"s_intersects","args":[{"property":"geometry"},{"bbox":"a"}]})") ==
        "/filter/args/1/bbox");
  CHECK(where(R"({"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[]}]})") ==
        "/filter/args/1/bbox");
  auto const unknown = cql2(R"({"op":"=","args":[{"property":"cloud_cover"},1]})").error();
  CHECK(unknown.kind == ProblemKind::unknown_property);
  CHECK(unknown.where == "/filter/args/0/property");
  CHECK(unknown.detail.find("did you mean 'eo:cloud_cover'?") != std::string::npos);
  CHECK(cql2(R"({"op":"=","args":[{"property":"eo:cloud_cover"},"much"]})").error().detail ==
        "'eo:cloud_cover' is compared with \"much\", expected a number");
}

TEST_CASE("depth and size of a filter are bounded") {
  std::string deep = R"({"op":"=","args":[{"property":"eo:cloud_cover"},1]})";
  for (int i = 0; i < 31; ++i) deep = R"({"op":"not","args":[)" + deep + "]}";
  CHECK(cql2(deep));
  deep = R"({"op":"not","args":[)" + deep + "]}";
  CHECK(cql2(deep).error().detail == "the filter is nested more than 32 deep");
  CHECK(cql2(deep, {.depth = 50}));
  std::string wide = R"({"op":"and","args":[true)";
  for (int i = 0; i < 1000; ++i) wide += ",true";
  CHECK(cql2(wide + "]}").error().detail ==
        "the filter has more than 1000 parts: conditions, and values in lists");
  CHECK(cql2(wide + "]}", {.nodes = 2000}));
  std::string const line =
      R"({"op":"s_intersects","args":[{"property":"geometry"},{"type":"LineString",)"
      R"("coordinates":[[0,0],[1,1]]}]})";
  auto const two = R"({"op":"or","args":[)" + line + "," + line + "]}";
  CHECK(cql2(two, {.positions = 3}).error().detail ==
        "the geometries of the filter have more than 3 positions together");
  CHECK(cql2(two, {.positions = 1}).error().detail == "the geometry has more than 1 positions");
  CHECK(cql2(two, {.positions = 4}));
  std::string many = R"({"platform":{"in":["a")";
  for (int i = 0; i < 1000; ++i) many += R"(,"b")";
  CHECK(extension(many + "]}}").error().detail ==
        "the query has more than 1000 parts: conditions, and values in lists");
  CHECK_FALSE(extension(R"({"instruments":)" + many.substr(12) + "]}}"));
}

TEST_CASE("the query extension") {
  CHECK(extension(R"({"eo:cloud_cover":{"lte":30}})") ==
        Expression{And{{cloud(Comparison::less_equal, 30)}}});
  CHECK(extension(R"({"eo:cloud_cover":{"gte":"10","lt":"20.5"}})") ==
        Expression{And{{cloud(Comparison::greater_equal, 10), cloud(Comparison::less, 20.5)}}});
  auto const platform = own("platform", Type::text);
  CHECK(extension(R"({"platform":{"startsWith":"50%"}})") ==
        Expression{And{{{Like{platform, "50\\%%"}}}}});
  CHECK(extension(R"({"platform":{"contains":"x"}})") ==
        Expression{And{{{Like{platform, "%x%"}}}}});
  CHECK(extension(R"({"platform":{"endsWith":"x"}})") == Expression{And{{{Like{platform, "%x"}}}}});
  CHECK(extension(R"({"platform":{"in":["a"]}})") ==
        Expression{And{{{In{platform, {std::string("a")}}}}}});
  CHECK(extension("{}") == Expression{Always{}});
}

TEST_CASE("lists are asked for what they hold") {
  auto const instruments = own("instruments", Type::list);
  auto const made = [&](ListComparison comparison, std::vector<Scalar> values) {
    return Expression{And{{{ListCompare{instruments, comparison, std::move(values)}}}}};
  };
  std::string const msi = "msi";
  CHECK(extension(R"({"instruments":{"eq":["msi"]}})") == made(ListComparison::equals, {msi}));
  CHECK(extension(R"({"instruments":{"eq":"msi"}})") == made(ListComparison::contains, {msi}));
  CHECK(extension(R"({"instruments":{"in":["msi"]}})") == made(ListComparison::overlaps, {msi}));
  CHECK_FALSE(extension(R"({"instruments":{"lt":"msi"}})"));
}

TEST_CASE("a property of two types is asked in both, as far as the literal fits") {
  Property const number{.name = "mixed", .type = Type::number, .only_in = {RecordNumber{1}}};
  Property const text{.name = "mixed", .type = Type::text, .only_in = {RecordNumber{2}}};
  CHECK(extension(R"({"mixed":{"eq":"12"}})") ==
        Expression{And{{{Or{{{Compare{number, Comparison::equal, 12.0}},
                             {Compare{text, Comparison::equal, std::string("12")}}}}}}}});
  CHECK(extension(R"({"mixed":{"eq":"twelve"}})") ==
        Expression{And{{{Compare{text, Comparison::equal, std::string("twelve")}}}}});
}

TEST_CASE("a query that cannot be read says where and why") {
  CHECK(extension("[]").error().where == "/query");
  CHECK(extension(R"({"platform":"x"})").error().where == "/query/platform");
  CHECK(extension(R"({"platform":{"like":"x"}})").error().where == "/query/platform");
  CHECK(extension(R"({"platform":{"in":"x"}})").error().where == "/query/platform/in");
  CHECK(extension(R"({"eo:cloud_cover":{"startsWith":"x"}})").error().where ==
        "/query/eo:cloud_cover/startsWith");
  CHECK(extension(R"({"plattform":{"eq":"x"}})").error().kind == ProblemKind::unknown_property);
}

#include "formats/stac_support.hpp"

using namespace terracat;
using namespace terracat::formats;
using model::Bbox;
using model::GeometryType;
using model::HeightRange;
using model::Instant;

namespace {

using Findings = std::vector<std::string>;

Instant instant(std::string_view text) {
  return model::parse_rfc3339(text).value();
}

/// An item with these members besides those that it must have.
std::string item_with(std::string const& geometry, std::string const& members = "",
                      std::string const& properties = R"("datetime":"2020-01-01T00:00:00Z")") {
  return R"({"type":"Feature","stac_version":"1.1.0","id":"i","geometry":)" + geometry + members +
         R"(,"properties":{)" + properties + R"(},"assets":{},"links":[]})";
}

std::string answer_to(std::string const& document) {
  TestReader reader;
  auto const result = reader.item(document);
  return result ? answered(item_of(result)) : refusal_of(result);
}

} // namespace

TEST_CASE("an item is answered as it came, member by member") {
  TestReader reader;
  auto const result = reader.item(fixture("item.json"));
  REQUIRE(result);
  CHECK(findings_of(result).empty());
  auto const& item = item_of(result);
  CHECK(item->native_id == "ndvi-2021-06-01");
  CHECK(item->collection == "ndvi");
  CHECK(item->datetime == instant("2021-06-01T10:36:29.024Z"));
  CHECK_FALSE(item->start);
  CHECK_FALSE(item->heights);
  CHECK(item->footprint->bbox() == Bbox::make(3.5, 43.5, 4, 44).value());
  CHECK(item->footprint->is_box());
  CHECK_FALSE(item->has_local_assets);
  CHECK(
      item->body ==
      R"("type":"Feature","stac_version":"1.1.0",)"
      R"("geometry":{"type":"Polygon","coordinates":[[[3.5,43.5],[4.0,43.5],[4.0,44.0],[3.5,44.0],[3.5,43.5]]]},)"
      R"("bbox":[3.5,43.5,4.0,44.0],)"
      R"("properties":{"datetime":"2021-06-01T10:36:29.024000Z",)"
      R"("created":"2021-06-02 about noon","eo:cloud_cover":12.5,"storage":"Not Available"},)"
      R"("assets":{"ndvi":{"href":"https://data.example.org/ndvi/2021-06-01.tif",)"
      R"("type":"image/tiff; application=geotiff; profile=cloud-optimized","roles":["data"]}},)"
      R"("stac_extensions":["https://stac-extensions.github.io/eo/v1.1.0/schema.json"],)"
      R"("site:note":{"a":[1,2.5,null]},"links":[)");
}

TEST_CASE("a body becomes an answer by adding the id before and links behind") {
  std::string out = "[";
  append_item(out, R"("type":"Feature","links":[)", "a\"b", "c", R"({"rel":"self"})");
  out += ',';
  append_item(out, R"("type":"Feature","links":[{"rel":"via"})", "d", "", R"({"rel":"self"})");
  out += ',';
  append_item(out, R"("type":"Feature","links":[{"rel":"via"})", "e", "", "");
  CHECK(out + "]" == R"([{"id":"a\"b","collection":"c","type":"Feature","links":[{"rel":"self"}]},)"
                     R"({"id":"d","type":"Feature","links":[{"rel":"via"},{"rel":"self"}]},)"
                     R"({"id":"e","type":"Feature","links":[{"rel":"via"}]}])");
}

TEST_CASE("what an item must have is refused with its place where it is missing") {
  TestReader reader;
  auto const refusal = [&reader](std::string const& document) {
    return refusal_of(reader.item(document));
  };
  auto const rest = std::string(R"("geometry":null,"properties":{},"assets":{},"links":[]})");
  CHECK(refusal("{") == "json-malformed line 1, column 2");
  CHECK(refusal("[]") == "unexpected-root ");
  CHECK(refusal(R"({"type":"FeatureCollection"})") == "unexpected-root /type");
  CHECK(refusal(R"({"type":"Feature","id":"i",)" + rest) == "stac-invalid /stac_version");
  CHECK(refusal(R"({"type":"Feature","stac_version":"0.7.0","id":"i",)" + rest) ==
        "stac-invalid /stac_version");
  CHECK(refusal(R"({"type":"Feature","stac_version":"2.0.0","id":"i",)" + rest) ==
        "stac-invalid /stac_version");
  CHECK(refusal(R"({"type":"Feature","stac_version":"1.0.0",)" + rest) == "no-identifier /id");
  CHECK(refusal(R"({"type":"Feature","stac_version":"1.0.0","id":"",)" + rest) ==
        "no-identifier /id");
  CHECK(refusal(R"({"type":"Feature","stac_version":"1.0.0","id":7,)" + rest) ==
        "stac-invalid /id");
  CHECK(refusal(R"({"type":"Feature","stac_version":"1.0.0","id":"i","collection":7,)" + rest) ==
        "stac-invalid /collection");
  auto const head = std::string(R"({"type":"Feature","stac_version":"1.0.0","id":"i",)");
  CHECK(refusal(head + R"("geometry":null,"assets":{},"links":[]})") == "stac-invalid /properties");
  CHECK(refusal(head + R"("geometry":null,"properties":{},"links":[]})") == "stac-invalid /assets");
  CHECK(refusal(head + R"("geometry":null,"properties":{},"assets":{}})") == "stac-invalid /links");
  CHECK(refusal(head + R"("properties":{},"assets":{},"links":[]})") == "stac-invalid /geometry");
  CHECK(refusal(head + rest) == "read");
}

TEST_CASE("a document that is too deep is told from one that is broken") {
  TestReader reader;
  auto const deep = std::string(R"({"type":"Feature","x":)") + std::string(70, '[') + "\"[\"" +
                    std::string(70, ']') + "}";
  CHECK(refusal_of(reader.item(deep)) == "too-deep ");
  CHECK(refusal_of(reader.item(R"({"x":"[[[[","y":})")) == "json-malformed line 1, column 17");
}

TEST_CASE("a byte order mark is no fault") {
  TestReader reader;
  CHECK(reader.item("\xEF\xBB\xBF" + fixture("item.json")));
}

// ---- Where

TEST_CASE("a geometry that cannot be stored refuses the item") {
  CHECK(answer_to(item_with(R"({"type":"Point","coordinates":[0]})")) ==
        "item-geometry-unreadable /geometry/coordinates");
  CHECK(answer_to(item_with(R"({"type":"Point","coordinates":[650000,6860000]})")) ==
        "item-geometry-unreadable /geometry");
  CHECK(answer_to(item_with("\"POINT EMPTY\"")) == "item-geometry-unreadable /geometry/type");
  CHECK(answer_to(item_with(R"({"type":"GeometryCollection","geometries":[]})")) ==
        "stac-invalid /geometry/type");
}

TEST_CASE("an item without a geometry stays without a box") {
  TestReader reader;
  auto const result = reader.item(item_with("null"));
  REQUIRE(result);
  CHECK_FALSE(item_of(result)->footprint);
  auto const text = answered(item_of(result));
  CHECK(at(text, {"geometry"}) == "null");
  CHECK(at(text, {"bbox"}).empty());
}

TEST_CASE("a box without a geometry becomes one") {
  TestReader reader;
  auto const result = reader.item(item_with("null", R"(,"bbox":[1,2,-5,3,4,10])"));
  REQUIRE(result);
  CHECK(findings_of(result) == Findings{"geometry-mended /geometry"});
  auto const& item = item_of(result);
  CHECK(item->footprint->bbox() == Bbox::make(1, 2, 3, 4).value());
  CHECK(item->heights == HeightRange{-5, 10});
  auto const text = answered(item);
  CHECK(at(text, {"geometry"}) ==
        R"({"type":"Polygon","coordinates":[[[1,2],[3,2],[3,4],[1,4],[1,2]]]})");
  CHECK(at(text, {"bbox"}) == "[1,2,-5,3,4,10]");
}

TEST_CASE("a missing box is that of the geometry, with its heights") {
  TestReader reader;
  auto const result =
      reader.item(item_with(R"({"type":"LineString","coordinates":[[1.5,40,100],[2,41,-3.5]]})"));
  REQUIRE(result);
  CHECK(findings_of(result).empty());
  CHECK(item_of(result)->heights == HeightRange{-3.5, 100});
  CHECK(at(answered(item_of(result)), {"bbox"}) == "[1.5,40,-3.5,2,41,100]");
}

TEST_CASE("heights come from the box before the geometry") {
  TestReader reader;
  auto const result = reader.item(
      item_with(R"({"type":"Point","coordinates":[1,2,3]})", R"(,"bbox":[1,2,0,1,2,9])"));
  REQUIRE(result);
  CHECK(item_of(result)->heights == HeightRange{0, 9});
  CHECK(at(answered(item_of(result)), {"bbox"}) == "[1,2,0,1,2,9]");
}

TEST_CASE("a box that cannot be read is replaced by that of the geometry") {
  TestReader reader;
  auto const box = GENERATE(R"("0,0,1,1")", "[0,0,1]", "[0,0,1,null]", "[500000,0,600000,1]");
  auto const result = reader.item(
      item_with(R"({"type":"Point","coordinates":[1,2]})", std::string(R"(,"bbox":)") + box));
  REQUIRE(result);
  CHECK(findings_of(result) == Findings{"bbox-unreadable /bbox"});
  CHECK(at(answered(item_of(result)), {"bbox"}) == "[1,2,1,2]");
}

TEST_CASE("exchanged corners of a box are put right by the geometry") {
  TestReader reader;
  auto const line = R"({"type":"LineString","coordinates":[[1.3,48],[3.2,50]]})";
  auto const result = reader.item(item_with(line, R"(,"bbox":[3.2,48,1.3,50])"));
  REQUIRE(result);
  CHECK(findings_of(result) == Findings{"bbox-swapped /bbox"});
  CHECK(at(answered(item_of(result)), {"bbox"}) == "[1.3,48,3.2,50]");
}

TEST_CASE("a box across the antimeridian says how the geometry is meant") {
  TestReader reader;
  auto const result = reader.item(fixture("item_antimeridian.json"));
  REQUIRE(result);
  CHECK(findings_of(result).empty());
  auto const& footprint = *item_of(result)->footprint;
  CHECK(footprint.type() == GeometryType::multi_polygon);
  CHECK(footprint.bbox() == Bbox::make(177, -19, -178, -16).value());
  CHECK(at(answered(item_of(result)), {"bbox"}) == "[177,-19,-178,-16]");
}

TEST_CASE("longitudes of a model grid stay as they are written and are wrapped in the footprint") {
  TestReader reader;
  auto const result = reader.item(fixture("item_model_grid.json"));
  REQUIRE(result);
  CHECK(findings_of(result) == Findings{"bbox-wrapped /bbox"});
  auto const& item = item_of(result);
  CHECK(item->footprint->bbox().south() == -90);
  CHECK(item->footprint->bbox().width() == Approx(357.5));
  CHECK(at(answered(item), {"bbox"}) == "[0,-90,357.5,90]");
  CHECK(item->start == instant("2015-01-16T12:00:00Z"));
  CHECK(item->end == instant("8121-12-16T12:00:00Z"));
}

// ---- When

TEST_CASE("times in other forms are answered in UTC, with a finding each") {
  TestReader reader;
  auto const result = reader.item(fixture("item_times.json"));
  REQUIRE(result);
  CHECK(findings_of(result) == Findings{"date-repaired /properties/datetime",
                                        "date-repaired /properties/start_datetime",
                                        "date-repaired /properties/end_datetime"});
  auto const& item = item_of(result);
  CHECK(item->datetime == instant("2020-02-10T06:30:00Z"));
  CHECK(item->start == instant("2020-02-01T10:00:00Z"));
  CHECK(item->end == instant("2020-02-29T23:59:59Z"));
  CHECK(at(answered(item), {"properties"}) ==
        R"({"datetime":"2020-02-10T06:30:00Z","start_datetime":"2020-02-01T10:00:00Z",)"
        R"("end_datetime":"2020-02-29T23:59:59Z"})");
}

TEST_CASE("the member datetime is always there") {
  auto const properties = [](std::string const& written) {
    return at(answer_to(item_with("null", "", written)), {"properties"});
  };
  CHECK(properties("") == R"({"datetime":null})");
  CHECK(properties(R"("datetime":null,"a":1)") == R"({"datetime":null,"a":1})");
  CHECK(properties(R"("start_datetime":"2020-01-01T00:00:00Z","end_datetime":null)") ==
        R"({"datetime":null,"start_datetime":"2020-01-01T00:00:00Z"})");
}

TEST_CASE("an item that says nothing about its time is kept, with a finding") {
  TestReader reader;
  auto const result = reader.item(item_with("null", "", R"("datetime":null)"));
  REQUIRE(result);
  CHECK(findings_of(result) == Findings{"datetime-missing /properties/datetime"});
  CHECK_FALSE(item_of(result).time());
}

TEST_CASE("a time that cannot be read is left out, with what stood there") {
  TestReader reader;
  auto const result = reader.item(item_with(
      "null", "",
      R"("datetime":"2015-14-12","start_datetime":[1],"end_datetime":"2020-01-01T00:00:00Z")"));
  REQUIRE(result);
  REQUIRE(findings_of(result) == Findings{"date-unreadable /properties/datetime",
                                          "date-unreadable /properties/start_datetime"});
  CHECK(result->findings[0].excerpt == R"("2015-14-12")");
  CHECK(result->findings[1].excerpt == "[1]");
  CHECK(at(answered(item_of(result)), {"properties"}) ==
        R"({"datetime":null,"end_datetime":"2020-01-01T00:00:00Z"})");
}

TEST_CASE("a period that ends before it starts is turned round") {
  TestReader reader;
  auto const result = reader.item(item_with(
      "null", "",
      R"("start_datetime":"2021-01-01T00:00:00Z","end_datetime":"2020-01-01T00:00:00Z")"));
  REQUIRE(result);
  CHECK(findings_of(result) == Findings{"interval-reversed /properties/start_datetime"});
  CHECK(item_of(result)->start == instant("2020-01-01T00:00:00Z"));
  CHECK(at(answered(item_of(result)), {"properties", "end_datetime"}) ==
        R"("2021-01-01T00:00:00Z")");
}

// ---- Files and links

TEST_CASE("relative hrefs are resolved against the document's own address") {
  TestReader reader;
  reader.address = "https://stac.example.org/c/items/hrefs.json";
  auto const result = reader.item(fixture("item_hrefs.json"));
  REQUIRE(result);
  CHECK(findings_of(result) == Findings{"href-refused /assets/drive/href",
                                        "href-refused /assets/file/href",
                                        "href-refused /assets/none/href"});
  auto const text = answered(item_of(result));
  auto const href = [&text](std::string const& key) { return at(text, {"assets", key, "href"}); };
  CHECK(href("beside") == R"("https://stac.example.org/c/items/beside.tif")");
  CHECK(href("above") == R"("https://stac.example.org/c/shared/above.tif")");
  CHECK(href("windows") == R"("https://stac.example.org/c/items/sub/windows.tif")");
  CHECK(href("blank") == R"("https://stac.example.org/c/items/my%20file.tif")");
  CHECK(href("absolute") == R"("https://other.example.org/a.tif")");
  CHECK(href("bucket") == R"("s3://bucket/auth0|7/key.tif")"); // a key, no URL
  CHECK(href("drive").empty());
  CHECK(at(text, {"assets", "beside", "title"}) == R"("kept")");
}

TEST_CASE("what a reading made reads as the same item") {
  auto const name = GENERATE("item.json", "item_0.8.json", "item_antimeridian.json",
                             "item_hrefs.json", "item_links.json", "item_model_grid.json",
                             "item_projection.json", "item_times.json", "item_twins.json");
  CAPTURE(name);
  TestReader reader;
  reader.local_assets = "gaia/2020/";
  auto const result = reader.item(fixture(name));
  REQUIRE(result);
  auto const& item = item_of(result);
  reader.local_assets.clear();
  reader.is_ours = true;
  auto const replayed = reader.item(answered(item));
  REQUIRE(replayed);
  auto const& again = item_of(replayed);
  CHECK(again->body == item->body);
  CHECK(again->native_id == item->native_id);
  CHECK(again->collection == item->collection);
  CHECK(again->datetime == item->datetime);
  CHECK(again->start == item->start);
  CHECK(again->end == item->end);
  CHECK(again->footprint == item->footprint);
  CHECK(again->heights == item->heights);
  CHECK(again->has_local_assets == item->has_local_assets);
}

TEST_CASE("a source cannot name files of the site itself") {
  TestReader reader;
  reader.local_assets = "gaia/2020/";
  auto const result =
      reader.item(R"({"type":"Feature","stac_version":"1.1.0","id":"i","geometry":null,)"
                  R"("properties":{"datetime":"2020-01-01T00:00:00Z"},)"
                  R"("assets":{"a":{"href":"terracat-asset:other/secret.nc"}},"links":[]})");
  REQUIRE(result);
  CHECK(findings_of(result) == Findings{"href-refused /assets/a/href"});
}

TEST_CASE("relative hrefs mean files of the site itself where it serves them, never outside") {
  TestReader reader;
  reader.address = "https://stac.example.org/c/items/hrefs.json";
  reader.local_assets = "gaia/2020/";
  auto const result = reader.item(fixture("item_hrefs.json"));
  REQUIRE(result);
  CHECK(item_of(result)->has_local_assets);
  CHECK(findings_of(result) ==
        Findings{"href-refused /assets/outside/href", "href-refused /assets/hidden/href",
                 "href-refused /assets/drive/href", "href-refused /assets/file/href",
                 "href-refused /assets/none/href"});
  auto const text = answered(item_of(result));
  auto const href = [&text](std::string const& key) { return at(text, {"assets", key, "href"}); };
  CHECK(href("beside") == R"("terracat-asset:gaia/2020/beside.tif")");
  CHECK(href("above") == R"("terracat-asset:gaia/shared/above.tif")");
  CHECK(href("windows") == R"("terracat-asset:gaia/2020/sub/windows.tif")");
  CHECK(href("blank") == R"("terracat-asset:gaia/2020/my%20file.tif")");
  CHECK(href("absolute") == R"("https://other.example.org/a.tif")");
}

TEST_CASE("a relative href without anything to resolve it is left out") {
  TestReader reader;
  reader.address = "file:///data/item.json";
  auto const result = reader.item(fixture("item_hrefs.json"));
  REQUIRE(result);
  CHECK(findings_of(result).front() == "href-relative /assets/beside/href");
  CHECK(
      at(answered(item_of(result)), {"assets"}) ==
      R"({"absolute":{"href":"https://other.example.org/a.tif"},"bucket":{"href":"s3://bucket/auth0|7/key.tif"}})");
}

TEST_CASE("links of the source's own structure go, where it came from stays") {
  TestReader reader;
  auto const result = reader.item(fixture("item_links.json"));
  REQUIRE(result);
  CHECK(findings_of(result) ==
        Findings{"href-refused /links/6/href", "href-refused /links/8/href"});
  CHECK(
      at(answered(item_of(result)), {"links"}) ==
      R"([{"rel":"via","href":"https://stac.example.org/collections/c/items/linked","type":"application/geo+json"},)"
      R"({"rel":"derived_from","href":"https://stac.example.org/collections/raw/items/1","title":"raw"},)"
      R"({"rel":"license","href":"https://example.org/licence%20of%20use.html"}])");
}

TEST_CASE("a second member of the same name carries nothing into an answer") {
  TestReader reader;
  auto const result = reader.item(fixture("item_twins.json"));
  REQUIRE(result);
  auto const text = answered(item_of(result));
  CHECK(text.find("javascript") == std::string::npos);
  CHECK(text.find("data:") == std::string::npos);
  CHECK(item_of(result)->native_id == "twins");
  CHECK(at(text, {"properties"}) == R"({"datetime":"2020-01-01T00:00:00Z"})");
  CHECK(
      at(text, {"assets"}) ==
      R"({"a":{"href":"https://example.org/a.tif"},)"
      R"("b":{"href":"https://example.org/b.tif","alternate":{"s3":{"href":"s3://bucket/b.tif"}}}})");
  CHECK(findings_of(result) == Findings{"href-refused /assets/b/alternate/bad/href"});
}

TEST_CASE("the reference system is answered in both spellings where it is known") {
  TestReader reader;
  auto const result = reader.item(fixture("item_projection.json"));
  REQUIRE(result);
  auto const text = answered(item_of(result));
  CHECK(at(text, {"properties"}) == R"({"datetime":"2020-01-01T00:00:00Z","proj:shape":[10,10],)"
                                    R"("proj:epsg":32631,"proj:code":"EPSG:32631"})");
  CHECK(at(text, {"assets", "code"}) ==
        R"({"href":"https://example.org/1.tif","proj:epsg":2154,"proj:code":"EPSG:2154"})");
  CHECK(at(text, {"assets", "moon"}) ==
        R"({"href":"https://example.org/2.tif","proj:code":"IAU_2015:30100"})");
  CHECK(at(text, {"assets", "none"}) == R"({"href":"https://example.org/3.tif","gsd":10})");
  CHECK(at(text, {"assets", "text"}) ==
        R"({"href":"https://example.org/4.tif","proj:epsg":4326,"proj:code":"EPSG:4326"})");
  // The one version of the extension whose schema allows both.
  CHECK(at(text, {"stac_extensions"}) ==
        R"(["https://stac-extensions.github.io/projection/v1.2.0/schema.json",)"
        R"("https://stac-extensions.github.io/eo/v1.0.0/schema.json"])");
}

// ---- Former versions

TEST_CASE("an item of version 0.8 is answered as one of today") {
  TestReader reader;
  reader.address = "https://old.example.org/";
  auto const result = reader.item(fixture("item_0.8.json"));
  REQUIRE(result);
  CHECK(findings_of(result).empty());
  auto const& item = item_of(result);
  CHECK(item->collection.empty());
  CHECK(item->start == instant("2019-05-01T00:00:00Z"));
  CHECK(item->end == instant("2019-05-02T00:00:00Z"));
  auto const text = answered(item);
  CHECK(at(text, {"stac_version"}) == R"("1.1.0")");
  CHECK(at(text, {"collection"}).empty());
  CHECK(at(text, {"stac_extensions"}) ==
        R"(["https://stac-extensions.github.io/eo/v1.0.0/schema.json",)"
        R"("https://stac-extensions.github.io/scientific/v1.0.0/schema.json"])");
  CHECK(at(text, {"properties"}) ==
        R"({"datetime":"2019-05-01T00:00:00Z","start_datetime":"2019-05-01T00:00:00Z",)"
        R"("end_datetime":"2019-05-02T00:00:00Z","platform":"spot-5","instruments":["hrg"],)"
        R"("gsd":5,"view:sun_azimuth":120.5,"eo:off_nadir":3,"view:off_nadir":4,)"
        R"("eo:bands":[{"name":"B1","gsd":5}],"proj:epsg":2154,"proj:code":"EPSG:2154"})");
  CHECK(at(text, {"assets"}) == R"({"image":{"key":"image","href":"https://example.org/spot.tif"},)"
                                R"("asset-1":{"href":"https://example.org/spot.jpg"}})");
  CHECK(at(text, {"bbox"}) == "[2.3,48.9,2.3,48.9]");
}

TEST_CASE("a property keeps a name that was no former one in its version") {
  auto const document = [](std::string const& version) {
    return R"({"type":"Feature","stac_version":")" + version +
           R"(","id":"i","geometry":null,"properties":{"datetime":"2020-01-01T00:00:00Z",)"
           R"("eo:gsd":1,"eo:platform":"p"},"assets":{},"links":[]})";
  };
  auto const properties = [&](std::string const& version) {
    return at(answer_to(document(version)), {"properties"});
  };
  CHECK(properties("0.8.0") == R"({"datetime":"2020-01-01T00:00:00Z","gsd":1,"platform":"p"})");
  CHECK(properties("0.9.0") == R"({"datetime":"2020-01-01T00:00:00Z","gsd":1,"eo:platform":"p"})");
  CHECK(properties("1.0.0-beta.2") ==
        R"({"datetime":"2020-01-01T00:00:00Z","eo:gsd":1,"eo:platform":"p"})");
}

TEST_CASE("lists of absurd length are refused, but for links") {
  TestReader reader;
  auto const list = [](std::size_t length) {
    std::string text = "[1";
    for (std::size_t i = 1; i < length; ++i) text += ",1";
    return text + "]";
  };
  std::string members = R"("a":1)";
  for (int i = 1; i < 10'001; ++i) members += R"(,"a":1)";
  CHECK(refusal_of(reader.item(item_with("null", R"(,"stac_extensions":)" + list(10'001)))) ==
        "too-large /stac_extensions");
  CHECK(refusal_of(reader.item(item_with("null", "", members))) == "too-large /properties");
  CHECK(refusal_of(reader.item(item_with("null", R"(,"other":)" + list(10'001)))) == "read");
  auto const collection = std::string(R"({"type":"Collection","stac_version":"1.0.0","id":"a",)");
  CHECK(refusal_of(reader.collection(collection + members + "}")) == "too-large ");
  CHECK(refusal_of(reader.collection(collection + R"("keywords":)" + list(10'001) + "}")) ==
        "too-large /keywords");
  CHECK(refusal_of(reader.collection(collection + R"("keywords":)" + list(10'000) + "}")) ==
        "read");
  CHECK(refusal_of(reader.collection(collection + R"("links":)" + list(10'001) + "}")) == "read");
  CHECK(refusal_of(reader.collection(collection + R"("extent":{"spatial":{"bbox":)" + list(10'001) +
                                     "}}}")) == "too-large /extent/spatial/bbox");
  CHECK(refusal_of(reader.record(R"({"type":"Feature","id":"a","properties":{"formats":)" +
                                 list(10'001) + "}}")) == "too-large /properties/formats");
}

TEST_CASE("a document with a thousand faults has a bounded list of findings") {
  std::string links;
  for (int i = 0; i < 1000; ++i) links += R"({"rel":"about","href":"javascript:x"},)";
  links += R"({"rel":"about","href":"javascript:x"})";
  TestReader reader;
  auto const result = reader.item(
      R"({"type":"Feature","stac_version":"1.0.0","id":"i","geometry":null,"properties":{},)"
      R"("assets":{},"links":[)" +
      links + "]}");
  REQUIRE(result);
  CHECK(result->findings.size() == 100);
  CHECK(at(answered(item_of(result)), {"links"}) == "[]");
}

// Products of Earth observation (RESTO, OData, Atom), which become items, and descriptions of
// searches for them.

#include "formats/iso_support.hpp"
#include "formats/stac_text.hpp"

using namespace terracat;
using namespace terracat::test;

namespace {

struct Reader {
  json::Parser json;
  std::string address;
  std::string native_id;

  formats::ReadContext context() {
    return {.address = address,
            .language = {},
            .local_assets = {},
            .json = json,
            .native_id = native_id};
  }
};

model::ItemParts item(formats::ReadResult const& result) {
  if (!result) FAIL(name(result.error().code) << " " << result.error().where);
  return *std::get<model::Item>(result->resource);
}

Strings noted(formats::ReadResult const& result) {
  Strings out;
  if (!result) return {std::string(name(result.error().code)) + " " + result.error().where};
  for (auto const& finding : result->findings) {
    out.push_back(std::string(name(finding.code)) + " " + finding.where);
  }
  return out;
}

std::string answered(model::ItemParts const& parts) {
  std::string out;
  formats::append_item(out, parts.body, parts.native_id, parts.collection, {});
  return out;
}

formats::ReadResult resto(std::string_view document) {
  Reader reader;
  return formats::read_resto(document, reader.context());
}

/// A product with what is needed, and these properties.
std::string product(std::string const& properties) {
  return R"({"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[2,43]},)"
         R"("properties":{)" +
         properties + "}}";
}

std::string body(std::string const& properties) {
  return item(resto(product(properties))).body;
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

formats::ReadResult description(std::string_view document, std::string address,
                                std::string native_id = {}) {
  Reader reader;
  reader.address = std::move(address);
  reader.native_id = std::move(native_id);
  return formats::read_opensearch(document, reader.context());
}

} // namespace

TEST_CASE("RESTO: a whole product becomes an item") {
  auto const reading = resto(fixture("formats/products/resto.json"));
  CHECK(noted(reading).empty());
  auto const parts = item(reading);
  CHECK(parts.native_id == "0b1f9f6e-1111-2222-3333-444444444444");
  CHECK(parts.collection == "OTHER");
  REQUIRE(parts.start);
  REQUIRE(parts.end);
  CHECK(model::to_iso8601(*parts.start) == "2024-06-15T10:56:31.024Z");
  CHECK(model::to_iso8601(*parts.end) == "2024-06-15T10:56:45.024Z");
  CHECK_FALSE(parts.datetime);
  CHECK(answered(parts) ==
        R"({"id":"0b1f9f6e-1111-2222-3333-444444444444","collection":"OTHER","type":"Feature",)"
        R"("stac_version":"1.1.0","geometry":{"type":"Polygon","coordinates":[[[2,43],[3.4,43],)"
        R"([3.4,44],[2,44],[2,43]]]},"bbox":[2,43,3.4,44],"properties":{"datetime":null,)"
        R"("start_datetime":"2024-06-15T10:56:31.024Z","end_datetime":"2024-06-15T10:56:45.024Z",)"
        R"("created":"2024-06-15T16:00:00Z","title":"SATA_L2A_20240615T105631_T31TDJ.SAFE",)"
        R"("platform":"SAT-A","instruments":["CAM","IR"],)"
        R"("providers":[{"name":"Space agency","roles":["producer"]}],"product:type":"OPTL2A",)"
        R"("processing:level":"L2A","gsd":10,"eo:cloud_cover":12.5,"sat:absolute_orbit":46912,)"
        R"("sat:relative_orbit":94,"sat:orbit_state":"descending","grid:code":"MGRS-31TDJ"},)"
        R"("assets":{"product":{"href":"https://resto.example/collections/SAT/)"
        R"(0b1f9f6e-1111-2222-3333-444444444444/download","type":"application/zip",)"
        R"("roles":["data"],"file:size":781865648,)"
        R"("file:checksum":"d5011064ffca4b9cd13d094ed05554e010db5a"},)"
        R"("quicklook":{"href":"https://resto.example/quicklook/0b1f9f6e.jpg",)"
        R"("type":"image/jpeg","roles":["overview"]}},)"
        R"("stac_extensions":["https://stac-extensions.github.io/product/v0.1.0/schema.json",)"
        R"("https://stac-extensions.github.io/processing/v1.2.0/schema.json",)"
        R"("https://stac-extensions.github.io/eo/v2.0.0/schema.json",)"
        R"("https://stac-extensions.github.io/sat/v1.1.0/schema.json",)"
        R"("https://stac-extensions.github.io/grid/v1.1.0/schema.json",)"
        R"("https://stac-extensions.github.io/file/v2.1.0/schema.json"],)"
        R"("links":[{"rel":"via","href":"https://resto.example/collections/SAT/)"
        R"(0b1f9f6e-1111-2222-3333-444444444444.json"}]})");
}

TEST_CASE("RESTO: what says nothing or lies out of its range is left out") {
  CHECK(has(body(R"("startDate":"2024-01-01T00:00:00Z")"),
            R"("properties":{"datetime":"2024-01-01T00:00:00Z"})"));
  CHECK(has(body(R"("startDate":"2024-01-01T00:00:00Z","cloudCover":101,"orbitNumber":0,)"
                 R"("relativeOrbitNumber":1.5,"resolution":0,"orbitDirection":"up",)"
                 R"("platform":"","mgrs":"Paris","instrument":"-","snowCover":null)"),
            R"("properties":{"datetime":"2024-01-01T00:00:00Z"})"));
  // Only where there are polarisations is the mode one of a radar.
  CHECK(has(body(R"("startDate":"2024-01-01T00:00:00Z","sensorMode":"IW","polarisation":"VH,VV")"),
            R"("sar:polarizations":["VH","VV"],"sar:instrument_mode":"IW")"));
  CHECK_FALSE(has(body(R"("startDate":"2024-01-01T00:00:00Z","sensorMode":"INS-NOBS")"), "sar:"));
}

TEST_CASE("RESTO: findings tell where the product says it") {
  CHECK(noted(resto(product(R"("startDate":"soon","completionDate":"2024-01-02T00:00:00Z")"))) ==
        Strings{"date-unreadable /properties/startDate"});
  CHECK(noted(resto(product(R"("startDate":"2024-01-03","completionDate":"2024-01-02")"))) ==
        Strings{"date-repaired /properties/startDate", "date-repaired /properties/completionDate",
                "interval-reversed /properties/startDate"});
  CHECK(noted(resto(product(R"("productIdentifier":"x")"))) == Strings{"datetime-missing "});
  CHECK(noted(resto(
            product(R"("startDate":"2024-01-01T00:00:00Z","quicklook":"file:///etc/passwd")"))) ==
        Strings{"href-refused /properties/quicklook"});
  CHECK(noted(resto(R"({"type":"Feature","properties":{}})")) == Strings{"no-identifier /id"});
  CHECK(noted(resto(R"({"type":"Feature","id":"a"})")) == Strings{"unexpected-root /properties"});
  CHECK(noted(resto(R"({"type":"Point","id":"a","properties":{}})")) ==
        Strings{"unexpected-root /type"});
  CHECK(noted(resto(R"({"type":"Feature","id":"a","geometry":{"type":"Point"},)"
                    R"("properties":{}})")) ==
        Strings{"item-geometry-unreadable /geometry/coordinates"});
}

TEST_CASE("RESTO: what a harvest asked for is the collection") {
  auto const parts = item(resto(R"({"type":"Feature","collection":"S2","id":7,"geometry":null,)"
                                R"("properties":{"collection":"S2ST",)"
                                R"("startDate":"2024-01-01T00:00:00Z"}})"));
  CHECK(parts.collection == "S2");
  CHECK(parts.native_id == "7");
  CHECK_FALSE(parts.footprint);
}

TEST_CASE("OData: a whole product becomes an item") {
  Reader reader;
  reader.address = "https://odata.example/odata/v1/Products(78d5c597-1111-2222-3333-444444444444)";
  auto const reading =
      formats::read_odata(fixture("formats/products/odata.json"), reader.context());
  CHECK(noted(reading).empty());
  auto const parts = item(reading);
  CHECK(parts.native_id == "78d5c597-1111-2222-3333-444444444444");
  CHECK(
      answered(parts) ==
      R"({"id":"78d5c597-1111-2222-3333-444444444444","type":"Feature",)"
      R"("stac_version":"1.1.0","geometry":{"type":"Polygon","coordinates":[[[-105,29],[-103,29],)"
      R"([-103,27],[-105,27],[-105,29]]]},"bbox":[-105,27,-103,29],"properties":{"datetime":null,)"
      R"("start_datetime":"2014-10-04T00:58:44.620Z","end_datetime":"2014-10-04T00:59:13.611Z",)"
      R"("created":"2017-12-16T09:13:28.955Z","updated":"2018-01-01T00:00:00.000Z",)"
      R"("title":"SARA_IW_GRDH_20141004T005844","platform":"SAR-1A","instruments":["SAR"],)"
      R"("providers":[{"name":"ESA","roles":["producer"]}],"product:type":"IW_GRDH_1S",)"
      R"("processing:level":"LEVEL1","sat:absolute_orbit":2673,"sat:orbit_state":"ascending",)"
      R"("sar:polarizations":["VV","VH"],"sar:instrument_mode":"IW"},"assets":{)"
      R"("product":{"href":"https://odata.example/odata/v1/)"
      R"(Products(78d5c597-1111-2222-3333-444444444444)/$value",)"
      R"("title":"SARA_IW_GRDH_20141004T005844.SAFE","type":"application/octet-stream",)"
      R"("roles":["data"],"file:size":1024000,)"
      R"("file:checksum":"d5011000112233445566778899aabbccddeeff",)"
      R"("alternate":{"s3":{"href":)"
      R"("s3://eodata/SAR-1/2014/10/04/SARA_IW_GRDH_20141004T005844.SAFE"}}},)"
      R"("quicklook":{"href":"https://odata.example/odata/v1/Assets(q)/$value",)"
      R"("roles":["overview"]}},)"
      R"("stac_extensions":["https://stac-extensions.github.io/product/v0.1.0/schema.json",)"
      R"("https://stac-extensions.github.io/processing/v1.2.0/schema.json",)"
      R"("https://stac-extensions.github.io/sat/v1.1.0/schema.json",)"
      R"("https://stac-extensions.github.io/file/v2.1.0/schema.json",)"
      R"("https://stac-extensions.github.io/alternate-assets/v1.2.0/schema.json"],)"
      R"("links":[{"rel":"via","href":"https://odata.example/odata/v1/)"
      R"x(Products(78d5c597-1111-2222-3333-444444444444)"}]})x");
}

TEST_CASE("OData: of a file that somebody kept, the object in the store is the product") {
  Reader reader;
  auto const parts =
      item(formats::read_odata(fixture("formats/products/odata.json"), reader.context()));
  CHECK(has(parts.body,
            R"("href":"s3://eodata/SAR-1/2014/10/04/SARA_IW_GRDH_20141004T005844.SAFE")"));
  CHECK_FALSE(has(parts.body, "via"));
  CHECK(noted(formats::read_odata(R"({"Name":"a","ContentDate":{}})", reader.context())) ==
        Strings{"no-identifier /Id"});
  CHECK(noted(formats::read_odata(R"({"Id":"a"})", reader.context())) ==
        Strings{"unexpected-root /Name"});
  CHECK(noted(formats::read_odata(
            R"({"Id":"a","Name":"n","ContentDate":{"Start":"x"},"Footprint":"nowhere"})",
            reader.context())) ==
        Strings{"date-unreadable /ContentDate/Start", "datetime-missing /ContentDate/Start"});
}

TEST_CASE("OData: of an answer, each product is a document") {
  Reader reader;
  auto const split = [&](std::string_view document) {
    return formats::split_odata(document, reader.context());
  };
  std::string const answer =
      R"({"@odata.context":"$metadata#Products","value":[{"Id":"a"},{"Id":"b"}]})";
  CHECK(*split(answer) == Strings{R"({"Id":"a"})", R"({"Id":"b"})"});
  CHECK(formats::recognise(answer)->name == "odata");
  CHECK(formats::recognise(R"({"value":[{"Id":"a"}]})") == nullptr);
  auto const one = fixture("formats/products/odata.json");
  CHECK(*split(one) == Strings{one});
  CHECK(split(R"({"value":[]})").error().code == FindingCode::unexpected_root);
  CHECK(split(R"({"value":7})").error().code == FindingCode::unexpected_root);
  CHECK(split(R"({"value":[)").error().code == FindingCode::json_malformed);
}

TEST_CASE("Atom: a whole entry becomes an item") {
  Reader reader;
  auto const reading = formats::read_atom(fixture("formats/products/entry.xml"), reader.context());
  CHECK(noted(reading) == Strings{"href-refused /entry/link[4]"});
  auto const parts = item(reading);
  CHECK(parts.native_id == "GRANULE-7");
  CHECK(parts.collection.empty());
  CHECK(answered(parts) ==
        R"({"id":"GRANULE-7","type":"Feature",)"
        R"("stac_version":"1.1.0","geometry":{"type":"Polygon","coordinates":[[[2,40],[8,40],)"
        R"([8,44],[2,44],[2,40]]]},"bbox":[2,40,8,44],"properties":{"datetime":null,)"
        R"("start_datetime":"2023-05-03T00:00:00Z","end_datetime":"2023-05-03T23:59:59Z",)"
        R"("title":"Aerosols over the sea, 3 May 2023","description":"Optical depth",)"
        R"("created":"2023-05-04T00:00:00Z","updated":"2023-05-05T08:00:00Z",)"
        R"("platform":"PARASOL","instruments":["POLDER"],)"
        R"("providers":[{"name":"Data centre","roles":["producer"]}],"product:type":"AOD",)"
        R"("eo:cloud_cover":40,"sat:absolute_orbit":1234},"assets":{)"
        R"("product":{"href":"https://search.example/data/7.nc","title":"NetCDF",)"
        R"("type":"application/x-netcdf","roles":["data"],"file:size":52428800},)"
        R"("thumbnail":{"href":"https://search.example/small/7.png","type":"image/png",)"
        R"("roles":["thumbnail"]},"quicklook":{"href":"https://search.example/large/7.png",)"
        R"("type":"image/png","roles":["overview"]}},)"
        R"("stac_extensions":["https://stac-extensions.github.io/product/v0.1.0/schema.json",)"
        R"("https://stac-extensions.github.io/eo/v2.0.0/schema.json",)"
        R"("https://stac-extensions.github.io/sat/v1.1.0/schema.json",)"
        R"("https://stac-extensions.github.io/file/v2.1.0/schema.json"],)"
        R"("links":[{"rel":"via","href":"https://search.example/iso/7.xml"}]})");
}

TEST_CASE("Atom: places in every way that GeoRSS knows") {
  auto const footprint = [](std::string const& place) {
    Reader reader;
    auto const parts = item(formats::read_atom(
        R"(<entry xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://www.georss.org/georss" )"
        R"(xmlns:gml="http://www.opengis.net/gml"><id>a</id>)" +
            place + "</entry>",
        reader.context()));
    if (!parts.footprint) return Strings{};
    auto const box = parts.footprint->bbox();
    return Strings{std::to_string(static_cast<int>(box.west())),
                   std::to_string(static_cast<int>(box.south())),
                   std::to_string(static_cast<int>(box.east())),
                   std::to_string(static_cast<int>(box.north()))};
  };
  CHECK(footprint("<g:point>43 2</g:point>") == Strings{"2", "43", "2", "43"});
  CHECK(footprint("<g:box>43.000000000 2.000000000 44.000000000 3.000000000</g:box>") ==
        Strings{"2", "43", "3", "44"});
  CHECK(footprint("<g:polygon>43,2 43,3 44,3 43,2</g:polygon>") == Strings{"2", "43", "3", "44"});
  CHECK(footprint("<g:where><gml:Polygon srsName='EPSG:4326'><gml:exterior><gml:LinearRing>"
                  "<gml:posList>43 2 43 3 44 3 43 2</gml:posList></gml:LinearRing>"
                  "</gml:exterior></gml:Polygon></g:where>") == Strings{"2", "43", "3", "44"});
  CHECK(footprint("<g:where><gml:Polygon srsName='http://www.opengis.net/def/crs/OGC/1.3/CRS84'>"
                  "<gml:exterior><gml:LinearRing><gml:posList>2 43 2 44 3 44 2 43</gml:posList>"
                  "</gml:LinearRing></gml:exterior></gml:Polygon></g:where>") ==
        Strings{"2", "43", "3", "44"});
  CHECK(footprint("<g:where><gml:Point><gml:pos>43 2</gml:pos></gml:Point></g:where>") ==
        Strings{"2", "43", "2", "43"});
  CHECK(footprint("<g:polygon>43 2 43</g:polygon><g:point>1 1</g:point>") ==
        Strings{"1", "1", "1", "1"});
  CHECK(footprint("<g:box>43 2</g:box>").empty());
  CHECK(footprint("").empty());
}

TEST_CASE("Atom: positions of GML with a height each") {
  auto const read = [](std::string const& attribute, std::string const& numbers) {
    Reader reader;
    return formats::read_atom(
        R"(<entry xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://www.georss.org/georss" )"
        R"(xmlns:gml="http://www.opengis.net/gml"><id>a</id><g:where><gml:Polygon )" +
            attribute + "><gml:exterior><gml:LinearRing><gml:posList>" + numbers +
            "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></g:where></entry>",
        reader.context());
  };
  // Twelve numbers would be six pairs as well, of which (10, 43) is one.
  auto const whole = read("srsDimension='3'", "43 2 10 43 3 10 44 3 10 43 2 10");
  CHECK(noted(whole) == Strings{"datetime-missing "});
  auto const parts = item(whole);
  REQUIRE(parts.footprint);
  CHECK(answered(parts).find(R"("bbox":[2,43,3,44])") != std::string::npos);
  // Fifteen of them can be nothing else, although nobody says it.
  auto const odd = read("", "43 2 10 43 3 10 44 3 10 44 2 10 43 2 10");
  CHECK(answered(item(odd)).find(R"("bbox":[2,43,3,44])") != std::string::npos);
  for (auto const* const numbers : {"43 2 10 43 3 10 44 3 10 43 2", "43 2 10 43 3 10 44 3 10",
                                    "43 2 10 43 x 10 44 3 10 43 2 10"}) {
    auto const spoilt = read("srsDimension='3'", numbers);
    CHECK_FALSE(item(spoilt).footprint);
    CHECK(noted(spoilt).back() == "geometry-unreadable /entry/where");
  }
}

TEST_CASE("OpenSearch: a description becomes the record of a collection") {
  auto const reading = description(fixture("formats/products/describe.xml"),
                                   "https://resto.example/api/collections/SAT/describe.xml");
  auto const record = parts_of(reading);
  CHECK(record.native_id == "SAT");
  CHECK(record.type == "series");
  CHECK(record.title == model::LocalText("en", "Images of SAT"));
  CHECK(record.description == model::LocalText("en", "Images of the land,\nevery five days"));
  REQUIRE(record.keyword_sets.size() == 1);
  REQUIRE(record.keyword_sets[0].keywords.size() == 2);
  CHECK(record.keyword_sets[0].keywords[1].label == model::LocalText("en", "optical"));
  REQUIRE(record.contacts.size() == 1);
  CHECK(record.contacts[0].organisation.first() == "Theme centre");
  CHECK(record.contacts[0].emails == Strings{"help@resto.example"});
  REQUIRE(record.access_constraints.size() == 1);
  CHECK(record.access_constraints[0].first() == "Results of searches: syndication right limited");
  REQUIRE(record.online.size() == 1);
  CHECK(record.online[0].protocol == "OpenSearch");
  CHECK(record.spatial.empty());
}

TEST_CASE("OpenSearch: what a description is called") {
  std::string const open =
      R"(<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">)";
  auto const named = open + "<ShortName>Winds</ShortName></OpenSearchDescription>";
  CHECK(parts_of(description(named, "https://x.example/osdd?c=1")).native_id == "Winds");
  CHECK(parts_of(description(named, "https://x.example/osdd", "sea-winds")).native_id ==
        "sea-winds");
  CHECK(noted(description(named, {})) == Strings{"abstract-missing /OpenSearchDescription"});
  CHECK(noted(description(open + "<ShortName>TODO</ShortName></OpenSearchDescription>", {})) ==
        Strings{"no-identifier /OpenSearchDescription/ShortName"});
  CHECK(noted(description("<OpenSearchDescription/>", {})) ==
        Strings{"unexpected-root /OpenSearchDescription"});
  CHECK(noted(description(open, {})) == Strings{"xml-malformed line 1, column 68"});
}

TEST_CASE("products and descriptions are recognised") {
  auto const format_of = [](std::string_view document) {
    auto const* const format = formats::recognise(document);
    return format == nullptr ? "none" : std::string(format->name);
  };
  CHECK(format_of(fixture("formats/products/resto.json")) == "resto");
  CHECK(format_of(fixture("formats/products/odata.json")) == "odata");
  CHECK(format_of(fixture("formats/products/entry.xml")) == "atom");
  CHECK(format_of(fixture("formats/products/describe.xml")) == "opensearch");
  CHECK(format_of(R"({"type":"Feature","id":"a","properties":{"startDate":1}})") == "none");
  CHECK(format_of("<entry/>") == "none");
}

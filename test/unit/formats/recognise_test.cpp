#include "formats/stac_support.hpp"

using namespace terracat;
using namespace terracat::formats;

namespace {

std::string format_of(std::string_view document) {
  auto const* const format = recognise(document);
  return format == nullptr ? "none" : std::string(format->name);
}

} // namespace

TEST_CASE("formats are found by their name") {
  REQUIRE(find("stac-item") != nullptr);
  CHECK(find("stac-item")->write == nullptr);
  CHECK(find("stac-collection")->media_type == "application/json");
  CHECK(find("ogc-record")->media_type == "application/geo+json");
  CHECK(find("shapefile") == nullptr);
  for (auto const& format : all()) CHECK(find(format.name) == &format);
}

TEST_CASE("documents are recognised whatever the order of their members") {
  CHECK(format_of(fixture("item.json")) == "stac-item");
  CHECK(format_of(fixture("item_0.8.json")) == "stac-item");
  CHECK(format_of(fixture("collection.json")) == "stac-collection");
  CHECK(format_of(fixture("collection_0.9.json")) == "stac-collection");
  CHECK(format_of(fixture("ogc_record.json")) == "ogc-record");
  CHECK(format_of(R"({"geometry":{"type":"Point"},"stac_version":"1.0.0","type":"Feature"})") ==
        "stac-item");
  CHECK(format_of("\n {\"type\" : \"Collection\",\t\"stac_version\":\"1.1.0\"}") ==
        "stac-collection");
}

TEST_CASE("what only contains such documents, or resembles them, is none") {
  auto const item = fixture("item.json");
  CHECK(format_of(R"({"type":"FeatureCollection","features":[)" + item + "]}") == "none");
  CHECK(format_of(R"({"type":"FeatureCollection","stac_version":"1.0.0","features":[]})") ==
        "none");
  CHECK(format_of(R"({"collections":[)" + fixture("collection.json") + "]}") == "none");
  CHECK(format_of(R"({"type":"Catalog","stac_version":"1.0.0","id":"a","links":[]})") == "none");
  CHECK(format_of(R"({"stac_version":"0.9.0","id":"a","description":"a catalogue"})") == "none");
  CHECK(format_of(R"({"type":"Feature","id":"a","geometry":null,"properties":{"name":"x"}})") ==
        "none");
  CHECK(format_of(R"({"type":"Collection","id":"records","itemType":"record"})") == "none");
  CHECK(format_of("[" + item + "]") == "none");
  CHECK(format_of("<gmd:MD_Metadata/>") == "iso19139");
  CHECK(format_of("") == "none");
}

TEST_CASE("a feature is a record by its conformance or by type and title") {
  CHECK(format_of(R"({"type":"Feature","id":1,"properties":{"type":"service","title":"WMS"}})") ==
        "ogc-record");
  CHECK(format_of(R"({"type":"Feature","id":1,"properties":{},"conformsTo":)"
                  R"(["http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core"]})") ==
        "ogc-record");
}

TEST_CASE("only the first mebibyte is looked at") {
  auto const geometry = R"({"geometry":")" + std::string(std::size_t{1} << 20, 'x') + R"(",)";
  CHECK(format_of(geometry + R"("type":"Feature","stac_version":"1.0.0"})") == "none");
  auto const smaller = R"({"geometry":")" + std::string(std::size_t{1} << 19, 'x') + R"(",)";
  CHECK(format_of(smaller + R"("type":"Feature","stac_version":"1.0.0"})") == "stac-item");
}

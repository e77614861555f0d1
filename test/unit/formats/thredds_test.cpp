// Catalogues of THREDDS.

#include "formats/iso_support.hpp"
#include "formats/thredds/catalog.hpp"

using namespace terracat;
using namespace terracat::test;

namespace {

constexpr auto address = "https://data.example/thredds/catalog/sea/catalog.xml";

formats::ReadResult read(std::string_view document, std::string from = address) {
  json::Parser json;
  return formats::read_thredds(
      document, {.address = std::move(from), .language = "en", .local_assets = {}, .json = json});
}

std::vector<std::string> split(std::string_view document) {
  json::Parser json;
  auto const parts = formats::split_thredds(
      document, {.address = {}, .language = {}, .local_assets = {}, .json = json});
  REQUIRE(parts);
  return *parts;
}

std::string catalog_of(std::string const& datasets) {
  return R"(<catalog xmlns="http://www.unidata.ucar.edu/namespaces/thredds/InvCatalog/v1.0">)"
         R"(<service name="f" serviceType="HTTPServer" base="/f/"/>)" +
         datasets + "</catalog>";
}

model::RecordParts part(std::size_t which) {
  return parts_of(read(split(fixture("formats/thredds/catalog.xml")).at(which)));
}

Strings links(model::RecordParts const& record) {
  Strings out;
  for (auto const& link : record.online) {
    out.push_back(link.function + " " + link.protocol + " " + link.href);
  }
  return out;
}

} // namespace

TEST_CASE("THREDDS: files that describe themselves and folders of files are data sets") {
  auto const text = fixture("formats/thredds/catalog.xml");
  CHECK(formats::recognises_thredds(text));
  auto const parts = split(text);
  REQUIRE(parts.size() == 3);
  Strings ids;
  for (auto const& one : parts) ids.push_back(parts_of(read(one)).native_id);
  CHECK(ids == Strings{"sea/best", "sea/20240501", "alone.nc"});
  // What a document says does not depend on what stands beside it.
  auto smaller = text;
  auto const begin = smaller.find("<t:dataset name=\"20240501\"");
  smaller.erase(begin, smaller.find("</t:catalogRef>", begin) - begin);
  auto const end = text.find("  </t:dataset>\n  <t:dataset name=\"Alone");
  auto const without = text.substr(0, begin) + text.substr(end);
  CHECK(split(without).at(0) == parts[0]);
  auto const parsed = formats::xml::Document::parse(text);
  REQUIRE(parsed);
  CHECK(formats::thredds::references_of(parsed->root()) ==
        Strings{"deep/catalog.xml", "/thredds/other/catalog.xml"});
}

TEST_CASE("THREDDS: a data set inherits what is said around it") {
  auto const record = part(0);
  CHECK(record.title == model::LocalText("en", "Best series"));
  CHECK(record.description.first() == "The best of all.\n\nSeas of .");
  CHECK(record.lineage.first() == "Made again.");
  CHECK(record.type == "dataset");
  REQUIRE(record.licences.size() == 1);
  CHECK(record.licences[0].spdx == "CC-BY-4.0");
  REQUIRE(record.keyword_sets.size() == 1);
  CHECK(record.keyword_sets[0].thesaurus.first() == "GCMD");
  CHECK(record.keyword_sets[0].keywords.size() == 1);
  CHECK(record.formats.at(0).first() == "NetCDF");
  REQUIRE(record.variables.size() == 2);
  CHECK(record.variables[0].first() == "Sea surface temperature");
  CHECK(record.variables[1].first() == "zos");
  REQUIRE(record.contacts.size() == 2);
  CHECK(record.contacts[0].organisation.first() == "Sea Institute");
  CHECK(record.contacts[0].url == "https://sea.example");
  CHECK(record.contacts[0].emails.empty());
  CHECK(record.contacts[1].emails == Strings{"data@sea.example"});
  CHECK(record.contacts[1].roles == Strings{"publisher"});
  REQUIRE(record.spatial.size() == 1);
  CHECK(record.spatial[0].place.first() == "Bay");
  auto const box = record.spatial[0].geometry->bbox();
  CHECK(box.west() == -6);
  CHECK(box.south() == 42);
  CHECK(box.east() == -2);
  CHECK(box.north() == 50);
  CHECK(record.vertical.at(0).range == model::HeightRange{0, 100});
  CHECK(record.resolutions.at(0).value == 0.25);
  REQUIRE(record.temporal.size() == 1);
  CHECK(record.temporal[0].interval->start().is_unknown());
  CHECK(record.temporal[0].interval->end().is_open());
  CHECK(record.updated.earliest() == model::parse_rfc3339("2024-05-06T07:08:09Z").value());
}

TEST_CASE("THREDDS: services lead to the data") {
  CHECK(
      links(part(0)) ==
      Strings{"information  https://sea.example/about",
              "browsing THREDDS https://data.example/thredds/catalog/sea/catalog.xml",
              "information  https://data.example/thredds/catalog/sea/catalog.html?dataset=sea/best",
              " OPeNDAP https://data.example/thredds/dodsC/sea/best.nc",
              "download HTTPServer https://data.example/thredds/fileServer/sea/best.nc",
              " OGC:WMS https://data.example/thredds/wms/sea/best.nc"
              "?service=WMS&version=1.3.0&request=GetCapabilities",
              "completeMetadata ISO https://data.example/thredds/iso/sea/best.nc"
              "?catalog=https%3A%2F%2Fdata.example%2Fthredds%2Fcatalog%2Fsea%2Fcatalog.xml"
              "&dataset=sea%2Fbest"});
  auto const folder = part(1);
  CHECK(folder.title.first() == "sea/20240501"); // which day that is means little
  CHECK(folder.temporal.at(0).start_text == "2024-05-01");
  CHECK(folder.temporal.at(0).end_text == "2024-05-02");
  auto const files = links(folder);
  REQUIRE(files.size() == 4);
  CHECK(files[2] ==
        "download HTTPServer https://data.example/thredds/fileServer/sea/20240501/a.nc");
  CHECK(files[3] == "download HTTPServer https://files.example/b.nc.gz");
  CHECK(folder.online[3].name.first() == "b.nc");
  auto const alone = part(2);
  CHECK(alone.title.first() == "Alone & \"free\"");
  CHECK(alone.contacts.empty());
  CHECK(links(alone).back() ==
        "download HTTPServer https://data.example/thredds/fileServer/alone.nc");
}

TEST_CASE("THREDDS: what has no name, and what is none, is refused with the place") {
  auto const refused = [](std::string const& document, std::string from = {}) {
    auto const reading = read(document, std::move(from));
    REQUIRE_FALSE(reading);
    return std::string(name(reading.error().code)) + " " + reading.error().where;
  };
  CHECK(refused(catalog_of("")) == "unexpected-root /catalog");
  CHECK(refused(catalog_of(R"(<dataset name="a" urlPath="a"/><dataset name="b" urlPath="b"/>)")) ==
        "unexpected-root /catalog");
  CHECK(refused(catalog_of(R"(<dataset ID="a" urlPath="a"/>)")) == "no-title /catalog/dataset");
  auto const folder = catalog_of(R"(<dataset name="F"><dataset name="a" urlPath="a"/></dataset>)");
  CHECK(refused(folder) == "no-identifier /catalog/dataset");
  CHECK(parts_of(read(folder)).native_id == std::string(address) + "#F");
  CHECK(refused("<catalog") == "xml-malformed line 1, column 8");
  CHECK_FALSE(formats::recognises_thredds("<catalog/>"));
  CHECK_FALSE(formats::recognises_thredds("<dataset/>"));
}

TEST_CASE("THREDDS: deep folders and many files are bounded") {
  std::string deep;
  for (int i = 0; i < 150; ++i) deep += "<dataset name=\"d\">";
  deep += "<dataset name=\"f\" urlPath=\"f\"/>";
  for (int i = 0; i < 150; ++i) deep += "</dataset>";
  CHECK_FALSE(read(catalog_of(deep)));
  std::string files;
  for (int i = 0; i < 500; ++i) {
    files += "<dataset name=\"f\" serviceName=\"f\" urlPath=\"" + std::to_string(i) + "\"/>";
  }
  auto const parts = split(catalog_of("<dataset name=\"D\" ID=\"D\">" + files + "</dataset>"));
  REQUIRE(parts.size() == 1);
  CHECK(parts_of(read(parts[0])).online.size() == 2 + 100);
}

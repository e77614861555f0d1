// Data sets of ERDDAP, by their attributes.

#include "formats/iso_support.hpp"

using namespace terracat;
using namespace terracat::test;

namespace {

constexpr auto address = "https://data.example/erddap/info/sst_daily/index.json";

formats::ReadResult read(std::string_view document, std::string from = {},
                         std::string native_id = {}) {
  json::Parser json;
  return formats::read_erddap(document, {.address = std::move(from),
                                         .language = {},
                                         .local_assets = {},
                                         .json = json,
                                         .native_id = std::move(native_id)});
}

/// A data set with a title and these rows; `members` stand beside its table.
std::string dataset(std::string const& rows, std::string const& members = {}) {
  return R"({"datasetID":"a",)" + members +
         R"("table":{"columnNames":["Row Type","Variable Name","Attribute Name","Data Type",)"
         R"("Value"],"rows":[["attribute","NC_GLOBAL","title","String","A title"],)"
         R"(["attribute","NC_GLOBAL","summary","String","About it"])" +
         (rows.empty() ? "" : "," + rows) + "]}}";
}

std::string attribute(std::string const& of, std::string const& name, std::string const& value) {
  return R"(["attribute",")" + of + R"(",")" + name + R"(","String",")" + value + R"("])";
}

model::RecordParts parts(std::string const& rows, std::string const& members = {},
                         std::string from = {}) {
  return parts_of(read(dataset(rows, members), std::move(from)));
}

Strings noted(std::string const& rows) {
  Strings out;
  auto const reading = read(dataset(rows));
  REQUIRE(reading);
  for (auto const& finding : reading->findings) {
    out.push_back(std::string(name(finding.code)) + " " + finding.where);
  }
  return out;
}

Strings links_of(model::RecordParts const& record) {
  Strings out;
  for (auto const& link : record.online) {
    out.push_back(link.protocol + "|" + link.function + "|" + link.href);
  }
  return out;
}

Strings first_of(std::vector<model::LocalText> const& texts) {
  Strings out;
  for (auto const& text : texts) out.emplace_back(text.first());
  return out;
}

} // namespace

TEST_CASE("ERDDAP: a whole grid becomes a record") {
  auto const reading = read(fixture("formats/erddap/grid.json"), address);
  auto const record = parts_of(reading);
  CHECK(record.native_id == "sst_daily");
  CHECK(record.type == "dataset");
  CHECK(record.title == model::LocalText("en", "Sea surface temperature, daily"));
  CHECK(record.description == model::LocalText("en", "Temperature of the sea surface."));
  CHECK(record.lineage == model::LocalText("en", "2020-01-01 made\n2021-01-01 mended"));
  REQUIRE(record.identifiers.size() == 1);
  CHECK(record.identifiers[0] == model::Identifier{"doi", "10.17882/00001"});
  CHECK(first_of(record.variables) == Strings{"Daily sea surface temperature", "mask"});
  CHECK(first_of(record.platforms) == Strings{"SAT-A"});
  CHECK(first_of(record.instruments) == Strings{"Radiometer"});
  REQUIRE(record.keyword_sets.size() == 3);
  CHECK(record.keyword_sets[0].thesaurus.first() == "GCMD Science Keywords");
  REQUIRE(record.keyword_sets[0].keywords.size() == 2);
  CHECK(record.keyword_sets[0].keywords[0].label.first() ==
        "Oceans > Ocean Temperature > Sea Surface Temperature");
  CHECK(record.keyword_sets[1].keywords[0].label.first() == "sea_surface_temperature");
  CHECK(record.keyword_sets[2].kind == "project");
  REQUIRE(record.contacts.size() == 5);
  CHECK(record.contacts[0].name == "Ada Example");
  CHECK(record.contacts[0].organisation.first() == "Institute of the sea");
  CHECK(record.contacts[0].emails == Strings{"ada@inst.example"});
  CHECK(record.contacts[1].name.empty());
  CHECK(record.contacts[1].organisation.first() == "Sea data centre");
  CHECK(record.contacts[1].url == "https://centre.example/");
  CHECK(record.contacts[2].roles == Strings{"originator"});
  CHECK(record.contacts[4].name == "C. Two");
  REQUIRE(record.spatial.size() == 1);
  auto const box = record.spatial[0].geometry->bbox();
  CHECK(box.west() == -180);
  CHECK(box.east() == 180);
  CHECK(box.south() == -89.875);
  REQUIRE(record.vertical.size() == 1);
  CHECK(record.vertical[0].range.lowest == -10);
  CHECK(record.vertical[0].range.highest == 0);
  REQUIRE(record.temporal.size() == 1);
  CHECK(record.temporal[0].start_text == "1981-09-01T12:00:00Z");
  CHECK(record.resolutions == std::vector{model::Resolution{0.25, "degree"}});
  REQUIRE(record.licences.size() == 1);
  CHECK(record.licences[0].spdx == "CC-BY-4.0");
  REQUIRE(record.dates.size() == 1);
  CHECK(record.dates[0].kind == "creation");
  CHECK(links_of(record) ==
        Strings{"|information|https://inst.example/sst",
                "ERDDAP:griddap|download|https://data.example/erddap/griddap/sst_daily.html",
                "OPeNDAP||https://data.example/erddap/griddap/sst_daily",
                "OGC:WMS||https://data.example/erddap/wms/sst_daily/request?service=WMS&"
                "version=1.3.0&request=GetCapabilities",
                "|completeMetadata|https://data.example/erddap/metadata/iso19115/xml/"
                "sst_daily_iso19115.xml"});
  CHECK(reading->findings.size() == 1);
  CHECK(reading->findings[0].code == FindingCode::html_stripped);
}

TEST_CASE("ERDDAP: what a table says is told by its axes, where it does not say it itself") {
  auto const record = parts(attribute("longitude", "actual_range", "-5.5, 9.25") + "," +
                            attribute("latitude", "actual_range", "36.0, 44.0") + "," +
                            attribute("time", "actual_range", "0.0, 86400.0") + "," +
                            attribute("temp", "long_name", "Temperature"));
  REQUIRE(record.spatial.size() == 1);
  auto const box = record.spatial[0].geometry->bbox();
  CHECK(box.west() == -5.5);
  CHECK(box.north() == 44);
  REQUIRE(record.temporal.size() == 1);
  CHECK(record.temporal[0].start_text == "1970-01-01T00:00:00Z");
  CHECK(record.temporal[0].end_text == "1970-01-02T00:00:00Z");
  CHECK(first_of(record.variables) == Strings{"Temperature"});
  CHECK(parts(attribute("time", "actual_range", "NaN, NaN")).temporal.empty());
  CHECK(parts(attribute("time", "actual_range", "1e300, 2e300")).temporal.empty());
  CHECK(parts(attribute("longitude", "actual_range", "1.0")).spatial.empty());
}

TEST_CASE("ERDDAP: a grid is told from a table by what the server lists, or by its dimensions") {
  auto const dimension = R"(["dimension","time","","double","nValues=1"])";
  auto const data = [](model::RecordParts const& record) { return links_of(record).at(0); };
  std::string const from = "https://data.example/erddap/info/a/index.json";
  CHECK(data(parts("", "", from)) ==
        "ERDDAP:tabledap|download|https://data.example/erddap/tabledap/a.html");
  CHECK(data(parts(dimension, "", from)) ==
        "ERDDAP:griddap|download|https://data.example/erddap/griddap/a.html");
  CHECK(data(parts(dimension, R"("tabledap":"x",)", from)) ==
        "ERDDAP:tabledap|download|https://data.example/erddap/tabledap/a.html");
  CHECK(data(parts("", R"("griddap":"x",)", from)) ==
        "ERDDAP:griddap|download|https://data.example/erddap/griddap/a.html");
  // Of a file that somebody kept nothing leads to the data.
  CHECK(links_of(parts("")).empty());
}

TEST_CASE("ERDDAP: who may not get in is told, and links that lead nowhere are left out") {
  CHECK(parts("", R"("accessible":"log in",)").access_constraints.size() == 1);
  CHECK(parts("", R"("accessible":"public",)").access_constraints.empty());
  CHECK(noted(attribute("NC_GLOBAL", "infoUrl", "file:///etc/passwd")) ==
        Strings{"href-refused /table/rows/2/4"});
  CHECK(noted(attribute("NC_GLOBAL", "infoUrl", "page.html")) ==
        Strings{"href-relative /table/rows/2/4"});
  CHECK(noted(attribute("NC_GLOBAL", "creator_email", "ask us")) ==
        Strings{"email-unreadable /table/rows/2/4"});
  CHECK(noted(attribute("NC_GLOBAL", "date_created", "long ago")) ==
        Strings{"date-unreadable /table/rows/2/4"});
}

TEST_CASE("ERDDAP: what is no data set is refused") {
  CHECK(read("{").error().code == FindingCode::json_malformed);
  CHECK(read("{}").error().code == FindingCode::unexpected_root);
  CHECK(read(R"({"table":{"rows":7}})").error().code == FindingCode::unexpected_root);
  CHECK(read(R"({"table":{"rows":[]}})").error().code == FindingCode::no_identifier);
  CHECK(read(R"({"datasetID":"a","table":{"rows":[[],7,["attribute"]]}})").error().code ==
        FindingCode::no_title);
  CHECK(parts_of(read(dataset(""), {}, "named")).native_id == "named");
  CHECK(formats::recognise(fixture("formats/erddap/grid.json"))->name == "erddap");
  CHECK(formats::recognise(R"({"table":{"columnNames":["time"],"rows":[]}})") == nullptr);
}

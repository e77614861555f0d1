// Data sets of a Dataverse, as it exports them and as its API answers them.

#include "formats/iso_support.hpp"

using namespace terracat;
using namespace terracat::test;

namespace {

constexpr auto address = "https://data.example/api/datasets/export?exporter=dataverse_json";

formats::ReadResult read(std::string_view document, std::string from = {}) {
  json::Parser json;
  return formats::read_dataverse(
      document, {.address = std::move(from), .language = "fr", .local_assets = {}, .json = json});
}

std::string field(std::string const& name, std::string const& value) {
  return R"({"typeName":")" + name + R"(","value":)" + value + "}";
}

/// A data set with what is needed, these members of the version, and these fields.
std::string dataset(std::string const& members, std::string const& fields = {},
                    std::string const& places = {}) {
  return R"({"identifier":"A","protocol":"hdl","authority":"123","datasetVersion":{)" + members +
         (members.empty() ? "" : ",") + R"("metadataBlocks":{"citation":{"fields":[)" +
         field("title", R"("T")") + (fields.empty() ? "" : ",") + fields +
         R"(]},"geospatial":{"fields":[)" + places + "]}}}}";
}

model::RecordParts parts(std::string const& members, std::string const& fields = {},
                         std::string const& places = {}) {
  return parts_of(read(dataset(members, fields, places)));
}

std::string box_value(std::string const& west, std::string const& south, std::string const& east,
                      std::string const& north) {
  return field("geographicBoundingBox", R"([{"a":)" + field("westLongitude", west) + R"(,"b":)" +
                                            field("southLongitude", south) + R"(,"c":)" +
                                            field("eastLongitude", east) + R"(,"d":)" +
                                            field("northLongitude", north) + "}]");
}

} // namespace

TEST_CASE("Dataverse: what a whole data set says of itself") {
  auto const record = parts_of(read(fixture("formats/dataverse/dataset.json"), address));
  CHECK(record.native_id == "doi:10.5072/FK2/ABCDEF");
  CHECK(record.type == "dataset");
  CHECK(record.title == model::LocalText("fr", "Courants de l'estuaire"));
  CHECK(record.alternate_title.first() == "CourEst");
  CHECK(record.description.first() == "Vitesses mesurées au fond.\n\nTrois campagnes.");
  CHECK(record.resource_languages == Strings{"fr"});
  CHECK(record.identifiers ==
        std::vector<model::Identifier>{{"doi", "10.5072/fk2/abcdef"}, {"SHOM", "C-42"}});
  CHECK(record.created.earliest() == model::parse_rfc3339("2023-05-01T00:00:00Z").value());
  CHECK(record.updated.earliest() == model::parse_rfc3339("2024-02-03T04:05:06Z").value());
  REQUIRE(record.dates.size() == 2);
  CHECK(record.dates[0].kind == "publication");
  CHECK(record.dates[0].text == "2023-05-04");
  CHECK(record.dates[1].kind == "creation");
  REQUIRE(record.licences.size() == 1);
  CHECK(record.licences[0].spdx == "CC-BY-4.0");
  REQUIRE(record.access_constraints.size() == 2);
  CHECK(record.access_constraints[0].first() == "Écrire au responsable.");
  CHECK(record.access_constraints[1].first() == "restricted");
  REQUIRE(record.relations.size() == 1);
  CHECK(record.relations[0].href == "https://journal.example/7");
  CHECK(record.relations[0].title.first() == "Rivière 2022");
}

TEST_CASE("Dataverse: subjects, people, places, times and files of a whole data set") {
  auto const record = parts_of(read(fixture("formats/dataverse/dataset.json"), address));
  REQUIRE(record.keyword_sets.size() == 3);
  CHECK(record.keyword_sets[0].kind == "theme");
  CHECK(record.keyword_sets[1].keywords[0].label.first() == "courant");
  CHECK(record.keyword_sets[2].thesaurus.first() == "NVS P02");
  CHECK(record.keyword_sets[2].keywords[0].uri ==
        "http://vocab.nerc.ac.uk/collection/P02/current/RFVL/");
  REQUIRE(record.contacts.size() == 3);
  CHECK(record.contacts[0].name == "Rivière, Anne");
  CHECK(record.contacts[0].orcid == "0000-0002-1825-0097");
  CHECK(record.contacts[0].emails == Strings{"anne@marees.example"});
  CHECK(record.contacts[0].roles == Strings{"pointOfContact", "author"});
  CHECK(record.contacts[1].roles == Strings{"custodian"});
  CHECK(record.contacts[2].organisation.first() == "Entrepôt de l'estuaire");
  CHECK(record.contacts[2].roles == Strings{"publisher"});
  REQUIRE(record.spatial.size() == 2);
  auto const& box = record.spatial[0].geometry->bbox();
  CHECK(box.west() == -1.5);
  CHECK(box.south() == 45.5);
  CHECK(box.east() == -0.5);
  CHECK(box.north() == 46.25);
  CHECK(record.spatial[1].place.first() == "Royan, France");
  REQUIRE(record.temporal.size() == 1);
  CHECK(record.temporal[0].start_text == "2019-03");
  REQUIRE(record.online.size() == 2); // one file is restricted
  CHECK(record.online[0].href == "https://doi.org/10.5072/FK2/ABCDEF");
  CHECK(record.online[1].href == "https://data.example/api/access/datafile/21");
  CHECK(record.online[1].name.first() == "courants.nc");
  CHECK(record.online[1].media_type == "application/x-netcdf");
}

TEST_CASE("Dataverse: files are linked only if the document came from an API") {
  auto const from = GENERATE("", "file:/srv/api/x.json", "file:x.json", "data/api/x.json");
  auto const record = parts_of(read(fixture("formats/dataverse/dataset.json"), from));
  REQUIRE(record.online.size() == 1);
  CHECK(record.online[0].href == "https://doi.org/10.5072/FK2/ABCDEF");
}

TEST_CASE("Dataverse: findings stand where they belong") {
  auto const reading = read(fixture("formats/dataverse/dataset.json"), address);
  REQUIRE(reading);
  REQUIRE(reading->findings.size() == 2);
  CHECK(reading->findings[0].code == FindingCode::html_stripped);
  CHECK(reading->findings[0].where ==
        "/datasetVersion/metadataBlocks/citation/fields/6/value/0/dsDescriptionValue/value");
  CHECK(reading->findings[1].code == FindingCode::number_repaired);
  CHECK(reading->findings[1].where == "/datasetVersion/metadataBlocks/geospatial/fields/1/value/0");
}

TEST_CASE("Dataverse: boxes by the words of old versions, with west and east exchanged") {
  auto const swapped =
      read(dataset("", "", box_value(R"("3.5")", R"("45")", R"("1.5")", R"("46")")));
  auto const record = parts_of(swapped);
  REQUIRE(record.spatial.size() == 1);
  CHECK(record.spatial[0].geometry->bbox().west() == 1.5);
  CHECK(record.spatial[0].geometry->bbox().north() == 46);
  CHECK(codes_of(swapped) == Codes{FindingCode::abstract_missing, FindingCode::bbox_swapped});
  auto const broken = read(dataset("", "", box_value(R"("west")", R"("45")", "1.5", "46")));
  CHECK(parts_of(broken).spatial.empty());
  CHECK(codes_of(broken) == Codes{FindingCode::abstract_missing, FindingCode::bbox_unreadable});
}

TEST_CASE("Dataverse: licences in each form, and terms instead of one") {
  CHECK(parts(R"("license":"CC0 1.0")").licences.at(0).spdx == "CC0-1.0");
  CHECK(parts(R"("license":"NONE")").licences.empty());
  auto const terms = parts(R"("license":"NONE","termsOfUse":"<p>For <b>teaching</b>.</p>")");
  CHECK(terms.licences.at(0).text.first() == "For teaching.");
  CHECK(parts(R"("license":null)").licences.empty());
}

TEST_CASE("Dataverse: when it was collected stands for a period that is not told") {
  auto const collected =
      field("dateOfCollection", R"([{"x":)" + field("dateOfCollectionStart", R"("2001")") + "}]");
  auto const record = parts("", collected);
  REQUIRE(record.temporal.size() == 1);
  CHECK(record.temporal[0].start_text == "2001");
  CHECK(record.temporal[0].end_text.empty());
}

TEST_CASE("Dataverse: answers of the API hold the same") {
  auto const* const version = R"("datasetPersistentId":"doi:10.1/a","metadataBlocks":{"citation":)"
                              R"({"fields":[{"typeName":"title","value":"T"}]}})";
  for (auto const& document :
       {R"({"status":"OK","data":{)" + std::string(version) + "}}",
        R"({"status":"OK","data":{"latestVersion":{)" + std::string(version) + "}}}",
        R"({"datasetVersion":{)" + std::string(version) + "}}", "{" + std::string(version) + "}"}) {
    CAPTURE(document);
    CHECK(parts_of(read(document)).native_id == "doi:10.1/a");
    CHECK(formats::recognise(document) == formats::find("dataverse"));
  }
  CHECK(parts("").native_id == "hdl:123/A");
}

TEST_CASE("Dataverse: no more is looked at than any source has") {
  std::string many = field("x", "1");
  for (int i = 0; i < 60'000; ++i) many += ",{}";
  CHECK(parts("", many).title.first() == "T");
  std::string keys;
  for (int i = 0; i < 60'000; ++i) keys += ",\"k" + std::to_string(i) + "\":{}";
  auto const author =
      field("author", R"([{"authorName":)" + field("authorName", R"("A")") + keys + "}]");
  CHECK(parts("", author).contacts.at(0).name == "A");
}

TEST_CASE("Dataverse: documents that cannot become a record say why") {
  auto const code = [](std::string_view document) {
    auto const reading = read(document);
    return reading ? "read" : std::string(name(reading.error().code)) + " " + reading.error().where;
  };
  CHECK(code(R"({"datasetVersion":{"metadataBlocks":{}}})") == "no-identifier ");
  CHECK(code(R"({"identifier":"a","datasetVersion":{"metadataBlocks":{}}})") ==
        "no-title /datasetVersion");
  CHECK(code(R"({"status":"ERROR","message":"x"})") == "unexpected-root /metadataBlocks");
  CHECK(code(R"({"datasetVersion":{"metadataBlocks":[]}})") ==
        "unexpected-root /datasetVersion/metadataBlocks");
  CHECK(code("[]") == "unexpected-root ");
  CHECK_FALSE(formats::is_dataverse(R"({"metadataBlocks":{}})"));
  CHECK_FALSE(formats::is_dataverse("<metadataBlocks/>"));
}

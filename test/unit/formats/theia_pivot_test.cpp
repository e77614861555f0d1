// Pivot documents of Theia/OZCAR.

#include "formats/iso_support.hpp"

#include <algorithm>

using namespace terracat;
using namespace terracat::test;

namespace {

formats::ReadResult read(std::string_view document, std::string language = {}) {
  json::Parser json;
  return formats::read_theia_pivot(
      document, {.address = {}, .language = std::move(language), .local_assets = {}, .json = json});
}

formats::SplitResult split(std::string_view document) {
  json::Parser json;
  return formats::split_theia_pivot(
      document, {.address = {}, .language = {}, .local_assets = {}, .json = json});
}

/// A data set with what is needed, these members of its metadata and these observations.
std::string dataset(std::string const& id, std::string const& members = {},
                    std::string const& observations = {}) {
  return R"({"datasetId":")" + id + R"(","metadata":{"title":"T","description":"D")" +
         (members.empty() ? "" : "," + members) + R"(},"observations":[)" + observations + "]}";
}

std::string file_of(std::string const& datasets) {
  return R"({"version":"1.0","producer":{"name":"P"},"datasets":[)" + datasets + "]}";
}

model::RecordParts parts(std::string const& members, std::string const& observations = {}) {
  return parts_of(read(file_of(dataset("A_DAT_1", members, observations))));
}

Strings notes(formats::ReadResult const& reading) {
  Strings out;
  REQUIRE(reading);
  for (auto const& finding : reading->findings) {
    out.push_back(std::string(name(finding.code)) + " " + finding.where);
  }
  return out;
}

model::LocalText both(std::string en, std::string fr) {
  model::LocalText out("en", std::move(en));
  out.add("fr", std::move(fr));
  return out;
}

} // namespace

TEST_CASE("Theia pivot: a data set of two files is one record in two languages") {
  auto const reading = read(fixture("formats/theia-pivot/two_languages.json"));
  auto const record = parts_of(reading);
  CHECK(record.native_id == "SNOW_DAT_glacier one");
  CHECK(record.type == "dataset");
  CHECK(record.title == both("Snow depth on a glacier", "Hauteur de neige sur un glacier"));
  CHECK(record.description == both("Depth of snow, each day.", "Hauteur de neige, chaque jour."));
  CHECK(record.purpose == model::LocalText("en", "A long series."));
  CHECK(record.lineage ==
        both("Measured by stakes.\n\nRead by eye.\n\nOutliers removed.", "Mesuré par balises."));
  CHECK(record.metadata_languages == Strings{"en", "fr"});
  CHECK(record.topics == Strings{"climatologyMeteorologyAtmosphere"});
  CHECK(record.identifiers == std::vector<model::Identifier>{{"doi", "10.5072/snow.one"}});
  CHECK(notes(reading) ==
        Strings{"html-stripped /pivots/en/datasets/0/metadata/description",
                "code-unknown /pivots/en/datasets/0/metadata/topicCategories/1",
                "text-placeholder /pivots/en/datasets/0/metadata/keywords/1/keyword",
                "email-unreadable /pivots/en/datasets/0/metadata/contacts/3/email",
                "role-unknown /pivots/en/datasets/0/metadata/contacts/3/role"});
}

TEST_CASE("Theia pivot: people and organisations are told once") {
  auto const record = parts_of(read(fixture("formats/theia-pivot/two_languages.json")));
  auto const& contacts = record.contacts;
  auto const named = [&](std::string_view name) {
    auto const found = std::ranges::find_if(contacts, [name](model::Contact const& contact) {
      return contact.name == name || contact.organisation.in("en") == name;
    });
    REQUIRE(found != contacts.end());
    return *found;
  };
  auto const ana = named("Ana Bel");
  CHECK(ana.orcid == "0000-0002-1825-0097");
  CHECK(ana.emails == Strings{"ana@snow.example"});
  CHECK(ana.roles == Strings{"principalInvestigator", "custodian"});
  CHECK(ana.organisation == both("Institute of Snow", "Institut de la neige"));
  CHECK(named("Cy Dor").roles == Strings{"contributor"});
  CHECK(named("OSU").roles == Strings{"contributor"});
  auto const producer = named("Snow Observatory");
  CHECK(producer.organisation == both("Snow Observatory", "Observatoire de la neige"));
  CHECK(producer.emails == Strings{"contact@snow.example"});
  CHECK(producer.url == "https://snow.example/en");
  CHECK(producer.roles == Strings{"pointOfContact"});
  CHECK(named("National Institute").organisation ==
        both("National Institute", "Institut national"));
  CHECK(named("LabEx").roles == Strings{"funder"});
  // The producer's people are not those of the data.
  CHECK(std::ranges::none_of(contacts, [](auto const& c) { return c.name == "Not Ofdata"; }));
}

TEST_CASE("Theia pivot: observations say where, when, what and with what") {
  auto const record = parts_of(read(fixture("formats/theia-pivot/two_languages.json")));
  CHECK(record.variables == std::vector<model::LocalText>{
                                both("Snow depth (SD)", "Hauteur de neige (SD)"),
                                both("Snow water equivalent", "Équivalent en eau de la neige")});
  CHECK(record.instruments == std::vector<model::LocalText>{model::LocalText("Woods Stake"),
                                                            model::LocalText("en", "Snow model")});
  REQUIRE(record.spatial.size() == 3);
  CHECK(record.spatial[0].place.empty());
  CHECK(record.spatial[1].place.first() == "Stake 1");
  CHECK(record.spatial[1].geometry->bbox().west() == 6.5);
  CHECK(record.spatial[2].place.first() == "Stake 2");
  REQUIRE(record.vertical.size() == 1);
  CHECK(record.vertical[0].range == model::HeightRange{2300, 2500});
  REQUIRE(record.temporal.size() == 1);
  CHECK(record.temporal[0].start_text == "1999-10-01T00:00:00Z");
  CHECK(record.temporal[0].end_text == "2010-04-30T00:00:00Z");
  CHECK(record.temporal[0].interval);
  REQUIRE(record.keyword_sets.size() == 5);
  CHECK(record.keyword_sets[0].keywords.at(0).uri == "https://w3id.org/ozcar-theia/c_1");
  CHECK(record.keyword_sets[1].keywords.size() == 2); // climate and geology
  CHECK(record.keyword_sets[3].keywords.size() == 1); // both observations have one category
  CHECK(record.keyword_sets[3].keywords[0].uri == "https://w3id.org/ozcar-theia/snow");
  CHECK(record.keyword_sets[4].keywords.at(0).label.first() ==
        "EARTH SCIENCE > CRYOSPHERE > SNOW/ICE");
  CHECK(record.keyword_sets[4].keywords[0].uri ==
        "https://gcmd.earthdata.nasa.gov/kms/concept/aa35a52f-e3d9-41bd-abd2-ec7e1a8101d1");
}

TEST_CASE("Theia pivot: rights and ways to the data; who may have them before is not told") {
  auto const text = fixture("formats/theia-pivot/two_languages.json");
  auto const record = parts_of(read(text));
  REQUIRE(record.licences.size() == 1);
  CHECK(record.licences[0].spdx == "CC-BY-4.0");
  CHECK(record.access_constraints ==
        std::vector<model::LocalText>{
            both("Tell us when you use them.", "Dites-nous quand vous les utilisez."),
            model::LocalText("restricted")});
  Strings links;
  for (auto const& link : record.online) links.push_back(link.function + " " + link.href);
  CHECK(links == Strings{"information https://snow.example/policy",
                         "download https://snow.example/data?lang=en",
                         "download https://snow.example/data?lang=fr",
                         "information https://snow.example/about", " https://snow.example/csw",
                         "information https://snow.example/manual.pdf"});
  REQUIRE(record.relations.size() == 1);
  CHECK(record.relations[0].kind == "crossReference");
  CHECK(record.relations[0].id == "10.5072/paper");
}

TEST_CASE("Theia pivot: a file of one language is in that of the source") {
  auto const one = file_of(dataset("A_DAT_1"));
  CHECK(formats::is_theia_pivot(one));
  CHECK(formats::is_theia_pivot(fixture("formats/theia-pivot/two_languages.json")));
  CHECK_FALSE(formats::is_theia_pivot(R"({"producer":{}})"));
  CHECK_FALSE(formats::is_theia_pivot(R"({"pivots":{"en":{}}})"));
  auto const record = parts_of(read(one, "fr"));
  CHECK(record.title == model::LocalText("fr", "T"));
}

TEST_CASE("Theia pivot: a file is taken apart, and a DOI of several data sets is none of theirs") {
  auto const with_doi = [](std::string const& id, std::string const& doi) {
    return dataset(id, R"("onlineResource":{"doi":")" + doi + R"("})");
  };
  auto const parts = split(file_of(with_doi("A_DAT_1", "doi:10.5072/All") + "," +
                                   with_doi("A_DAT_2", "https://doi.org/10.5072/all") + "," +
                                   with_doi("A_DAT_3", "10.5072/three")));
  REQUIRE(parts);
  REQUIRE(parts->size() == 3);
  auto const first = parts_of(read(parts->at(0)));
  CHECK(first.native_id == "A_DAT_1");
  CHECK(first.contacts.at(0).organisation.first() == "P");
  CHECK(first.identifiers.empty());
  REQUIRE(first.relations.size() == 1);
  CHECK(first.relations[0].kind == "largerWorkCitation");
  CHECK(first.relations[0].href == "https://doi.org/10.5072/all");
  CHECK(parts_of(read(parts->at(2))).identifiers ==
        std::vector<model::Identifier>{{"doi", "10.5072/three"}});
  // What another data set says does not change the document of this one.
  auto const again = split(
      file_of(with_doi("A_DAT_1", "doi:10.5072/All") + "," + with_doi("A_DAT_2", "10.5072/ALL")));
  CHECK(again->at(0) == parts->at(0));
}

TEST_CASE("Theia pivot: a document that is none is refused, with the place") {
  auto const refused = [](std::string const& document) {
    auto const reading = read(document);
    REQUIRE_FALSE(reading);
    return std::string(name(reading.error().code)) + " " + reading.error().where;
  };
  CHECK(refused(file_of("")) == "unexpected-root /datasets");
  CHECK(refused(file_of(dataset("A") + "," + dataset("B"))) == "unexpected-root /datasets");
  CHECK(refused(R"({"producer":{},"datasets":{"a":1}})") == "unexpected-root /datasets");
  CHECK(refused(R"({"pivots":{}})") == "unexpected-root /pivots");
  CHECK(refused(file_of("3")) == "unexpected-root /datasets/0");
  CHECK(refused(file_of(R"({"datasetId":"A"})")) == "unexpected-root /datasets/0/metadata");
  CHECK(refused(file_of(R"({"metadata":{"title":"T"}})")) == "no-identifier /datasets/0/datasetId");
  CHECK(refused(file_of(R"({"datasetId":"A","metadata":{"title":"TODO"}})")) ==
        "no-title /datasets/0/metadata/title");
  CHECK_FALSE(split(file_of("")));
  CHECK_FALSE(split("{"));
}

TEST_CASE("Theia pivot: what is odd in an observation leaves the others alone") {
  auto const broken = parts(
      R"("spatialExtent":{"geometry":{"type":"Polygon","coordinates":[[[1,2]]]}})",
      R"({"observationId":"1","observedProperty":{"name":"A"},"temporalExtent":{"dateBeg":"soon","dateEnd":"2001-01-01"}},
         {"observedProperty":{"name":"B"},"temporalExtent":{"dateBeg":"1999","dateEnd":"2000"}},7,
         {"observationId":"1","observedProperty":{"name":"A"}})");
  CHECK(broken.spatial.empty());
  CHECK(broken.variables.size() == 2);
  REQUIRE(broken.temporal.size() == 1);
  CHECK(broken.temporal[0].start_text == "1999");
  CHECK(broken.temporal[0].end_text == "2001-01-01");
}

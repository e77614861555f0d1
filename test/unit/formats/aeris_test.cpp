// Collections of AERIS, as its catalogue answers them.

#include "formats/iso_support.hpp"

using namespace terracat;
using namespace terracat::test;

namespace {

formats::ReadResult read(std::string_view document, std::string native_id = {}) {
  json::Parser json;
  return formats::read_aeris(document, {.address = {},
                                        .language = "fr",
                                        .local_assets = {},
                                        .json = json,
                                        .native_id = std::move(native_id)});
}

model::RecordParts whole() {
  return parts_of(read(fixture("formats/aeris/collection.json")));
}

model::LocalText both(std::string en, std::string fr) {
  model::LocalText out("en", std::move(en));
  out.add("fr", std::move(fr));
  return out;
}

Strings labels(model::KeywordSet const& set) {
  Strings out;
  for (auto const& keyword : set.keywords) out.emplace_back(keyword.label.first());
  return out;
}

} // namespace

TEST_CASE("AERIS: a whole collection becomes a record in two languages") {
  auto const reading = read(fixture("formats/aeris/collection.json"));
  auto const record = parts_of(reading);
  CHECK(record.native_id == "0f7c7a0e-2a5e-4b1e-9d63-1d2c3b4a5f60");
  CHECK(record.type == "dataset");
  CHECK(record.title == both("Ozone at the Summit", "Ozone au sommet"));
  CHECK(record.description == both("Hourly ozone.\n\nMeasured at the summit.", "Ozone horaire."));
  CHECK(record.metadata_languages == Strings{"en", "fr"});
  CHECK(record.identifiers ==
        std::vector<model::Identifier>{{"uuid", "0f7c7a0e-2a5e-4b1e-9d63-1d2c3b4a5f60"},
                                       {"doi", "10.5072/ozone"},
                                       {"summit", "SUMMIT-O3"}});
  CHECK(record.updated.earliest() == model::parse_rfc3339("2020-01-01T00:00:00Z").value());
  CHECK(record.created.earliest() == model::parse_rfc3339("2018-01-02T00:00:00Z").value());
  CHECK(codes_of(reading) == Codes{FindingCode::html_stripped, FindingCode::email_unreadable,
                                   FindingCode::role_unknown, FindingCode::bbox_unreadable,
                                   FindingCode::href_refused, FindingCode::code_unknown});
}

TEST_CASE("AERIS: levels of the thesaurus without a code are none") {
  auto const record = whole();
  REQUIRE(record.keyword_sets.size() == 5);
  CHECK(record.keyword_sets[0].kind == "project");
  CHECK(labels(record.keyword_sets[0]) == Strings{"IAGOS"});
  CHECK(labels(record.keyword_sets[1]) ==
        Strings{"Atmospheric chemistry > Oxygen compounds > Ozone",
                "Atmospheric chemistry > Carbon monoxide"});
  CHECK(record.keyword_sets[1].keywords[0].label.in("fr") ==
        "Chimie de l'atmosphère > Composés de l'oxygène > Ozone");
  CHECK(labels(record.keyword_sets[2]) == Strings{"mole_fraction_of_ozone_in_air"});
  CHECK(record.keyword_sets[3].kind == "instrument");
  CHECK(labels(record.keyword_sets[3]) == Strings{"In situ > Photometers", "Lidars"});
  CHECK(record.keyword_sets[4].kind == "platform");
  REQUIRE(record.variables.size() == 2);
  CHECK(record.variables[0].first() == "Ozone mixing ratio");
  CHECK(record.variables[1].in("en") == "Carbon monoxide");
  CHECK(record.variables[1].in("fr") == "Monoxyde de carbone");
  REQUIRE(record.instruments.size() == 2);
  CHECK(record.instruments[0].first() == "Thermo 49i");
  CHECK(record.instruments[1].first() == "Lidars");
  REQUIRE(record.platforms.size() == 2);
  CHECK(record.platforms[0].first() == "Ground stations");
  CHECK(record.platforms[1].first() == "Summit station");
}

TEST_CASE("AERIS: who, where and when") {
  auto const record = whole();
  REQUIRE(record.contacts.size() == 3);
  CHECK(record.contacts[0].name == "Ana Bel");
  CHECK(record.contacts[0].organisation.first() == "CNRS");
  CHECK(record.contacts[0].roles == Strings{"principalInvestigator", "pointOfContact"});
  CHECK(record.contacts[1].organisation.empty());
  CHECK(record.contacts[1].roles == Strings{"pointOfContact"});
  CHECK(record.contacts[2].organisation.first() == "SEDOO");
  CHECK(record.contacts[2].roles == Strings{"distributor"});
  REQUIRE(record.spatial.size() == 2);
  CHECK(record.spatial[0].place.first() == "Summit");
  CHECK(record.spatial[0].geometry->bbox().north() == 45.8);
  CHECK(record.spatial[1].geometry->bbox().west() == -5);
  CHECK(record.spatial[1].geometry->bbox().north() == 51);
  REQUIRE(record.temporal.size() == 2);
  CHECK(record.temporal[0].interval->end().is_open());
  CHECK(record.temporal[1].start_text == "1995-06-01T00:00:00");
}

TEST_CASE("AERIS: rights, links and publications") {
  auto const record = whole();
  REQUIRE(record.licences.size() == 1);
  CHECK(record.licences[0].spdx == "CC-BY-4.0");
  CHECK(record.access_constraints ==
        std::vector<model::LocalText>{model::LocalText("en", "Cite us."),
                                      model::LocalText("en", "registration required")});
  Strings links;
  for (auto const& link : record.online) links.push_back(link.function + " " + link.href);
  CHECK(links == Strings{"information https://ozone.example/policy",
                         "search https://ozone.example/data",
                         "download https://ozone.example/o3.zip", " https://ozone.example/new",
                         "browseGraphic https://ozone.example/o3.png"});
  CHECK(record.online[1].protocol == "OpenSearch");
  CHECK(record.online[2].description.in("en") == "All of it");
  CHECK(record.formats == std::vector<model::LocalText>{model::LocalText("fr", "NetCDF")});
  REQUIRE(record.relations.size() == 2);
  CHECK(record.relations[0].id == "10.5072/paper");
  CHECK(record.relations[1].title.first() == "Unpublished");
}

TEST_CASE("AERIS: little is enough, and what is none is refused with the place") {
  auto const little = parts_of(read(R"({"identifier":"x","resourceTitle":"T","links":null})"));
  CHECK(little.native_id == "x");
  CHECK(little.title == model::LocalText("fr", "T"));
  CHECK(parts_of(read(R"({"id":"x","resourceTitle":"T"})", "y")).native_id == "y");
  auto const refused = [](std::string const& document) {
    auto const reading = read(document);
    REQUIRE_FALSE(reading);
    return std::string(name(reading.error().code)) + " " + reading.error().where;
  };
  CHECK(refused(R"({"id":"x"})") == "unexpected-root /resourceTitle");
  CHECK(refused(R"({"resourceTitle":{"en":"T"}})") == "no-identifier /id");
  CHECK(refused(R"({"id":"null","resourceTitle":{"en":"T"}})") == "no-identifier /id");
  CHECK(refused(R"({"id":"x","resourceTitle":{"en":"null","fr":""}})") ==
        "no-title /resourceTitle");
  CHECK(formats::is_aeris(fixture("formats/aeris/collection.json")));
  CHECK_FALSE(formats::is_aeris(R"({"resourceTitle":"T"})"));
  CHECK_FALSE(formats::is_aeris(R"({"resourceTitleObject":{},"resourceAbstract":"x"})"));
}

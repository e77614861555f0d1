#include "iso_support.hpp"

using namespace terracat;
using namespace terracat::test;
using model::Bbox;
using model::Instant;

namespace {

/// The one box that a fixture becomes.
void check_box(std::string const& name, Bbox const& expected, Codes const& findings) {
  INFO(name);
  auto const result = read_iso(name);
  auto const parts = parts_of(result);
  REQUIRE(parts.spatial.size() == 1);
  REQUIRE(parts.spatial[0].geometry);
  CHECK(parts.spatial[0].geometry->bbox() == expected);
  CHECK(parts.spatial[0].geometry->is_box());
  CHECK(codes_of(result) == findings);
}

model::Interval period(model::RecordParts const& parts, std::size_t index) {
  REQUIRE(parts.temporal.size() > index);
  REQUIRE(parts.temporal[index].interval);
  return *parts.temporal[index].interval;
}

} // namespace

TEST_CASE("boxes are put right, and what was done is said") {
  check_box("box_swapped", Bbox::restored(1.31, 49.39, 3.28, 50.48), {FindingCode::bbox_swapped});
  check_box("box_antimeridian", Bbox::restored(177, -20, -178, -15), {});
  check_box("box_world_from_zero", Bbox::world(), {FindingCode::bbox_wrapped});
  check_box("box_world_of_grid", Bbox::world(), {FindingCode::bbox_wrapped});
  check_box("box_world_reversed", Bbox::world(), {FindingCode::bbox_swapped});
  check_box("box_from_zero", Bbox::restored(170, -10, -170, 5), {FindingCode::bbox_wrapped});
  check_box("box_point", Bbox::restored(5.73, 45.19, 5.73, 45.19), {});
  check_box("box_clamped", Bbox::world(), {FindingCode::bbox_clamped});
  check_box("box_comma", Bbox::restored(5.5, 45.1, 6.25, 45.9), {FindingCode::number_repaired});
  check_box("box_flipped", Bbox::restored(5, 45, 6, 46), {FindingCode::bbox_flipped});
}

TEST_CASE("a finding says where it was made and what stood there") {
  auto const result = read_iso("box_swapped");
  REQUIRE(result);
  REQUIRE(result->findings.size() == 1);
  CHECK(result->findings[0].where ==
        "/MD_Metadata/identificationInfo/MD_DataIdentification/extent/EX_Extent/geographicElement/"
        "EX_GeographicBoundingBox");
  CHECK(result->findings[0].excerpt == "3.28 49.39 1.31 50.48");
}

TEST_CASE("a box that cannot be read is left out, and none is made up") {
  auto const result = read_iso("box_unreadable");
  CHECK(parts_of(result).spatial.empty());
  CHECK(codes_of(result) == Codes{FindingCode::bbox_unreadable});
  auto const named = parts_of(read_iso("no_box"));
  REQUIRE(named.spatial.size() == 1);
  CHECK_FALSE(named.spatial[0].geometry);
  CHECK(named.spatial[0].place == english("Mont Blanc massif"));
}

TEST_CASE("several boxes stay several, each with its name") {
  auto const parts = parts_of(read_iso("boxes_several"));
  REQUIRE(parts.spatial.size() == 3);
  CHECK(parts.spatial[1].place == english("Martinique"));
  CHECK(parts.spatial[1].geometry->bbox() == Bbox::restored(-61.24, 14.38, -60.8, 14.89));
  CHECK(model::Record::make(parts)->bbox() == Bbox::restored(-61.24, -21.4, 55.84, 51.09));
}

TEST_CASE("an area that is excluded is no area") {
  auto const parts = parts_of(read_iso("exclusion"));
  REQUIRE(parts.spatial.size() == 1);
  CHECK(parts.spatial[0].geometry->bbox() == Bbox::restored(0, 40, 10, 50));
}

TEST_CASE("polygons are read in the order of axes that is meant") {
  auto const by_rule = parts_of(read_iso("polygon_urn"));
  REQUIRE(by_rule.spatial.size() == 1); // the box around it says no more
  CHECK_FALSE(by_rule.spatial[0].geometry->is_box());
  CHECK(by_rule.spatial[0].geometry->bbox() == Bbox::restored(5, 45, 7, 47));
  auto const contradicted = parts_of(read_iso("polygon_contradicted"));
  REQUIRE(contradicted.spatial.size() == 2);
  CHECK(contradicted.spatial[0].geometry->bbox() == Bbox::restored(5, 45, 7, 47));
  CHECK(contradicted.spatial[1].geometry->is_box());
  auto const metres = read_iso("polygon_metres");
  CHECK(parts_of(metres).spatial.empty());
  CHECK(codes_of(metres) == Codes{FindingCode::geometry_unreadable});
}

TEST_CASE("periods have the ends that the source knows") {
  auto const result = read_iso("periods");
  auto const parts = parts_of(result);
  CHECK(codes_of(result).empty());
  REQUIRE(parts.temporal.size() == 7);
  CHECK(period(parts, 0).end().is_unknown()); // empty
  CHECK(period(parts, 0).first() == Instant::at({1998, 4, 1}));
  CHECK(period(parts, 1).end().is_open()); // now
  CHECK(parts.temporal[1].end_text == "now");
  CHECK(period(parts, 2).end().is_unknown());                                // unknown is not open
  CHECK(period(parts, 3).last() == Instant::at({2023, 12, 31}, 86'399'999)); // before 2023-12
  CHECK(period(parts, 4).first() == Instant::at({2010, 1, 1}, 39'600'000));  // 11:00 UTC
  CHECK(period(parts, 4).last() == Instant::at({2010, 1, 2}, 86'399'999));
  CHECK(period(parts, 5).first() == Instant::at({-10'000, 1, 1}));
  CHECK(period(parts, 5).last() == Instant::at({1950, 12, 31}, 86'399'999));
  CHECK(period(parts, 6).first() == Instant::at({2013, 2, 25}));
  CHECK(period(parts, 6).last() == Instant::at({2013, 2, 25}, 86'399'999));
}

TEST_CASE("a period that cannot be read keeps its text") {
  auto const result = read_iso("periods_bad");
  auto const parts = parts_of(result);
  // "None" to "None" says nothing and is no finding either.
  REQUIRE(parts.temporal.size() == 4);
  CHECK_FALSE(parts.temporal[0].interval);
  CHECK(parts.temporal[0].start_text == "2012");
  CHECK(parts.temporal[0].end_text == "2008");
  CHECK_FALSE(parts.temporal[1].interval);
  CHECK(parts.temporal[1].start_text == "Premieres mesures en 2004");
  CHECK(parts.temporal[2].interval->end().is_unknown());
  CHECK(parts.temporal[2].end_text == "None-12-31");
  CHECK(parts.temporal[3].start_text == "Late Holocene");
  CHECK(codes_of(result) == Codes{FindingCode::interval_reversed, FindingCode::date_unreadable,
                                  FindingCode::date_unreadable, FindingCode::date_unreadable});
}

TEST_CASE("dates keep what was written beside what was read") {
  auto const result = read_iso("dates");
  auto const dates = parts_of(result).dates;
  REQUIRE(dates.size() == 7);
  CHECK(dates[0].at.earliest() == Instant::at({2015, 12, 14}));
  CHECK(dates[0].text == "2015-14-12");
  CHECK(dates[1].at.earliest() == Instant::at({1974, 7, 8}));
  CHECK(dates[2].at.is_unknown());
  CHECK(dates[2].text == "22 juillet 2014 pour les enregistrements et 27 fevrier 2014");
  CHECK(dates[3].at.earliest() == Instant::at({2017, 3, 22}));
  CHECK(dates[4].at.earliest() == Instant::at({2015, 10, 18}, 71'970'267));
  CHECK(dates[5].at.earliest() == Instant::at({2013, 11, 1}));
  CHECK(dates[6].kind == "Publication Date");
  CHECK(codes_of(result) == Codes{FindingCode::date_repaired, FindingCode::date_repaired,
                                  FindingCode::date_unreadable, FindingCode::code_unknown});
}

TEST_CASE("a record without identifier or title is refused, one without abstract is kept") {
  CHECK(codes_of(read_iso("no_identifier")) == Codes{FindingCode::no_identifier});
  auto const placeholder = read_iso("placeholder_identifier");
  CHECK(codes_of(placeholder) == Codes{FindingCode::no_identifier});
  CHECK(placeholder.error().excerpt == "A REMPLIR");
  CHECK(placeholder.error().where == "/MD_Metadata/fileIdentifier");
  auto const untitled = read_iso("no_title");
  CHECK(codes_of(untitled) == Codes{FindingCode::no_title});
  CHECK(untitled.error().excerpt == "no_title"); // which record it is
  auto const unexplained = read_iso("no_abstract");
  CHECK(parts_of(unexplained).description.empty());
  CHECK(codes_of(unexplained) == Codes{FindingCode::abstract_missing});
}

TEST_CASE("an identifier may be a whole address") {
  CHECK(parts_of(read_iso("path_identifier")).native_id == "http://www.example.org/data/a b?c=d/e");
}

TEST_CASE("the names of the data are known for what they are") {
  auto const result = read_iso("identifiers");
  CHECK(parts_of(result).identifiers ==
        std::vector<model::Identifier>{{"doi", "10.5072/fk2test"},
                                       {"doi", "10.17882/abc"},
                                       {"uri", "http://data.example.org/id/gauges-12"},
                                       {"uuid", "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
                                       {"doi", "10.24400/527896/a01"}});
  CHECK(codes_of(result) == Codes{FindingCode::identifier_placeholder});
}

TEST_CASE("markup is taken out of abstracts") {
  auto const result = read_iso("html_abstract");
  CHECK(parts_of(result).description ==
        english("Rain & snow.\n\n- depth < 2 m\n\n- see the guide (https://www.example.org/doc)"));
  CHECK(codes_of(result) == Codes{FindingCode::html_stripped});
}

TEST_CASE("a property that says why it is empty is absent") {
  auto const result = read_iso("nil_reason");
  auto const parts = parts_of(result);
  CHECK(parts.purpose.empty());
  CHECK(parts.status.empty());
  CHECK(parts.contacts.empty());
  REQUIRE(parts.keyword_sets.size() == 1);
  REQUIRE(parts.keyword_sets[0].keywords.size() == 1);
  CHECK(parts.keyword_sets[0].keywords[0].label == english("level"));
  CHECK(parts.updated.earliest() == Instant::at({2021, 5, 4}, 6 * 3'600'000));
  CHECK(parts.dates.empty());
  CHECK(codes_of(result).empty());
}

TEST_CASE("texts are kept in every language") {
  auto const result = read_iso("languages");
  auto const parts = parts_of(result);
  CHECK(parts.title == local({{"fr", "Hauteurs de la Loire"},
                              {"de", "Pegel der Loire"},
                              {"en", "Levels of the Loire"},
                              {"it", "Livelli della Loira"}}));
  CHECK(parts.description == english("Hourly levels."));
  CHECK(parts.metadata_languages == Strings{"fr", "de", "en"});
  CHECK(codes_of(result) == Codes{FindingCode::language_unknown});
}

TEST_CASE("a document without language is in the language of its source") {
  CHECK(parts_of(read_iso("esri_mixed", {}, "fr")).title == local({{"fr", "Wetlands"}}));
  CHECK(parts_of(read_iso("esri_mixed")).title == model::LocalText("Wetlands"));
  // One that says its language keeps it.
  CHECK(parts_of(read_iso("no_box", {}, "fr")).title == english("Water levels of the Loire"));
}

TEST_CASE("what a template left is no text") {
  auto const result = read_iso("placeholders");
  auto const parts = parts_of(result);
  CHECK(parts.description.empty());
  CHECK(parts.purpose.empty());
  CHECK(parts.topics == Strings{"inlandWaters"});
  CHECK(codes_of(result) == Codes{FindingCode::text_placeholder, FindingCode::abstract_missing,
                                  FindingCode::text_placeholder, FindingCode::code_unknown});
}

TEST_CASE("contacts are merged, and traps among them left out") {
  auto const result = read_iso("contacts");
  auto const contacts = parts_of(result).contacts;
  REQUIRE(contacts.size() == 5);
  CHECK(contacts[0].name == "Jeanne Martin");
  CHECK(contacts[0].roles == Strings{"pointOfContact", "custodian", "metadataContact"});
  CHECK(contacts[0].phones == Strings{"+33 1 11 11 11 11", "+33 2 22 22 22 22"});
  CHECK(contacts[0].emails == Strings{"jeanne.martin@example.org"});
  CHECK(contacts[1].organisation == english("Bureau des crues"));
  CHECK(contacts[1].roles == Strings{"pointOfContact"}); // as the property says
  CHECK(contacts[1].emails.empty());
  CHECK(contacts[2].organisation == local({{"en", "Institute of Hydrology"},
                                           {"fr", "Institut d’hydrologie"},
                                           {"de", "Institut für Hydrologie"}}));
  CHECK(contacts[2].roles == Strings{"owner", "publisher"});
  CHECK(contacts[2].emails == Strings{"info@hydro.example.org", "help@hydro.example.org"});
  CHECK(contacts[3].roles == Strings{"partner"});
  CHECK(contacts[3].url == "http://www.tours.example.org");
  CHECK(contacts[4].orcid == "0000-0002-1825-0097");
  CHECK(contacts[4].url.empty());
  CHECK(codes_of(result) == Codes{FindingCode::role_unknown, FindingCode::text_placeholder,
                                  FindingCode::role_unknown, FindingCode::email_unreadable,
                                  FindingCode::href_completed});
}

TEST_CASE("keywords of one thesaurus are one set, with their concepts") {
  auto const parts = parts_of(read_iso("keywords"));
  REQUIRE(parts.keyword_sets.size() == 6);
  auto const& controlled = parts.keyword_sets[0];
  CHECK(controlled.thesaurus_uri == "http://vocab.nerc.ac.uk/collection/P02/current/");
  REQUIRE(controlled.keywords.size() == 2);
  CHECK(controlled.keywords[1].uri == "http://vocab.nerc.ac.uk/collection/P02/current/TEMP/");
  auto const& free = parts.keyword_sets[1];
  CHECK(free.thesaurus.empty());
  REQUIRE(free.keywords.size() == 2); // once each, and the comma divides nothing
  CHECK(free.keywords[0].label == english("oysters, mussels"));
  CHECK(parts.variables == std::vector{english("Sea level"),
                                       english("Temperature of the water column"),
                                       english("Ground motion")});
  CHECK(parts.platforms == std::vector{english("research vessel"), english("Gauging station")});
  CHECK(parts.instruments == std::vector{english("Tiltmeter")});
}

TEST_CASE("licences are told from statements about access") {
  auto const parts = parts_of(read_iso("licences"));
  REQUIRE(parts.licences.size() == 3);
  CHECK(parts.licences[0].spdx == "CC-BY-4.0"); // named twice, once by address
  CHECK(parts.licences[0].url == "https://creativecommons.org/licenses/by/4.0/");
  CHECK(parts.licences[1].spdx == "etalab-2.0");
  CHECK(parts.licences[2].spdx.empty());
  CHECK(parts.licences[2].text == english("Please name the source."));
  CHECK(parts.access_constraints ==
        std::vector{english("info:eu-repo/semantics/openAccess"), english("None"),
                    english("No limitations to public access"), model::LocalText("restricted")});
}

TEST_CASE("links are found at the distributor, and only safe ones kept") {
  auto const result = read_iso("links");
  auto const online = parts_of(result).online;
  REQUIRE(online.size() == 4);
  CHECK(online[0].href == "https://www.example.org/levels.csv");
  CHECK(online[0].function == "download");
  CHECK(online[0].media_type == "text/csv");
  CHECK(online[1].protocol == "OGC:WMS");
  CHECK(online[1].media_type.empty());
  CHECK(online[2].href == "http://www.example.org/about");
  CHECK(codes_of(result) == Codes{FindingCode::href_refused, FindingCode::href_refused,
                                  FindingCode::href_relative, FindingCode::href_completed,
                                  FindingCode::href_credentials, FindingCode::text_placeholder});
  // From a file, the relative link has a base.
  auto const from_file = parts_of(read_iso("links", "https://www.example.org/records/loire.xml"));
  REQUIRE(from_file.online.size() == 5);
  CHECK(from_file.online[2].href == "https://www.example.org/records/data/levels.nc");
}

TEST_CASE("relations name the others as they call themselves") {
  auto const result = read_iso("relations");
  CHECK(parts_of(result).relations ==
        std::vector<model::Relation>{
            {"parent", "all-rivers", "", {}},
            {"parent", "", "https://www.example.org/sites/7", english("Lake site")},
            {"crossReference", "10.5072/paper", "https://doi.org/10.5072/paper",
             english("A paper about floods")},
            {"partOfSeamlessDatabase", "seamless-1", "", {}}});
  CHECK(codes_of(result) == Codes{FindingCode::identifier_placeholder});
}

TEST_CASE("of several resources the data set is the record, and services relate to it") {
  auto const result = read_iso("several_identifications");
  auto const parts = parts_of(result);
  CHECK(parts.title == model::LocalText("Sea surface temperature"));
  CHECK(parts.description == model::LocalText("Daily, from satellites."));
  CHECK(parts.type == "dataset");
  CHECK(parts.relations ==
        std::vector<model::Relation>{
            {"service", "", "https://www.example.org/wms",
             model::LocalText("Map of sea surface temperature")},
            {"service", "", "", model::LocalText("Access to sea surface temperature")}});
  REQUIRE(parts.online.size() == 1);
  CHECK(parts.online[0].href == "https://www.example.org/wms");
  CHECK(codes_of(result) == Codes{FindingCode::several_identifications});
}

TEST_CASE("elements of other programs are not looked at") {
  auto const parts = parts_of(read_iso("esri_mixed"));
  CHECK(parts.native_id == "mixed");
  CHECK(parts.title == model::LocalText("Wetlands"));
}

TEST_CASE("a profile is read as far as it says what it extends") {
  auto const parts = parts_of(read_iso("profile"));
  CHECK(parts.native_id == "profiled");
  CHECK(parts.description == model::LocalText("Soils of a canton."));
}

TEST_CASE("the answer of a service with one record is that record") {
  auto const parts = parts_of(read_iso("response"));
  CHECK(parts.native_id == "wrapped");
  CHECK(parts.title == model::LocalText("Snow depth"));
}

TEST_CASE("texts in Latin-1 are read with the letters that are meant") {
  auto const parts = parts_of(read_iso("latin1"));
  CHECK(parts.title == model::LocalText("Forêts d’Île-de-France : le cœur"));
  CHECK(parts.description == model::LocalText("Été."));
}

TEST_CASE("an error report is refused with its text") {
  auto const result = read_iso("exception");
  CHECK(codes_of(result) == Codes{FindingCode::exception_report});
  CHECK(result.error().excerpt == "There is no record of that name.");
}

#include "iso_support.hpp"

using namespace terracat;
using namespace terracat::test;
using model::Bbox;
using model::Bound;
using model::Instant;
using model::Precision;

namespace {

Bound at(std::int64_t year, unsigned month, unsigned day, Precision precision,
         std::int64_t ms_of_day = 0) {
  return Bound::at(*Instant::at({year, month, day}, ms_of_day), precision);
}

model::LocalText french(char const* text) {
  return local({{"fr", text}});
}

model::Contact glaciologist() {
  model::Contact contact;
  contact.name = "Camille Roche";
  contact.organisation = french("Observatoire des glaciers");
  contact.position = french("Glaciologue");
  contact.emails = {"camille.roche@glaciers.example.org"};
  contact.phones = {"+33 4 00 00 00 00"};
  contact.url = "https://glaciers.example.org/";
  contact.orcid = "0000-0002-1825-0097";
  contact.ror = "https://ror.org/05gq02987";
  contact.roles = {"pointOfContact", "author"};
  return contact;
}

} // namespace

TEST_CASE("every mapped field of ISO 19139 and 19115-2 is there") {
  auto const result = read_iso("full_19139");
  auto const parts = parts_of(result);
  CHECK(codes_of(result).empty());
  CHECK(parts.native_id == "glacier-velocity");
  CHECK(parts.type == "series");
  CHECK(parts.title == local({{"fr", "Vitesse des glaciers"}, {"en", "Velocity of glaciers"}}));
  CHECK(parts.alternate_title == french("VITGLA"));
  CHECK(parts.description ==
        local({{"fr", "Vitesses de surface.\n\nDeux images par mois.\n\nVoir la notice."},
               {"en", "Surface velocities."}}));
  CHECK(parts.metadata_languages == Strings{"fr", "en"});
  CHECK(parts.resource_languages == Strings{"en"});
  CHECK(parts.identifiers ==
        std::vector<model::Identifier>{{"doi", "10.5072/vitgla.1"},
                                       {"uri", "https://data.alpes.example.org/glacier-velocity"}});
  CHECK(parts.created.is_unknown());
  CHECK(parts.updated == at(2024, 2, 3, Precision::second, 33'630'000)); // 09:20:30 UTC
  CHECK(parts.dates == std::vector<model::ResourceDate>{
                           {"creation", at(2021, 5, 1, Precision::month), "2021-05"},
                           {"publication", at(2022, 1, 15, Precision::day), "2022-01-15"}});
  REQUIRE(parts.keyword_sets.size() == 2);
  CHECK(parts.keyword_sets[0] ==
        model::KeywordSet{.kind = "theme",
                          .thesaurus = french("Thésaurus"),
                          .thesaurus_uri = "https://w3id.org/ozcar-theia/",
                          .keywords = {{local({{"fr", "glacier"}, {"en", "glacier (en)"}}),
                                        "https://w3id.org/ozcar-theia/c_1"}}});
  CHECK(parts.keyword_sets[1].kind == "parameter");
  CHECK(parts.topics == Strings{"geoscientificInformation"});
}

TEST_CASE("equipment, people and places of ISO 19139 are there") {
  auto const parts = parts_of(read_iso("full_19139"));
  // The axes of the grid are no variables.
  CHECK(parts.variables == std::vector{french("surface velocity"), french("Eastward velocity")});
  CHECK(parts.platforms == std::vector{french("Sentinel-2A")});
  CHECK(parts.instruments == std::vector{french("MSI")});
  REQUIRE(parts.contacts.size() == 2);
  CHECK(parts.contacts[0] == glaciologist());
  CHECK(parts.contacts[1].organisation == french("Catalogue des Alpes"));
  CHECK(parts.contacts[1].emails == Strings{"catalogue@alpes.example.org"});
  CHECK(parts.contacts[1].roles == Strings{"distributor", "metadataContact"});
  REQUIRE(parts.spatial.size() == 1);
  CHECK(parts.spatial[0].geometry->bbox() == Bbox::restored(6.5, 45.5, 7.25, 46));
  CHECK(parts.spatial[0].place == french("Alpes du Nord"));
  REQUIRE(parts.vertical.size() == 1);
  CHECK(parts.vertical[0].range == model::HeightRange{1200, 4808});
  CHECK(parts.vertical[0].crs == "urn:ogc:def:crs:EPSG::5720");
  REQUIRE(parts.temporal.size() == 1);
  CHECK(parts.temporal[0].interval->start() == at(2015, 6, 1, Precision::month));
  CHECK(parts.temporal[0].interval->end().is_open());
  CHECK(parts.temporal[0].start_text == "2015-06");
  CHECK(parts.temporal[0].end_text == "now");
  CHECK(parts.resolutions == std::vector<model::Resolution>{{50, "m"}, {25'000, "scale"}});
}

TEST_CASE("access, links and relations of ISO 19139 are there") {
  auto const parts = parts_of(read_iso("full_19139"));
  CHECK(parts.licences ==
        std::vector<model::Licence>{{"CC-BY-SA-4.0", french("CC BY-SA"),
                                     "https://creativecommons.org/licenses/by-sa/4.0/"}});
  CHECK(parts.access_constraints == std::vector{french("Accès après inscription")});
  REQUIRE(parts.online.size() == 2);
  CHECK(parts.online[0] ==
        model::OnlineResource{.href = "https://data.alpes.example.org/velocity.nc",
                              .name = french("Fichier"),
                              .description =
                                  local({{"fr", "Toutes les années"}, {"en", "All years"}}),
                              .protocol = "WWW:DOWNLOAD-1.0-http--download",
                              .function = "download",
                              .media_type = "application/netcdf"});
  CHECK(parts.online[1].media_type == "text/csv");
  REQUIRE(parts.assets.size() == 2);
  CHECK(parts.assets[0].key == "thumbnail");
  CHECK(parts.assets[0].roles == Strings{"thumbnail"});
  CHECK(parts.assets[0].href == "https://data.alpes.example.org/glacier_s.png");
  CHECK(parts.assets[0].type == "image/png");
  CHECK(parts.assets[1].key == "overview");
  CHECK(parts.assets[1].title == "Carte des vitesses");
  CHECK(parts.assets[1].type == "image/jpeg");
  CHECK(parts.formats == std::vector{french("NetCDF")});
  CHECK(parts.lineage == french("Corrélation d’images.\n\nFiltrage des valeurs aberrantes.\n\n"
                                "Images Sentinel-2."));
  CHECK(parts.purpose == french("Suivi du climat"));
  CHECK(parts.relations == std::vector<model::Relation>{
                               {"parent", "glaciers", "", {}},
                               {"source", "satellite-images", "", french("Images de satellites")}});
  CHECK(parts.status == "onGoing");
  CHECK(parts.frequency == "monthly");
  CHECK(parts.crs == "EPSG:2154");
}

namespace {

model::RecordParts modern_parts() {
  json::Parser parser;
  auto const result =
      formats::read_iso19115_3(fixture("formats/iso/full_19115_3.xml"),
                               {.address = {}, .language = {}, .local_assets = {}, .json = parser});
  CHECK(codes_of(result).empty());
  return parts_of(result);
}

} // namespace

TEST_CASE("what ISO 19115-3 names otherwise is found") {
  auto const parts = modern_parts();
  CHECK(parts.native_id == "snow-water");
  CHECK(parts.type == "dataset");
  CHECK(parts.title ==
        local({{"en", "Snow water equivalent"}, {"fr", "Équivalent en eau de la neige"}}));
  CHECK(parts.description == english("Weekly maps."));
  CHECK(parts.metadata_languages == Strings{"en", "fr"});
  CHECK(parts.resource_languages == Strings{"de"});
  CHECK(parts.created == at(2020, 1, 2, Precision::second, 11'045'000));      // 03:04:05
  CHECK(parts.updated == at(2023, 4, 5, Precision::millisecond, 22'028'900)); // 06:07:08.9
  CHECK(parts.dates ==
        std::vector<model::ResourceDate>{{"released", at(2019, 1, 1, Precision::year), "2019"}});
  CHECK(parts.identifiers ==
        std::vector<model::Identifier>{{"snow.example.org", "SWE-1"}, {"doi", "10.5072/swe"}});
  CHECK(parts.topics == Strings{"climatologyMeteorologyAtmosphere"});
  CHECK(parts.resolutions == std::vector<model::Resolution>{{0.25, "degree"}});
  CHECK(parts.spatial[0].geometry->bbox() == Bbox::restored(5.9, 45.8, 10.5, 47.8));
  CHECK(parts.vertical[0].range == model::HeightRange{300, 3500});
  CHECK(parts.temporal[0].interval->end() == at(2018, 9, 30, Precision::day));
  CHECK(parts.lineage == english("Interpolated between stations."));
  CHECK(parts.purpose == english("Hydrology"));
  CHECK(parts.status == "completed");
  CHECK(parts.frequency == "notPlanned");
  CHECK(parts.crs == "EPSG:4326");
  CHECK(parts.formats == std::vector{english("GeoTIFF")});
}

TEST_CASE("parties, content and links of ISO 19115-3 are found") {
  auto const parts = modern_parts();
  REQUIRE(parts.contacts.size() == 2);
  auto const& person = parts.contacts[0];
  CHECK(person.name == "Lena Frei");
  CHECK(person.organisation == english("Snow Centre"));
  CHECK(person.position == english("Scientist"));
  CHECK(person.emails == Strings{"office@snow.example.org"});
  CHECK(person.phones == Strings{"+41 81 000 00 00"}); // not the fax
  CHECK(person.orcid == "0000-0002-1694-233X");
  CHECK(person.ror == "https://ror.org/05gq02987");
  CHECK(person.roles == Strings{"principalInvestigator"});
  CHECK(parts.contacts[1].roles == Strings{"metadataContact"});
  CHECK(parts.keyword_sets[0].thesaurus_uri == "http://vocab.nerc.ac.uk/collection/P07/current/");
  CHECK(parts.variables == std::vector{english("surface_snow_amount"),
                                       english("Snow water equivalent in millimetres"),
                                       english("quality flag")});
  CHECK(parts.instruments == std::vector{english("snow pillow")});
  CHECK(parts.platforms == std::vector{english("Weissfluhjoch station")});
  CHECK(parts.licences ==
        std::vector<model::Licence>{{"ODbL-1.0", english("Open Database License"),
                                     "https://opendatacommons.org/licenses/odbl/1-0/"}});
  CHECK(parts.access_constraints == std::vector{model::LocalText("unrestricted")});
  REQUIRE(parts.online.size() == 3);
  CHECK(parts.online[0].href == "https://snow.example.org/data/");
  CHECK(parts.online[1].href == "https://doi.org/10.5072/swe");
  CHECK(parts.online[2].function == "completeMetadata");
  CHECK(parts.assets[0].href == "https://snow.example.org/map.png");
  CHECK(parts.relations ==
        std::vector<model::Relation>{{"parent", "snow", "", english("All snow data")},
                                     {"crossReference", "snow-depth",
                                      "https://catalogue.snow.example.org/records/snow-depth",
                                      english("Snow depth")}});
}

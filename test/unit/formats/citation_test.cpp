#include "formats/citation.hpp"
#include "formats/schema_org.hpp"
#include "support/catch.hpp"

#include <terracat/json.hpp>

using namespace terracat;
using namespace terracat::formats;
using model::Bound;
using model::LocalText;

namespace {

std::vector<std::string> const english{"en", "fr"};

Bound year(std::int64_t value) {
  return Bound::at(model::Instant::at({value, 1, 1}).value(), model::Precision::year);
}

model::Contact party(std::string name, std::string organisation, std::vector<std::string> roles) {
  return {.name = std::move(name),
          .organisation = LocalText(std::move(organisation)),
          .position = {},
          .emails = {},
          .phones = {},
          .url = {},
          .orcid = {},
          .ror = {},
          .roles = std::move(roles)};
}

model::RecordParts snow() {
  model::RecordParts parts;
  parts.native_id = "snow";
  parts.type = "dataset";
  parts.title = LocalText("en", "Snow & ice: 50% of {Alps}");
  parts.contacts = {party("Gascoin S.", "CESBIO", {"author"}), party("Hagolle O.", "", {"author"}),
                    party("", "CNES", {"publisher"}), party("", "Ministry", {"funder"})};
  parts.dates = {{"creation", year(2015), {}}, {"publication", year(2019), {}}};
  parts.identifiers = {{"doi", "10.24400/329360/f7q28mny"}};
  return parts;
}

Citation cited(model::RecordParts parts) {
  return citation_of(model::Record::make(std::move(parts)).value(), "https://d.example/d/snow",
                     english);
}

json::Document described(model::RecordParts parts) {
  return json::Document::parse(schema_org_text(model::Record::make(std::move(parts)).value(),
                                               {.id = "https://d.example/d/snow",
                                                .url = "https://d.example/en/datasets/snow",
                                                .language = "en",
                                                .catalogue = "Data Terra",
                                                .catalogue_url = "https://d.example/en/"},
                                               english))
      .value();
}

} // namespace

TEST_CASE("a citation has authors, year, title, publisher and DOI") {
  CHECK(to_text(cited(snow())) == "Gascoin S., Hagolle O. (2019). Snow & ice: 50% of {Alps}. CNES. "
                                  "https://doi.org/10.24400/329360/f7q28mny");
  auto parts = snow();
  parts.identifiers.clear();
  parts.contacts = {party("", "CNES", {"owner", "publisher"})};
  parts.dates.clear();
  CHECK(to_text(cited(parts)) == "CNES. Snow & ice: 50% of {Alps}. https://d.example/d/snow");
  parts.contacts.clear();
  CHECK(to_text(cited(parts)) == "Snow & ice: 50% of {Alps}. https://d.example/d/snow");
}

TEST_CASE("BibTeX keeps what means something to it as text") {
  CHECK(to_bibtex(cited(snow()), "snow{,}1") == R"(@misc{snow1,
  author = {{Gascoin S.} and {Hagolle O.}},
  title = {Snow \& ice: 50\% of \{Alps\}},
  year = {2019},
  publisher = {CNES},
  doi = {10.24400/329360/f7q28mny},
  url = {https://doi.org/10.24400/329360/f7q28mny}
}
)");
}

TEST_CASE("a value cannot begin another line of RIS") {
  auto parts = snow();
  parts.title = LocalText("A\r\nER  - \r\nTY  - BOOK");
  CHECK(to_ris(cited(parts)) == "TY  - DATA\r\nAU  - Gascoin S.\r\nAU  - Hagolle O.\r\n"
                                "TI  - A ER - TY - BOOK\r\nPY  - 2019\r\nPB  - CNES\r\n"
                                "DO  - 10.24400/329360/f7q28mny\r\n"
                                "UR  - https://doi.org/10.24400/329360/f7q28mny\r\nER  - \r\n");
}

TEST_CASE("schema.org names people and organisations by what they did") {
  auto const document = described(snow());
  auto const root = document.root();
  auto const first = [&](std::string_view name) { return *root.member(name)->elements().begin(); };
  CHECK(first("creator").string("name") == "Gascoin S.");
  CHECK(first("creator").string("@type") == "Person");
  CHECK(first("publisher").string("name") == "CNES");
  CHECK(first("funder").string("@type") == "Organization");
  CHECK(root.string("datePublished") == "2019");
  CHECK_FALSE(root.member("license"));
  CHECK_FALSE(root.member("spatialCoverage"));
  CHECK_FALSE(root.member("isAccessibleForFree"));
}

TEST_CASE("a description that is too short for search engines is completed, a long one is cut") {
  auto parts = snow();
  parts.description = LocalText("en", "Snow.");
  CHECK(described(parts).root().string("description") ==
        "Snow & ice: 50% of {Alps}. Snow. Data Terra. https://d.example/en/datasets/snow");
  // Characters count, not bytes: of these there are 49, in twice as many bytes.
  std::string short_one;
  while (short_one.size() < 98) short_one += "é";
  parts.description = LocalText("en", short_one);
  CHECK(described(parts).root().string("description") ==
        "Snow & ice: 50% of {Alps}. " + short_one + ". Data Terra");
  std::string lengthy;
  while (lengthy.size() < 6'000) lengthy += "é";
  parts.description = LocalText("en", lengthy);
  auto const text = *described(parts).root().string("description");
  CHECK(text.size() == 5'000);
}

TEST_CASE("places and periods are written as schema.org wants them") {
  auto parts = snow();
  parts.spatial = {
      {model::Geometry::box(model::Bbox::make(-2, 42.5, 3.5, 43).value()), LocalText("Pyrénées")}};
  parts.temporal = {{model::Interval::make(year(2015), Bound::open()).value(), {}, {}}};
  auto const document = described(parts);
  auto const place = document.root().member("spatialCoverage").value();
  CHECK(place.string("name") == "Pyrénées");
  CHECK(place.member("geo")->string("box") == "42.5 -2 43 3.5");
  CHECK(document.root().string("temporalCoverage") == "2015/..");
}

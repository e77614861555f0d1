// What readers put together of many small pieces: keywords, periods, statements of rights, types.

#include "formats/words/collect.hpp"
#include "formats/words/keyword_book.hpp"
#include "formats/words/periods.hpp"
#include "formats/words/resource_types.hpp"
#include "formats/words/rights.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::formats;
using model::LocalText;

TEST_CASE("keywords of one heading stand together, each once") {
  std::vector<model::KeywordSet> sets;
  KeywordBook book(sets);
  model::KeywordSet const gemet{
      .kind = "theme", .thesaurus = LocalText("GEMET"), .thesaurus_uri = {}, .keywords = {}};
  book.add(gemet, {.label = LocalText("water"), .uri = {}});
  book.add({}, {.label = LocalText("water"), .uri = {}});
  book.add(gemet, {.label = LocalText("ice"), .uri = {}});
  book.add(gemet, {.label = LocalText("water"), .uri = {}});
  book.add(gemet, {.label = LocalText("water"), .uri = "http://x.example/water"});
  book.add(gemet, {});
  REQUIRE(sets.size() == 2);
  CHECK(sets[0].thesaurus == LocalText("GEMET"));
  CHECK(sets[0].keywords.size() == 3);
  CHECK(sets[1].keywords.size() == 1);
}

TEST_CASE("a path of keywords is shown by its steps") {
  CHECK(without_path(LocalText("fr", "/Milieu physique/Bathymétrie/MNT")) ==
        LocalText("fr", "Milieu physique > Bathymétrie > MNT"));
  CHECK(without_path(LocalText("m/s")) == LocalText("m/s"));
}

TEST_CASE("periods are two dates, one, or parts with names") {
  auto const read = [](std::string_view text) {
    auto const reading = read_period(text);
    return reading.extent.start_text + "|" + reading.extent.end_text +
           (reading.extent.interval ? "" : " none");
  };
  CHECK(read("2001/2002") == "2001|2002");
  CHECK(read("2001 / ") == "2001|");
  CHECK(read("2001") == "2001|2001");
  CHECK(read("name=x; Start = 2001 ; end=2002;") == "2001|2002");
  CHECK(read("end=2002") == "|2002");
  CHECK(read("Stone Age") == "Stone Age|Stone Age none");
  CHECK(read_period("2001", "").extent.interval->end().is_open());
  CHECK(read_period("2002", "2001").findings ==
        std::vector<FindingCode>{FindingCode::interval_reversed});
}

TEST_CASE("statements are licences or speak of access") {
  model::RecordParts parts;
  add_statement(parts, LocalText("CC-BY 4.0"), {}, About::access);
  add_statement(parts, {}, "https://creativecommons.org/licenses/by/4.0/", About::use);
  add_statement(parts, LocalText("Cite the authors."), {}, About::use);
  add_statement(parts, LocalText("On request."), {}, About::access);
  add_statement(parts, LocalText("Public"), {}, About::use);
  add_statement(parts, LocalText("Closed"), "info:eu-repo/semantics/closedAccess", About::use);
  REQUIRE(parts.licences.size() == 2);
  CHECK(parts.licences[0].spdx == "CC-BY-4.0");
  CHECK(parts.licences[0].url == "https://creativecommons.org/licenses/by/4.0/");
  CHECK(parts.licences[1].text == LocalText("Cite the authors."));
  CHECK(parts.access_constraints ==
        std::vector{LocalText("On request."), LocalText("Public"), LocalText("Closed")});
}

TEST_CASE("codes of restrictions that say something are kept") {
  model::RecordParts parts;
  CHECK(take_restriction_code(parts, "license"));
  CHECK(take_restriction_code(parts, "otherRestrictions"));
  CHECK(parts.access_constraints.empty());
  CHECK(take_restriction_code(parts, "copyright"));
  CHECK(parts.access_constraints == std::vector{LocalText("copyright")});
  CHECK_FALSE(take_restriction_code(parts, "CC-BY"));
}

TEST_CASE("types of DCMI are scopes of ISO") {
  CHECK(scope_of_dcmi_type("collection") == "series");
  CHECK(scope_of_dcmi_type("Image").empty());
  CHECK(type_from_address("http://purl.org/dc/dcmitype/Dataset") == "dataset");
  CHECK(type_from_address("http://purl.org/dc/dcmitype/Image") == "Image");
  CHECK(type_from_address("series") == "series");
}

TEST_CASE("texts are joined language by language") {
  CHECK(joined({LocalText("fr", "a"), LocalText("en", "b"), LocalText("fr", "c")}, "; ").in("fr") ==
        "a; c");
  CHECK(joined({}, "; ").empty());
}

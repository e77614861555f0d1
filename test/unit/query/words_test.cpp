#include "query/words.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::query;

TEST_CASE("words are letters and digits, without case and accents") {
  CHECK(words_of("Mesures de Pluie") == " mesures de pluie ");
  CHECK(words_of("Île-de-France, été 2024") == " ile de france ete 2024 ");
  CHECK(words_of("I\u0302le") == " ile ");
  CHECK(words_of("Sentinel-2A (MSI)") == " sentinel 2a msi ");
  CHECK(words_of("  l'eau\n\tdouce  ") == " l eau douce ");
  CHECK(words_of("Straße") == " strasse ");
  CHECK(words_of("Ωκεανός") == " ωκεανοσ ");
  CHECK(words_of("50 %") == " 50 ");
}

TEST_CASE("words of plain letters are those that they are beside others") {
  for (char c = 1; c > 0 && c < 127; ++c) {
    auto const text = std::string("A") + c + "b" + c;
    CAPTURE(text);
    auto const words = words_of(text);
    CHECK(words_of(text + " é") == words + (words.ends_with(' ') ? "e " : " e "));
  }
}

TEST_CASE("a text without words has none") {
  CHECK(words_of("").empty());
  CHECK(words_of(" -- % _ \\ … ").empty());
}

TEST_CASE("signs of scripts without blanks are words by themselves") {
  CHECK(words_of("海面水温") == " 海 面 水 温 ");
  CHECK(words_of("SST海面2024") == " sst 海 面 2024 ");
}

TEST_CASE("a phrase that has no word is none") {
  CHECK_FALSE(says_one_of({"rain", "--"}));
  auto const one = says_one_of({"Sea ICE"}).value();
  auto const& like = std::get<Like>(std::get<Or>(one.node).of.at(0).node);
  CHECK(like.property.place == Property::Place::words);
  CHECK(phrase_in(like) == "sea ice");
  CHECK_FALSE(phrase_in({.property = {.name = "title"}, .pattern = "% sea %"}));
}

TEST_CASE("of an item those properties are looked at that say something") {
  CHECK(words_in_body(
            R"("type":"Feature","properties":{"title":"Sea ice","keywords":["Été",1,"b"],)"
            R"("description":"--","name":"x"},"assets":{},"links":[)") == " sea ice / ete / b ");
  CHECK(words_in_body(R"("properties":{"name":"x"},"assets":{"a":{"title":"y"}},"links":[)") == "");
  CHECK(words_in_body(R"("properties":{"title":null,"keywords":"sea"},"links":[)") == "");
}

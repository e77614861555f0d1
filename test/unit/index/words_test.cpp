// Texts taken apart into words, and records into what they are found by.

#include "index/language.hpp"
#include "index/question.hpp"
#include "index/record_words.hpp"
#include "index/stems.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::index;

namespace {

std::vector<std::string> small(std::string_view text) {
  std::vector<std::string> out;
  for (auto const& word : words_of(text).words) out.push_back(word.small);
  return out;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("words are parted by all that is no letter and no digit") {
  CHECK(small("Sea-level_rise: d'eau, l’été (2 m)") ==
        Texts{"sea", "level", "rise", "d", "eau", "l", "été", "2", "m"});
  CHECK(small("Straße ÉTÉ") == Texts{"strasse", "été"});
  CHECK(small("CO₂ et µg/m³") == Texts{"co2", "et", "ug", "m3"});
  CHECK(small("海面水温 x") == Texts{"海", "面", "水", "温", "x"});
  CHECK(small("").empty());
  CHECK(small("… – !").empty());
}

TEST_CASE("acronyms, formulas and identifiers are kept as they were written") {
  CHECK(words_of("ET in the SSS of InSAR and pH, NO₂, a Plain Word").exact ==
        Texts{"ＥＴ", "ＳＳＳ", "ＩnＳＡＲ", "pＨ", "ＮＯ2"});
  CHECK(words_of("HLSS30.002 of Sentinel-2 (doi:10.5555/a-1.)").exact ==
        Texts{"ＨＬＳＳ30", "ＨＬＳＳ30.002", "Ｓentinel-2", "doi:10.5555/a-1"});
  CHECK(words_of("sea-level and/or ice").exact.empty());
}

TEST_CASE("capitals make no acronym where there is nothing else, but for what people type") {
  CHECK(words_of("ICE OF THE SEA").exact.empty());
  CHECK(words_of("SST", true).exact == Texts{"ＳＳＴ"});
}

TEST_CASE("the language of a text is that of its small words and its spelling") {
  auto const guess = [](std::string_view text) { return guessed_language(words_of(text).words); };
  CHECK(guess("mesures de pluie dans les Alpes") == WordTable::french);
  CHECK(guess("rain over the Alps") == WordTable::english);
  CHECK(guess("température") == WordTable::french);
  CHECK_FALSE(guess("Landsat"));
  CHECK(table_of("fr-CA") == WordTable::french);
  CHECK(table_of("en") == WordTable::english);
  CHECK(table_of("de") == WordTable::other);
}

TEST_CASE("words stand in a table as stems, without accents and without what tells nothing") {
  WordMaker const maker;
  auto const in = [&](WordTable table, std::string_view text) {
    return maker.in(table, words_of(text).words);
  };
  CHECK(in(WordTable::french, "débit des rivières") == in(WordTable::french, "débits de rivière"));
  CHECK(in(WordTable::english, "observed rivers") == "observ river");
  CHECK(in(WordTable::other, "Flüsse der Berge") == "flusse der berge");
  CHECK(in(WordTable::english, "of the").empty());
}

TEST_CASE("a record is found by what it says, each text in its language") {
  model::RecordParts parts;
  parts.native_id = "X_1.5";
  parts.title.add("en", "Sea ice");
  parts.title.add("fr", "Glaces de mer");
  parts.description = model::LocalText("Cartes des glaces dans les mers de l'Arctique");
  parts.keyword_sets = {{.keywords = {{.label = model::LocalText("banquise")}}}};
  parts.variables = {model::LocalText("en", "thickness")};
  parts.identifiers = {{"doi", "10.5555/ice"}};
  auto const words = WordMaker().of(model::Record::make(std::move(parts)).value());
  CHECK(words.version == word_rules);
  CHECK(words[WordTable::english][0] == "sea ice");
  CHECK(words[WordTable::english][1] == "thick");
  CHECK(words[WordTable::french][0] == "glac mer");
  CHECK(words[WordTable::french][2] == "banquis");
  CHECK(words[WordTable::french][3].starts_with("cart glac mer arctiqu"));
  CHECK(words[WordTable::exact][3] == "10.5555/ice Ｘ_1.5");
}

TEST_CASE("two words differ by as many letters as have to be changed") {
  CHECK(distance(U"ocean", U"ocean", 2) == 0);
  CHECK(distance(U"ocean", U"ocen", 2) == 1);
  CHECK(distance(U"ocean", U"oceon", 2) == 1);
  CHECK(distance(U"precipit", U"precpitt", 2) == 2);
  CHECK(distance(U"ocean", U"river", 2) == 3);
  CHECK(distance(U"a", U"abcdef", 2) == 3);
}

TEST_CASE("a stemmer is of a language that Snowball has") {
  CHECK(Stemmer("english")("stations") == "station");
  CHECK_THROWS_AS(Stemmer("elvish"), std::invalid_argument);
}

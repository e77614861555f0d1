#include "enrich/language.hpp"

#include "support/catch.hpp"

#include <string>

using namespace terracat::enrich;
namespace model = terracat::model;
using model::LocalText;

namespace {

std::string language_of(std::string_view text) {
  auto const guess = guess_language(text);
  return guess ? std::string(guess->language) : std::string();
}

model::Record record(LocalText title, LocalText description,
                     std::vector<std::string> languages = {}) {
  model::RecordParts parts;
  parts.native_id = "r";
  parts.type = "dataset";
  parts.title = std::move(title);
  parts.description = std::move(description);
  parts.metadata_languages = std::move(languages);
  return model::Record::make(std::move(parts)).value();
}

} // namespace

TEST_CASE("a text tells its language by its small words") {
  CHECK(language_of("Mesures de la pluie dans les Alpes et le Jura") == "fr");
  CHECK(language_of("Measurements of the rain in the Alps and the Jura") == "en");
  CHECK(language_of("Messungen des Regens in den Alpen und im Jura, von der Schweiz") == "de");
  CHECK(language_of("Medidas de la lluvia en los Andes y en el Chaco") == "es");
  CHECK(language_of("Misure della pioggia nelle Alpi e nel Giura, con i dati di una rete") == "it");
  CHECK(language_of("Medições da chuva nos Andes e no Chaco, com os dados de uma rede") == "pt");
  CHECK(language_of("Metingen van de regen in het oosten en van de wind") == "nl");
}

TEST_CASE("how sure it is: by how far it is ahead of the next language") {
  // of, the, in, the, and, the; of these Dutch has two, `of` and `in`
  auto const guess = guess_language("Measurements of the rain in the Alps and the Jura");
  REQUIRE(guess);
  CHECK(guess->words == 6);
  CHECK(guess->score == Approx(4.0 / 6.0));
}

TEST_CASE("too few small words, or of two languages alike, tell nothing") {
  CHECK(language_of("").empty());
  CHECK(language_of("Sentinel-2 L2A").empty());
  CHECK(language_of("Carte des sols").empty());
  CHECK(language_of("the rain and the snow, la pluie et la neige").empty());
  CHECK(language_of("the the the " +
                    [] {
                      std::string names;
                      for (int i = 0; i < 40; ++i) names += "Argo ";
                      return names;
                    }())
            .empty()); // 3 of 43 words
}

TEST_CASE("apostrophes and other signs part words, whatever their form") {
  CHECK(language_of("l’eau, l’air – « qu’il » pleuve") == "fr");
  CHECK(language_of("L'EAU, L'AIR (QU'IL) PLEUVE") == "fr");
}

TEST_CASE("a record that tells a language is believed") {
  LocalText const title("Mesures de la pluie dans les Alpes");
  LocalText const description("Ce sont les mesures de la pluie et de la neige.");
  auto const guess = guess_language(record(title, description));
  REQUIRE(guess);
  CHECK(guess->language == "fr");
  CHECK_FALSE(guess_language(record(title, description, {"en"})));
  CHECK_FALSE(guess_language(record(LocalText("en", "Rain"), description)));
}

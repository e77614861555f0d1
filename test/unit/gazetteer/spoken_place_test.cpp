#include "gazetteer/spoken_place.hpp"

#include "support/catch.hpp"

#include <algorithm>

using namespace terracat::gazetteer;

namespace {

using Texts = std::vector<std::string>;

/// What the text is cut to for each place that it speaks of.
Texts spoken(std::string_view text, Texts const& labels = {}) {
  static Gazetteer const places;
  auto const is_label = [&](std::string_view words) {
    return std::ranges::find(labels, words) != labels.end();
  };
  Texts out;
  for (auto const& one : find_places(text, places, is_label)) {
    out.emplace_back(text.substr(one.begin, one.end - one.begin));
  }
  return out;
}

} // namespace

TEST_CASE("a text speaks of places by their names, whatever their case and accents") {
  CHECK(spoken("pluie dans les Alpes") == Texts{"Alpes"});
  CHECK(spoken("pluie dans les alpes") == Texts{"alpes"});
  CHECK(spoken("salinité méditerranée") == Texts{"méditerranée"});
  CHECK(spoken("salinite mediterranee") == Texts{"mediterranee"});
  CHECK(spoken("sea level in the North Sea and the Bay of Biscay") ==
        Texts{"North Sea", "Bay of Biscay"});
  CHECK(spoken("séismes de l’Afrique de l'Ouest") == Texts{"Afrique de l'Ouest"});
  CHECK(spoken("pluie").empty());
  CHECK(spoken("").empty());
}

TEST_CASE("the longest name counts, and each place once, three at most") {
  CHECK(spoken("courants de la mer du Nord") == Texts{"mer du Nord"});
  CHECK(spoken("vent en Allemagne, Germany") == Texts{"Allemagne"});
  CHECK(spoken("France, Italie, Espagne, Portugal") == Texts{"France", "Italie", "Espagne"});
}

TEST_CASE("more words that are a label are no place") {
  CHECK(spoken("Arctic ozone hole", {"Arctic ozone hole"}).empty());
  CHECK(spoken("Arctic ozone", {"Arctic"}) == Texts{"Arctic"});
}

TEST_CASE("a name that is a word as well counts where it is written as a name") {
  SECTION("with a capital") {
    CHECK(spoken("crues du Var") == Texts{"Var"});
    CHECK(spoken("débit de la Loire") == Texts{"Loire"});
    CHECK(spoken("crues du var").empty());
    CHECK(spoken("Somme des pluies").empty());
    CHECK(spoken("SOMME DES PLUIES DU VAR").empty());
  }
  SECTION("behind a word that leads to places") {
    CHECK(spoken("pluie au mali") == Texts{"mali"});
    CHECK(spoken("incendies dans le var") == Texts{"var"});
    CHECK(spoken("séismes en corse") == Texts{"corse"});
    CHECK(spoken("var covar").empty());
    CHECK(spoken("vitesse du vent, nord").empty());
    CHECK(spoken("chemin dans la savannah", {"savannah"}).empty());
  }
  SECTION("or if it is all") {
    CHECK(spoken("mali") == Texts{"mali"});
    CHECK(spoken("Var") == Texts{"Var"});
  }
  SECTION("short names of countries at the beginning, too") {
    CHECK(spoken("Mali rainfall") == Texts{"Mali"});
    CHECK(spoken("mali rainfall").empty());
  }
}

TEST_CASE("a word of every day leads nowhere in small letters") {
  CHECK(spoken("dans un atlas climatique").empty());
  CHECK(spoken("en réunion").empty());
  CHECK(spoken("pluie sur La Réunion") == Texts{"La Réunion"});
  CHECK(spoken("neige dans l'Atlas") == Texts{"Atlas"});
}

TEST_CASE("texts that are long or broken are read without harm") {
  CHECK(spoken(std::string(2'000, 'a')).empty());
  CHECK(spoken("\xff\xfe Alpes \xc3") == Texts{"Alpes"});
  std::string many;
  for (int i = 0; i < 70; ++i) many += "a ";
  CHECK(spoken(many + "Alpes").empty());
}

#include "gazetteer/gazetteer.hpp"

#include "support/catch.hpp"

#include <algorithm>

using namespace terracat::gazetteer;

namespace {

using Texts = std::vector<std::string>;

constexpr std::string_view few =
    "# a comment\n"
    "sea\t\tQ1\t\t12.05,53.92,23.49,59.83\tmer Baltique|Baltique\tBaltic Sea\n"
    "islands\t\t\t\t174.58,-21.71,-178.25,-12.47\tFidji\tFiji\n"
    "river\teveryday\t\t\t15,-31,29,-28\tOrange\tOrange\n"
    "sea\t\t\t\t1,2,3\ttrop peu\ttoo few\n"
    "mood\t\t\t\t1,2,3,4\tune humeur\ta mood\n"
    "sea\t\t\t1,2,3,4\tcolonne perdue\n"
    "river\t\t\t\t0,0,1,1\tBaltique\tBaltic\n";

Texts labels(std::vector<Place const*> const& places) {
  Texts out;
  for (auto const* const place : places) out.push_back(place->names.front().text);
  return out;
}

} // namespace

TEST_CASE("a line of the gazetteer is a place; one that is no line of it is left out") {
  Gazetteer const places(few);
  REQUIRE(places.places().size() == 4);
  auto const* const baltic = places.find("BALTIQUE");
  REQUIRE(baltic != nullptr);
  CHECK(baltic->kind == Kind::sea); // the first that is called so
  CHECK(baltic->uri() == "http://www.wikidata.org/entity/Q1");
  CHECK(baltic->bbox == terracat::model::Bbox::make(12.05, 53.92, 23.49, 59.83).value());
  CHECK(places.find("baltic sea") == baltic);
  CHECK(places.find("mer") == nullptr);
  CHECK(places.find("Orange")->is_everyday);
  CHECK(places.find("") == nullptr);
}

TEST_CASE("a box of the gazetteer crosses the antimeridian where its west is more than its east") {
  Gazetteer const places(few);
  auto const& box = places.find("fiji")->bbox;
  REQUIRE(box);
  CHECK(box->crosses_antimeridian());
  CHECK(box->west() == 174.58);
  CHECK(box->east() == -178.25);
}

TEST_CASE("a label is that of the first language that there is one in") {
  Gazetteer const places(few);
  auto const* const baltic = places.find("baltic sea");
  CHECK(baltic->label(Texts{"de", "en"}) == "Baltic Sea");
  CHECK(baltic->label(Texts{"fr"}) == "mer Baltique");
  CHECK(baltic->label(Texts{"de"}) == "mer Baltique");
}

TEST_CASE("places are found by how a name begins, or a later word of it") {
  Gazetteer const places(few);
  CHECK(labels(places.beginning("balt", 9)) == Texts{"mer Baltique", "Baltique"});
  CHECK(labels(places.beginning("mer b", 9)) == Texts{"mer Baltique"});
  CHECK(labels(places.beginning("balt", 1)) == Texts{"mer Baltique"});
  CHECK(places.beginning("", 9).empty());
  CHECK(places.beginning("altique", 9).empty());
}

TEST_CASE("the shipped gazetteer has the places of the Earth and of France") {
  Gazetteer const places;
  CHECK(places.places().size() > 1'900);
  auto const box = [&](std::string_view name) { return places.find(name)->bbox.value(); };
  CHECK(box("Alpes") == box("Alps"));
  CHECK(box("Alpes").intersects(terracat::model::Bbox::make(6.8, 45.8, 6.9, 45.9).value()));
  CHECK(box("Méditerranée").contains(box("golfe du Lion")));
  CHECK(box("France").contains(box("Auvergne")));
  CHECK_FALSE(box("France").intersects(box("Guyane"))); // its main land
  CHECK(box("Fidji").crosses_antimeridian());
  CHECK(places.find("Kerguelen")->kind == Kind::islands);
  CHECK(places.find("Var")->kind == Kind::department);
  for (auto const& place : places.places()) {
    CHECK_FALSE(place.names.empty());
    CHECK(place.names.front().text == place.label({}));
  }
}

TEST_CASE("countries and parts of continents are called as ICU calls them, too") {
  Gazetteer const places;
  auto const names = [&](std::string_view name) {
    Texts out;
    auto const* const place = places.find(name);
    for (std::size_t i = 0; place != nullptr && i < 2; ++i) out.push_back(place->names[i].text);
    return out;
  };
  CHECK(names("AFRIQUE") == Texts{"Afrique", "Africa"});
  CHECK(names("Cote d'Ivoire") == Texts{"Côte d’Ivoire", "Côte d’Ivoire"});
  CHECK(names("germany") == Texts{"Allemagne", "Germany"});
  CHECK(names("Chine") == Texts{"Chine", "China"});
  CHECK(names("western africa") == Texts{"Afrique occidentale", "Western Africa"});
  CHECK(places.find("western africa")->bbox.has_value());
  CHECK(places.find("Bouvet Island") != nullptr); // without a box
  CHECK(names("nowhere").empty());
}

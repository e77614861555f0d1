#include "enrich/places.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace terracat::enrich;
using terracat::gazetteer::Gazetteer;
using terracat::gazetteer::Place;
namespace model = terracat::model;
using model::Bbox;
using model::LocalText;

namespace {

constexpr std::string_view few = "country\t\t\t\t-5,41,10,51\tFrance\tFrance\n"
                                 "country\t\t\t\t6,36,19,47\tItalie\tItaly\n"
                                 "mountains\t\t\t\t5,43,16,49\tAlpes\tAlps\n"
                                 "island\t\t\t\t8,41,10,43\tCorse\tCorsica\n"
                                 "river\teveryday\t\t\t15,-31,29,-28\tOrange\tOrange\n"
                                 "country\t\t\t\t\tNulle part\tNowhere\n"
                                 "islands\t\t\t\t174,-22,-178,-12\tFidji\tFiji\n";

model::RecordParts parts(std::string title) {
  model::RecordParts out;
  out.native_id = "r";
  out.type = "dataset";
  out.title = LocalText("en", std::move(title));
  return out;
}

model::KeywordSet keywords(std::string kind, std::vector<std::string> const& labels) {
  model::KeywordSet set;
  set.kind = std::move(kind);
  for (auto const& label : labels) set.keywords.push_back({LocalText(label), {}});
  return set;
}

std::optional<GuessedArea> guess(model::RecordParts record,
                                 terracat::gazetteer::IsLabel const& is_label = {}) {
  static Gazetteer const places(few);
  return guess_area(model::Record::make(std::move(record)).value(), places, is_label);
}

std::vector<std::string> words(std::optional<GuessedArea> const& area) {
  std::vector<std::string> out;
  if (area) {
    for (auto const& one : area->places) out.push_back(one.word);
  }
  return out;
}

using Texts = std::vector<std::string>;

Bbox box(double west, double south, double east, double north) {
  return Bbox::make(west, south, east, north).value();
}

} // namespace

TEST_CASE("where there are no coordinates, the name of the place stands for its box") {
  auto record = parts("Rain in Italy");
  record.spatial = {{std::nullopt, LocalText("Corse")}};
  auto const area = guess(record);
  REQUIRE(area);
  CHECK(area->rule == PlaceRule::extent);
  CHECK(words(area) == Texts{"Corse"}); // the surest alone: not the title
  CHECK(area->box == box(8, 41, 10, 43));
  CHECK(name_of(area->rule) == "extent");
}

TEST_CASE("a record with an area needs no guess") {
  auto record = parts("Rain in Italy");
  record.spatial = {{model::Geometry::box(box(1, 1, 2, 2)), LocalText("Corse")}};
  CHECK_FALSE(guess(record));
}

TEST_CASE("of lists and paths the names count, and of nested places the inner one") {
  auto record = parts("Rain");
  record.keyword_sets = {keywords("place", {"EUROPE > FRANCE > CORSICA", "Alps"})};
  auto const area = guess(record);
  REQUIRE(area);
  CHECK(area->rule == PlaceRule::place_keyword);
  CHECK(words(area) == Texts{"CORSICA", "Alps"}); // the box of France holds that of Corsica
  CHECK(area->box == box(5, 41, 16, 49));
}

TEST_CASE("other keywords are places only if they are nothing else") {
  auto record = parts("Rain");
  record.keyword_sets = {keywords("theme", {"rain", "Orange", "rain in Italy"})};
  CHECK_FALSE(guess(record)); // a word of every day; more than a name
  record.keyword_sets = {keywords("theme", {"rain", "Italy"})};
  auto const area = guess(record);
  REQUIRE(area);
  CHECK(area->rule == PlaceRule::keyword);
  CHECK(words(area) == Texts{"Italy"});
  CHECK_FALSE(guess(record, [](std::string_view word) { return word == "Italy"; }));
}

TEST_CASE("last, the title may speak of a place") {
  auto const area = guess(parts("Rain gauges of the Alps"));
  REQUIRE(area);
  CHECK(area->rule == PlaceRule::title);
  CHECK(words(area) == Texts{"Alps"});
  CHECK(score_of(PlaceRule::extent) > score_of(area->rule));
  CHECK_FALSE(guess(parts("Rain gauges")));
}

TEST_CASE("a place without a box leads nowhere") {
  auto record = parts("Rain");
  record.spatial = {{std::nullopt, LocalText("Nowhere")}};
  CHECK_FALSE(guess(record));
}

TEST_CASE("no more names are looked up than a record may sensibly have") {
  auto record = parts("Rain");
  record.keyword_sets = {keywords("place", Texts(200, "nothing"))};
  record.keyword_sets.front().keywords.push_back({LocalText("Italy"), {}});
  CHECK_FALSE(guess(record));
}

TEST_CASE("a box has the name of what is like it, and of the smallest that holds it") {
  Gazetteer const places(few);
  // 11 × 6 against 10 × 6 within it
  auto const alps = places_near(box(6, 43, 16, 49), places);
  REQUIRE(alps.size() == 1);
  CHECK(alps[0].place == places.find("Alpes"));
  CHECK(alps[0].how == NearPlace::How::like);
  CHECK(alps[0].share == Approx(60.0 / 66.0));

  // 1 × 1 in Corsica, whose box lies within that of France; that of Italy holds it, too
  auto const town = places_near(box(8.5, 41.5, 9.5, 42.5), places);
  REQUIRE(town.size() == 1);
  CHECK(town[0].place == places.find("Corse"));
  CHECK(town[0].how == NearPlace::How::within);
  CHECK(town[0].share == Approx(1.0 / 4.0));

  // 1.5 × 2 of 2 × 2: like Corsica, which it also lies within
  auto const most = places_near(box(8, 41, 9.5, 43), places);
  REQUIRE(most.size() == 1);
  CHECK(most[0].how == NearPlace::How::like);
  CHECK(most[0].share == Approx(0.75));
}

TEST_CASE("boxes across the antimeridian are near to places there") {
  Gazetteer const places(few);
  auto const found = places_near(box(175, -21, -179, -13), places);
  REQUIRE(found.size() == 1);
  CHECK(found[0].place == places.find("Fiji"));
  CHECK(found[0].share == Approx(48.0 / 80.0)); // 6 × 8 of 8 × 10
}

TEST_CASE("the whole Earth is near to nothing") {
  Gazetteer const places(few);
  CHECK(places_near(Bbox::world(), places).empty());
  CHECK(places_near(box(-150, 60, -140, 70), places).empty());
}

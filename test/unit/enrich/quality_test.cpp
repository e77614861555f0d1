#include "enrich/quality.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

using namespace terracat::enrich;
namespace model = terracat::model;
using model::LocalText;

namespace {

/// Nothing but what every record has.
model::RecordParts bare(std::string type = "dataset") {
  model::RecordParts parts;
  parts.native_id = "r";
  parts.type = std::move(type);
  parts.title = LocalText("Rain");
  return parts;
}

model::Contact somebody(std::string name, std::vector<std::string> emails,
                        std::vector<std::string> roles) {
  return {.name = std::move(name),
          .organisation = {},
          .position = {},
          .emails = std::move(emails),
          .phones = {},
          .url = {},
          .orcid = {},
          .ror = {},
          .roles = std::move(roles)};
}

model::OnlineResource online(std::string protocol, std::string function) {
  return {.href = "https://rain.example/a.csv",
          .name = {},
          .description = {},
          .protocol = std::move(protocol),
          .function = std::move(function),
          .media_type = {}};
}

model::Bound year(std::int64_t which) {
  return model::Bound::at(model::Instant::at({which, 1, 1}).value(), model::Precision::year);
}

model::KeywordSet words(std::vector<std::string> const& labels, std::string const& uri) {
  model::KeywordSet set;
  for (auto const& label : labels) set.keywords.push_back({LocalText(label), uri});
  return set;
}

/// A little of everything.
model::RecordParts partly() {
  auto parts = bare();
  parts.title = LocalText("en", "Rain in Alps");
  parts.description = LocalText(std::string(60, 'x'));
  parts.identifiers = {{"uuid", "0f2f5e2e-3c2b-4a3a-9f0e-0a0b0c0d0e0f"}};
  parts.keyword_sets = {words({"rain"}, {})};
  parts.spatial = {{std::nullopt, LocalText("Alps")}};
  parts.temporal = {{std::nullopt, "long ago", {}}};
  parts.online = {online("WWW:LINK-1.0-http--link", "information")};
  parts.contacts = {somebody("Ada Martin", {}, {"pointOfContact"})};
  parts.licences = {{{}, LocalText("ask us"), {}}};
  parts.lineage = LocalText("measured");
  parts.dates = {{"publication", year(2020), "2020"}};
  return parts;
}

model::RecordParts whole() {
  auto parts = partly();
  parts.description = LocalText(std::string(200, 'x'));
  parts.identifiers = {{"doi", "10.1234/rain"}};
  parts.keyword_sets = {words({"rain", "snow", "hail"}, "https://voc.example/1")};
  parts.spatial = {{model::Geometry::box(model::Bbox::make(5, 44, 8, 47).value()), {}}};
  parts.temporal = {{model::Interval::make(year(1998), model::Bound::open()).value(), {}, {}}};
  parts.online = {online("WWW:DOWNLOAD-1.0-http--download", "download")};
  parts.contacts = {somebody("Ada Martin", {"ada@rain.example"}, {"author"})};
  parts.formats = {LocalText("CSV")};
  parts.licences = {{"CC-BY-4.0", {}, {}}};
  parts.lineage = LocalText(std::string(60, 'x'));
  return parts;
}

Quality of(model::RecordParts parts, Known const& known = {}) {
  return quality_of(model::Record::make(std::move(parts)).value(), known);
}

Level level(Quality const& quality, std::string_view name) {
  auto const found = std::ranges::find(quality.ratings(), criterion(name), &Rating::criterion);
  REQUIRE(found != quality.ratings().end());
  return found->level;
}

} // namespace

TEST_CASE("criteria are told by their names, each aspect once") {
  std::set<std::string_view> names;
  std::set<Aspect> aspects;
  for (auto const& one : criteria()) {
    CHECK(criterion(one.name) == &one);
    names.insert(one.name);
    aspects.insert(one.aspect);
  }
  CHECK(names.size() == criteria().size());
  CHECK(aspects.size() == criteria().size());
  CHECK(criterion("licenses") == nullptr);
}

TEST_CASE("a description that says all has a score of 100") {
  auto const quality = of(whole());
  CHECK(quality.score() == 100);
  for (auto const principle : all_principles) CHECK(quality.score(principle) == 100);
}

TEST_CASE("what is said in part counts half") {
  auto const quality = of(partly(), {.names_concepts = true, .has_items = false});
  // 4 + 5 + 5 + 3 + 4 + 4 of findable, 7 + 4, 3 + 0 + 3, 5 + 2.5 + 1.5
  CHECK(quality.score() == 51);
  CHECK(quality.score(Principle::findable) == 54);      // 25 of 46
  CHECK(quality.score(Principle::accessible) == 50);    // 11 of 22
  CHECK(quality.score(Principle::interoperable) == 43); // 6 of 14
  CHECK(quality.score(Principle::reusable) == 50);      // 9 of 18
  CHECK(level(quality, "formats") == Level::missing);
  CHECK(level(quality, "language") == Level::stated);
  CHECK(level(quality, "licence") == Level::partial);
}

TEST_CASE("a title of one word is all that a bare record says") {
  auto const quality = of(bare());
  CHECK(quality.score() == 2); // half of 4
  CHECK(quality.ratings().size() == criteria().size());
  CHECK(quality.score(Principle::accessible) == 0);
}

TEST_CASE("of what is no data set less is asked") {
  auto parts = bare("service");
  parts.online = {online("OGC:WMS", {})};
  auto const quality = of(std::move(parts));
  CHECK(quality.score() == 22); // 2 + 14 of 74
  CHECK(quality.ratings().size() == criteria().size() - 4);
  for (auto const& [criterion, level] : quality.ratings()) CHECK_FALSE(criterion->is_of_data);
}

TEST_CASE("what the catalogue concluded is not what the source states") {
  auto parts = whole();
  parts.inferences = {{"title", "r"}, {"geometry", "r"}, {"time", "r"}};
  auto const quality = of(std::move(parts));
  CHECK(level(quality, "title") == Level::missing);
  CHECK(level(quality, "place") == Level::partial);
  CHECK(level(quality, "period") == Level::partial);
  CHECK(quality.score() == 88); // 100 - 4 - 4 - 4
}

TEST_CASE("items are a way to the data, but do not say their format at once") {
  auto const quality = of(bare(), {.names_concepts = false, .has_items = true});
  CHECK(level(quality, "access") == Level::stated);
  CHECK(level(quality, "formats") == Level::partial);
  auto parts = bare();
  parts.stac_members = {{"item_assets", "{}"}};
  CHECK(level(of(std::move(parts)), "formats") == Level::stated);
}

TEST_CASE("length is counted in characters, of the longest language") {
  auto parts = bare();
  std::string accents;
  for (int i = 0; i < 59; ++i) accents += "é";
  parts.description = LocalText("fr", accents);
  CHECK(level(of(parts), "description") == Level::missing);
  parts.description.add("en", std::string(60, 'x'));
  CHECK(level(of(parts), "description") == Level::partial);
  parts.description.add("de", std::string(199, 'x'));
  CHECK(level(of(parts), "description") == Level::partial);
}

TEST_CASE("a picture or a description of the data is no way to them") {
  auto parts = bare();
  model::Asset picture;
  picture.key = "thumbnail";
  picture.href = "https://rain.example/a.png";
  picture.roles = {"thumbnail"};
  auto metadata = picture;
  metadata.key = "iso";
  metadata.roles = {"metadata"};
  parts.assets = {picture, metadata};
  CHECK(level(of(parts), "access") == Level::missing);
  metadata.roles = {"data"};
  parts.assets = {metadata};
  CHECK(level(of(parts), "access") == Level::stated);
}

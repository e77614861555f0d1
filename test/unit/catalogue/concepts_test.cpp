// The concepts that records are about: found, counted upwards, and kept up to date.

#include "geometry/deadline.hpp"

#include "water_site.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::test::water_site;

TEST_CASE("records are about what their keywords surely mean, and about all above it") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  Site site(under_test);
  site.catalogue().submit("a", about("wet", {"Drizzle", "RAIN", "unknown"}),
                          about("white", {"snow"}),
                          about("told", {"what"}, "http://example.org/far-rain/"),
                          about("unsure", {"rainy weather"}), test::record("a", "silent"));
  auto const uses = site.uses();
  REQUIRE(uses);
  CHECK(Site::count(*uses, "drizzle") == 1);
  CHECK(Site::count(*uses, "rain") == 2); // once for two keywords, and what is the same
  CHECK(Site::count(*uses, "far-rain") == 2);
  CHECK(Site::count(*uses, "water") == 3);
  CHECK(Site::count(*uses, "far-weather") == 2); // above the other rain
  CHECK(Site::count(*uses, "snow") == 1);

  auto const terms = uses->terms_of(site.number("wet"));
  REQUIRE(terms.size() == 3);
  REQUIRE(terms[0]->meant.size() == 1);
  CHECK(terms[0]->labels == std::vector<std::string>{"Drizzle"});
  CHECK(terms[0]->meant[0].method == vocabulary::Method::preferred);
  CHECK(terms[0]->meant[0].score == 1);
  CHECK(terms[2]->meant.empty());
  auto const told = uses->terms_of(site.number("told"));
  REQUIRE(told.size() == 1);
  CHECK(told[0]->meant.at(0).method == vocabulary::Method::address);
  CHECK(uses->terms_of(site.number("silent")).empty());
  CHECK(uses->counted_of(site.number("unsure")).empty());
}

TEST_CASE("the concepts of records follow what changes, and former versions stay as they were") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  Site site(under_test);
  CHECK(site.uses()->count(0) == 0);
  site.catalogue().submit("a", about("one", {"rain"}), about("two", {"snow"}));
  auto const before = site.uses();
  CHECK(site.uses() == before); // nothing changed
  site.catalogue().submit("a", about("one", {"snow"}));
  auto const after = site.uses();
  CHECK(Site::count(*before, "rain") == 1);
  CHECK(Site::count(*after, "rain") == 0);
  CHECK(Site::count(*after, "snow") == 2);
  CHECK(Site::count(*after, "water") == 2);
  catalogue::Batch batch{.source = "a", .run = {.source = "a", .mode = "test"}};
  batch.removed.emplace_back(site.number("two"));
  site.catalogue().submit(std::move(batch));
  CHECK(Site::count(*site.uses(), "snow") == 1);
  site.catalogue().catalogue().mend([](double) {}).get();
  CHECK(Site::count(*site.uses(), "snow") == 1); // another epoch: read anew
}

TEST_CASE("of the records about a concept, data sets are counted apart") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  Site site(under_test);
  auto const of_type = [](std::string type, std::vector<std::string> const& keywords) {
    auto put = about("one", keywords);
    auto parts = *put.record;
    parts.type = std::move(type);
    put.record = model::Record::make(std::move(parts)).value();
    return put;
  };
  auto const datasets = [&](std::string const& name) {
    auto const uses = site.uses();
    return uses->datasets(uses->thesaurus().find_address("http://example.org/" + name).value());
  };
  site.catalogue().submit("a", of_type("service", {"drizzle"}), about("two", {"rain"}));
  CHECK(Site::count(*site.uses(), "water") == 2);
  CHECK(datasets("water") == 1);
  CHECK(datasets("drizzle") == 0);
  site.catalogue().submit("a", of_type("series", {"drizzle"}));
  CHECK(datasets("water") == 2);
  CHECK(datasets("far-rain") == 2); // which is the same as rain
  auto const next = site.index_of(water("sleet"), site.index());
  auto const told = site.wait(*next, 2, "water");
  REQUIRE(told);
  CHECK(told->datasets(told->thesaurus().find_address("http://example.org/water").value()) == 2);
  site.catalogue().submit("a", of_type("software", {"drizzle"}));
  CHECK(datasets("water") == 1);
  CHECK(datasets("drizzle") == 0);
  CHECK(Site::count(*site.uses(), "drizzle") == 1);
}

TEST_CASE("many records are read by a thread of the index, and by other vocabularies not again") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  Site site(under_test);
  catalogue::Batch batch{.source = "a", .run = {.source = "a", .mode = "test"}};
  for (int number = 0; number < 1'200; ++number) {
    batch.documents.emplace_back(about("r" + std::to_string(number), {"rain", "sleet"}));
  }
  site.catalogue().submit(std::move(batch));
  CHECK(site.uses() == nullptr); // it is too much for who asks
  REQUIRE(site.wait(*site.index(), 1'200, "rain"));
  site.catalogue().submit("a", about("late", {"rain"}));
  CHECK(Site::count(*site.uses(), "rain") == 1'201);

  auto const next = site.index_of(water("sleet"), site.index());
  auto const told = site.wait(*next, 1'200, "snow");
  REQUIRE(told);
  CHECK(Site::count(*told, "water") == 1'201);
  CHECK(Site::count(*site.uses(), "snow") == 0); // as before for who has the former words
}

TEST_CASE("what no record says any more is forgotten, and former versions stay as they were") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  Site site(under_test);
  constexpr std::size_t words = 1'200;
  std::shared_ptr<ConceptUses const> before;
  for (auto const* const beginning : {"a", "b", "c"}) {
    std::vector<std::string> said{"rain"};
    while (said.size() < words) said.push_back(beginning + std::to_string(said.size()));
    site.catalogue().submit("a", about("one", said));
    before = site.uses();
  }
  CHECK(before->terms_kept() > 3'000);
  auto after = before;
  for (int patience = 0; patience < 2'000 && after->terms_kept() > words; ++patience) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5)); // nothing tells of a version
    after = site.uses();
  }
  CHECK(after->terms_kept() == words);
  CHECK(Site::count(*after, "water") == 1);
  CHECK(after->terms_of(site.number("one")).size() == words);
  CHECK(before->terms_of(site.number("one")).front()->labels == std::vector<std::string>{"rain"});
}

TEST_CASE("who looks for what is about a concept gives up when it is late") {
  Site site(test::stores().front());
  site.catalogue().submit("a", about("one", {"rain"}));
  auto const uses = site.uses();
  geometry::Deadline const deadline(std::chrono::steady_clock::now() - std::chrono::seconds(1));
  CHECK_THROWS_AS(uses->records_about(0, 5), geometry::Late);
}

// What operators decide of keywords: applied to the records that say them, and to no others.

#include "geometry/deadline.hpp"

#include "water_site.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::test::water_site;
using catalogue::KeywordQueue;
using catalogue::QueuedKeyword;
using store::KeywordDecision;
using vocabulary::Method;

namespace {

KeywordDecision decision(std::string const& label, std::string const& name) {
  return {.keyword = catalogue::folded_keyword(label),
          .label = label,
          .concept_uri = name.empty() ? std::string() : "http://example.org/" + name,
          .author = {},
          .at = model::Instant(5'000)};
}

void decide(Site& site, KeywordDecision decision) {
  catalogue::KeywordEdit edit;
  edit.made.push_back(std::move(decision));
  site.catalogue().catalogue().submit(std::move(edit)).get();
}

void withdraw(Site& site, std::string const& label) {
  catalogue::KeywordEdit edit;
  edit.dropped.push_back(catalogue::folded_keyword(label));
  site.catalogue().catalogue().submit(std::move(edit)).get();
}

std::vector<std::string> keywords_of(std::vector<QueuedKeyword> const& queued) {
  std::vector<std::string> out;
  for (auto const& one : queued) out.push_back(one.keyword);
  return out;
}

using Keywords = std::vector<std::string>;

} // namespace

TEST_CASE("a keyword is known by its words alone, and is none without words or beyond bounds") {
  CHECK(catalogue::folded_keyword("  Précipitations -- Totales!") == "precipitations totales");
  CHECK(catalogue::folded_keyword(" / ").empty());
  CHECK(catalogue::folded_keyword(std::string(501, 'a')).empty());
  CHECK(catalogue::folded_keyword(std::string(500, 'a')).size() == 500);
}

TEST_CASE("what no concept is sure to be waits in the queue, the most said first") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  Site site(under_test);
  site.catalogue().submit("a", about("one", {"rainy weather", "nothing known", "rain"}),
                          about("two", {"Rainy  WEATHER", "Rainy weather", "other", "drizzles"}),
                          about("three", {"Other!", "nothing known"}), about("four", {"OTHER"}),
                          about("told", {"never mind"}, "http://example.org/rain"),
                          about("address", {}, "http://elsewhere.example/1"));
  auto const uses = site.uses();
  auto const queue = catalogue::keyword_queue(*uses);
  // Of two ways to write a keyword in one record, the record counts once.
  REQUIRE(keywords_of(queue.near) == Keywords{"rainy weather", "drizzles"});
  CHECK(queue.near[0].records == 2);
  CHECK(queue.near[0].label == "rainy weather");
  CHECK(queue.near[0].examples == std::vector{site.number("one"), site.number("two")});
  REQUIRE(queue.near[0].candidates.size() == 1);
  auto const& candidate = queue.near[0].candidates[0];
  CHECK(uses->thesaurus().at(candidate.number).uri() == "http://example.org/rain");
  CHECK(candidate.method == Method::alternate);
  CHECK(candidate.score == Approx(0.9));
  CHECK(candidate.label.text == "rainy weather");
  CHECK(queue.near[1].candidates.at(0).method == Method::variant);
  CHECK(keywords_of(queue.unknown) == Keywords{"other", "nothing known"});
  CHECK(queue.unknown[0].records == 3);
  CHECK(queue.unknown[0].candidates.empty());
  CHECK(queue.all_near == 2);
  CHECK(queue.all_unknown == 2);
  CHECK(queue.decided.empty());

  geometry::Deadline const deadline(std::chrono::steady_clock::now() - std::chrono::seconds(1));
  CHECK_THROWS_AS(catalogue::keyword_queue(*uses), geometry::Late);
}

TEST_CASE("an accepted keyword stands for its concept in all records that say it") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  Site site(under_test);
  site.catalogue().submit("a", about("one", {"rainy weather"}), about("two", {"Rainy Weather"}),
                          about("three", {"snow", "other"}));
  auto const before = site.uses();
  CHECK(Site::count(*before, "rain") == 0);
  auto const tagged = site.catalogue().view().last_record_change();
  decide(site, decision("RAINY weather", "drizzle"));
  CHECK(site.catalogue().view().last_record_change() > tagged); // lists have another tag

  auto const after = site.uses();
  CHECK(Site::count(*before, "drizzle") == 0); // who has the former version keeps it
  CHECK(Site::count(*after, "drizzle") == 2);
  CHECK(Site::count(*after, "water") == 3); // the two, and snow
  auto const terms = after->terms_of(site.number("two"));
  REQUIRE(terms.size() == 1);
  REQUIRE(terms[0]->meant.size() == 1);
  CHECK(terms[0]->meant[0].method == Method::accepted);
  CHECK(terms[0]->meant[0].score == 1);
  CHECK(after->decision_of(*terms[0])->at == model::Instant(5'000));
  // Records that do not say it have what they had, to the same place in memory.
  CHECK(after->terms_of(site.number("three"))[0] == before->terms_of(site.number("three"))[0]);
  CHECK(after->decision_of(*after->terms_of(site.number("three"))[0]) == nullptr);
  auto const queue = catalogue::keyword_queue(*after);
  CHECK(queue.near.empty());
  CHECK(keywords_of(queue.unknown) == Keywords{"other"});
  CHECK(queue.decided == std::unordered_map<std::string, std::size_t>{{"rainy weather", 2}});

  // What is harvested later is told by it, too.
  site.catalogue().submit("a", about("later", {"rainy weather"}));
  CHECK(Site::count(*site.uses(), "drizzle") == 3);
}

TEST_CASE("a decision that says what is decided already changes nothing") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  Site site(under_test);
  site.catalogue().submit("a", about("one", {"rainy weather"}));
  auto const sequence = [&] { return site.catalogue().view().last_record_change(); };
  decide(site, decision("rainy weather", "drizzle"));
  auto const decided = sequence();
  auto again = decision("Rainy Weather!", "drizzle");
  again.author = "somebody else";
  again.at = model::Instant(9'000);
  decide(site, again);
  withdraw(site, "a word of which nothing is decided");
  CHECK(sequence() == decided);
  auto const uses = site.uses();
  REQUIRE(uses->decisions().all().size() == 1);
  CHECK(uses->decisions().all()[0] == decision("rainy weather", "drizzle"));
  decide(site, decision("rainy weather", "snow"));
  CHECK(sequence() > decided);
  auto const other = sequence();
  withdraw(site, "rainy weather");
  CHECK(sequence() > other);
}

TEST_CASE("a row of the queue keeps its place whatever comes and goes") {
  catalogue::QueuePlace const often{.records = 3, .score = 0, .keyword = "b"};
  catalogue::QueuePlace const surer{.records = 2, .score = 0.9, .keyword = "z"};
  catalogue::QueuePlace const first{.records = 2, .score = 0.5, .keyword = "a"};
  catalogue::QueuePlace const second{.records = 2, .score = 0.5, .keyword = "b"};
  CHECK(often < surer);
  CHECK(surer < first);
  CHECK(first < second);
  CHECK_FALSE(second < first);
  CHECK_FALSE(first < first);
}

TEST_CASE("a decision can be changed and taken back") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  Site site(under_test);
  site.catalogue().submit("a", about("one", {"rainy weather", "mist"}));
  decide(site, decision("mist", "drizzle"));
  CHECK(Site::count(*site.uses(), "drizzle") == 1);
  decide(site, decision("mist", "snow"));
  CHECK(Site::count(*site.uses(), "drizzle") == 0);
  CHECK(Site::count(*site.uses(), "snow") == 1);

  decide(site, decision("rainy weather", ""));
  auto queue = catalogue::keyword_queue(*site.uses());
  CHECK(queue.near.empty()); // refused: not offered again
  CHECK(queue.decided.size() == 2);
  CHECK(Site::count(*site.uses(), "rain") == 0);

  withdraw(site, "Mist");
  withdraw(site, "rainy weather");
  CHECK(Site::count(*site.uses(), "snow") == 0);
  queue = catalogue::keyword_queue(*site.uses());
  CHECK(keywords_of(queue.near) == Keywords{"rainy weather"});
  CHECK(keywords_of(queue.unknown) == Keywords{"mist"});
  CHECK(queue.decided.empty());
}

TEST_CASE("a keyword that is refused stands for nothing, whatever is called so") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  Site site(under_test);
  site.catalogue().submit("a", about("one", {"snow"}), about("two", {"snow", "rain"}));
  CHECK(Site::count(*site.uses(), "snow") == 2);
  decide(site, decision("snow", "")); // here it is the name of a model
  CHECK(Site::count(*site.uses(), "snow") == 0);
  CHECK(Site::count(*site.uses(), "rain") == 1);
  decide(site, decision("snow", "nowhere")); // a concept that no vocabulary has any more
  CHECK(Site::count(*site.uses(), "snow") == 0);
  withdraw(site, "snow");
  CHECK(Site::count(*site.uses(), "snow") == 2);
}

TEST_CASE("a decision holds for what is not there yet, and for other vocabularies that have it") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  Site site(under_test);
  decide(site, decision("mist", "drizzle"));
  decide(site, decision("snow", "rain")); // what is sure by itself can be said otherwise
  decide(site, decision("hail", "nowhere"));
  site.catalogue().submit("a", about("one", {"mist", "hail"}), about("two", {"snow"}));
  CHECK(Site::count(*site.uses(), "drizzle") == 1);
  CHECK(Site::count(*site.uses(), "snow") == 0);
  CHECK(Site::count(*site.uses(), "rain") == 2);
  // A concept that no vocabulary has says nothing, and the decision stays.
  CHECK(catalogue::keyword_queue(*site.uses()).decided.at("hail") == 1);

  auto const next = site.index_of(water("sleet"), site.index());
  auto const told = site.wait(*next, 2, "rain");
  REQUIRE(told);
  CHECK(Site::count(*told, "drizzle") == 1);
  site.catalogue().catalogue().mend([](double) {}).get();
  CHECK(Site::count(*site.uses(), "drizzle") == 1); // another epoch: read anew
}

// Concepts that rules conclude where no words of a record say them.

#include "catalogue/keyword_queue.hpp"

#include "water_site.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::test::water_site;
using catalogue::ConceptRule;
using catalogue::ConceptRules;

namespace {

std::string const snow = "http://example.org/snow";

/// About snow: what source b says of keywords that begin so.
ConceptRule of_source_b() {
  return {.name = "of-b", .leads_to = snow, .sources = {{"b"}}, .words = {"cold*"}};
}

catalogue::RecordPut from(std::string const& source, std::string const& native_id,
                          std::vector<std::string> const& keywords) {
  auto put = about(native_id, keywords);
  put.document.source = source;
  return put;
}

std::shared_ptr<ConceptIndex> ruled(Site& site, ConceptRules rules,
                                    std::shared_ptr<ConceptIndex> former = nullptr) {
  return site.catalogue().catalogue().concept_index(
      water(), {"en"}, std::move(former), std::make_shared<ConceptRules const>(std::move(rules)));
}

} // namespace

TEST_CASE("a rule says of a source, of keywords or of both what its records are about") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  Site site(under_test);
  site.catalogue().submit("a", from("a", "one", {"cold weather"}), from("a", "two", {"Cold"}));
  site.catalogue().submit("b", from("b", "three", {"cold weather"}), from("b", "four", {"warmth"}),
                          from("b", "five", {"snow"}), test::record("b", "silent"));
  CHECK(Site::count(*site.uses(), "snow") == 1);

  auto const both = ruled(site, {of_source_b()});
  auto const uses = site.uses(*both);
  CHECK(Site::count(*uses, "snow") == 2);  // three and five
  CHECK(Site::count(*uses, "water") == 2); // and what lies above
  auto const terms = uses->terms_of(site.number("three"));
  REQUIRE(terms.size() == 2);
  CHECK(terms[0]->rule.empty()); // its own word, which leads nowhere by itself
  CHECK(terms[0]->meant.empty());
  CHECK(terms[1]->rule == "of-b");
  CHECK(terms[1]->meant.at(0).score == 1);
  CHECK(uses->records_about(uses->thesaurus().find_address(snow).value(), 9).size() == 2);
  // Nobody said it, so nobody has to decide of it.
  auto const queue = catalogue::keyword_queue(*uses);
  CHECK(queue.all_unknown == 3);

  auto words = of_source_b();
  words.sources.reset();
  CHECK(Site::count(*site.uses(*ruled(site, {words})), "snow") == 4); // but four and silent
  words.words = {"cold"};
  CHECK(Site::count(*site.uses(*ruled(site, {words})), "snow") == 2); // two and five
  ConceptRule const source{.name = "all-b", .leads_to = snow, .sources = {{"b"}}, .words = {}};
  CHECK(Site::count(*site.uses(*ruled(site, {source})), "snow") == 4);
  ConceptRule const unknown{.name = "x", .leads_to = "nowhere", .sources = {{"b"}}, .words = {}};
  CHECK(Site::count(*site.uses(*ruled(site, {unknown})), "snow") == 1);
}

TEST_CASE("other rules take over what records say, and what changes is told by them") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  Site site(under_test);
  site.catalogue().submit("b", from("b", "three", {"cold weather"}), test::record("b", "silent"));
  ConceptRule const source{.name = "all-b", .leads_to = snow, .sources = {{"b"}}, .words = {}};
  REQUIRE(Site::count(*site.uses(), "snow") == 0);
  auto const first = ruled(site, {source}, site.index());
  first->begin();
  REQUIRE(site.wait(*first, 2, "snow")); // the silent one as well
  auto const second = ruled(site, {of_source_b()}, first);
  second->begin();
  REQUIRE(site.wait(*second, 1, "snow"));
  CHECK(site.uses(*first)->rules_digest() != site.uses(*second)->rules_digest());
  site.catalogue().submit("b", from("b", "three", {"warmth"}), from("b", "late", {"cold"}));
  auto const uses = site.uses(*second);
  CHECK(uses->counted_of(site.number("three")).empty());
  CHECK_FALSE(uses->counted_of(site.number("late")).empty());
  catalogue::Batch batch{.source = "b", .run = {.source = "b", .mode = "test"}};
  batch.removed.emplace_back(site.number("late"));
  site.catalogue().submit(std::move(batch));
  CHECK(Site::count(*site.uses(*second), "snow") == 0);
  auto const third = ruled(site, {}, second);
  third->begin();
  REQUIRE(site.wait(*third, 0, "snow"));
  CHECK(site.uses(*third)->rules_digest() == 0);
}

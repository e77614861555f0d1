// Answers that tell concepts of records, and what they have to wait for.

#include "api/site_under_test.hpp"
#include "api/spoken_places.hpp"
#include "support/catalogues.hpp"
#include "support/catch.hpp"
#include "vocabulary/draft.hpp"
#include "vocabulary/roles.hpp"
#include "vocabulary/thesaurus.hpp"

#include <thread>

namespace terracat::test {
namespace {

std::filesystem::path const cases = TERRACAT_API_CASES;

std::shared_ptr<vocabulary::Thesaurus const> drops() {
  vocabulary::DraftConcept drops;
  drops.uri = "http://example.org/drops";
  drops.labels = {{.kind = vocabulary::LabelKind::preferred, .language = "en", .text = "drops"}};
  vocabulary::Draft draft("own");
  draft.add(drops);
  std::vector const drafts{std::move(draft)};
  return std::make_shared<vocabulary::Thesaurus const>(drafts);
}

/// A site with more records than who asks reads for his answer. Nobody has read them yet.
class BigSite : public SiteUnderTest {
 public:
  explicit BigSite(StoreUnderTest const& store) : SiteUnderTest(cases / "words", store) {
    catalogue::Batch batch{.source = "sky", .run = {.source = "sky", .mode = "test"}};
    for (int number = 0; number < 250; ++number) {
      batch.documents.emplace_back(record("sky", "r" + std::to_string(number)));
    }
    catalogue().submit(std::move(batch)).get();
    change([](api::Site&) {});
  }

  /// \return  whether they are counted in time
  bool wait_for_counts() {
    for (int patience = 0; patience < 2'000; ++patience) {
      auto const answer = ask({.target = "/api/v1/facets?facets=concept"});
      if (answer.body.find(R"("label":"water")") != std::string::npos) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(5)); // nothing tells of it
    }
    return false;
  }
};

TEST_CASE("what guesses places is the same as long as the vocabularies are") {
  auto const rules = [](std::shared_ptr<vocabulary::Thesaurus const> all) {
    return api::guesser_of({.thesaurus = std::move(all)})->rules;
  };
  CHECK(rules(drops()) == rules(drops())); // read again
  CHECK(rules(drops()) != rules(std::make_shared<vocabulary::Thesaurus const>()));
}

TEST_CASE("the page of a concept is another one when its data get more items") {
  for (auto const& store : stores()) {
    SiteUnderTest site(cases / "writable", store);
    site.change([](api::Site& settings) { settings.thesaurus = drops(); });
    site.add("local",
             R"({"type":"Collection","stac_version":"1.0.0","id":"drops","title":"Drops",)"
             R"("description":"Sizes","license":"other","keywords":["drops"],"links":[]})");
    Question page{.target = "/en/vocabularies/own/drops"};
    auto const before = site.ask(page);
    REQUIRE(before.status == 200);
    CHECK(before.body.find("href=\"/en/datasets/drops\"") != std::string::npos);
    page.headers = {{"If-None-Match", before.header("ETag")}};
    CHECK(site.ask(page).status == 304);
    site.add("local", R"({"type":"Feature","stac_version":"1.0.0","id":"d-1","collection":"drops",)"
                      R"("geometry":null,"properties":{"datetime":"2024-05-01T00:00:00Z"},)"
                      R"("links":[],"assets":{}})");
    CHECK(site.ask(page).status == 200);
  }
}

TEST_CASE("lists that nobody narrows by concepts do not wait for them") {
  for (auto const& store : stores()) {
    BigSite site(store);
    for (auto const* const target :
         {"/records/collections/all/items?limit=1", "/stac/collections", "/api/v1/footprints"}) {
      INFO(target);
      Question list{.target = target};
      list.headers = {{"If-None-Match", site.ask(list).header("ETag")}};
      CHECK(site.ask(list).status == 304);
      REQUIRE(site.wait_for_counts());
      CHECK(site.ask(list).status == 304);
      site.change([](api::Site&) {});
    }
  }
}

TEST_CASE("as long as nobody has counted concepts, there is no facet of them") {
  for (auto const& store : stores()) {
    BigSite site(store);
    auto const named = site.ask({.target = "/api/v1/facets?facets=concept"});
    CHECK(named.status == 503);
    CHECK(named.body.find(R"("where":"facets")") != std::string::npos);
    site.change([](api::Site&) {});
    auto const all = site.ask({.target = "/api/v1/facets"});
    CHECK(all.status == 200);
    CHECK(all.body.find(R"("name":"keyword")") != std::string::npos);
    CHECK(all.body.find(R"("name":"concept")") == std::string::npos);
    REQUIRE(site.wait_for_counts());
    CHECK(site.ask({.target = "/api/v1/facets"}).body.find(R"("name":"concept")") !=
          std::string::npos);
  }
}

TEST_CASE("as long as nobody has counted concepts, pages of compartments have no numbers") {
  for (auto const& store : stores()) {
    BigSite site(store);
    vocabulary::DraftConcept sky;
    sky.uri = "http://example.org/sky";
    sky.labels = {{.kind = vocabulary::LabelKind::preferred, .language = "en", .text = "sky"}};
    sky.classes = {std::string(vocabulary::role::compartment)};
    vocabulary::Draft draft("own");
    draft.add(sky);
    std::vector const drafts{std::move(draft)};
    auto const thesaurus = std::make_shared<vocabulary::Thesaurus const>(drafts);
    // Who asks lets a thread count: each asks of vocabularies that are new.
    auto const ask = [&](char const* target) {
      site.change([&](api::Site& settings) { settings.thesaurus = thesaurus; });
      return site.ask({.target = target});
    };
    auto const theme = ask("/en/themes/sky");
    CHECK(theme.status == 200);
    CHECK(theme.body.find("See the data<") != std::string::npos);
    CHECK(ask("/api/v1/themes").body.find("\"count\"") == std::string::npos);
    auto const search = ask("/en/search");
    CHECK(search.status == 200);
    CHECK(search.body.find("name=\"compartment\"") == std::string::npos);
    CHECK(ask("/en/search?compartment=sky").status == 503);
  }
}

} // namespace
} // namespace terracat::test

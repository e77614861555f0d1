#include "kinds/aeris/aeris.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

#include <map>

using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;
using Pages = std::map<std::string, std::string>;

namespace {

constexpr auto base = "https://me:secret@data.example/catalogue";

std::string list_of(Strings const& ids) {
  std::string out = R"({"results":[)";
  for (std::size_t i = 0; i < ids.size(); ++i) {
    out += std::string(i == 0 ? "" : ",") + R"({"id":")" + ids[i] + R"("})";
  }
  return out + "]}";
}

std::string collection(std::string const& id) {
  return R"({"id":")" + id + R"(","resourceTitle":{"en":"Title"},"resourceAbstract":null})";
}

Pages catalogue_of(Strings const& ids) {
  Pages out{{std::string(base) + "/metadata/summaries", list_of(ids)}};
  for (auto const& id : ids) out[std::string(base) + "/metadata/" + id] = collection(id);
  return out;
}

Source source_with(std::string options = "{}") {
  Source source;
  source.address = base;
  source.options = std::move(options);
  return source;
}

Harvest run_over(Pages pages, kinds::What what = kinds::What::documents) {
  CannedFetcher fetcher(std::move(pages));
  return harvest(*kinds::aeris::start(source_with(), fetcher, {}, what));
}

} // namespace

TEST_CASE("AERIS: each collection of the list is fetched, in the order of their ids") {
  CannedFetcher fetcher(catalogue_of({"b", "a"}));
  auto const all = harvest(*kinds::aeris::start(source_with(), fetcher, {}));
  CHECK(all.ids() == Strings{"a", "b"});
  CHECK(all.bodies() == Strings{collection("a"), collection("b")});
  CHECK(all.complete);
  CHECK(all.failures.empty());
  CHECK(all.announced == 2U);
  CHECK(all.documents[0].format == "aeris");
  CHECK(all.documents[0].address == "https://data.example/catalogue/metadata/a");
  auto const ids = run_over(catalogue_of({"b", "a"}), kinds::What::ids);
  CHECK(ids.ids() == Strings{"a", "b"});
  CHECK(ids.bodies() == Strings{"", ""});
  CHECK(ids.complete);
}

TEST_CASE("AERIS: a project is asked for by its name") {
  CannedFetcher fetcher([](fetch::Request const& request) {
    return fetch::Response{.status = 200, .body = list_of({}), .url = request.url};
  });
  auto const all =
      harvest(*kinds::aeris::start(source_with(R"({"project":"A & B"})"), fetcher, {}));
  CHECK(fetcher.urls() == Strings{std::string(base) + "/metadata/summaries?project=A%20%26%20B"});
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("AERIS: what cannot be had is told, and then the run is no proof") {
  SECTION("a collection") {
    auto pages = catalogue_of({"a", "b", "c"});
    pages.erase(std::string(base) + "/metadata/b");
    auto const all = run_over(pages);
    CHECK(all.ids() == Strings{"a", "c"});
    CHECK(all.codes() == Strings{"not-delivered"});
    CHECK(all.failures[0].native_id == "b");
    CHECK_FALSE(all.complete);
  }
  SECTION("a page in place of a collection") {
    auto pages = catalogue_of({"a", "b"});
    pages[std::string(base) + "/metadata/b"] = "<!DOCTYPE html><html>Sign in</html>";
    CHECK(run_over(pages).codes() == Strings{"not-delivered"});
  }
  SECTION("an entry without a name") {
    auto pages = catalogue_of({"a"});
    pages[std::string(base) + "/metadata/summaries"] = R"({"results":[{"id":"a"},{"id":null},7]})";
    auto const all = run_over(pages);
    CHECK(all.ids() == Strings{"a"});
    CHECK(all.codes() == Strings{"no-identifier", "no-identifier"});
    CHECK_FALSE(all.complete);
  }
  SECTION("an entry that stands there twice is had once") {
    auto pages = catalogue_of({"a"});
    pages[std::string(base) + "/metadata/summaries"] = list_of({"a", "a"});
    auto const all = run_over(pages);
    CHECK(all.ids() == Strings{"a"});
    CHECK(all.codes() == Strings{"record-repeated"});
    CHECK(all.complete);
  }
}

TEST_CASE("AERIS: an answer that is no list ends the run, and so do ten lost collections") {
  auto const list_at = std::string(base) + "/metadata/summaries";
  for (auto const& body : {std::string("<html>Sign in</html>"), std::string("{}"),
                           std::string(R"({"results":{}})"), list_of({"a"}).substr(0, 15)}) {
    CAPTURE(body);
    CHECK_THROWS_AS(run_over({{list_at, body}}), kinds::ProtocolError);
  }
  CHECK_THROWS_AS(run_over({}), fetch::FetchError);
  Strings ids;
  for (int i = 10; i < 25; ++i) ids.push_back(std::to_string(i));
  CHECK_THROWS_AS(run_over({{list_at, list_of(ids)}}), kinds::ProtocolError);
}

TEST_CASE("AERIS: killed after any page, a run loses and doubles nothing") {
  Strings ids;
  for (int i = 100; i < 230; ++i) ids.push_back(std::to_string(i));
  auto pages = catalogue_of(ids);
  pages.erase(std::string(base) + "/metadata/110");
  CannedFetcher fetcher(pages);
  auto const start = [&](std::string_view checkpoint) {
    return kinds::aeris::start(source_with(), fetcher, checkpoint);
  };
  auto had = ids;
  had.erase(had.begin() + 10);
  auto const whole = harvest(*start({}));
  CHECK(whole.ids() == had);
  CHECK(whole.page_sizes == std::vector<std::size_t>{49, 50, 30});
  for (std::size_t k = 0; k <= whole.page_sizes.size(); ++k) {
    auto const resumed = killed_and_resumed(start, k);
    CHECK(resumed.ids() == had);
    CHECK(resumed.codes() == Strings{"not-delivered"});
    CHECK_FALSE(resumed.complete);
  }
  CHECK_THROWS_AS(
      kinds::aeris::start(source_with(R"({"project":"X"})"), fetcher, whole.checkpoints.front()),
      kinds::StaleCheckpoint);
}

#include "oai_runs.hpp"
#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::test;
using kinds::What;

// ---- Lists that break off

TEST_CASE("a token that has expired makes the list begin again, and nothing is handed out twice") {
  FakeOai oai(5);
  oai.lost = {4};
  auto const all = run_over(oai);
  CHECK(all.ids() == ids_to(5));
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("a repository that wants all arguments again with a token is given them") {
  auto oai = dated(8);
  for (auto& record : oai.records) record.sets = {"a"};
  oai.sets = {"a"};
  std::size_t refused = 0;
  oai.body = [&](std::size_t, fetch::Request const& request) -> std::optional<std::string> {
    if (!FakeOai::parameter(request.url, "metadataPrefix").empty()) return std::nullopt;
    ++refused;
    return FakeOai::error("badArgument", "Missing metadataPrefix parameter");
  };
  auto fetcher = oai.fetcher();
  auto const all = harvest(*kinds::oai_pmh::start(source_with(R"({"sets":["a"]})"), fetcher, {}));
  CHECK(all.ids() == ids_to(8));
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(refused == 1); // it is asked rightly from then on
  CHECK(FakeOai::parameter(fetcher.urls().back(), "set") == "a");
  CHECK_FALSE(FakeOai::parameter(fetcher.urls().back(), "resumptionToken").empty());
}

TEST_CASE("a repository that forgets every second token is harvested by dates") {
  auto oai = dated(8);
  oai.lost = {4};
  oai.forgets_always = true;
  auto const all = run_over(oai);
  CHECK(sorted(all.ids()) == ids_to(8));
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("spans of a repository that knows only days are days") {
  auto oai = dated(8);
  oai.granularity = "YYYY-MM-DD";
  oai.earliest = "2024-05-01";
  oai.lost = {4};
  oai.forgets_always = true;
  auto fetcher = oai.fetcher();
  auto const all = harvest(*kinds::oai_pmh::start(source_with("{}"), fetcher, {}));
  CHECK(sorted(all.ids()) == ids_to(8));
  CHECK(all.complete);
  for (auto const& url : fetcher.urls()) {
    for (auto const* const name : {"from", "until"}) {
      auto const date = FakeOai::parameter(url, name);
      CHECK((date.empty() || date.size() == 10));
    }
  }
}

TEST_CASE("a record that makes its page unreadable is found by its date and passed over") {
  auto oai = dated(8);
  oai.bad = {"r5"};
  auto const all = run_over(oai);
  CHECK(sorted(all.ids()) == Strings{"r1", "r2", "r3", "r4", "r6", "r7", "r8"});
  REQUIRE(all.codes() == Strings{"xml-malformed"});
  CHECK(all.failures.front().finding.where == "2024-05-05T10:00:00Z to 2024-05-05T10:00:00Z");
  CHECK_FALSE(all.complete);
}

TEST_CASE("where dates do not tell records apart, the run fails with the reason") {
  FakeOai oai(5);
  oai.earliest = "unknown";
  oai.lost = {4};
  oai.forgets_always = true;
  CHECK_THROWS_WITH(run_over(oai), "badResumptionToken: no");
}

TEST_CASE("a server that delivers nothing at all is not asked for ever") {
  FakeOai oai(5);
  oai.body = [](std::size_t, fetch::Request const&) { return "<OAI-PMH><ListRec"; };
  CHECK_THROWS_WITH(run_over(oai), Catch::StartsWith("the source delivers nothing: "));
  CHECK(oai.asked == 100);
}

TEST_CASE("a server that knows no dates and loses every token is not asked for ever") {
  auto oai = dated(8);
  std::size_t lists = 0;
  CannedFetcher fetcher([&](fetch::Request const& request) {
    if (!FakeOai::parameter(request.url, "resumptionToken").empty()) {
      throw CannedFetcher::status(500, {});
    }
    ++lists;
    auto undated = request;
    for (std::string_view const name : {"&from=", "&until="}) {
      auto const begin = undated.url.find(name);
      if (begin == std::string::npos) continue;
      undated.url.erase(begin, undated.url.find('&', begin + 1) - begin);
    }
    return fetch::Response{.status = 200, .body = oai.answer(undated), .url = request.url};
  });
  auto const harvester = kinds::oai_pmh::start(source_with("{}"), fetcher, {});
  CHECK_THROWS_WITH(harvest(*harvester), Catch::StartsWith("the source delivers nothing: "));
  CHECK(lists <= 102); // with Identify and ListMetadataFormats
}

TEST_CASE("an answer that is too large is asked for in parts, not for ever") {
  auto oai = dated(8);
  std::size_t refused = 0;
  bool is_always = false;
  CannedFetcher fetcher([&](fetch::Request const& request) {
    auto body = oai.answer(request);
    constexpr std::size_t most = 1'200; // bytes, of some three records
    if (is_always ? body.find("<record>") != std::string::npos : body.size() > most) {
      ++refused;
      throw fetch::FetchError(fetch::FetchError::Reason::too_large, 0, "more than 1 MB");
    }
    return fetch::Response{.status = 200, .body = std::move(body), .url = request.url};
  });
  oai.page = 100;
  auto const all = harvest(*kinds::oai_pmh::start(source_with("{}"), fetcher, {}));
  CHECK(sorted(all.ids()) == ids_to(8));
  CHECK(all.complete);
  CHECK(refused > 0);
  refused = 0;
  is_always = true;
  auto const harvester = kinds::oai_pmh::start(source_with("{}"), fetcher, {});
  CHECK_THROWS_WITH(harvest(*harvester), "the source delivers nothing: more than 1 MB");
  CHECK(refused < 30);
}

TEST_CASE("an error of the protocol under an error status is read") {
  FakeOai oai(5);
  CannedFetcher fetcher([&oai](fetch::Request const& request) {
    auto body = oai.answer(request);
    if (body.find("<error") != std::string::npos) throw CannedFetcher::status(422, body);
    return fetch::Response{.status = 200, .body = std::move(body), .url = request.url};
  });
  oai.lost = {2};
  auto const all = harvest(*kinds::oai_pmh::start(source_with("{}"), fetcher, {}));
  CHECK(all.ids() == ids_to(5));
  CHECK(all.complete);
}

TEST_CASE("a token that makes the server fail is one that is lost") {
  FakeOai oai(5);
  bool has_failed = false;
  CannedFetcher fetcher([&](fetch::Request const& request) {
    if (!has_failed && !FakeOai::parameter(request.url, "resumptionToken").empty()) {
      has_failed = true;
      throw CannedFetcher::status(500);
    }
    return fetch::Response{.status = 200, .body = oai.answer(request), .url = request.url};
  });
  auto const all = harvest(*kinds::oai_pmh::start(source_with("{}"), fetcher, {}));
  CHECK(all.ids() == ids_to(5));
  CHECK(all.complete);
}

TEST_CASE("errors that nothing can be done about end the run") {
  FakeOai oai(5);
  SECTION("another protocol") {
    oai.body = [](std::size_t, fetch::Request const&) { return "<html>Sign in</html>"; };
    CHECK_THROWS_WITH(run_over(oai), "the answer is no OAI-PMH but an HTML page");
  }
  SECTION("an error before anything came") {
    oai.body = [](std::size_t, fetch::Request const&) {
      return FakeOai::error("cannotDisseminateFormat", "not here");
    };
    CHECK_THROWS_WITH(run_over(oai), "the repository answers cannotDisseminateFormat: not here");
  }
  SECTION("a server that is not there") {
    CannedFetcher fetcher(
        [](fetch::Request const&) -> fetch::Response { throw CannedFetcher::status(503); });
    auto const harvester = kinds::oai_pmh::start(source_with("{}"), fetcher, {});
    CHECK_THROWS_AS(harvester->next({}), fetch::FetchError);
    CHECK_FALSE(harvester->complete());
  }
}

// ---- Runs that are interrupted

TEST_CASE("a run that is killed goes on where it was, without loss and repetition") {
  auto const pages = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{4});
  auto const what = GENERATE(What::documents, What::ids);
  CAPTURE(pages);
  FakeOai oai(9);
  oai.sets = {"a", "b"};
  for (std::size_t i = 0; i < 9; ++i) oai.records[i].sets = {i < 5 ? "a" : "b"};
  oai.records[4].sets.emplace_back("b");
  auto fetcher = oai.fetcher();
  auto const source = source_with(R"({"sets":["a","b"]})");
  auto const all = killed_and_resumed(
      [&](std::string_view checkpoint) {
        return kinds::oai_pmh::start(source, fetcher, checkpoint, what);
      },
      pages);
  CHECK(all.ids() == ids_to(9));
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("a run that is killed within spans goes on within them") {
  auto const pages = GENERATE(range(1, 9));
  CAPTURE(pages);
  auto oai = dated(8);
  oai.lost = {4};
  oai.forgets_always = true;
  auto fetcher = oai.fetcher();
  auto const source = source_with("{}");
  auto const all = killed_and_resumed(
      [&](std::string_view checkpoint) {
        return kinds::oai_pmh::start(source, fetcher, checkpoint);
      },
      static_cast<std::size_t>(pages));
  CHECK(sorted(all.ids()) == ids_to(8));
  CHECK(all.complete);
}

TEST_CASE("a token that expired while the program was down costs the list, not the run") {
  FakeOai oai(7);
  auto fetcher = oai.fetcher();
  auto const source = source_with("{}");
  auto const before = harvest(*kinds::oai_pmh::start(source, fetcher, {}), 2);
  oai.lost = {4};
  auto const rest = harvest(*kinds::oai_pmh::start(source, fetcher, before.checkpoints.back()));
  CHECK(rest.ids() == Strings{"r5", "r6", "r7"});
  CHECK(rest.complete);
}

TEST_CASE("a checkpoint of another query is stale") {
  FakeOai oai(5);
  auto fetcher = oai.fetcher();
  auto const place =
      harvest(*kinds::oai_pmh::start(source_with("{}"), fetcher, {}), 1).checkpoints.front();
  auto const other = source_with(R"({"metadata_prefix":"oai_dc"})");
  CHECK_THROWS_AS(kinds::oai_pmh::start(other, fetcher, place), kinds::StaleCheckpoint);
  CHECK_THROWS_AS(kinds::oai_pmh::start(source_with("{}"), fetcher, "{}"), kinds::StaleCheckpoint);
  CHECK_THROWS_AS(kinds::oai_pmh::start(source_with("{}"), fetcher, place, What::ids),
                  kinds::StaleCheckpoint);
}

// ---- Ids alone

TEST_CASE("headers are asked for if ids are all that is wanted") {
  FakeOai oai(5);
  oai.records[1].is_deleted = true;
  auto fetcher = oai.fetcher();
  auto const all = harvest(*kinds::oai_pmh::start(source_with("{}"), fetcher, {}, What::ids));
  CHECK(all.ids() == Strings{"r1", "r3", "r4", "r5"});
  CHECK(all.complete);
  CHECK(all.bodies() == Strings(4));
  CHECK(FakeOai::parameter(fetcher.urls().back(), "verb") == "ListIdentifiers");
}

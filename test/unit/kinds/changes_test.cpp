#include "kinds/csw/csw.hpp"
#include "kinds/stac_api/stac_api.hpp"

#include "fake_csw.hpp"
#include "fake_stac.hpp"
#include "oai_runs.hpp"
#include "support/catch.hpp"

/// Runs that ask only for what has changed, by each protocol that can.
using namespace terracat;
using namespace terracat::test;
using kinds::ChangesUnknown;

namespace {

/// Within a second, which protocols do not know.
model::Instant instant(std::string_view text) {
  return model::parse_rfc3339(text).value();
}

auto const may_4 = instant("2024-05-04T10:00:00.250Z");

Harvest changes_of(FakeOai& oai, model::Instant since = may_4, std::string options = "{}") {
  auto fetcher = oai.fetcher();
  return harvest(
      *kinds::oai_pmh::start_changes(source_with(std::move(options)), fetcher, {}, since));
}

/// The values that the requests for lists had for a parameter, without those that had none.
Strings values(CannedFetcher const& fetcher, std::string const& name) {
  Strings out;
  for (auto const& url : fetcher.urls()) {
    if (auto value = FakeOai::parameter(url, name); !value.empty()) out.push_back(std::move(value));
  }
  return out;
}

} // namespace

// ---- OAI-PMH

TEST_CASE("OAI-PMH: records of that date and later are brought, from all pages") {
  auto oai = dated(9);
  auto fetcher = oai.fetcher();
  auto const all = harvest(*kinds::oai_pmh::start_changes(source_with("{}"), fetcher, {}, may_4));
  CHECK(all.ids() == Strings{"r4", "r5", "r6", "r7", "r8", "r9"});
  CHECK(values(fetcher, "from") == Strings{"2024-05-04T10:00:00Z"});
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("OAI-PMH: a repository that knows days is asked from the beginning of the day") {
  auto oai = dated(5);
  oai.granularity = "YYYY-MM-DD";
  auto fetcher = oai.fetcher();
  auto const all = harvest(*kinds::oai_pmh::start_changes(source_with("{}"), fetcher, {}, may_4));
  CHECK(all.ids() == Strings{"r4", "r5"});
  CHECK(values(fetcher, "from") == Strings{"2024-05-04"});
}

TEST_CASE("OAI-PMH: that nothing has changed is a complete answer") {
  auto oai = dated(3);
  auto const all = changes_of(oai);
  CHECK(all.documents.empty());
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("OAI-PMH: dates before the earliest of the repository are not asked for") {
  auto oai = dated(2);
  oai.earliest = "2024-05-01T00:00:00Z";
  auto fetcher = oai.fetcher();
  auto const all = harvest(*kinds::oai_pmh::start_changes(source_with("{}"), fetcher, {},
                                                          instant("2024-04-01T00:00:00Z")));
  CHECK(all.ids() == ids_to(2));
  CHECK(values(fetcher, "from").empty());
}

TEST_CASE("OAI-PMH: changes of several sets are brought, a record of two of them once") {
  auto oai = dated(7);
  oai.sets = {"a", "b", "c"};
  for (auto& record : oai.records) record.sets = {"c"};
  oai.records[2].sets = {"a"};
  oai.records[4].sets = {"a", "b"};
  auto fetcher = oai.fetcher();
  auto const all = harvest(
      *kinds::oai_pmh::start_changes(source_with(R"({"sets":["a","b"]})"), fetcher, {}, may_4));
  CHECK(all.ids() == Strings{"r5"});
  CHECK(values(fetcher, "from").size() == 2);
  CHECK(all.complete);
}

TEST_CASE("OAI-PMH: a repository that refuses the date cannot be asked for changes") {
  auto oai = dated(5);
  oai.body = [](std::size_t, fetch::Request const& request) -> std::optional<std::string> {
    if (FakeOai::parameter(request.url, "from").empty()) return std::nullopt;
    return FakeOai::error("badArgument", "from is not supported");
  };
  CHECK_THROWS_AS(changes_of(oai), ChangesUnknown);
  CHECK(run_over(oai).complete);
}

TEST_CASE("OAI-PMH: lists of changes that break off are begun again, then cut in two by dates") {
  auto oai = dated(9);
  oai.lost = {2, 4};
  oai.forgets_always = GENERATE(false, true);
  auto fetcher = oai.fetcher();
  auto const all = harvest(*kinds::oai_pmh::start_changes(source_with("{}"), fetcher, {}, may_4));
  CHECK(sorted(all.ids()) == Strings{"r4", "r5", "r6", "r7", "r8", "r9"});
  for (auto const& from : values(fetcher, "from")) CHECK(from >= "2024-05-04");
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("OAI-PMH: a record whose page cannot be read spoils the proof of changes, too") {
  auto oai = dated(9);
  oai.bad = {"r6"};
  auto const all = changes_of(oai);
  CHECK(sorted(all.ids()) == Strings{"r4", "r5", "r7", "r8", "r9"});
  CHECK(all.codes() == Strings{"xml-malformed"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("OAI-PMH: a run for changes that is killed goes on, and only for the same changes") {
  for (std::size_t k = 1; k <= 3; ++k) {
    CAPTURE(k);
    auto oai = dated(9);
    auto fetcher = oai.fetcher();
    auto const all = killed_and_resumed(
        [&](std::string_view checkpoint) {
          return kinds::oai_pmh::start_changes(source_with("{}"), fetcher, checkpoint, may_4);
        },
        k);
    CHECK(all.ids() == Strings{"r4", "r5", "r6", "r7", "r8", "r9"});
    CHECK(all.complete);
  }
  auto oai = dated(9);
  auto fetcher = oai.fetcher();
  auto const source = source_with("{}");
  auto const part = harvest(*kinds::oai_pmh::start_changes(source, fetcher, {}, may_4), 1);
  auto const& checkpoint = part.checkpoints.front();
  CHECK_THROWS_AS(kinds::oai_pmh::start(source, fetcher, checkpoint), kinds::StaleCheckpoint);
  CHECK_THROWS_AS(
      kinds::oai_pmh::start_changes(source, fetcher, checkpoint, instant("2024-05-05T00:00:00Z")),
      kinds::StaleCheckpoint);
}

// ---- CSW

namespace {

/// r1 was changed on the first of May 2024, and so on; the constraint has a date in it.
FakeCsw dated_csw(std::size_t count) {
  FakeCsw csw(count);
  csw.matches = [](std::string const& id, std::string const& constraint) {
    auto const at = constraint.find("2024-05-0");
    return at != std::string::npos && id[1] >= constraint[at + 9];
  };
  return csw;
}

std::string constraint_of(CannedFetcher const& fetcher) {
  std::string out = FakeCsw::parameter(fetcher.urls().front(), "constraint");
  for (auto const& [code, text] : {std::pair{"%20", " "},
                                   {"%27", "'"},
                                   {"%3A", ":"},
                                   {"%3E", ">"},
                                   {"%3D", "="},
                                   {"%28", "("},
                                   {"%29", ")"}}) {
    for (auto at = out.find(code); at != std::string::npos; at = out.find(code)) {
      out.replace(at, 3, text);
    }
  }
  return out;
}

std::unique_ptr<kinds::Harvester> csw_changes(CannedFetcher& fetcher, std::string options,
                                              std::string_view checkpoint = {}) {
  return kinds::csw::start_changes(source_with(std::move(options)), fetcher, checkpoint, may_4);
}

constexpr auto pages_of_two = R"({"page_size":2})";

} // namespace

TEST_CASE("CSW: records that were modified then or later are brought, from all pages") {
  auto csw = dated_csw(8);
  auto fetcher = csw.fetcher();
  auto const all = harvest(*csw_changes(fetcher, pages_of_two));
  CHECK(all.ids() == Strings{"r4", "r5", "r6", "r7", "r8"});
  CHECK(constraint_of(fetcher) == "dct:modified >= '2024-05-04T10:00:00Z'");
  CHECK(FakeCsw::parameter(fetcher.urls().front(), "constraintLanguage") == "CQL_TEXT");
  CHECK(all.complete);
}

TEST_CASE("CSW: the constraint of the source holds as well, and the property can be named") {
  auto csw = dated_csw(5);
  auto const [options, expected] = GENERATE(table<std::string, std::string>(
      {{R"({"constraint":"a = 'b' OR c = 'd'"})",
        "(a = 'b' OR c = 'd') AND dct:modified >= '2024-05-04T10:00:00Z'"},
       {R"({"type_names":"gmd:MD_Metadata"})", "apiso:Modified >= '2024-05-04T10:00:00Z'"},
       {R"({"modified":"changeDate"})", "changeDate >= '2024-05-04T10:00:00Z'"}}));
  auto fetcher = csw.fetcher();
  CHECK(harvest(*csw_changes(fetcher, options)).complete);
  CHECK(constraint_of(fetcher) == expected);
}

TEST_CASE("CSW: that nothing has changed is a complete answer") {
  auto csw = dated_csw(3);
  auto fetcher = csw.fetcher();
  auto const all = harvest(*csw_changes(fetcher, "{}"));
  CHECK(all.documents.empty());
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("CSW: a server that answers with an error cannot be asked for changes") {
  auto csw = dated_csw(5);
  csw.error_status = GENERATE(200, 400, 500);
  csw.body = [&csw](std::size_t) -> std::optional<std::string> {
    return csw.refuse("InvalidParameterValue", "no such property: dct:modified");
  };
  auto fetcher = csw.fetcher();
  CHECK_THROWS_AS(csw_changes(fetcher, "{}")->next({}), ChangesUnknown);
  CHECK(csw.asked == 1);
}

TEST_CASE("CSW: a server that cannot sort can be asked for changes all the same") {
  auto csw = dated_csw(6);
  csw.sorts = false;
  auto fetcher = csw.fetcher();
  auto const all = harvest(*csw_changes(fetcher, pages_of_two));
  CHECK(all.ids() == Strings{"r4", "r5", "r6"});
  CHECK(all.codes() == Strings{"sort-refused"});
  CHECK(all.complete);
}

TEST_CASE("CSW: a bad record among the changes is found and passed over") {
  auto csw = dated_csw(9);
  csw.bad = {"r8"};
  auto fetcher = csw.fetcher();
  auto const all = harvest(*csw_changes(fetcher, pages_of_two));
  CHECK(all.ids() == Strings{"r4", "r5", "r6", "r7", "r9"});
  CHECK(all.codes() == Strings{"exception-report"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("CSW: a run for changes that is killed goes on, and only for the same changes") {
  for (std::size_t k = 1; k <= 3; ++k) {
    CAPTURE(k);
    auto csw = dated_csw(8);
    auto fetcher = csw.fetcher();
    auto const all = killed_and_resumed(
        [&](std::string_view checkpoint) { return csw_changes(fetcher, pages_of_two, checkpoint); },
        k);
    CHECK(all.ids() == Strings{"r4", "r5", "r6", "r7", "r8"});
    CHECK(all.complete);
  }
  auto csw = dated_csw(8);
  auto fetcher = csw.fetcher();
  auto const part = harvest(*csw_changes(fetcher, pages_of_two), 1);
  CHECK_THROWS_AS(kinds::csw::start(source_with(pages_of_two), fetcher, part.checkpoints.front()),
                  kinds::StaleCheckpoint);
}

// ---- STAC API

namespace {

std::unique_ptr<kinds::Harvester> stac_changes(CannedFetcher& fetcher,
                                               std::string options = R"({"items":true})",
                                               std::string_view checkpoint = {},
                                               std::string address = "https://stac.example/") {
  Source source;
  source.address = std::move(address);
  source.options = std::move(options);
  return kinds::stac_api::start_changes(source, fetcher, checkpoint, may_4);
}

/// Its items know when they were updated: the first one on the first of May 2024, and so on.
FakeStac dated_stac() {
  return {.collections = {{"a", 6}, {"b", 2}},
          .items_on_page = 2,
          .posts_next = true,
          .says_matched = true,
          .conformance = {"https://api.stacspec.org/v1.0.0/item-search#query"},
          .has_updated = true};
}

} // namespace

TEST_CASE("STAC API: all collections are brought, and what was updated of their items") {
  auto const stac = dated_stac();
  auto fetcher = stac.fetcher();
  auto const all = harvest(*stac_changes(fetcher));
  CHECK(all.ids() == Strings{"a", "b", "a-3", "a-4", "a-5"});
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("STAC API: the search is limited by the query extension, or by a filter in CQL2") {
  auto stac = dated_stac();
  auto const [conformance, limit] = GENERATE(table<Strings, std::string>(
      {{{"https://api.stacspec.org/v1.0.0/item-search#query",
         "https://api.stacspec.org/v1.0.0-rc.2/item-search#filter",
         "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json"},
        R"("query":{"updated":{"gte":"2024-05-04T10:00:00.250Z"}})"},
       {{"https://api.stacspec.org/v1.0.0-rc.2/item-search#filter",
         "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json"},
        R"("filter-lang":"cql2-json","filter":{"op":">=","args":[{"property":"updated"},)"
        R"({"timestamp":"2024-05-04T10:00:00.250Z"}]})"}}));
  stac.conformance = conformance;
  auto fetcher = stac.fetcher();
  CHECK(harvest(*stac_changes(fetcher)).complete);
  CHECK(std::ranges::count_if(fetcher.requests, [&, &limit = limit](fetch::Request const& request) {
          return request.body.find(limit) != std::string::npos;
        }) > 0);
}

TEST_CASE("STAC API: a filter of the source's own holds for changes, too") {
  auto stac = dated_stac();
  std::string const options =
      R"({"items":true,"items_from":"search","filter":"{\"op\":\"isNull\",\"args\":[1]}"})";
  auto fetcher = stac.fetcher();
  CHECK_THROWS_AS(harvest(*stac_changes(fetcher, options)), ChangesUnknown); // it cannot filter
  stac.conformance = {"https://api.stacspec.org/v1.0.0-rc.2/item-search#filter",
                      "https://api.stacspec.org/v1.0.0/item-search#query",
                      "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json"};
  CHECK(harvest(*stac_changes(fetcher, options)).ids() == Strings{"a", "b", "a-3", "a-4", "a-5"});
  auto const limit = R"("filter-lang":"cql2-json","filter":{"op":"and","args":[)"
                     R"({"op":"isNull","args":[1]},{"op":">=","args":[{"property":"updated"},)"
                     R"({"timestamp":"2024-05-04T10:00:00.250Z"}]}]})";
  CHECK(std::ranges::any_of(fetcher.requests, [&](fetch::Request const& request) {
    return request.body.find(limit) != std::string::npos;
  }));
}

TEST_CASE("STAC API: the items of a collection that do not tell when are brought whole") {
  auto stac = dated_stac();
  stac.has_updated = false;
  auto fetcher = stac.fetcher();
  auto const all = harvest(*stac_changes(fetcher));
  CHECK(all.documents.size() == 10);
  CHECK(all.complete);
}

TEST_CASE("STAC API: a server that does not say that it can is not asked for changes") {
  auto stac = dated_stac();
  stac.conformance = {"https://api.stacspec.org/v1.0.0-rc.2/item-search#filter"};
  auto fetcher = stac.fetcher();
  CHECK_THROWS_AS(stac_changes(fetcher)->next({}), ChangesUnknown);
  CHECK_THROWS_AS(stac_changes(fetcher, "{}"), ChangesUnknown);
  CHECK_THROWS_AS(
      stac_changes(fetcher, R"({"items":true})", {}, "https://stac.example/collections")->next({}),
      ChangesUnknown);
  CHECK(std::ranges::none_of(
      fetcher.requests, [](fetch::Request const& request) { return request.method == "POST"; }));
}

TEST_CASE(
    "STAC API: a collection whose search fails is reported, and the others are gone on with") {
  auto stac = dated_stac();
  stac.failing = {"a"};
  stac.collections[1].second = 5;
  auto fetcher = stac.fetcher();
  auto const all = harvest(*stac_changes(fetcher));
  CHECK(all.ids() == Strings{"a", "b", "b-3", "b-4"});
  CHECK(all.codes() == Strings{"not-delivered"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("STAC API: a run for changes that is killed goes on, and only for the same changes") {
  auto const stac = dated_stac();
  for (std::size_t k = 1; k <= 4; ++k) {
    CAPTURE(k);
    auto fetcher = stac.fetcher();
    auto const all = killed_and_resumed(
        [&](std::string_view checkpoint) {
          return stac_changes(fetcher, R"({"items":true})", checkpoint);
        },
        k);
    CHECK(all.ids() == Strings{"a", "b", "a-3", "a-4", "a-5"});
    CHECK(all.complete);
  }
}

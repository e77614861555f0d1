#include "oai_runs.hpp"
#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::test;
using kinds::ProtocolError;

TEST_CASE("a repository is harvested page by page, and completely") {
  FakeOai oai(5);
  auto fetcher = oai.fetcher();
  auto const harvester = kinds::oai_pmh::start(source_with("{}"), fetcher, {});
  auto const all = harvest(*harvester);
  CHECK(all.ids() == ids_to(5));
  CHECK(all.page_sizes == std::vector<std::size_t>{2, 2, 1});
  CHECK(all.announced == 5);
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(fetcher.urls() ==
        Strings{"https://repository.example/oai?verb=Identify",
                "https://repository.example/oai?verb=ListMetadataFormats",
                "https://repository.example/oai?verb=ListRecords&metadataPrefix=oai_dc",
                "https://repository.example/oai?verb=ListRecords&resumptionToken=~~~2",
                "https://repository.example/oai?verb=ListRecords&resumptionToken=~~~4"});
  CHECK(harvester->coverage() == kinds::Coverage::records);
  CHECK_FALSE(harvester->next({}));
}

TEST_CASE("the first page tells of the repository") {
  FakeOai oai(1);
  oai.granularity = "YYYY-MM-DD";
  auto fetcher = oai.fetcher();
  auto const page = kinds::oai_pmh::start(source_with("{}"), fetcher, {})->next({});
  REQUIRE(page);
  CHECK(page->remarks == Strings{"repository 'Fake', format oai_dc, dates to the day"});
}

TEST_CASE("each document stands alone under the name and the address that the protocol has") {
  FakeOai oai(0);
  oai.records = {{.id = "oai:x:a/b ?c"}};
  auto fetcher = oai.fetcher();
  auto source = source_with("{}");
  source.address = "https://jane:secret@repository.example/oai?key=1";
  source.format = "dublin-core";
  auto const all = harvest(*kinds::oai_pmh::start(source, fetcher, {}));
  REQUIRE(all.documents.size() == 1);
  auto const& document = all.documents.front();
  CHECK(document.native_id == "oai:x:a/b ?c");
  CHECK(document.format == "dublin-core");
  CHECK(document.address == "https://repository.example/oai?key=1&verb=GetRecord"
                            "&identifier=oai%3Ax%3Aa%2Fb%20%3Fc&metadataPrefix=oai_dc");
  CHECK_THAT(document.bytes, Catch::Contains("<oai_dc:dc ") && Catch::EndsWith("</oai_dc:dc>") &&
                                 !Catch::Contains("datestamp"));
}

TEST_CASE("metadata without an element around them are handed out with the one of the protocol") {
  FakeOai oai(1);
  oai.body = [](std::size_t, fetch::Request const&) {
    return FakeOai::answer_with(
        R"(<ListRecords><record><header><identifier>a</identifier></header>)"
        R"(<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A</dc:title>)"
        R"(<dc:type>dataset</dc:type></metadata></record></ListRecords>)");
  };
  auto const all = run_over(oai);
  REQUIRE(all.documents.size() == 1);
  CHECK_THAT(all.documents.front().bytes,
             Catch::Contains("<metadata") && Catch::Contains("<dc:type>dataset"));
}

// ---- Formats

TEST_CASE("the richest format that can be read is asked for") {
  FakeOai oai(1);
  auto const asked_for = [&oai] {
    auto fetcher = oai.fetcher();
    static_cast<void>(harvest(*kinds::oai_pmh::start(source_with("{}"), fetcher, {})));
    return FakeOai::parameter(fetcher.urls().back(), "metadataPrefix");
  };
  oai.formats["marc"] = "http://www.loc.gov/MARC21/slim";
  CHECK(asked_for() == "oai_dc");
  oai.formats["eml"] = "eml://ecoinformatics.org/eml-2.1.1"; // as GBIF has it
  CHECK(asked_for() == "eml");
  oai.formats["iso"] = "http://www.isotc211.org/2005/gmd";
  CHECK(asked_for() == "iso");
}

TEST_CASE("the format that is configured is asked for, if there is one of that name") {
  FakeOai oai(1);
  oai.formats["iso"] = "http://www.isotc211.org/2005/gmd";
  auto fetcher = oai.fetcher();
  auto const source = source_with(R"({"metadata_prefix":"oai_dc"})");
  static_cast<void>(harvest(*kinds::oai_pmh::start(source, fetcher, {})));
  CHECK(FakeOai::parameter(fetcher.urls().back(), "metadataPrefix") == "oai_dc");
  CHECK_THROWS_WITH(run_over(oai, R"({"metadata_prefix":"eml"})"),
                    "the repository has no format 'eml'; there are iso, oai_dc");
}

TEST_CASE("a repository of formats that cannot be read is told so") {
  FakeOai oai(1);
  oai.formats = {{"marc", "http://www.loc.gov/MARC21/slim"}};
  CHECK_THROWS_AS(run_over(oai), ProtocolError);
  CHECK(run_over(oai, R"({"metadata_prefix":"marc"})").ids() == ids_to(1));
}

// ---- Sets

TEST_CASE("only the sets that are named are harvested, a record of two of them once") {
  FakeOai oai(5);
  oai.sets = {"a", "b", "c"};
  for (auto const i : {0, 1, 2}) oai.records[static_cast<std::size_t>(i)].sets = {"a"};
  oai.records[2].sets.emplace_back("b");
  oai.records[3].sets = {"b"};
  oai.records[4].sets = {"c"};
  auto const all = run_over(oai, R"({"sets":["a","b"]})");
  CHECK(all.ids() == ids_to(4));
  CHECK(all.failures.empty());
  CHECK_FALSE(all.announced);
  CHECK(all.complete);
}

TEST_CASE("an empty set is one if the repository has it") {
  FakeOai oai(1);
  oai.records[0].sets = {"a"};
  oai.sets = {"a", "b"};
  CHECK(run_over(oai, R"({"sets":["a","b"]})").complete);
  auto const misspelt = run_over(oai, R"({"sets":["a","bb"]})");
  CHECK(misspelt.ids() == ids_to(1));
  CHECK(misspelt.codes() == Strings{"not-at-source"});
  CHECK_FALSE(misspelt.complete);
  oai.sets_error = "noSetHierarchy";
  CHECK(run_over(oai, R"({"sets":["a","b"]})").codes() == Strings{"not-at-source"});
}

TEST_CASE("a set that is lost by its tokens is harvested by dates, without records of others") {
  auto oai = dated(9);
  for (auto& record : oai.records) record.sets = {"other"};
  for (auto const i : {0, 1, 2}) oai.records[static_cast<std::size_t>(i)].sets = {"a", "a:below"};
  auto inner = oai;
  oai.body = [&inner](std::size_t, fetch::Request request) -> std::optional<std::string> {
    auto const set = request.url.find("~a~");
    if (set != std::string::npos) request.url.erase(set + 1, 1);
    return inner.answer(request);
  };
  auto const all = run_over(oai, R"({"sets":["a"]})");
  CHECK(sorted(all.ids()) == ids_to(3));
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("a repository that knows nothing of sets brings nothing of others") {
  auto oai = dated(2);
  for (auto& record : oai.records) record.sets = {"other"};
  auto inner = oai;
  oai.body = [&inner](std::size_t, fetch::Request request) -> std::optional<std::string> {
    request.url.erase(std::min(request.url.find("&set="), request.url.size()));
    return inner.answer(request);
  };
  auto const all = run_over(oai, R"({"sets":["a"]})");
  CHECK(all.documents.empty());
  CHECK(all.codes() == Strings{"not-delivered", "not-delivered"});
  CHECK_FALSE(all.complete);
}

// ---- Deleted records

TEST_CASE("a record that is marked as deleted is counted and not handed out") {
  FakeOai oai(5);
  oai.records[1].is_deleted = true;
  auto const all = run_over(oai);
  CHECK(all.ids() == Strings{"r1", "r3", "r4", "r5"});
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("a record without metadata is reported, and the run proves nothing") {
  FakeOai oai(1);
  oai.body = [](std::size_t, fetch::Request const&) {
    return FakeOai::answer_with("<ListRecords><record><header><identifier>a</identifier></header>"
                                "</record><record><header/><metadata><x/></metadata></record>"
                                "</ListRecords>");
  };
  auto const all = run_over(oai);
  CHECK(all.documents.empty());
  CHECK(all.codes() == Strings{"not-delivered", "no-identifier"});
  CHECK_FALSE(all.complete);
}

// ---- Ends and lengths

TEST_CASE("an empty repository is complete") {
  FakeOai oai(0);
  auto const all = run_over(oai);
  CHECK(all.documents.empty());
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("an answer without any record proves nothing") {
  FakeOai oai(1);
  oai.body = [](std::size_t, fetch::Request const&) {
    return FakeOai::answer_with("<ListRecords/>");
  };
  auto const all = run_over(oai);
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("the end of a list is believed by its token, or by its length") {
  FakeOai oai(5);
  oai.length = [] { return ""; };
  CHECK(run_over(oai).complete);
  oai.says_end = false;
  auto const silent = run_over(oai);
  CHECK(silent.ids() == ids_to(5));
  CHECK(silent.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(silent.complete);
  oai.length = [] { return "5"; };
  CHECK(run_over(oai).complete);
}

TEST_CASE("a list that is shorter than it says is not complete") {
  FakeOai oai(5);
  oai.length = [] { return "9"; };
  auto const all = run_over(oai);
  CHECK(all.ids() == ids_to(5));
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK(all.failures.front().finding.excerpt == "5 of 9 records");
  CHECK_FALSE(all.complete);
}

TEST_CASE("a length that the list disproves is none") {
  auto const length = GENERATE(as<std::string>(), "2", "0", "-1", "many");
  CAPTURE(length);
  FakeOai oai(5);
  oai.length = [&length] { return std::string(length); };
  auto const all = run_over(oai);
  CHECK(all.ids() == ids_to(5));
  CHECK(all.complete);
}

TEST_CASE("a length that changes during the run spoils the proof") {
  FakeOai oai(5);
  oai.length = [&oai] { return oai.asked == 1 ? "6" : "5"; };
  auto const all = run_over(oai);
  CHECK(all.ids() == ids_to(5));
  CHECK(all.codes() == Strings{"count-changed"});
  CHECK_FALSE(all.complete);
}

TEST_CASE(
    "a record that is listed twice is handed out once, and without a length all is in doubt") {
  FakeOai oai(5);
  oai.records[3].id = "r2";
  auto const all = run_over(oai);
  CHECK(all.ids() == Strings{"r1", "r2", "r3", "r5"});
  CHECK(all.codes() == Strings{"record-repeated", "list-cut-short"});
  CHECK_FALSE(all.complete);
  oai.length = [] { return ""; };
  CHECK_FALSE(run_over(oai).complete);
  oai.length = [] { return "4"; };
  CHECK(run_over(oai).complete);
}

TEST_CASE("a token that leads nowhere new ends the list") {
  FakeOai oai(5);
  auto const first =
      oai.answer({.url = "https://repository.example/oai?verb=ListRecords&metadataPrefix=oai_dc"});
  oai.asked = 0;
  oai.body = [&first](std::size_t n, fetch::Request const&) {
    return n == 1 ? std::nullopt : std::optional(first);
  };
  auto const all = run_over(oai);
  CHECK(all.ids() == ids_to(2));
  CHECK(all.codes().back() == "list-in-circles");
  CHECK_FALSE(all.complete);
  CHECK(oai.asked < 10);
}

TEST_CASE("a list whose last token is not empty ends where all that was announced has come") {
  FakeOai oai(4);
  auto const first =
      oai.answer({.url = "https://repository.example/oai?verb=ListRecords&metadataPrefix=oai_dc"});
  oai.asked = 0;
  oai.body = [&](std::size_t n, fetch::Request const&) -> std::optional<std::string> {
    if (n == 3) return first; // what the token `0` of the second page leads to
    auto page = first;
    if (n == 2) {
      page.replace(page.find("~~~2"), 4, "0");
      for (auto const* const id : {"r1", "r2"}) {
        auto const number = std::to_string(id[1] - '0' + 2);
        page.replace(page.find(std::string(id) + "</identifier>") + 1, 1, number);
      }
    }
    return page;
  };
  auto const all = run_over(oai);
  CHECK(all.ids() == ids_to(4));
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(oai.asked == 3);
}

TEST_CASE("a token that is longer than any address ends the run") {
  FakeOai oai(1);
  oai.body = [](std::size_t, fetch::Request const&) {
    return FakeOai::answer_with(
        "<ListRecords><record><header><identifier>a</identifier></header><metadata><x/></metadata>"
        "</record><resumptionToken>" +
        std::string(20'000, 'x') + "</resumptionToken></ListRecords>");
  };
  CHECK_THROWS_WITH(run_over(oai), "the repository's resumption token is too long");
}

#include "kinds/csw/csw.hpp"

#include <terracat/json.hpp>

#include "fake_csw.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

using namespace terracat;
using namespace terracat::test;
using kinds::ProtocolError;
using Strings = std::vector<std::string>;

namespace {

Source source_with(std::string options) {
  Source source;
  source.address = "https://catalogue.example/csw";
  source.options = std::move(options);
  return source;
}

Harvest run_over(FakeCsw& csw, std::string options) {
  auto fetcher = csw.fetcher();
  return harvest(*kinds::csw::start(source_with(std::move(options)), fetcher, {}));
}

/// r1, r2 … r{count}
Strings ids_to(std::size_t count) {
  return FakeCsw(count).ids;
}

constexpr auto pages_of_two = R"({"page_size":2})";

} // namespace

TEST_CASE("a catalogue is harvested page by page, and completely") {
  FakeCsw csw(5);
  auto fetcher = csw.fetcher();
  auto const harvester = kinds::csw::start(source_with(pages_of_two), fetcher, {});
  auto const all = harvest(*harvester);
  CHECK(all.ids() == ids_to(5));
  CHECK(all.page_sizes == std::vector<std::size_t>{2, 2, 1});
  CHECK(all.announced == 5);
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(fetcher.requests.size() == 3);
  CHECK_FALSE(harvester->next({}));
}

TEST_CASE("requests ask for full records of one schema in one order") {
  FakeCsw csw(1);
  auto fetcher = csw.fetcher();
  static_cast<void>(harvest(*kinds::csw::start(source_with("{}"), fetcher, {})));
  CHECK(fetcher.urls() ==
        Strings{"https://catalogue.example/csw?service=CSW&version=2.0.2&request=GetRecords"
                "&resultType=results&typeNames=csw%3ARecord&ElementSetName=full"
                "&outputSchema=http%3A%2F%2Fwww.isotc211.org%2F2005%2Fgmd"
                "&outputFormat=application%2Fxml&startPosition=1&maxRecords=50"
                "&SortBy=dc%3Aidentifier%3AA"});
  CHECK(fetcher.requests.at(0).method == "GET");
}

TEST_CASE("options shape the request") {
  FakeCsw csw(1);
  auto fetcher = csw.fetcher();
  auto source = source_with(
      R"({"output_schema":"mdb","type_names":"gmd:MD_Metadata","sort_by":"","page_size":7,)"
      R"("constraint":"title LIKE '%eau%'"})");
  source.address = "https://catalogue.example/csw?MAP=/a.map&Request=GetCapabilities&SERVICE=CSW";
  static_cast<void>(harvest(*kinds::csw::start(source, fetcher, {})));
  auto const url = fetcher.urls().at(0);
  CHECK_THAT(url, Catch::StartsWith("https://catalogue.example/csw?MAP=/a.map&service=CSW&"));
  CHECK(url.find("GetCapabilities") == std::string::npos);
  CHECK(FakeCsw::parameter(url, "outputSchema") ==
        "http%3A%2F%2Fstandards.iso.org%2Fiso%2F19115%2F-3%2Fmdb%2F2.0");
  CHECK(FakeCsw::parameter(url, "typeNames") == "gmd%3AMD_Metadata");
  CHECK(FakeCsw::parameter(url, "maxRecords") == "7");
  CHECK(FakeCsw::parameter(url, "SortBy").empty());
  CHECK(FakeCsw::parameter(url, "constraintLanguage") == "CQL_TEXT");
  CHECK(FakeCsw::parameter(url, "constraint") == "title%20LIKE%20%27%25eau%25%27");
}

TEST_CASE("requests are posted as XML if asked for") {
  FakeCsw csw(1);
  CannedFetcher fetcher([&csw](fetch::Request const& request) {
    return fetch::Response{
        .status = 200, .body = csw.page(1, 2, 1, FakeCsw::record("r1")), .url = request.url};
  });
  auto const all = harvest(*kinds::csw::start(
      source_with(R"({"method":"POST","constraint":"a < 'b' & c","page_size":3})"), fetcher, {}));
  CHECK(all.ids() == Strings{"r1"});
  auto const& request = fetcher.requests.at(0);
  CHECK(request.method == "POST");
  CHECK(request.url == "https://catalogue.example/csw");
  CHECK(request.content_type == "application/xml");
  CHECK_THAT(request.body,
             Catch::Contains(R"(startPosition="1" maxRecords="3")") &&
                 Catch::Contains(R"(<csw:Query typeNames="csw:Record">)") &&
                 Catch::Contains("<csw:CqlText>a &lt; 'b' &amp; c</csw:CqlText>") &&
                 Catch::Contains("<ogc:PropertyName>dc:identifier</ogc:PropertyName>"));
}

TEST_CASE("each document has its own address and the format of its source") {
  FakeCsw csw(0);
  csw.ids = {"a/b ?c"};
  auto fetcher = csw.fetcher();
  auto source = source_with("{}");
  source.format = "iso19139";
  auto const all = harvest(*kinds::csw::start(source, fetcher, {}));
  CHECK(all.documents.at(0).native_id == "a/b ?c");
  CHECK(all.documents.at(0).format == "iso19139");
  CHECK_THAT(all.documents.at(0).address,
             Catch::Contains("request=GetRecordById") && Catch::EndsWith("&id=a%2Fb%20%3Fc"));
}

TEST_CASE("the address of a document does not hold the password of its source") {
  FakeCsw csw(1);
  auto fetcher = csw.fetcher();
  auto source = source_with("{}");
  source.address = "https://jane:secret@catalogue.example/csw";
  auto const all = harvest(*kinds::csw::start(source, fetcher, {}));
  CHECK(fetcher.requests.at(0).url.starts_with("https://jane:secret@catalogue.example/csw?"));
  CHECK(all.documents.at(0).address.starts_with("https://catalogue.example/csw?"));
}

TEST_CASE("an empty catalogue is complete") {
  FakeCsw csw(0);
  auto const all = run_over(csw, "{}");
  CHECK(all.documents.empty());
  CHECK(all.announced == 0);
  CHECK(all.complete);
  CHECK(csw.asked == 1);
}

// ---- nextRecord, in all the ways it can be wrong

TEST_CASE("no wrong nextRecord loses a record or loops") {
  auto const wrong = GENERATE(as<std::string>(), "", "0", "1", "6", "99", "-1", "soon");
  CAPTURE(wrong);
  FakeCsw csw(5);
  csw.next_record = [&wrong](std::size_t, std::size_t) { return wrong; };
  auto const all = run_over(csw, pages_of_two);
  CHECK(all.ids() == ids_to(5));
  CHECK(all.complete);
  CHECK(csw.asked == 3);
}

TEST_CASE("a server with smaller pages than asked for is followed") {
  FakeCsw csw(5);
  csw.most = 2;
  auto const all = run_over(csw, R"({"page_size":50})");
  CHECK(all.ids() == ids_to(5));
  CHECK(all.complete);
}

TEST_CASE("hidden records shorten a page, and the run is not complete") {
  FakeCsw csw(6);
  csw.hidden = {"r2", "r3", "r4"};
  auto const all = run_over(csw, pages_of_two);
  CHECK(all.ids() == Strings{"r1", "r5", "r6"});
  CHECK_FALSE(all.complete);
  CHECK(csw.asked == 3);
}

TEST_CASE("an empty page before the end is the end, and said to be too early") {
  FakeCsw csw(3);
  csw.matched = [](std::size_t) { return "10"; };
  auto const all = run_over(csw, pages_of_two);
  CHECK(all.ids() == ids_to(3));
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK(all.announced == 10);
  CHECK_FALSE(all.complete);
}

TEST_CASE("without an announced number all is harvested and nothing is proved") {
  auto const matched = GENERATE(as<std::string>(), "", "[object Object]", "-3");
  CAPTURE(matched);
  FakeCsw csw(5);
  csw.matched = [&matched](std::size_t) { return matched; };
  auto const all = run_over(csw, pages_of_two);
  CHECK(all.ids() == ids_to(5));
  CHECK_FALSE(all.announced);
  CHECK_FALSE(all.complete);
}

TEST_CASE("a number that the page itself disproves is not believed") {
  FakeCsw csw(5);
  csw.matched = [](std::size_t) { return "0"; };
  auto const all = run_over(csw, pages_of_two);
  CHECK(all.ids() == ids_to(5));
  CHECK_FALSE(all.complete);
}

TEST_CASE("a number that changes during the run spoils the proof") {
  FakeCsw csw(5);
  csw.matched = [](std::size_t request) { return request == 1 ? "6" : "5"; };
  auto const all = run_over(csw, pages_of_two);
  CHECK(all.ids() == ids_to(5));
  CHECK(all.codes() == Strings{"count-changed"});
  CHECK(all.failures.at(0).finding.excerpt == "6, then 5");
  CHECK_FALSE(all.complete);
}

// ---- Repeats

TEST_CASE("a record that moved to another page is handed out once") {
  FakeCsw csw(0);
  csw.ids = {"r1", "r2", "r2", "r3"};
  auto const all = run_over(csw, pages_of_two);
  CHECK(all.ids() == Strings{"r1", "r2", "r3"});
  CHECK(all.codes() == Strings{"record-repeated"});
  CHECK(all.failures.at(0).native_id == "r2");
  CHECK_FALSE(all.complete);
}

TEST_CASE("records without an id are told apart by their content") {
  FakeCsw csw(0);
  csw.ids = {"", "", "r3"};
  auto const all = run_over(csw, "{}");
  CHECK(all.ids() == Strings{"", "r3"});
  CHECK(all.codes() == Strings{"record-repeated"});
}

TEST_CASE("a server that gives its first page again and again is left") {
  FakeCsw csw(1000);
  CannedFetcher fetcher([&csw](fetch::Request const& request) {
    return fetch::Response{.status = 200,
                           .body = csw.page(1, 3, 2, FakeCsw::record("r1") + FakeCsw::record("r2")),
                           .url = request.url};
  });
  auto const all = harvest(*kinds::csw::start(source_with(pages_of_two), fetcher, {}));
  CHECK(all.ids() == ids_to(2));
  CHECK(all.codes().back() == "list-in-circles");
  CHECK(fetcher.requests.size() == 4);
  CHECK_FALSE(all.complete);
}

// ---- Errors

TEST_CASE("a server that cannot sort is harvested unsorted") {
  FakeCsw csw(5);
  csw.sorts = false;
  csw.error_status = GENERATE(200, 400, 500);
  auto fetcher = csw.fetcher();
  auto const all = harvest(*kinds::csw::start(source_with(pages_of_two), fetcher, {}));
  CHECK(all.ids() == ids_to(5));
  CHECK(all.codes() == Strings{"sort-refused"});
  CHECK(all.complete);
  CHECK(fetcher.requests.size() == 4);
}

TEST_CASE("a server that cannot sort and does not say so is harvested unsorted") {
  FakeCsw csw(15);
  csw.sorts = false;
  csw.sort_error = "internal error";
  csw.error_status = GENERATE(200, 500);
  auto fetcher = csw.fetcher();
  auto const all = harvest(*kinds::csw::start(source_with(R"({"page_size":8})"), fetcher, {}));
  CHECK(all.ids() == ids_to(15));
  CHECK(all.codes() == Strings{"sort-refused"});
  CHECK_THAT(all.failures.at(0).finding.excerpt, Catch::Contains("internal error"));
  CHECK(all.complete);
}

TEST_CASE("bad records in front do not make a server one that cannot sort") {
  FakeCsw csw(20);
  csw.bad = {"r1", "r2", "r3"};
  auto fetcher = csw.fetcher();
  auto const all = harvest(*kinds::csw::start(source_with(R"({"page_size":8})"), fetcher, {}));
  CHECK(all.documents.size() == 17);
  CHECK(all.codes() == Strings(3, "exception-report"));
  CHECK_FALSE(FakeCsw::parameter(fetcher.requests.back().url, "SortBy").empty());
}

TEST_CASE("the one bad record of a page is found and passed over") {
  auto const place = GENERATE(range(1, 21));
  FakeCsw csw(20);
  csw.error_status = GENERATE(200, 500);
  auto const bad = "r" + std::to_string(place);
  csw.bad = {bad};
  auto const all = run_over(csw, R"({"page_size":10})");
  auto expected = ids_to(20);
  std::erase(expected, bad);
  CHECK(all.ids() == expected);
  CHECK(all.codes() == Strings{"exception-report"});
  CHECK(all.failures.at(0).finding.where == "record " + std::to_string(place));
  CHECK_THAT(all.failures.at(0).finding.excerpt, Catch::Contains("cannot convert a record"));
  CHECK_FALSE(all.complete);
  CHECK(csw.asked < 20);
}

TEST_CASE("several bad records are each found") {
  FakeCsw csw(40);
  csw.bad = {"r3", "r4", "r5", "r17", "r40"};
  auto const all = run_over(csw, R"({"page_size":20})");
  CHECK(all.documents.size() == 35);
  CHECK(all.codes() == Strings(5, "exception-report"));
}

TEST_CASE("a server that refuses everything is not asked for each record") {
  FakeCsw csw(10'000);
  csw.body = [](std::size_t) { return FakeCsw::report("NoApplicableCode", "no database"); };
  auto fetcher = csw.fetcher();
  auto const harvester = kinds::csw::start(source_with("{}"), fetcher, {});
  CHECK_THROWS_MATCHES(
      harvester->next({}), ProtocolError,
      Catch::Message("the source delivers nothing: NoApplicableCode: no database"));
  CHECK(fetcher.requests.size() < 30); // ten single records in each of two orders
  CHECK_FALSE(harvester->complete());
}

TEST_CASE("a page that is cut off is asked for in parts") {
  FakeCsw csw(8);
  csw.body = [&csw](std::size_t request) -> std::optional<std::string> {
    if (request != 1) return std::nullopt;
    auto const whole = csw.page(1, 9, 1, FakeCsw::record("r1"));
    return whole.substr(0, whole.size() / 2);
  };
  auto const all = run_over(csw, R"({"page_size":8})");
  CHECK(all.ids() == ids_to(8));
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("a page that is too large is asked for in parts") {
  FakeCsw csw(8);
  CannedFetcher fetcher([&csw](fetch::Request const& request) {
    if (std::stoul(FakeCsw::parameter(request.url, "maxRecords")) > 2) {
      throw fetch::FetchError(fetch::FetchError::Reason::too_large, 0, "too large");
    }
    return fetch::Response{.status = 200, .body = csw.answer(request.url), .url = request.url};
  });
  auto const all = harvest(*kinds::csw::start(source_with(R"({"page_size":8})"), fetcher, {}));
  CHECK(all.ids() == ids_to(8));
  CHECK(all.complete);
}

TEST_CASE("what is no CSW is an error of the protocol") {
  auto const body =
      GENERATE(as<std::string>(), "<!DOCTYPE html><html><body>Please sign in</body></html>",
               "\n  <html lang='fr'><br></html>", "<?xml version='1.0'?><html xmlns='x'/>",
               "<csw:Capabilities xmlns:csw='http://www.opengis.net/cat/csw/2.0.2'/>", "<a/>");
  CAPTURE(body);
  FakeCsw csw(3);
  csw.body = [&body](std::size_t) { return body; };
  auto fetcher = csw.fetcher();
  auto const harvester = kinds::csw::start(source_with("{}"), fetcher, {});
  CHECK_THROWS_AS(harvester->next({}), ProtocolError);
  CHECK(fetcher.requests.size() == 1);
}

TEST_CASE("a login page in mid-run ends the run, which can go on later") {
  FakeCsw csw(6);
  csw.body = [](std::size_t request) -> std::optional<std::string> {
    if (request == 2) return "<html><body>session expired</body></html>";
    return std::nullopt;
  };
  auto fetcher = csw.fetcher();
  auto const source = source_with(pages_of_two);
  auto const first = kinds::csw::start(source, fetcher, {});
  auto const page = first->next({});
  REQUIRE(page);
  CHECK_THROWS_AS(first->next({}), ProtocolError);
  auto const rest = harvest(*kinds::csw::start(source, fetcher, page->checkpoint));
  CHECK(rest.ids() == Strings{"r3", "r4", "r5", "r6"});
  CHECK(rest.complete);
}

TEST_CASE("an unreachable server ends the run") {
  CannedFetcher fetcher([](fetch::Request const&) -> fetch::Response {
    throw fetch::FetchError(fetch::FetchError::Reason::unreachable, 0, "no connection");
  });
  auto const harvester = kinds::csw::start(source_with("{}"), fetcher, {});
  CHECK_THROWS_AS(harvester->next({}), fetch::FetchError);
  CHECK(fetcher.requests.size() == 1);
}

TEST_CASE("statuses that no record can bring about end the run") {
  auto const status = GENERATE(401, 403, 404, 410, 503);
  CannedFetcher fetcher(
      [status](fetch::Request const&) -> fetch::Response { throw CannedFetcher::status(status); });
  auto const harvester = kinds::csw::start(source_with("{}"), fetcher, {});
  CHECK_THROWS_AS(harvester->next({}), fetch::FetchError);
  CHECK(fetcher.requests.size() == 1);
}

TEST_CASE("a run of limited length ends there and proves nothing") {
  FakeCsw csw(9);
  auto const all = run_over(csw, R"({"page_size":4,"max_records":6})");
  CHECK(all.ids() == ids_to(6));
  CHECK_FALSE(all.complete);
}

// ---- Checkpoints

TEST_CASE("a run that is killed after any page goes on without loss or repetition") {
  auto const trap = GENERATE(0, 1, 2, 3, 4);
  auto const make = [trap] {
    FakeCsw csw(23);
    if (trap == 1) csw.bad = {"r4", "r11", "r12", "r23"};
    if (trap == 2) csw.sorts = false;
    if (trap == 3) csw.ids[7] = csw.ids[6];
    if (trap == 4) csw.hidden = {"r9", "r10", "r15"};
    return csw;
  };
  CAPTURE(trap);
  auto csw = make();
  auto const options = R"({"page_size":5})";
  auto const whole = run_over(csw, options);
  for (std::size_t k = 0; k <= whole.checkpoints.size(); ++k) {
    CAPTURE(k);
    auto again = make();
    auto fetcher = again.fetcher();
    auto const resumed = killed_and_resumed(
        [&](std::string_view checkpoint) {
          return kinds::csw::start(source_with(options), fetcher, checkpoint);
        },
        k);
    CHECK(resumed.ids() == whole.ids());
    CHECK(resumed.bodies() == whole.bodies());
    CHECK(resumed.codes() == whole.codes());
    CHECK(resumed.complete == whole.complete);
  }
}

TEST_CASE("a checkpoint is small, readable, and tolerant of members to come") {
  FakeCsw csw(4);
  auto const all = run_over(csw, pages_of_two);
  auto checkpoint = all.checkpoints.at(0);
  auto const document = json::Document::parse(checkpoint);
  REQUIRE(document);
  CHECK(document->root().member("position")->integer() == 3);
  CHECK(document->root().member("matched")->integer() == 4);
  CHECK(document->root().string("ids")->size() == 24);
  checkpoint.insert(1, R"("of_a_later_version":[1,2],)");
  auto fetcher = csw.fetcher();
  CHECK(harvest(*kinds::csw::start(source_with(pages_of_two), fetcher, checkpoint)).ids() ==
        Strings{"r3", "r4"});
}

TEST_CASE("a checkpoint that makes no sense is refused") {
  FakeCsw csw(4);
  auto const good = run_over(csw, pages_of_two).checkpoints.at(0);
  auto fetcher = csw.fetcher();
  auto const text = GENERATE(as<std::string>(), "x", "[]", "{}", R"({"version":2,"position":1})",
                             R"({"version":1,"position":0,"window":1})");
  CAPTURE(text);
  CHECK_THROWS_AS(kinds::csw::start(source_with(pages_of_two), fetcher, text), ProtocolError);
  auto other = source_with(pages_of_two);
  other.address = "https://other.example/csw";
  CHECK_THROWS_WITH(kinds::csw::start(other, fetcher, good), Catch::Contains("another query"));
}

TEST_CASE("a checkpoint that says of no ids leaves a resumed run without proof") {
  FakeCsw csw(3);
  auto fetcher = csw.fetcher();
  auto checkpoint =
      harvest(*kinds::csw::start(source_with(pages_of_two), fetcher, {}), 1).checkpoints.front();
  auto const ids = checkpoint.find(R"(,"ids":)"); // the last member: there were too many
  REQUIRE(ids != std::string::npos);
  checkpoint = checkpoint.substr(0, ids) + "}";
  auto const rest = harvest(*kinds::csw::start(source_with(pages_of_two), fetcher, checkpoint));
  CHECK(rest.documents.size() == 1);
  CHECK_FALSE(rest.complete);
}

TEST_CASE("a stop reaches the fetcher") {
  FakeCsw csw(4);
  auto fetcher = csw.fetcher();
  std::stop_source stop;
  stop.request_stop();
  auto const harvester = kinds::csw::start(source_with("{}"), fetcher, {});
  CHECK_THROWS_AS(harvester->next(stop.get_token()), fetch::FetchError);
}

#include "api/csv.hpp"
#include "api/site_under_test.hpp"
#include "support/catch.hpp"

#include <fstream>

namespace terracat::test {
namespace {

/// An item of the collection of the site, the later the greater its number.
std::string item(int number) {
  auto const digits = std::to_string(1000 + number);
  return R"({"type":"Feature","stac_version":"1.1.0","id":"i-)" + digits +
         R"(","collection":"many","geometry":{"type":"Point","coordinates":[1,2]},)"
         R"("bbox":[1,2,1,2],"properties":{"datetime":"2024-01-01T00:00:00.)" +
         digits.substr(1) + R"(Z"},"assets":{},"links":[]})";
}

/// A site, empty at first.
struct EmptySite {
  TemporaryFolder folder;
  SiteUnderTest site;

  explicit EmptySite(StoreUnderTest const& store) : site(make(folder), store) {}

  static std::filesystem::path make(TemporaryFolder const& folder) {
    std::ofstream(folder.path() / "site.json") << R"({"public_url":"https://data.example"})";
    return folder.path();
  }

  /// The lines of a stream.
  std::vector<std::string> lines(std::string const& target, std::function<void()> between = {}) {
    auto const answer = site.ask({.target = target,
                                  .headers = {{"Accept", "application/x-ndjson"}},
                                  .between_pieces = std::move(between)});
    REQUIRE(answer.status == 200);
    std::vector<std::string> out;
    std::istringstream lines(answer.body);
    for (std::string line; std::getline(lines, line);) out.push_back(std::move(line));
    return out;
  }

  /// The ids in them.
  std::vector<std::string> ids(std::string const& target, std::function<void()> between = {}) {
    std::vector<std::string> out;
    for (auto const& line : lines(target, std::move(between))) {
      auto const parsed = json::Document::parse(line);
      REQUIRE(parsed);
      out.emplace_back(parsed->root().string("id").value());
    }
    return out;
  }
};

/// With one collection of so many items.
struct ManyItems : EmptySite {
  ManyItems(StoreUnderTest const& store, int items) : EmptySite(store) {
    site.add("many", R"({"type":"Collection","stac_version":"1.1.0","id":"many","title":"Many",)"
                     R"("description":"Items","license":"other","links":[],"extent":{"spatial":)"
                     R"({"bbox":[[-180,-90,180,90]]},"temporal":{"interval":[[null,null]]}}})");
    std::string all;
    for (int number = 0; number < items; ++number) all += item(number) + "\n";
    site.add("many", all);
  }
};

/// A data set of which there is no item, the further down in lists the greater its number.
std::string collection(int number) {
  auto const digits = std::to_string(10'000 + number);
  return R"({"type":"Collection","stac_version":"1.1.0","id":"c-)" + digits + R"(","title":"Set )" +
         digits + R"(","description":"One of many","license":"other","links":[],"extent":)" +
         R"({"spatial":{"bbox":[[170,10,-170,20]]},"temporal":{"interval":[[null,null]]}}})" + "\n";
}

/// The collection of that name with another title.
std::string more_of(std::string const& id) {
  return R"({"type":"Collection","stac_version":"1.1.0","id":")" + id +
         R"(","title":"More","description":"One of many","license":"other","links":[],"extent":)" +
         R"({"spatial":{"bbox":[[170,10,-170,20]]},"temporal":{"interval":[[null,null]]}}})" + "\n";
}

/// The rest of what a service says.
std::string service(std::string const& members) {
  return R"({"type":"Feature","id":"viewer","conformsTo":)"
         R"(["http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core"],)" +
         members + R"(,"links":[]})";
}

std::vector<std::string> from_to(int first, int last) {
  std::vector<std::string> out;
  for (int number = first; number >= last; --number) {
    out.push_back("i-" + std::to_string(1000 + number));
  }
  return out;
}

std::string cell(std::string_view text) {
  std::string out;
  api::append_cell(out, text);
  return out;
}

} // namespace

TEST_CASE("a whole result is streamed in its order, piece by piece") {
  for (auto const& store : stores()) {
    INFO(store.name);
    ManyItems many(store, 250);
    CHECK(many.ids("/stac/search") == from_to(249, 0));
    CHECK(many.ids("/features/collections/many/items") == from_to(249, 0));
    CHECK(many.ids("/stac/search?limit=150") == from_to(249, 100));
    CHECK(many.ids("/stac/search?limit=100") == from_to(249, 150));
    CHECK(many.ids("/stac/search?limit=99999999999999999999").size() == 250);
    CHECK(many.ids("/stac/search?sortby=datetime&limit=101").back() == "i-1100");
  }
}

TEST_CASE("a stream from a page on begins with its first row, whichever way the page was reached") {
  for (auto const& store : stores()) {
    INFO(store.name);
    ManyItems many(store, 350);
    auto const linked = [&](std::string const& target, std::string const& rel) {
      auto const answer = many.site.ask({.target = target});
      auto const page = json::Document::parse(answer.body).value();
      for (auto const link : page.root().member("links")->elements()) {
        if (link.string("rel") != rel) continue;
        return std::string(link.string("href").value())
            .substr(std::string("https://data.example").size());
      }
      FAIL("no link " << rel);
      return std::string();
    };
    auto const third = linked(linked("/stac/search?limit=110", "next"), "next"); // 129 to 20
    auto const second = linked(third, "prev");
    CHECK(many.ids(third) == from_to(129, 20));
    CHECK(many.ids(second) == from_to(239, 130));
    auto const token = second.substr(second.find("token="));
    CHECK(many.ids("/stac/search?" + token) == from_to(229, 0)); // a page has a hundred
  }
}

TEST_CASE("a stream of changes goes on, however few are wanted, behind what is told ahead") {
  for (auto const& store : stores()) {
    INFO(store.name);
    ManyItems many(store, 3);
    many.site.add("many", collection(1) + more_of("many")); // it is changed after its items
    auto const whole = many.lines("/changes?items=true");
    REQUIRE(whole.size() == 7); // told ahead, three items, itself, the other one, the end
    CHECK(whole.back().find("\"op\":\"end\"") != std::string::npos);
    std::vector<std::string> told;
    std::string since;
    for (int i = 0; i < 5; ++i) {
      auto const lines = many.lines("/changes?items=true&limit=1" + since);
      auto const last = json::Document::parse(lines.back()).value();
      told.emplace_back(last.root().string("id").value());
      CHECK(lines.size() == (i < 3 ? 2 : 1)); // each begins anew, and does not know the collection
      since = "&since=" + std::string(last.root().string("cursor").value());
    }
    std::ranges::sort(told);
    CHECK(told == std::vector<std::string>{"c-10001", "i-1000", "i-1001", "i-1002", "many"});
  }
}

TEST_CASE("what is only known in part is no whole result") {
  EmptySite many(stores().front());
  std::string all;
  for (int number = 0; number < 5'001; ++number) all += collection(number);
  many.site.add("many", all);
  for (std::string const list : {"/records/collections/all/items", "/stac/collections"}) {
    INFO(list);
    CHECK(many.site.ask({.target = list + "?q=set&explain=true"}).status == 200);
    auto const answer = many.site.ask({.target = list + "?q=set&explain=true&f=ndjson"});
    CHECK(answer.status == 400);
    CHECK(answer.body.find("only the best are known") != std::string::npos);
  }
  CHECK(many.ids("/records/collections/all/items?q=set").size() == 5'001);
}

TEST_CASE("what changes while a result is streamed is told at most once") {
  for (auto const& store : stores()) {
    INFO(store.name);
    ManyItems many(store, 150);
    int pieces = 0;
    auto const ids = many.ids("/stac/search", [&] {
      if (pieces++ > 0) return;
      many.site.add("many", item(200)); // later than what was told: it comes too late
      many.site.add("many", item(10));  // as it was
    });
    CHECK(pieces == 1);
    CHECK(ids == from_to(149, 0));
  }
}

TEST_CASE("records and collections are streamed in more than one piece, as they stand in lists") {
  for (auto const& store : stores()) {
    INFO(store.name);
    EmptySite many(store);
    std::string all;
    for (int number = 0; number < 1'200; ++number) all += collection(number);
    many.site.add("many", all);
    for (std::string const list :
         {"/records/collections/all/items?", "/stac/collections?", "/stac/collections-search?"}) {
      INFO(list);
      int pieces = 1;
      auto const lines = many.lines(list, [&] { ++pieces; });
      CHECK(pieces == 2);
      CHECK(lines.size() == 1'200);
      std::string told;
      for (auto const& line : lines) told += (told.empty() ? "[" : ",") + line;
      auto const page = many.site.ask({.target = list + "limit=1200"});
      CHECK(page.body.find(told + "]") != std::string::npos);
      CHECK(many.ids(list + "limit=1100").back() == "c-11099");
      CHECK(many.ids(list + "limit=1000").back() == "c-10999");
      CHECK(many.ids(list + "sortby=-title&limit=1001").back() == "c-10199");
    }
    CHECK(many.ids("/records/collections/all/items?offset=150").size() == 1'050);
  }
}

TEST_CASE("records that come and go while they are streamed are told at most once") {
  for (auto const& store : stores()) {
    INFO(store.name);
    EmptySite many(store);
    std::string all;
    for (int number = 1; number <= 1'001; ++number) all += collection(number);
    many.site.add("many", all);
    auto const ids = many.ids("/records/collections/all/items", [&] {
      many.site.add("many", collection(0) + collection(2'000)); // too late, and in time
    });
    CHECK(ids.size() == 1'002);
    CHECK(ids.front() == "c-10001");
    CHECK(ids.back() == "c-12000");
  }
}

TEST_CASE("what looks into every item is not streamed, and says so before it begins") {
  for (auto const& store : stores()) {
    INFO(store.name);
    ManyItems many(store, 20);
    std::string const looks = "filter=CASEI(id)='i-1001'";
    CHECK(many.ids("/stac/search?" + looks) == from_to(1, 1));
    CHECK(many.ids("/stac/collections?items-" + looks) == std::vector<std::string>{"many"});
    many.site.change([](api::Site& site) { site.scan_items = 19; });
    for (std::string const list : {"/stac/search?", "/stac/collections?items-"}) {
      auto const answer = many.site.ask({.target = list + looks + "&f=csv"});
      CHECK(answer.status == 400);
      CHECK(answer.body.find("whole results are not streamed of a search") != std::string::npos);
    }
  }
}

TEST_CASE("a table of records has their place and time in every form") {
  for (auto const& store : stores()) {
    INFO(store.name);
    EmptySite site(store);
    auto const row = [&](std::string const& address) {
      auto const answer = site.site.ask({.target = address});
      auto const end = answer.body.find("\r\n");
      return answer.body.substr(std::min(answer.body.size(), end + 2));
    };
    site.site.add("many", collection(1));
    CHECK(row("/records/collections/all/items?ids=c-10001&f=csv") ==
          "c-10001,https://data.example/records/collections/all/items/c-10001,dataset,Set 10001,"
          "One of many,,,,170,10,-170,20,,,,,\r\n");
    CHECK(row("/stac/collections?ids=c-10001&f=csv") ==
          "c-10001,https://data.example/stac/collections/c-10001,Set 10001,One of many,,,"
          "170,10,-170,20,,other,,,\r\n");
    site.site.add("many", service(R"("time":{"date":"2020-02-29"},"geometry":{"type":"Point",)"
                                  R"("coordinates":[1.5,2]},"properties":{"type":"service",)"
                                  R"("title":"=A viewer","created":"2019-01-01T00:00:00Z",)"
                                  R"("language":{"code":"en"},"keywords":["sea","ice"]})"));
    CHECK(row("/records/collections/all/items?ids=viewer&f=csv") ==
          "viewer,https://data.example/records/collections/all/items/viewer,service,"
          "\"'=A viewer\",,2020-02-29,,,1.5,2,1.5,2,\"[\"\"sea\"\",\"\"ice\"\"]\",,en,"
          "2019-01-01T00:00:00Z,\r\n");
  }
}

TEST_CASE("no cell of a table is a formula, and each stays one cell") {
  CHECK(cell("Snow") == "Snow");
  CHECK(cell("").empty());
  CHECK(cell("a,b") == "\"a,b\"");
  CHECK(cell("say \"so\"") == "\"say \"\"so\"\"\"");
  CHECK(cell("two\r\nlines") == "\"two\r\nlines\"");
  CHECK(cell("=1+2") == "\"'=1+2\"");
  CHECK(cell("+1") == "\"'+1\"");
  CHECK(cell("-cmd|' /C calc'!A0") == "\"'-cmd|' /C calc'!A0\"");
  CHECK(cell("@sum(a)") == "\"'@sum(a)\"");
  CHECK(cell("\t=1") == "\"'\t=1\"");
  CHECK(cell("\r=1") == "\"'\r=1\"");
  CHECK(cell(" =1") == "\" =1\"");
}

} // namespace terracat::test

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

/// A site with one collection of so many items.
struct ManyItems {
  TemporaryFolder folder;
  SiteUnderTest site;

  ManyItems(StoreUnderTest const& store, int items) : site(make(folder), store) {
    site.add("many", R"({"type":"Collection","stac_version":"1.1.0","id":"many","title":"Many",)"
                     R"("description":"Items","license":"other","links":[],"extent":{"spatial":)"
                     R"({"bbox":[[-180,-90,180,90]]},"temporal":{"interval":[[null,null]]}}})");
    std::string all;
    for (int number = 0; number < items; ++number) all += item(number) + "\n";
    site.add("many", all);
  }

  static std::filesystem::path make(TemporaryFolder const& folder) {
    std::ofstream(folder.path() / "site.json") << R"({"public_url":"https://data.example"})";
    return folder.path();
  }

  /// The ids of the items in a stream of lines.
  std::vector<std::string> ids(std::string const& target, std::function<void()> between = {}) {
    auto const answer = site.ask({.target = target,
                                  .headers = {{"Accept", "application/x-ndjson"}},
                                  .between_pieces = std::move(between)});
    REQUIRE(answer.status == 200);
    std::vector<std::string> out;
    std::istringstream lines(answer.body);
    for (std::string line; std::getline(lines, line);) {
      auto const parsed = json::Document::parse(line);
      REQUIRE(parsed);
      out.emplace_back(parsed->root().string("id").value());
    }
    return out;
  }
};

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

TEST_CASE("no cell of a table is a formula, and each stays one cell") {
  CHECK(cell("Snow") == "Snow");
  CHECK(cell("") == "");
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

#include "kinds/odata/odata.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

#include <terracat/json.hpp>

#include <algorithm>
#include <utility>

using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;

namespace {

constexpr auto products = "https://odata.example/odata/v1/Products";

Source source_with(std::string options = R"({"collection":"S1"})") {
  Source source;
  source.address = products;
  source.options = std::move(options);
  return source;
}

/// A catalogue of some products, two on a page, whose traps are members.
struct FakeCatalogue {
  Strings ids;
  std::size_t more = 0; ///< announced but not there
  bool counts = true;
  bool refuses_changes = false;
  std::string next_host = "https://odata.example";

  [[nodiscard]] std::string page(std::string const& url) const {
    auto const at = url.find("skip=");
    auto const from = at == std::string::npos ? 0 : std::stoul(url.substr(at + 5));
    std::string values;
    for (auto i = from; i < std::min(from + 2, ids.size()); ++i) {
      values += (i == from ? "" : ",") + std::string(R"({"Id":")") + ids[i] + R"(","Name":"n"})";
    }
    std::string out = R"({"value":[)" + values + "]";
    if (counts) out += R"(,"@odata.count":)" + std::to_string(ids.size() + more);
    if (from + 2 < ids.size()) {
      out += R"(,"@odata.nextLink":")" + next_host +
             "/odata/v1/Products?skip=" + std::to_string(from + 2) + R"(")";
    }
    return out + "}";
  }

  /// The catalogue must outlive its fetchers.
  [[nodiscard]] CannedFetcher fetcher() const {
    return CannedFetcher([this](fetch::Request const& request) {
      bool const is_of_changes = request.url.find("ModificationDate") != std::string::npos;
      if (refuses_changes && is_of_changes) throw CannedFetcher::status(400);
      return fetch::Response{.status = 200, .body = page(request.url), .url = request.url};
    });
  }
};

Harvest run_over(FakeCatalogue const& catalogue) {
  auto fetcher = catalogue.fetcher();
  return harvest(*kinds::odata::start(source_with(), fetcher, {}));
}

} // namespace

TEST_CASE("OData: the products that a filter finds are items of one collection") {
  FakeCatalogue const catalogue{.ids = {"a", "b", "c"}};
  auto fetcher = catalogue.fetcher();
  auto const harvester =
      kinds::odata::start(source_with(R"({"collection":"S1","title":"Radar","page_size":2,)"
                                      R"("filter":"Collection/Name eq 'SENTINEL-1'"})"),
                          fetcher, {});
  CHECK(harvester->coverage() == kinds::Coverage::everything);
  auto const all = harvest(*harvester);
  CHECK(all.ids() == Strings{"S1", "a", "b", "c"});
  CHECK(all.documents[0].format == "stac-collection");
  CHECK(all.documents[0].bytes == R"({"type":"Collection","stac_version":"1.1.0","id":"S1",)"
                                  R"("title":"Radar","description":"Radar","links":[]})");
  CHECK(all.documents[1].format == "odata");
  CHECK(all.documents[1].collection == "S1");
  CHECK(all.documents[1].bytes == R"({"collection":"S1","Id":"a","Name":"n"})");
  CHECK(all.documents[1].address == "https://odata.example/odata/v1/Products(a)");
  CHECK(all.announced == 3);
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(fetcher.urls() ==
        Strings{std::string(products) + "?$expand=Attributes&$expand=Assets&$count=true&"
                                        "$orderby=ContentDate%2FStart%20asc&$top=2&"
                                        "$filter=Collection%2FName%20eq%20%27SENTINEL-1%27",
                std::string(products) + "?skip=2"});
}

TEST_CASE("OData: a list that does not add up proves nothing") {
  FakeCatalogue catalogue{.ids = {"a", "b", "c"}};
  SECTION("fewer than announced") {
    catalogue.more = 1;
    CHECK(run_over(catalogue).codes() == Strings{"list-cut-short"});
    CHECK_FALSE(run_over(catalogue).complete);
  }
  SECTION("one twice, and so one left out") {
    catalogue.ids[2] = "a";
    CHECK(run_over(catalogue).codes() == Strings{"record-repeated", "list-cut-short"});
    CHECK_FALSE(run_over(catalogue).complete);
  }
  SECTION("without a number, a page that names no next one may be cut at $top") {
    catalogue.counts = false;
    auto const all = run_over(catalogue);
    CHECK(all.ids() == Strings{"S1", "a", "b", "c"});
    CHECK(all.codes() == Strings{"list-cut-short"});
    CHECK_FALSE(all.complete);
  }
  SECTION("nothing at all") {
    catalogue.ids.clear();
    CHECK(run_over(catalogue).codes() == Strings{"list-cut-short"});
    CHECK_FALSE(run_over(catalogue).complete);
  }
  SECTION("a product without a name") {
    catalogue.ids[1] = "";
    CHECK(run_over(catalogue).codes().at(0) == "no-identifier");
    CHECK_FALSE(run_over(catalogue).complete);
  }
  SECTION("a next page at another host") {
    catalogue.next_host = "https://elsewhere.example";
    auto const all = run_over(catalogue);
    CHECK(all.ids() == Strings{"S1", "a", "b"});
    CHECK(all.codes().at(0) == "list-cut-short");
    CHECK_FALSE(all.complete);
  }
}

TEST_CASE("OData: a list that is too long is refused before anything is taken") {
  FakeCatalogue const catalogue{.ids = {"a", "b", "c"}};
  auto fetcher = catalogue.fetcher();
  auto const source = source_with(R"({"max_items":2})");
  CHECK_THROWS_AS(kinds::odata::start(source, fetcher, {})->next({}), kinds::ProtocolError);
}

TEST_CASE("OData: a list that is too long and does not say so is cut short") {
  FakeCatalogue const catalogue{.ids = {"a", "b", "c", "d", "e"}, .counts = false};
  auto fetcher = catalogue.fetcher();
  auto const source = source_with(R"({"max_items":3})");
  auto const all = harvest(*kinds::odata::start(source, fetcher, {}));
  CHECK(all.ids() == Strings{"products", "a", "b", "c"});
  CHECK_FALSE(all.complete);
  CHECK(fetcher.requests.size() == 2);
}

TEST_CASE("OData: credentials in the address are sent with each page, and kept nowhere") {
  FakeCatalogue const catalogue{.ids = {"a", "b", "c"}};
  CannedFetcher fetcher([&](fetch::Request const& request) {
    // As the real one answers: without what was sent to prove who asks.
    auto url = request.url;
    if (auto const at = url.find("jane:secret@"); at != std::string::npos) url.erase(at, 12);
    return fetch::Response{.status = 200, .body = catalogue.page(url), .url = url};
  });
  auto source = source_with();
  source.address = "https://jane:secret@odata.example/odata/v1/Products";
  auto const all = harvest(*kinds::odata::start(source, fetcher, {}));
  CHECK(all.complete);
  REQUIRE(fetcher.requests.size() == 2);
  CHECK(fetcher.urls()[0].starts_with("https://jane:secret@odata.example/odata/v1/Products?"));
  CHECK(fetcher.urls()[1] == "https://jane:secret@odata.example/odata/v1/Products?skip=2");
  for (auto const& checkpoint : all.checkpoints) {
    CHECK(checkpoint.find("secret") == std::string::npos);
  }
  for (auto const& document : all.documents) {
    CHECK(document.address.find("secret") == std::string::npos);
  }
}

TEST_CASE("OData: a list that is begun again is bounded anew") {
  FakeCatalogue const catalogue{.ids = {"a", "b", "c", "d", "e"}};
  bool is_lost = false;
  CannedFetcher fetcher([&](fetch::Request const& request) {
    if (request.url.ends_with("skip=4") && !std::exchange(is_lost, true)) {
      throw CannedFetcher::status(410);
    }
    return fetch::Response{.status = 200, .body = catalogue.page(request.url), .url = request.url};
  });
  auto const source = source_with(R"({"collection":"S1","max_items":5})");
  auto const all = harvest(*kinds::odata::start(source, fetcher, {}));
  CHECK(all.ids() == Strings{"S1", "a", "b", "c", "d", "e"});
  CHECK(all.complete);
  CHECK(fetcher.requests.size() == 6); // pages at 0, 2 and 4, and all three again
}

namespace {

/// A catalogue of products at moments, in their order and two on a page, that does not go further
/// than to the fourth of a list.
struct ShortCatalogue {
  enum class How : std::uint8_t { refuses, is_silent, names_far };

  How how = How::refuses;
  std::vector<std::pair<std::string, int>> products; ///< with their minutes

  [[nodiscard]] fetch::Response answer(fetch::Request const& request) const {
    auto const& url = request.url;
    auto const mark = std::string("Start%20ge%202024-01-01T00%3A");
    auto const sliced = url.find(mark);
    auto const since =
        sliced == std::string::npos ? 0 : std::stoi(url.substr(sliced + mark.size()));
    auto const at = url.find("skip=");
    auto const from = at == std::string::npos ? 0 : std::stoul(url.substr(at + 5));
    if (from >= 4) throw CannedFetcher::status(400);
    std::vector<std::pair<std::string, int>> list;
    std::ranges::copy_if(products, std::back_inserter(list),
                         [&](auto const& one) { return one.second >= since; });
    std::string values;
    for (auto i = from; i < std::min(from + 2, list.size()); ++i) {
      values += (i == from ? "" : ",") + std::string(R"({"Id":")") + list[i].first +
                R"(","ContentDate":{"Start":"2024-01-01T00:)" + (list[i].second < 10 ? "0" : "") +
                std::to_string(list[i].second) + R"(:00Z"}})";
    }
    auto out = R"({"@odata.count":)" + std::to_string(list.size()) + R"(,"value":[)" + values + "]";
    bool const is_end = from + 2 >= list.size();
    bool const is_limit = from + 2 >= 4;
    if (!is_end && !(is_limit && how == How::is_silent)) {
      auto const skip = is_limit && how == How::names_far ? 10'001 : from + 2;
      out += R"(,"@odata.nextLink":")" + url.substr(0, url.find("&%24skip=")) +
             "&%24skip=" + std::to_string(skip) + R"(")";
    }
    return {.status = 200, .body = out + "}", .url = url};
  }

  [[nodiscard]] CannedFetcher fetcher() const {
    return CannedFetcher([this](fetch::Request const& request) { return answer(request); });
  }
};

} // namespace

TEST_CASE("OData: where a server does not go on, the list is from the moment that was reached") {
  using How = ShortCatalogue::How;
  auto const how = GENERATE(How::refuses, How::is_silent, How::names_far);
  ShortCatalogue const catalogue{
      .how = how,
      .products = {{"a", 1}, {"b", 2}, {"c", 3}, {"d", 3}, {"e", 4}, {"f", 5}, {"g", 6}}};
  auto fetcher = catalogue.fetcher();
  auto const source = source_with(R"({"collection":"S1","page_size":2,"filter":"Online eq true"})");
  auto const start = [&](std::string_view checkpoint) {
    return kinds::odata::start(source, fetcher, checkpoint);
  };
  auto const all = harvest(*start({}));
  CHECK(all.ids() == Strings{"S1", "a", "b", "c", "d", "e", "f", "g"});
  CHECK(all.codes().empty());
  CHECK(all.announced == 7);
  CHECK(all.complete);
  // a b, c d; from the third minute c d, e f; from the fifth f g
  CHECK(fetcher.requests.size() == (how == How::refuses ? 5 + 2 : 5));
  auto const slice = "$filter=%28Online%20eq%20true%29%20and%20ContentDate%2FStart%20ge%20"
                     "2024-01-01T00%3A05%3A00Z";
  CHECK(fetcher.urls().back().find(slice) != std::string::npos);
  for (std::size_t k = 1; k <= 5; ++k) {
    auto const resumed = killed_and_resumed(start, k);
    CHECK(resumed.ids() == Strings{"S1", "a", "b", "c", "d", "e", "f", "g"});
    CHECK(resumed.complete);
  }
}

TEST_CASE("OData: a slice may come by the addresses that the list came by") {
  bool is_refused = false;
  CannedFetcher fetcher([&](fetch::Request const& request) {
    auto const& url = request.url;
    auto const at = url.find("skip=");
    auto const from = at == std::string::npos ? 0 : std::stoul(url.substr(at + 5));
    if (from == 4 && !std::exchange(is_refused, true)) throw CannedFetcher::status(410);
    std::string values;
    for (auto i = from; i < from + 2; ++i) {
      values += (i == from ? "" : ",") + std::string(R"({"Id":")") + std::to_string(i) +
                R"(","ContentDate":{"Start":"2024-01-01T00:0)" + std::to_string(i) + R"(:00Z"}})";
    }
    auto const next = R"(,"@odata.nextLink":")" + std::string(products) +
                      "?skip=" + std::to_string(from + 2) + R"(")";
    return fetch::Response{.status = 200,
                           .body = R"({"@odata.count":6,"value":[)" + values + "]" +
                                   (from < 4 ? next : "") + "}",
                           .url = url};
  });
  auto const all = harvest(*kinds::odata::start(source_with(), fetcher, {}));
  CHECK(all.ids() == Strings{"S1", "0", "1", "2", "3", "4", "5"});
  CHECK(all.codes().empty());
  CHECK(all.complete);
}

TEST_CASE("OData: more of one moment than a server goes on to is no whole list") {
  ShortCatalogue const catalogue{.how = ShortCatalogue::How::is_silent,
                                 .products = {{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}, {"e", 1}}};
  auto fetcher = catalogue.fetcher();
  auto const all = harvest(*kinds::odata::start(source_with(), fetcher, {}));
  CHECK(all.ids() == Strings{"S1", "a", "b", "c", "d"});
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK(all.failures.at(0).finding.excerpt == "4 of 5 records");
  CHECK_FALSE(all.complete);
}

TEST_CASE("OData: an interrupted run goes on where it was") {
  FakeCatalogue const catalogue{.ids = {"a", "b", "c", "d", "e"}};
  auto fetcher = catalogue.fetcher();
  auto const start = [&](std::string_view checkpoint) {
    return kinds::odata::start(source_with(), fetcher, checkpoint);
  };
  for (std::size_t k = 1; k <= 3; ++k) {
    auto const all = killed_and_resumed(start, k);
    CHECK(all.ids() == Strings{"S1", "a", "b", "c", "d", "e"});
    CHECK(all.complete);
  }
  auto const checkpoint = harvest(*start({}), 1).checkpoints.back();
  CHECK_THROWS_AS(
      kinds::odata::start(source_with(R"({"filter":"Online eq true"})"), fetcher, checkpoint),
      kinds::StaleCheckpoint);
  // What is in the documents, too: the rest would be of another collection, or told otherwise.
  for (auto const* const options : {R"({"collection":"S2"})", R"({"collection":"S1","title":"t"})",
                                    R"({"collection":"S1","description":"d"})"}) {
    CHECK_THROWS_AS(kinds::odata::start(source_with(options), fetcher, checkpoint),
                    kinds::StaleCheckpoint);
  }
}

TEST_CASE("OData: only what has changed is asked for, where the server can") {
  FakeCatalogue catalogue{.ids = {"a"}};
  auto fetcher = catalogue.fetcher();
  auto const since = *model::parse_rfc3339("2024-05-01T00:00:00Z");
  auto const start = [&] {
    return kinds::odata::start_changes(source_with(R"({"filter":"A or B"})"), fetcher, {}, since);
  };
  CHECK(harvest(*start()).ids() == Strings{"products", "a"});
  CHECK(fetcher.urls().at(0).ends_with(
      "&$filter=%28A%20or%20B%29%20and%20ModificationDate%20ge%202024-05-01T00%3A00%3A00Z"));
  catalogue.refuses_changes = true;
  CHECK_THROWS_AS(start()->next({}), kinds::ChangesUnknown);
}

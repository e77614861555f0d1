#include "kinds/resto/resto.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

#include <terracat/json.hpp>

#include <algorithm>

using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;

namespace {

constexpr auto described = "https://resto.example/api/collections/S2/describe.xml";

Source source_with(std::string options = "{}") {
  Source source;
  source.address = described;
  source.options = std::move(options);
  return source;
}

/// How pages are asked for.
enum class Paging { index, pages, links };

/// A service over some products, whose traps are members.
struct FakeService {
  Strings ids;
  Paging paging = Paging::index;
  bool is_atom = false;
  std::size_t most_on_page = 1'000;
  std::size_t more = 0; ///< announced but not there
  bool is_exact = true;
  std::string template_more;                               ///< parameters of the template
  std::string search = "https://resto.example/api/search"; ///< address of the search
  std::string link_host = "https://resto.example";

  [[nodiscard]] std::string description() const {
    std::string text = R"(<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">)"
                       R"(<ShortName>Search</ShortName><Url type="text/html" template="/p"/>)"
                       R"(<Url type=")";
    text += is_atom ? "application/atom+xml" : "application/json";
    text += R"(" template=")" + search + "?q={searchTerms?}";
    if (paging == Paging::index) text += "&amp;n={count?}&amp;i={startIndex?}";
    if (paging == Paging::pages) text += "&amp;n={count?}&amp;p={startPage?}";
    return text + "&amp;box={geo:box?}" + template_more + R"("/></OpenSearchDescription>)";
  }

  [[nodiscard]] static std::size_t number(std::string const& url, std::string const& name,
                                          std::size_t otherwise) {
    auto const at = url.find('&' + name + '=');
    return at == std::string::npos ? otherwise : std::stoul(url.substr(at + name.size() + 2));
  }

  [[nodiscard]] std::string page(std::string const& url) const {
    auto const size = std::min(number(url, "n", 2), most_on_page);
    auto const from = std::min(paging == Paging::pages ? (number(url, "p", 1) - 1) * size
                                                       : number(url, "i", 1) - 1,
                               ids.size());
    auto const behind = std::min(from + size, ids.size());
    std::string next;
    if (paging == Paging::links && behind < ids.size()) {
      next = link_host + "/api/search?q=&i=" + std::to_string(behind + 1);
    }
    return is_atom ? feed(from, behind, next) : features(from, behind, next);
  }

  [[nodiscard]] std::string features(std::size_t from, std::size_t behind,
                                     std::string const& next) const {
    std::string out;
    for (auto i = from; i < behind; ++i) {
      out += (i == from ? "" : ",") + std::string(R"({"type":"Feature","id":")") + ids[i] +
             R"(","geometry":null,"properties":{"collection":"S2ST"}})";
    }
    auto const links = next.empty() ? std::string() : R"({"rel":"next","href":")" + next + R"("})";
    return R"({"type":"FeatureCollection","properties":{"totalResults":)" +
           std::to_string(ids.size() + more) + R"(,"exactCount":)" + (is_exact ? "true" : "false") +
           R"(,"links":[)" + links + R"(]},"features":[)" + out + "]}";
  }

  [[nodiscard]] std::string feed(std::size_t from, std::size_t behind,
                                 std::string const& next) const {
    std::string out = R"(<feed xmlns="http://www.w3.org/2005/Atom" )"
                      R"(xmlns:os="http://a9.com/-/spec/opensearch/1.1/"><os:totalResults>)" +
                      std::to_string(ids.size() + more) + "</os:totalResults>";
    if (!next.empty()) out += R"(<link rel="next" href=")" + next + R"("/>)";
    for (auto i = from; i < behind; ++i) out += "<entry><id>" + ids[i] + "</id></entry>";
    return out + "</feed>";
  }

  /// The service must outlive its fetchers.
  [[nodiscard]] CannedFetcher fetcher() const {
    return CannedFetcher([this](fetch::Request const& request) {
      auto const body = request.url == described ? description() : page(request.url);
      return fetch::Response{.status = 200, .body = body, .url = request.url};
    });
  }
};

Harvest run_over(FakeService const& service, std::string options = "{}") {
  auto fetcher = service.fetcher();
  return harvest(*kinds::resto::start(source_with(std::move(options)), fetcher, {}));
}

std::string complaint(FakeService const& service, std::string options = "{}") {
  try {
    (void)run_over(service, std::move(options));
  } catch (kinds::ProtocolError const& error) {
    return error.what();
  }
  return "none";
}

} // namespace

TEST_CASE("RESTO: the description is a collection, and what is found its items") {
  FakeService const service{.ids = {"a", "b", "c"}};
  auto fetcher = service.fetcher();
  auto const harvester = kinds::resto::start(source_with(R"({"page_size":2})"), fetcher, {});
  CHECK(harvester->coverage() == kinds::Coverage::everything);
  auto const all = harvest(*harvester);
  CHECK(all.ids() == Strings{"S2", "a", "b", "c"});
  CHECK(all.documents[0].format == "opensearch");
  CHECK(all.documents[0].address == described);
  CHECK(all.documents[0].bytes == service.description());
  CHECK(all.documents[1].format == "resto");
  CHECK(all.documents[1].collection == "S2");
  CHECK(all.documents[1].bytes == R"({"type":"Feature","collection":"S2","id":"a","geometry":null,)"
                                  R"("properties":{"collection":"S2ST"}})");
  CHECK(all.failures.empty());
  CHECK(all.announced == 3);
  CHECK(all.complete);
  // The last one finds nothing: the count alone would have to be believed.
  CHECK(fetcher.urls() == Strings{described, service.search + "?q=&n=2&i=1",
                                  service.search + "?q=&n=2&i=3", service.search + "?q=&n=2&i=4"});
}

TEST_CASE("RESTO: every way of paging brings everything, in GeoJSON and in Atom") {
  auto const paging = GENERATE(Paging::index, Paging::pages, Paging::links);
  bool const is_atom = GENERATE(false, true);
  FakeService const service{.ids = {"a", "b", "c", "d", "e"}, .paging = paging, .is_atom = is_atom};
  auto const all = run_over(service, R"({"page_size":2})");
  CHECK(all.ids() == Strings{"S2", "a", "b", "c", "d", "e"});
  CHECK(all.complete);
  if (is_atom) {
    CHECK(all.documents[1].format == "atom");
    CHECK(all.documents[1].bytes.find("<id>a</id>") != std::string::npos);
  }
}

TEST_CASE("RESTO: pages that are shorter than asked for leave nothing out") {
  FakeService const service{.ids = {"a", "b", "c", "d", "e"}, .most_on_page = 2};
  CHECK(run_over(service, R"({"page_size":4})").ids() == Strings{"S2", "a", "b", "c", "d", "e"});
}

TEST_CASE("RESTO: a list that does not add up proves nothing") {
  FakeService service{.ids = {"a", "b", "c"}};
  SECTION("fewer than announced") {
    service.more = 1;
    CHECK(run_over(service).codes() == Strings{"list-cut-short"});
    CHECK_FALSE(run_over(service).complete);
  }
  SECTION("one twice, and so one left out") {
    service.ids[2] = "a";
    CHECK(run_over(service).codes() == Strings{"record-repeated", "list-cut-short"});
    CHECK_FALSE(run_over(service).complete);
  }
  SECTION("an estimate, even if it is right") {
    service.is_exact = false;
    CHECK_FALSE(run_over(service).complete);
  }
  SECTION("nothing at all") {
    service.ids.clear();
    CHECK(run_over(service).ids() == Strings{"S2"});
    CHECK_FALSE(run_over(service).complete);
  }
  SECTION("a product without a name") {
    service.ids[1] = "";
    CHECK(run_over(service).codes().at(0) == "no-identifier");
    CHECK_FALSE(run_over(service).complete);
  }
  SECTION("a next page at another host") {
    service.paging = Paging::links;
    service.link_host = "https://elsewhere.example";
    auto const all = run_over(service);
    CHECK(all.ids() == Strings{"S2", "a", "b"});
    CHECK_FALSE(all.complete);
  }
}

TEST_CASE("RESTO: a list that is too long is refused before anything is taken") {
  FakeService service{.ids = {"a", "b", "c"}};
  CHECK(complaint(service, R"({"max_items":2})") ==
        "the search finds 3 products, more than max_items: options.parameters would narrow it");
  CHECK(complaint(service, R"({"max_items":3})") == "none");
}

TEST_CASE("RESTO: a list that is too long by an estimate is cut short") {
  FakeService const service{.ids = {"a", "b", "c", "d", "e"}, .is_exact = false};
  auto const all = run_over(service, R"({"max_items":3,"page_size":2})");
  CHECK(all.ids() == Strings{"S2", "a", "b", "c", "d"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("RESTO: what is searched for is what the options say") {
  FakeService service{.ids = {"a"}, .template_more = "&amp;lang=en&amp;type={eo:productType}"};
  CHECK(complaint(service) == "the template of the search wants {eo:productType}, which "
                              "options.parameters could give");
  auto fetcher = service.fetcher();
  auto const source =
      source_with(R"({"parameters":["type=A B","lang=fr","from=2024-01-01"],"collection":"mine"})");
  auto const all = harvest(*kinds::resto::start(source, fetcher, {}));
  CHECK(all.ids() == Strings{"mine", "a"});
  CHECK(fetcher.urls().at(1) ==
        service.search + "?q=&type=A%20B&lang=fr&from=2024-01-01&n=100&i=1");
}

TEST_CASE("RESTO: a description that cannot be used is refused") {
  FakeService service{.ids = {"a"}};
  SECTION("a search elsewhere") {
    service.search = "https://elsewhere.example/search";
    CHECK(complaint(service) == "the search that the document describes is at another host");
  }
  SECTION("no search of that form") {
    CHECK(complaint(service, R"({"response":"atom"})") ==
          "the description has no search that answers in GeoJSON or Atom");
  }
  SECTION("parameters in the path") {
    service.search = "https://resto.example/{count}/search";
    CHECK(complaint(service) == "the template of the search has parameters in its path");
  }
  SECTION("a parameter within others") {
    service.template_more = "&amp;x=a{count}b";
    CHECK(complaint(service).starts_with("the template of the search wants a{count}b"));
  }
  SECTION("something else") {
    CannedFetcher fetcher(std::map<std::string, std::string>{{described, "<feed/>"}});
    CHECK_THROWS_AS(kinds::resto::start(source_with(), fetcher, {})->next({}),
                    kinds::ProtocolError);
  }
}

TEST_CASE("RESTO: an interrupted run goes on where it was") {
  auto const paging = GENERATE(Paging::index, Paging::pages, Paging::links);
  FakeService const service{.ids = {"a", "b", "c", "d", "e"}, .paging = paging};
  auto fetcher = service.fetcher();
  auto const start = [&](std::string_view checkpoint) {
    return kinds::resto::start(source_with(R"({"page_size":2})"), fetcher, checkpoint);
  };
  for (std::size_t k = 1; k <= 5; ++k) {
    auto const all = killed_and_resumed(start, k);
    auto ids = all.ids();
    if (k == 1) ids.erase(ids.begin()); // the collection comes again
    CHECK(ids == Strings{"S2", "a", "b", "c", "d", "e"});
    CHECK(all.complete);
  }
  auto const checkpoint = harvest(*start({}), 2).checkpoints.back();
  CHECK_THROWS_AS(
      kinds::resto::start(source_with(R"({"parameters":["a=b"]})"), fetcher, checkpoint),
      kinds::StaleCheckpoint);
}

TEST_CASE("RESTO: credentials in the address are sent with every request to its server") {
  FakeService const service{.ids = {"a", "b", "c"}, .paging = Paging::links};
  CannedFetcher fetcher([&](fetch::Request const& request) {
    // As the real one answers: without what was sent to prove who asks.
    auto url = request.url;
    if (auto const at = url.find("jane:secret@"); at != std::string::npos) url.erase(at, 12);
    auto const body = url == described ? service.description() : service.page(url);
    return fetch::Response{.status = 200, .body = body, .url = url};
  });
  auto source = source_with();
  source.address.insert(8, "jane:secret@");
  auto const all = harvest(*kinds::resto::start(source, fetcher, {}));
  CHECK(all.complete);
  CHECK(fetcher.requests.size() == 3); // the description and two pages
  for (auto const& url : fetcher.urls()) {
    CHECK(url.starts_with("https://jane:secret@resto.example/"));
  }
  for (auto const& checkpoint : all.checkpoints) {
    CHECK(checkpoint.find("secret") == std::string::npos);
  }
}

TEST_CASE("RESTO: a sweep brings ids alone") {
  FakeService const service{.ids = {"a", "b"}};
  auto fetcher = service.fetcher();
  auto const all = harvest(*kinds::resto::start(source_with(), fetcher, {}, kinds::What::ids));
  CHECK(all.ids() == Strings{"S2", "a", "b"});
  CHECK(all.documents[1].bytes.empty());
  CHECK(all.complete);
}

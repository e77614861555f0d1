#include "kinds/thredds/thredds.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

#include <map>

using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;
using Pages = std::map<std::string, std::string>;

namespace {

constexpr auto root = "https://data.example/thredds/catalog.xml";

std::string at(std::string const& path) {
  return "https://data.example/thredds/" + path;
}

/// A catalogue of files, and of references.
std::string catalog_of(Strings const& files, Strings const& references = {}) {
  std::string out =
      R"(<catalog xmlns="http://www.unidata.ucar.edu/namespaces/thredds/InvCatalog/v1.0" )"
      R"(xmlns:xlink="http://www.w3.org/1999/xlink">)"
      R"(<service name="f" serviceType="HTTPServer" base="/f/"/>)";
  for (auto const& file : files) {
    out += "<dataset name=\"Title of " + file + "\" ID=\"" + file + "\" urlPath=\"" + file + "\"/>";
  }
  for (auto const& reference : references) {
    out += "<dataset name=\"D\"><catalogRef xlink:href=\"" + reference +
           "\" xlink:title=\"R\"/></dataset>";
  }
  return out + "</catalog>";
}

Source source_at(std::string address, std::string options = "{}") {
  Source source;
  source.address = std::move(address);
  source.options = std::move(options);
  return source;
}

Pages small_server() {
  return {{root, catalog_of({"r"}, {"a/catalog.xml", "/thredds/b/catalog.xml"})},
          {at("a/catalog.xml"), catalog_of({"a1", "a2"}, {"../catalog.xml", "deep/catalog.html"})},
          {at("a/deep/catalog.xml"), catalog_of({"d"})},
          {at("b/catalog.xml"), catalog_of({})}};
}

Harvest run_over(Pages pages, std::string options = "{}", std::string const& address = root) {
  CannedFetcher fetcher(std::move(pages));
  return harvest(*kinds::thredds::start(source_at(address, std::move(options)), fetcher, {}));
}

} // namespace

TEST_CASE("THREDDS: catalogues are followed, each once, in their order") {
  CannedFetcher fetcher(small_server());
  auto const all = harvest(*kinds::thredds::start(source_at(at("catalog.html")), fetcher, {}));
  CHECK(all.ids() == Strings{"r", "a1", "a2", "d"});
  CHECK(all.complete);
  CHECK(all.failures.empty());
  CHECK(all.documents[1].format == "thredds");
  CHECK(all.documents[1].address == at("a/catalog.xml"));
  CHECK(fetcher.urls() ==
        Strings{root, at("a/catalog.xml"), at("a/deep/catalog.xml"), at("b/catalog.xml")});
  CHECK(run_over(small_server(), R"({"contains":"/a/"})").ids() == Strings{"r", "a1", "a2", "d"});
  CHECK(run_over(small_server(), R"({"contains":"/b/"})").ids() == Strings{"r"});
}

TEST_CASE("THREDDS: catalogues of other hosts are not fetched") {
  auto pages = small_server();
  pages[root] = catalog_of({"r"}, {"https://other.example/catalog.xml", "file:///etc/passwd"});
  CannedFetcher fetcher(pages);
  auto const all = harvest(*kinds::thredds::start(source_at(root), fetcher, {}));
  CHECK(all.ids() == Strings{"r"});
  CHECK(all.complete);
  CHECK(fetcher.urls() == Strings{root});
}

TEST_CASE("THREDDS: what cannot be had is told, and then the run is no proof") {
  auto const told = [](std::string const& body) {
    auto pages = small_server();
    if (body.empty()) {
      pages.erase(at("a/catalog.xml"));
    } else {
      pages[at("a/catalog.xml")] = body;
    }
    auto const all = run_over(std::move(pages));
    CHECK(all.ids() == Strings{"r"});
    CHECK_FALSE(all.complete);
    REQUIRE(all.failures.size() == 1);
    CHECK(all.failures[0].finding.where == at("a/catalog.xml"));
    return all.codes().front();
  };
  CHECK(told("") == "not-delivered");
  CHECK(told("<!DOCTYPE html><html>Sign in</html>") == "not-delivered");
  CHECK(told(catalog_of({"x"}).substr(0, 150)) == "xml-malformed");
  CHECK(told("<rss/>") == "unexpected-root");
  auto const bounded = run_over(small_server(), R"({"max_catalogs":2})");
  CHECK(bounded.ids() == Strings{"r", "a1", "a2"});
  CHECK(bounded.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(bounded.complete);
  CHECK_THROWS_AS(run_over(small_server(), R"({"max_catalogs":50001})"), kinds::ProtocolError);
  auto const nothing = run_over({{root, catalog_of({})}});
  CHECK(nothing.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(nothing.complete);
}

TEST_CASE("THREDDS: references are those of the address that a redirect leads to") {
  auto const moved = std::string("https://new.example/tds/catalog.xml");
  Pages const pages{
      {moved, catalog_of({"r"}, {"a/catalog.xml", "/tds/b/catalog.xml"})},
      {"https://new.example/tds/deep/a/catalog.xml", catalog_of({"a1"}, {"c.xml"})},
      {"https://new.example/tds/deep/a/c.xml", catalog_of({"c1"})},
      {"https://new.example/tds/b/catalog.xml", catalog_of({}, {moved, "../deep/a/catalog.xml"})}};
  CannedFetcher fetcher([&](fetch::Request const& request) {
    auto url = request.url == root ? moved : request.url;
    if (url == "https://new.example/tds/a/catalog.xml") {
      url = "https://new.example/tds/deep/a/catalog.xml";
    }
    if (!pages.contains(url)) throw CannedFetcher::status(404);
    return fetch::Response{.status = 200, .body = pages.at(url), .url = url};
  });
  auto const start = [&](std::string_view checkpoint) {
    return kinds::thredds::start(source_at(root), fetcher, checkpoint);
  };
  auto const all = harvest(*start({}));
  REQUIRE(all.ids() == Strings{"r", "a1", "c1"});
  CHECK(all.documents[0].address == moved);
  CHECK(all.documents[1].address == "https://new.example/tds/deep/a/catalog.xml");
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(fetcher.requests.size() == 4);
}

TEST_CASE("THREDDS: a run that goes on knows where a redirect led it") {
  Strings references;
  for (int i = 100; i < 170; ++i) references.push_back(std::to_string(i) + ".xml");
  CannedFetcher fetcher([&](fetch::Request const& request) {
    auto const url = request.url == root ? "https://new.example/catalog.xml" : request.url;
    auto const name = url.substr(url.rfind('/') + 1);
    bool const is_root = name == "catalog.xml";
    auto body = is_root ? catalog_of({"r"}, references) : catalog_of({name});
    if (name == "169.xml") body = catalog_of({name}, {"further.xml"});
    return fetch::Response{.status = 200, .body = std::move(body), .url = url};
  });
  auto const start = [&](std::string_view checkpoint) {
    return kinds::thredds::start(source_at(root), fetcher, checkpoint);
  };
  auto const whole = harvest(*start({}));
  CHECK(whole.documents.size() == 72);
  CHECK(killed_and_resumed(start, 1).ids() == whole.ids());
}

TEST_CASE("THREDDS: data sets that are passed by spoil the proof, and are told") {
  auto const told = [](std::string const& datasets) {
    auto text = catalog_of({"r"});
    auto const all = run_over({{root, text.insert(text.find("</catalog>"), datasets)}});
    CHECK(all.complete == all.failures.empty());
    return all.codes();
  };
  auto const nested = [](int times, std::string const& inner) {
    std::string out = inner;
    for (int i = 0; i < times; ++i) out = "<dataset name=\"n\">" + out + "</dataset>";
    return out;
  };
  std::string const file = R"(<dataset name="f" ID="f" urlPath="f"/>)";
  CHECK(told(nested(50, file)).empty());
  CHECK(told(nested(51, file)) == Strings{"list-cut-short"});
  CHECK(told(nested(51, "<catalogRef href=\"file:///x\"/>")) == Strings{"list-cut-short"});
  CHECK(told(R"(<dataset name="g" ID="g" urlPath="g">)" + file + "</dataset>") ==
        Strings{"list-cut-short"});
  std::string many;
  for (int i = 0; i < 50'000; ++i) many += "<catalogRef href=\"file:///x\"/>";
  CHECK(told(many).empty());
  CHECK(told(many + "<catalogRef href=\"file:///x\"/>") == Strings{"list-cut-short"});
}

TEST_CASE("THREDDS: what many inherit is not written without end") {
  std::string files;
  for (int i = 0; i < 100; ++i) {
    files += "<dataset name=\"f\" ID=\"" + std::to_string(i) +
             "\" urlPath=\"f\"><keyword>own</keyword></dataset>";
  }
  auto const much = "<metadata inherited=\"true\"><documentation>" +
                    std::string(std::size_t{2} << 20, 'x') + "</documentation></metadata>";
  auto const all =
      run_over({{root, "<catalog><dataset name=\"D\">" + much + files + "</dataset></catalog>"}});
  CHECK(all.documents.size() == 63);
  CHECK(all.codes() == Strings{"too-large"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("THREDDS: a data set that several catalogues have is had once") {
  auto pages = small_server();
  pages[at("b/catalog.xml")] = catalog_of({"a1"});
  auto const all = run_over(pages);
  CHECK(all.ids() == Strings{"r", "a1", "a2", "d"});
  CHECK(all.codes() == Strings{"record-repeated"});
  CHECK(all.complete);
}

TEST_CASE("THREDDS: an answer that is no catalogue ends the run") {
  CHECK_THROWS_AS(run_over({}), fetch::FetchError);
  for (auto const* const body : {"<html>Sign in</html>", "<rss/>", "", "<catalog"}) {
    CHECK_THROWS_AS(run_over({{root, body}}), kinds::ProtocolError);
  }
}

TEST_CASE("THREDDS: catalogues that lead ever deeper are not followed for ever") {
  CannedFetcher fetcher([](fetch::Request const& request) {
    return fetch::Response{
        .status = 200, .body = catalog_of({request.url}, {"x/catalog.xml"}), .url = request.url};
  });
  auto const all = harvest(*kinds::thredds::start(source_at(root), fetcher, {}));
  CHECK(all.documents.size() == 41);
  CHECK(all.codes() == Strings{"list-in-circles"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("THREDDS: killed after any page, a run loses and doubles nothing") {
  Pages pages;
  Strings references;
  Strings ids;
  for (int i = 100; i < 230; ++i) {
    auto const name = std::to_string(i);
    references.push_back(name + "/catalog.xml");
    pages[at(name + "/catalog.xml")] = catalog_of({name + "a", name + "b"});
    ids.push_back(name + "a");
    ids.push_back(name + "b");
  }
  pages[root] = catalog_of({}, references);
  CannedFetcher fetcher(pages);
  auto const start = [&](std::string_view checkpoint) {
    return kinds::thredds::start(source_at(root), fetcher, checkpoint);
  };
  auto const whole = harvest(*start({}));
  CHECK(whole.ids() == ids);
  CHECK(whole.page_sizes == std::vector<std::size_t>{98, 100, 62});
  for (std::size_t k = 0; k <= whole.page_sizes.size(); ++k) {
    auto const resumed = killed_and_resumed(start, k);
    CHECK(resumed.ids() == ids);
    CHECK(resumed.complete);
  }
  CHECK_THROWS_AS(kinds::thredds::start(source_at(root, R"({"contains":"x"})"), fetcher,
                                        whole.checkpoints.front()),
                  kinds::StaleCheckpoint);
}

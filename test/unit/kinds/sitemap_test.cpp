#include "kinds/html.hpp"
#include "kinds/inflate.hpp"
#include "kinds/sitemap/page.hpp"
#include "kinds/sitemap/robots.hpp"
#include "kinds/sitemap/site_map.hpp"
#include "kinds/sitemap/sitemap.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

#include <algorithm>
#include <map>

using namespace terracat;
using namespace terracat::test;
using kinds::sitemap::Robots;
using Strings = std::vector<std::string>;
using Pages = std::map<std::string, std::string>;

namespace {

constexpr auto site = "https://data.example";
constexpr auto map_at = "https://data.example/sitemap.xml";

std::string map_of(Strings const& pages, std::string const& changed = {}) {
  std::string out =
      R"(<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">)";
  for (auto const& page : pages) {
    out += "<url><loc>" + page + "</loc>" +
           (changed.empty() ? "" : "<lastmod>" + changed + "</lastmod>") + "</url>";
  }
  return out + "</urlset>";
}

std::string index_of(Strings const& maps) {
  std::string out = R"(<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">)";
  for (auto const& map : maps) out += "<sitemap><loc>" + map + "</loc></sitemap>";
  return out + "</sitemapindex>";
}

std::string script(std::string const& text, std::string const& type = "application/ld+json") {
  return "<script type=\"" + type + "\">" + text + "</script>";
}

std::string dataset(std::string const& id) {
  return R"({"@context":"https://schema.org","@type":"Dataset","@id":"https://data.example/id/)" +
         id + R"(","name":"Title of )" + id + R"(","description":"D"})";
}

std::string page_of(std::string const& id) {
  return "<!DOCTYPE html><html><head>" + script(dataset(id)) + "</head><body>x</body></html>";
}

std::string little(std::size_t number, std::size_t bytes) {
  std::string out;
  for (; bytes > 0; --bytes, number >>= 8U) out += static_cast<char>(number & 0xffU);
  return out;
}

/// A file of gzip with one block as it is, of no more than 65,535 bytes.
std::string gzip_of(std::string const& text) {
  return std::string("\x1f\x8b\x08\0\0\0\0\0\0\xff\x01", 11) + little(text.size(), 2) +
         little(~text.size(), 2) + text + little(kinds::checksum_of(text), 4) +
         little(text.size(), 4);
}

Source source_at(std::string address, std::string options = "{}") {
  Source source;
  source.address = std::move(address);
  source.options = std::move(options);
  return source;
}

std::string id(std::string const& name) {
  return "https://data.example/id/" + name;
}

Pages small_site() {
  return {{map_at, map_of({"/a", "/b", "/c"})},
          {std::string(site) + "/a", page_of("a")},
          {std::string(site) + "/b", "<!DOCTYPE html><html><body>no data</body></html>"},
          {std::string(site) + "/c", page_of("c")}};
}

Harvest run_over(Pages pages, std::string options = "{}", std::string const& address = map_at) {
  CannedFetcher fetcher(std::move(pages));
  return harvest(*kinds::sitemap::start(source_at(address, std::move(options)), fetcher, {}));
}

Strings names_in(std::string const& page) {
  json::Parser json;
  Strings out;
  for (auto const& document : kinds::sitemap::datasets_in(page, "https://data.example/p", json)) {
    out.push_back(document.native_id);
  }
  return out;
}

} // namespace

TEST_CASE("sitemap: pages with data sets become documents, and others are nothing odd") {
  CannedFetcher fetcher(small_site());
  auto const all = harvest(*kinds::sitemap::start(source_at(map_at), fetcher, {}));
  CHECK(all.ids() == Strings{id("a"), id("c")});
  CHECK(all.documents[0].format == "schema-org");
  CHECK(all.documents[0].address == "https://data.example/a");
  CHECK(all.documents[0].bytes == dataset("a"));
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(fetcher.urls() == Strings{map_at, "https://data.example/robots.txt",
                                  "https://data.example/a", "https://data.example/b",
                                  "https://data.example/c"});
  CHECK(run_over(small_site(), R"({"contains":"/c"})").ids() == Strings{id("c")});
}

TEST_CASE("sitemap: indexes, lists of lines, packed maps and robots.txt lead to pages") {
  // `https://data.example/c`, packed by gzip.
  std::string const packed(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x28\x29\x29\x28\xb6\xd2\xd7\x4f\x49\x2c\x49"
      "\xd4\x4b\xad\x48\xcc\x2d\xc8\x49\xd5\x4f\x06\x00\xaf\xea\x23\xac\x16\x00\x00\x00",
      42);
  auto pages = small_site();
  pages[map_at] = index_of({"/one.xml", "two.txt", "/three.txt.gz", map_at});
  pages[std::string(site) + "/one.xml"] = map_of({"/a"});
  pages[std::string(site) + "/two.txt"] = "\xEF\xBB\xBFhttps://data.example/b\r\n\r\n";
  pages[std::string(site) + "/three.txt.gz"] = packed;
  pages[std::string(site) + "/robots.txt"] =
      "User-agent: *\nDisallow: /private\nSitemap: https://data.example/sitemap.xml\n";
  for (auto const& address : {std::string(map_at), std::string(site) + "/robots.txt"}) {
    CAPTURE(address);
    auto const all = run_over(pages, "{}", address);
    auto ids = all.ids();
    std::ranges::sort(ids);
    CHECK(ids == Strings{id("a"), id("c")});
    CHECK(all.complete);
  }
}

TEST_CASE("sitemap: a packed map may be several pieces, all of which count") {
  auto const a = gzip_of("https://data.example/a\n");
  auto const c = gzip_of("https://data.example/c\n");
  auto const told = [](std::string const& body) {
    auto pages = small_site();
    pages[map_at] = body;
    return run_over(pages);
  };
  CHECK(told(a + c).ids() == Strings{id("a"), id("c")});
  CHECK(told(a + gzip_of("") + c + std::string(100, '\0')).ids() == Strings{id("a"), id("c")});
  CHECK_THROWS_AS(told(a + "more"), kinds::ProtocolError);
  CHECK_THROWS_AS(told(a + c.substr(0, c.size() - 1)), kinds::ProtocolError);
  // The bound is that of all pieces, also where one of them ends at it.
  auto const gzip = kinds::Deflated::gzip;
  auto const two = gzip_of("12345") + gzip_of("678");
  CHECK(kinds::inflated(two, gzip, 8) == "12345678");
  for (std::size_t most = 0; most < 8; ++most) CHECK_FALSE(kinds::inflated(two, gzip, most));
  std::string const piece(60'000, 'x');
  std::string many;
  std::string whole;
  for (int i = 0; i < 20; ++i, many += gzip_of(piece)) whole += piece;
  CHECK(kinds::inflated(many, gzip, whole.size()) == whole);
}

TEST_CASE("sitemap: what robots.txt forbids, and pages of other hosts, are not fetched") {
  auto pages = small_site();
  pages[map_at] = map_of({"/a", "/c", "https://other.example/x"});
  pages[std::string(site) + "/robots.txt"] = "User-agent: Terracat\nDisallow: /a\n";
  CannedFetcher fetcher(pages);
  auto const all = harvest(*kinds::sitemap::start(source_at(map_at), fetcher, {}));
  CHECK(all.ids() == Strings{id("c")});
  CHECK(all.complete);
  auto const urls = fetcher.urls();
  CHECK(std::ranges::find(urls, "https://data.example/a") == urls.end());
  CHECK(std::ranges::find(urls, "https://other.example/x") == urls.end());
  pages[std::string(site) + "/robots.txt"] = "User-agent: *\nDisallow: /\n";
  auto const none = run_over(pages);
  CHECK(none.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(none.complete);
}

TEST_CASE("sitemap: the rules of RFC 9309") {
  Strings const called{"terracat", "Centre/2.0 (x)"};
  auto const allows = [&](std::string_view text, std::string_view path) {
    return Robots::read(text, called).allows(path);
  };
  CHECK(allows("", "/"));
  CHECK(allows("Disallow: /\n", "/"));
  CHECK_FALSE(allows("User-agent: *\nDisallow: /\n", "/x"));
  CHECK(allows("User-agent: *\nDisallow:\n", "/x"));
  CHECK(allows("User-agent: *\nDisallow: /\n\nUser-agent: terracat\nDisallow: /p\n", "/x"));
  CHECK_FALSE(allows("USER-AGENT: other\nUser-agent: TerraCat/1\ndisallow: /p # not\n", "/p/x"));
  CHECK_FALSE(allows("User-agent: centre\nDisallow: /p\n", "/p"));
  CHECK_FALSE(allows("User-agent: terracat\nAllow: /\nUser-agent: x\nDisallow: /\n"
                     "User-agent: terracat\nDisallow: /p\n",
                     "/p"));
  // The longest pattern counts; of two as long, the kinder one.
  CHECK(allows("User-agent: *\nDisallow: /p\nAllow: /p/open\n", "/p/open/1"));
  CHECK(allows("User-agent: *\nAllow: /p\nDisallow: /p\n", "/p"));
  CHECK(allows("User-agent: *\nDisallow: /p\nAllow: /p\n", "/p"));
  CHECK_FALSE(allows("User-agent: *\nDisallow: /*.php$\n", "/a/b.php"));
  CHECK(allows("User-agent: *\nDisallow: /*.php$\n", "/a/b.php?x"));
  CHECK_FALSE(allows("User-agent: *\nDisallow: /*/x*y\n", "/a/x/1/y/2"));
  CHECK(allows("User-agent: *\nDisallow: /*/x*y\n", "/a/x/1"));
  CHECK(allows("<html>Disallow: /</html>", "/"));
  std::string const stars = "User-agent: *\nDisallow: /" + std::string(900, '*') + "b\n";
  CHECK(allows(stars, "/" + std::string(2'000, 'a')));
}

TEST_CASE("sitemap: scripts of a page, however they are written") {
  auto const one = dataset("a");
  CHECK(names_in(page_of("a")) == Strings{id("a")});
  CHECK(names_in(one) == Strings{id("a")});
  CHECK(names_in("<SCRIPT data-x='>' TYPE=Application/LD+JSON; charset=utf-8>" + one +
                 "</Script>") == Strings{id("a")});
  CHECK(names_in(script("<!--\n" + one + "\n-->")) == Strings{id("a")});
  CHECK(names_in(script("//<![CDATA[\n" + one + "\n//]]>")) == Strings{id("a")});
  CHECK(names_in(script(one) + script(dataset("b"))) == Strings{id("a"), id("b")});
  CHECK(names_in(script("[" + one + "," + dataset("b") + "]")) == Strings{id("a"), id("b")});
  // What is no script of data.
  CHECK(names_in(script(one, "text/javascript")).empty());
  CHECK(names_in("<!-- " + script(one) + " -->").empty());
  CHECK(names_in("<textarea>" + script(one) + "</textarea>").empty());
  CHECK(names_in("<script>if (a<b) x='<script type=\"application/ld+json\">'</script>" +
                 script(one)) == Strings{id("a")});
  CHECK(names_in(script(R"({"@context":"https://schema.org","@type":"Organization"})")).empty());
  // What is mended, and what cannot be.
  auto broken = one;
  broken.replace(broken.find("Title of"), 8, "Title\n\tof");
  CHECK(names_in(script(broken)) == Strings{id("a")});
  std::string quoted;
  for (auto const c : one) quoted += c == '"' ? "&quot;" : std::string(1, c);
  CHECK(names_in(script(quoted)) == Strings{id("a")});
  CHECK(names_in(script(one.substr(0, one.size() - 1))) == Strings{""});
  CHECK(names_in("<script type=\"application/ld+json\">" + one.substr(0, 60)) == Strings{""});
  CHECK(names_in(script("x" + one)) == Strings{""});
  CHECK(names_in(script("[\"Dataset\"]")) == Strings{""});
  // One without a name is called by the page.
  CHECK(names_in(script(R"({"@context":"https://schema.org","@type":"Dataset","name":"N"})")) ==
        Strings{"https://data.example/p"});
}

TEST_CASE("sitemap: what data sets of a page share is not written without end") {
  std::string graph;
  for (int i = 0; i < 10; ++i) {
    graph += R"({"@type":"Dataset","@id":"/)" + std::to_string(i) +
             R"(","name":"N","publisher":{"@id":"https://e.example/"}},)";
  }
  graph += R"({"@id":"https://e.example/","@type":"Organization","name":")" +
           std::string(std::size_t{3} << 20, 'x') + "\"}";
  auto const names =
      names_in(script(R"({"@context":"https://schema.org","@graph":[)" + graph + "]}"));
  REQUIRE(names.size() == 6);
  CHECK(names.front() == "https://data.example/0");
  CHECK(names.back().empty()); // the whole, which is refused
}

TEST_CASE("sitemap: a data set on several pages is had once, and told") {
  auto pages = small_site();
  pages[std::string(site) + "/b"] = script(dataset("a"));
  auto const all = run_over(pages);
  CHECK(all.ids() == Strings{id("a"), id("c")});
  CHECK(all.codes() == Strings{"record-repeated"});
  CHECK(all.complete);
}

TEST_CASE("sitemap: what cannot be had is told, and then the run is no proof") {
  SECTION("a page") {
    auto pages = small_site();
    pages.erase(std::string(site) + "/a");
    auto const all = run_over(pages);
    CHECK(all.ids() == Strings{id("c")});
    CHECK(all.codes() == Strings{"not-delivered"});
    CHECK(all.failures[0].finding.where == "https://data.example/a");
    CHECK_FALSE(all.complete);
  }
  SECTION("a map of an index") {
    for (auto const& body :
         {map_of({"/a"}).substr(0, 100), std::string("<html>Sign in</html>"), std::string("<rss/>"),
          std::string("\x1f\x8b\x08junk"), std::string()}) {
      CAPTURE(body);
      auto pages = small_site();
      pages[map_at] = index_of({"/one.xml", "/two.xml"});
      pages[std::string(site) + "/one.xml"] = map_of({"/c"});
      if (!body.empty()) pages[std::string(site) + "/two.xml"] = body;
      auto const all = run_over(pages);
      CHECK(all.ids() == Strings{id("c")});
      CHECK(all.failures.size() == 1);
      CHECK_FALSE(all.complete);
    }
  }
  SECTION("more pages than are wanted") {
    auto const all = run_over(small_site(), R"({"max_pages":1})");
    CHECK(all.ids() == Strings{id("a")});
    CHECK(all.codes() == Strings{"list-cut-short"});
    CHECK_FALSE(all.complete);
  }
  SECTION("what a map has beyond all bounds") {
    auto pages = small_site();
    std::string lines = "https://data.example/a\n";
    for (int i = 0; i < 100'000; ++i) lines += "https://data.example/a\n";
    auto const longer = "https://data.example/" + std::string(2'100, 'x');
    for (auto const& body : {lines, "https://data.example/a\n" + longer + '\n',
                             map_of({"/a", longer}), map_of({longer, "/a"})}) {
      CAPTURE(body.substr(0, 100));
      pages[map_at] = body;
      auto const all = run_over(pages);
      CHECK(all.ids() == Strings{id("a")});
      REQUIRE(all.codes() == Strings{"list-cut-short"});
      CHECK(all.failures[0].finding.where == map_at);
      CHECK_FALSE(all.complete);
    }
    pages[map_at] = index_of({"/one.xml", "/" + std::string(2'100, 'x')});
    pages[std::string(site) + "/one.xml"] = map_of({"/a"});
    CHECK_FALSE(run_over(pages).complete);
  }
  SECTION("maps that a robots.txt names beyond all bounds") {
    auto pages = small_site();
    auto const robots = std::string(site) + "/robots.txt";
    std::string const named = "Sitemap: /sitemap.xml\n";
    std::string many;
    for (int i = 0; i < 5'000; ++i) many += named;
    pages[robots] = many;
    CHECK(run_over(pages, "{}", robots).complete);
    for (auto const& text :
         {many + named, named + "Sitemap: /" + std::string(2'100, 'x') + '\n',
          named + std::string(std::size_t{512} << 10, '\n') + "Sitemap: /more.xml\n"}) {
      CAPTURE(text.size());
      pages[robots] = text;
      auto const all = run_over(pages, "{}", robots);
      CHECK(all.ids() == Strings{id("a"), id("c")});
      CHECK(all.codes() == Strings{"list-cut-short"});
      CHECK_FALSE(all.complete);
    }
  }
  SECTION("any data set at all") {
    auto pages = small_site();
    pages[map_at] = map_of({"/b"});
    auto const all = run_over(pages);
    CHECK(all.codes() == Strings{"list-cut-short"});
    CHECK_FALSE(all.complete);
  }
}

TEST_CASE("sitemap: without a map, or without robots.txt where it must be, the run ends") {
  CHECK_THROWS_AS(run_over({}), fetch::FetchError);
  CHECK_THROWS_AS(run_over({{map_at, "<html>Sign in</html>"}}), kinds::ProtocolError);
  CHECK_THROWS_AS(run_over({{map_at, "<feed/>"}}), kinds::ProtocolError);
  CHECK_THROWS_AS(run_over({{map_at, "http://a\nno address"}}), kinds::ProtocolError);
  CHECK_THROWS_AS(run_over({}, "{}", std::string(site) + "/robots.txt"), kinds::ProtocolError);
  // A robots.txt that is broken at the server forbids everything.
  CannedFetcher fetcher([](fetch::Request const& request) {
    if (request.url.ends_with("/robots.txt")) throw CannedFetcher::status(503);
    return fetch::Response{.status = 200, .body = map_of({"/a"}), .url = request.url};
  });
  auto const harvester = kinds::sitemap::start(source_at(map_at), fetcher, {});
  CHECK_THROWS_AS(harvest(*harvester), fetch::FetchError);
  // Ten pages that cannot be had, and none that can.
  Strings names;
  for (int i = 10; i < 25; ++i) names.push_back("/" + std::to_string(i));
  CHECK_THROWS_AS(run_over({{map_at, map_of(names)}}), kinds::ProtocolError);
}

TEST_CASE("sitemap: an index that names itself or ever new maps is not walked for ever") {
  CannedFetcher fetcher([](fetch::Request const& request) {
    fetch::Response out{.status = 200, .body = {}, .url = request.url};
    if (request.url.ends_with("/robots.txt")) throw CannedFetcher::status(404);
    out.body = index_of({request.url, request.url + "x"});
    return out;
  });
  auto const all = harvest(*kinds::sitemap::start(source_at(map_at), fetcher, {}));
  CHECK(fetcher.requests.size() <= 10'001);
  CHECK_FALSE(all.complete);
}

TEST_CASE("sitemap: only what has changed, where the map says when") {
  auto const since = model::parse_rfc3339("2024-05-01T00:00:00Z").value();
  auto const start = [&](fetch::Fetcher& fetcher) {
    return kinds::sitemap::start_changes(source_at(map_at), fetcher, {}, since);
  };
  auto pages = small_site();
  pages[map_at] = "<urlset><url><loc>/a</loc><lastmod>2024-04-30</lastmod></url>"
                  "<url><loc>/b</loc><lastmod>when</lastmod></url>"
                  "<url><loc>/c</loc><lastmod>2024-05-01T02:00:00+01:00</lastmod></url></urlset>";
  CannedFetcher fetcher(pages);
  auto const changed = harvest(*start(fetcher));
  CHECK(changed.ids() == Strings{id("c")});
  CHECK(changed.complete);
  CHECK(fetcher.requests.size() == 4); // neither /a
  pages[map_at] = map_of({"/a", "/b"}, "2020-01-01");
  CannedFetcher nothing(pages);
  auto const none = harvest(*start(nothing));
  CHECK(none.documents.empty());
  CHECK(none.complete);
  CannedFetcher silent(small_site());
  CHECK_THROWS_AS(harvest(*start(silent)), kinds::ChangesUnknown);
}

TEST_CASE("sitemap: killed after any page, a run loses and doubles nothing") {
  Pages pages;
  Strings names;
  Strings ids;
  for (int i = 100; i < 230; ++i) {
    auto const name = std::to_string(i);
    names.push_back("/p/" + name);
    pages[site + ("/p/" + name)] = page_of(name);
    ids.push_back(id(name));
  }
  pages[map_at] = index_of({"/one.xml", "/two.xml"});
  pages[std::string(site) + "/one.xml"] = map_of({names.begin(), names.begin() + 70});
  pages[std::string(site) + "/two.xml"] = map_of({names.begin() + 70, names.end()});
  CannedFetcher fetcher(pages);
  auto const start = [&](std::string_view checkpoint) {
    return kinds::sitemap::start(source_at(map_at), fetcher, checkpoint);
  };
  auto const whole = harvest(*start({}));
  CHECK(whole.ids() == ids);
  CHECK(whole.page_sizes.size() == 3);
  for (std::size_t k = 0; k <= whole.page_sizes.size(); ++k) {
    auto const resumed = killed_and_resumed(start, k);
    CHECK(resumed.ids() == ids);
    CHECK(resumed.complete);
  }
  auto const other = source_at(map_at, R"({"contains":"/p"})");
  CHECK_THROWS_AS(kinds::sitemap::start(other, fetcher, whole.checkpoints.front()),
                  kinds::StaleCheckpoint);
}

#include "kinds/waf/listing.hpp"
#include "kinds/waf/waf.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

#include <map>

using namespace terracat;
using namespace terracat::test;
using kinds::waf::read_listing;
using Strings = std::vector<std::string>;

namespace {

/// A folder as a web server lists it.
std::string list_of(Strings const& names) {
  std::string out = R"(<html><body><a href="../">Parent Directory</a>)";
  for (auto const& name : names) out += "<a href=\"" + name + "\">" + name + "</a>\n";
  return out + "</body></html>";
}

std::string document(std::string const& name) {
  return "<metadata>" + name + "</metadata>";
}

Source source_at(std::string address, std::string options = "{}") {
  Source source;
  source.address = std::move(address);
  source.options = std::move(options);
  return source;
}

constexpr auto root = "https://data.example/waf/";

/// Two folders in the folder, five documents in all.
std::map<std::string, std::string> small_tree() {
  std::map<std::string, std::string> pages{
      {root, list_of({"b.xml", "sea/", "a.xml", "land/", "readme.txt", "grid.nc"})},
      {std::string(root) + "land/", list_of({"c.xml"})},
      {std::string(root) + "sea/", list_of({"e.json", "d.xml"})}};
  for (std::string const name : {"a.xml", "b.xml", "land/c.xml", "sea/d.xml"}) {
    pages[root + name] = document(name);
  }
  pages[std::string(root) + "sea/e.json"] = R"({"e":1})";
  return pages;
}

Harvest run_over(std::map<std::string, std::string> pages, std::string options = "{}") {
  CannedFetcher fetcher(std::move(pages));
  return harvest(*kinds::waf::start(source_at(root, std::move(options)), fetcher, {}));
}

} // namespace

TEST_CASE(
    "WAF: the lists of Apache, nginx and IIS are read, and what leads elsewhere is passed by") {
  auto const apache = read_listing(
      R"(<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN"><html><head><title>Index of /waf</title></head>
<body><h1>Index of /waf</h1><table><tr><th><a href="?C=N;O=D">Name</a></th></tr>
<tr><td><img src="/icons/back.gif" alt="[PARENTDIR]"></td><td><a href="/">Parent Directory</a></td></tr>
<tr><td><a href="b%20c.xml">b c.xml</a></td></tr><tr><td><a href="a&amp;b.xml">a&amp;b.xml</a></td></tr>
<tr><td><a href="sea/">sea/</a></td></tr></table></body></html>)",
      root);
  CHECK(apache.files == Strings{std::string(root) + "a&b.xml", std::string(root) + "b%20c.xml"});
  CHECK(apache.folders == Strings{std::string(root) + "sea/"});
  CHECK(apache.has_parent);
  CHECK(apache.is_whole);

  auto const nginx = read_listing("<html>\r\n<body><h1>Index of /waf/</h1><hr><pre>"
                                  "<a href=\"../\">../</a>\r\n<a href='one.xml'>one.xml</a>  "
                                  "01-Jan-2026 00:00   12\r\n</pre><hr></body>\r\n</html>\r\n",
                                  root);
  CHECK(nginx.files == Strings{std::string(root) + "one.xml"});
  CHECK(nginx.has_parent);

  auto const iis = read_listing("<html><body><pre><A HREF=\"/\">[To Parent Directory]</A><br>"
                                "<A HREF=\"/waf/sea/\">sea</A><A class=x HREF=/waf/one.xml>one</A>"
                                "</pre></body></html>",
                                root);
  CHECK(iis.files == Strings{std::string(root) + "one.xml"});
  CHECK(iis.folders == Strings{std::string(root) + "sea/"});

  auto const odd = read_listing(
      "<!-- <a href=\"hidden.xml\"> --><a href=\"https://other.example/waf/x.xml\">"
      "<a href=\"/wafer/x.xml\"><a href=\"../x.xml\"><a href=\"javascript:go()\"><a name=\"y.xml\">"
      "<a href=\"https://data.example/waf/../x.xml\"><a href=\"#top\"><a title='a > b' href=z.xml>"
      "<a href=\"z.xml\"><a href=\"cut",
      root);
  CHECK(odd.files == Strings{std::string(root) + "z.xml"});
  CHECK(odd.folders.empty());
  CHECK_FALSE(odd.has_parent);
  CHECK_FALSE(odd.is_whole);
}

TEST_CASE("WAF: a list does not take many times its bytes") {
  auto const folder = root + std::string(1'900, 'f') + '/';
  std::string links;
  for (int i = 0; i < 20'000; ++i) links += "<a href=" + std::to_string(i) + ".xml>";
  auto const many = read_listing(links + "</body>", folder);
  CHECK(many.files.size() == 17'347); // the last one exceeds 32 MiB
  CHECK_FALSE(many.is_whole);
  auto const longer =
      read_listing("<a href=a.xml><a href=" + std::string(100, 'x') + "></body>", folder);
  CHECK(longer.files == Strings{folder + "a.xml"});
  CHECK_FALSE(longer.is_whole);
}

TEST_CASE("WAF: the address of a folder is what its names are relative to") {
  CHECK(kinds::waf::folder_of("https://data.example/waf/") == root);
  CHECK(kinds::waf::folder_of("https://data.example/waf/index.html?x=1#y") == root);
  CHECK(kinds::waf::folder_of("https://data.example/other/../waf/") == root);
  CHECK(kinds::waf::folder_of("https://data.example") == "https://data.example/");
}

TEST_CASE("WAF: every file of every folder is a document, in the order of addresses") {
  CannedFetcher fetcher(small_tree());
  auto const all = harvest(*kinds::waf::start(source_at(root), fetcher, {}));
  CHECK(all.bodies() == Strings{document("a.xml"), document("b.xml"), document("land/c.xml"),
                                document("sea/d.xml"), R"({"e":1})"});
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(all.documents.at(2).address == "https://data.example/waf/land/c.xml");
  // Neither a text nor a file of data was asked for.
  CHECK(fetcher.requests.size() == 3 + 5);
}

TEST_CASE("WAF: folders are left out, and endings chosen, as the options say") {
  CHECK(run_over(small_tree(), R"({"folders":false})").bodies() ==
        Strings{document("a.xml"), document("b.xml")});
  auto const chosen = run_over(small_tree(), R"({"ending":"d.xml"})");
  CHECK(chosen.bodies() == Strings{document("sea/d.xml")});
  CHECK(chosen.complete);
}

TEST_CASE("WAF: a file of several documents is taken apart, and what is none is told") {
  auto pages = small_tree();
  pages[std::string(root) + "sea/e.json"] =
      R"({"type":"FeatureCollection","features":[{"a":1},{"b":2}]})";
  auto const all = run_over(std::move(pages));
  CHECK(all.documents.size() == 6);
  CHECK(all.bodies().back() == R"({"b":2})");
}

TEST_CASE("WAF: what cannot be had is told, and then the run is no proof") {
  SECTION("a file") {
    auto pages = small_tree();
    pages.erase(std::string(root) + "b.xml");
    auto const all = run_over(std::move(pages));
    CHECK(all.documents.size() == 4);
    CHECK(all.codes() == Strings{"not-delivered"});
    CHECK(all.failures.at(0).finding.where == "https://data.example/waf/b.xml");
    CHECK_FALSE(all.complete);
  }
  SECTION("a folder") {
    auto pages = small_tree();
    pages.erase(std::string(root) + "land/");
    auto const all = run_over(std::move(pages));
    CHECK(all.documents.size() == 4);
    CHECK(all.codes() == Strings{"not-delivered"});
    CHECK_FALSE(all.complete);
  }
  SECTION("the end of a list") {
    auto pages = small_tree();
    auto& list = pages[std::string(root) + "sea/"];
    list = list.substr(0, list.find("</body>"));
    auto const all = run_over(std::move(pages));
    CHECK(all.documents.size() == 5);
    CHECK(all.codes() == Strings{"list-cut-short"});
    CHECK_FALSE(all.complete);
  }
  SECTION("a page in place of a file") {
    auto pages = small_tree();
    pages[std::string(root) + "a.xml"] = "<!DOCTYPE html><html>Sign in</html>";
    auto const all = run_over(std::move(pages));
    CHECK(all.codes() == Strings{"not-delivered"});
    CHECK_FALSE(all.complete);
  }
  SECTION("an empty folder is nothing odd, a page without links is") {
    auto pages = small_tree();
    pages[std::string(root) + "land/"] = list_of({});
    CHECK(run_over(pages).complete);
    pages[std::string(root) + "land/"] = "<html><body>Sign in</body></html>";
    CHECK(run_over(pages).codes() == Strings{"list-cut-short"});
  }
  SECTION("any file at all") {
    auto const all =
        run_over({{root, list_of({"sea/"})}, {std::string(root) + "sea/", list_of({})}});
    CHECK(all.codes() == Strings{"list-cut-short"});
    CHECK_FALSE(all.complete);
  }
}

TEST_CASE("WAF: a page that leads to nothing is no list, and ends the run") {
  CHECK_THROWS_AS(run_over({{root, "<html><body>Sign in</body></html>"}}), kinds::ProtocolError);
  CHECK_THROWS_AS(run_over({{root, list_of({})}}), kinds::ProtocolError);
  CHECK_THROWS_AS(run_over({}), fetch::FetchError);
}

TEST_CASE("WAF: ten files that cannot be had, and none that can, end the run") {
  Strings names;
  for (int i = 10; i < 25; ++i) names.push_back(std::to_string(i) + ".xml");
  CHECK_THROWS_AS(run_over({{root, list_of(names)}}), kinds::ProtocolError);
}

TEST_CASE("WAF: killed after any page, a run loses and doubles nothing") {
  std::map<std::string, std::string> pages;
  Strings names{"z/"};
  Strings bodies;
  for (int i = 100; i < 230; ++i) {
    auto const name = std::to_string(i) + ".xml";
    names.push_back(name);
    pages[root + name] = document(name);
    bodies.push_back(document(name));
  }
  pages[root] = list_of(names);
  pages[std::string(root) + "z/"] = list_of({"y/", "last.xml"});
  pages[std::string(root) + "z/last.xml"] = document("last");
  pages[std::string(root) + "z/y/"] = list_of({"deep.xml"});
  pages[std::string(root) + "z/y/deep.xml"] = document("deep");
  bodies.push_back(document("last"));
  bodies.push_back(document("deep"));
  CannedFetcher fetcher(pages);
  auto const start = [&](std::string_view checkpoint) {
    return kinds::waf::start(source_at(root), fetcher, checkpoint);
  };
  auto const whole = harvest(*start({}));
  CHECK(whole.bodies() == bodies);
  CHECK(whole.page_sizes == std::vector<std::size_t>{49, 50, 33});
  for (std::size_t k = 0; k <= whole.page_sizes.size(); ++k) {
    auto const resumed = killed_and_resumed(start, k);
    CHECK(resumed.bodies() == bodies);
    CHECK(resumed.complete);
  }
  auto const other = source_at(root, R"({"folders":false})");
  CHECK_THROWS_AS(kinds::waf::start(other, fetcher, whole.checkpoints.front()),
                  kinds::StaleCheckpoint);
}

TEST_CASE("WAF: a folder that contains itself is not walked for ever") {
  CannedFetcher fetcher([](fetch::Request const& request) {
    auto const body = request.url.ends_with('/') ? list_of({"a.xml", "again/"}) : document("a");
    return fetch::Response{.status = 200, .body = body, .url = request.url};
  });
  auto const all = harvest(*kinds::waf::start(source_at(root), fetcher, {}));
  CHECK(all.documents.size() == 21);
  CHECK(all.codes() == Strings{"list-in-circles"});
  CHECK_FALSE(all.complete);
}

TEST_CASE(
    "WAF: names are relative to where the list was found, and passwords stay out of reports") {
  CannedFetcher fetcher([](fetch::Request const& request) {
    fetch::Response out{.status = 200, .body = document("a"), .url = request.url};
    if (request.url == "https://me:secret@data.example/old") {
      out.url = "https://me:secret@data.example/waf/";
      out.body = list_of({"a.xml", "b.xml"});
    } else if (request.url.ends_with("b.xml")) {
      throw CannedFetcher::status(404);
    }
    return out;
  });
  auto const all =
      harvest(*kinds::waf::start(source_at("https://me:secret@data.example/old"), fetcher, {}));
  CHECK(all.documents.at(0).address == "https://data.example/waf/a.xml");
  CHECK(all.failures.at(0).finding.where == "https://data.example/waf/b.xml");
}

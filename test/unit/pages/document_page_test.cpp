#include "pages/document_page.hpp"

#include "support/catch.hpp"

namespace terracat::pages {
namespace {

constexpr SiteFacts site{.title = "Data Terra",
                         .description = "A catalogue.",
                         .language = "en",
                         .url = "https://data.example/cat",
                         .publisher = "CNRS",
                         .contact = {}};

std::string page_of(std::string_view document, Language language = Language::en,
                    std::string_view text_language = {}) {
  auto const parsed = json::Document::parse(document);
  REQUIRE(parsed);
  return document_page(site, language,
                       {.document = parsed->root(),
                        .api = "The API",
                        .text_language = text_language,
                        .portal_path = {}});
}

bool has(std::string const& page, std::string_view part) {
  return page.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a document is shown whole") {
  auto const page = page_of(R"({"id":"x","type":"Feature","bbox":[1,2.5],
    "geometry":{"type":"Point","coordinates":[1,2.5]},
    "properties":{"title":"Rain","description":"In the Alps","n":12,"is":true,"none":null,
      "themes":[{"scheme":"https://s.example/","concepts":["a","b"]}],"empty":[]},
    "links":[{"rel":"collection","type":"application/json","href":"https://data.example/c"},
      {"rel":"self","href":"https://data.example/x","title":"Itself","hreflang":"en"}]})",
                            Language::fr, "en");
  constexpr auto list =
      R"(<ul><li><dl class="dl"><dt>scheme</dt><dd><a href="https://s.example/">)"
      R"(https://s.example/</a></dd><dt>concepts</dt><dd><ul><li>a</li><li>b</li>)";
  for (auto const* const part :
       {"<title>Rain · Data Terra</title>", "<h1 lang=\"en\">Rain</h1>",
        "<p class=\"lead\" lang=\"en\">In the Alps</p>", "<dt>id</dt><dd>x</dd>",
        "<dt>bbox</dt><dd><code>[1,2.5]</code></dd>",
        "<summary>Point</summary><code>{&quot;type&quot;:&quot;Point&quot;,",
        "<dt>n</dt><dd>12</dd>", "<dt>is</dt><dd>true</dd>", "<dt>none</dt><dd>null</dd>",
        "<dt>empty</dt><dd><code>[]</code></dd>", list,
        "<li><a href=\"https://data.example/c\">La collection</a></li>", "<h2>Liens</h2>",
        "https://data.example/c</a><span class=\"micro\">collection · application/json</span>",
        "<a href=\"https://data.example/x\">Itself</a><span class=\"micro\">self · en</span>"}) {
    INFO(part);
    CHECK(has(page, part));
  }
  CHECK_FALSE(has(page, "<dt>title"));
  CHECK_FALSE(has(page, "<dt>links"));
}

TEST_CASE("each of a list is shown, and leads to its own page") {
  auto const page = page_of(R"({"features":[
    {"id":"a","properties":{"title":"First"},"links":[{"rel":"self","href":"https://x.example/a"}]},
    {"id":"b","properties":null}],"numberMatched":1234,"numberReturned":2,"links":[]})");
  for (auto const* const part :
       {"<h1>Results</h1>", "1,234 results, 2 of them on this page",
        "<h2><a href=\"https://x.example/a\">First</a></h2>", "<dt>id</dt><dd>a</dd>", "<h2>b</h2>",
        "<details class=\"folded\"><summary>Links</summary>"}) {
    INFO(part);
    CHECK(has(page, part));
  }
  CHECK_FALSE(has(page, "<dt>features"));
}

TEST_CASE("a document without title is called by what it has") {
  CHECK(has(page_of(R"({"conformsTo":["a"]})"), "<h1>Conformance classes</h1>"));
  CHECK(has(page_of(R"({"functions":[]})", Language::fr), "<h1>Fonctions</h1>"));
  CHECK(has(page_of(R"({"x":1})"), "<h1>The API</h1>"));
  CHECK(has(page_of("[]"), "<h1>The API</h1>"));
}

TEST_CASE("nothing in a document becomes markup, or an address that does harm") {
  auto const page = page_of(R"json({"id":"<b>id","title":"\"><script>t","description":"<i>d",
    "<u>name":"<u>value","list":["<u>element"],"url":"javascript:alert(1)",
    "geometry":{"type":"<u>type","coordinates":["<u>c"]},
    "links":[{"rel":"root","href":"javascript:alert(1)","title":"<u>link"},
      {"rel":"<u>rel","href":"data:text/html,x"},"<u>no link",{"href":1}],
    "features":[{"id":"<u>f","links":[{"rel":"self","href":"javascript:alert(1)"}]}]})json");
  for (auto const* const part :
       {"<b>", "<i>", "<u>", "<script>", "href=\"javascript", "href=\"data"}) {
    INFO(part);
    CHECK_FALSE(has(page, part));
  }
  CHECK(has(page, "&lt;u&gt;name"));
  CHECK(has(page, "<li>data:text/html,x<span"));
}

} // namespace terracat::pages

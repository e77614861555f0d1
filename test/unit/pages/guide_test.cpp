#include "pages/guide_pages.hpp"
#include "pages/markdown.hpp"
#include "support/catch.hpp"

namespace terracat::pages {
namespace {

constexpr SiteFacts site{.title = "Site",
                         .description = "",
                         .language = "en",
                         .url = "https://data.example/at",
                         .publisher = "",
                         .contact = ""};

std::string html_of(std::string_view markdown) {
  Sheet sheet(site, Language::fr);
  write_markdown(sheet, markdown);
  return sheet.html.take();
}

TEST_CASE("Markdown becomes elements, and nothing else") {
  CHECK(html_of("one\ntwo\n\nthree") == "<p>one two</p><p>three</p>");
  CHECK(html_of("# A\n## B\n### C\ntext") == "<h2>A</h2><h2>B</h2><h3>C</h3><p>text</p>");
  CHECK(html_of("### C") == "<h2>C</h2>"); // no level is left out
  CHECK(html_of("- a\n  more\n- b\n\n1. x\n2. y") ==
        "<ul><li>a more</li><li>b</li></ul><ol><li>x</li><li>y</li></ol>");
  CHECK(html_of("> said\n> so") == "<blockquote><p>said so</p></blockquote>");
  CHECK(html_of("*a* **b *c*** `d*e*`") ==
        "<p><em>a</em> <strong>b *c</strong>* <code>d*e*</code></p>");
}

TEST_CASE("code stays as it is, with the site's address in it") {
  CHECK(html_of("```python\nopen(\"{site}/stac\") # <b>\n\n*x*\n```\nend") ==
        "<div data-copy=\"\"><pre "
        "tabindex=\"0\"><code>open(&quot;https://data.example/at/stac&quot;) # "
        "&lt;b&gt;\n\n*x*\n</code></pre></div><p>end</p>");
  CHECK(html_of("```\nnever closed") ==
        "<div data-copy=\"\"><pre tabindex=\"0\"><code>never closed\n</code></pre></div>");
}

TEST_CASE("links lead to pages, to the site and elsewhere, and nowhere else") {
  CHECK(html_of("[a](/search?q=x)") == "<p><a href=\"/at/fr/search?q=x\">a</a></p>");
  CHECK(html_of("[a](site:/stac)") == "<p><a href=\"/at/stac\">a</a></p>");
  CHECK(html_of("[**a**](https://b.example)") ==
        "<p><a href=\"https://b.example\"><strong>a</strong></a></p>");
  CHECK(html_of("[a](javascript:alert(1))") == "<p>[a](javascript:alert(1))</p>");
  CHECK(html_of("[a](site:stac)") == "<p>[a](site:stac)</p>");
  CHECK(html_of("[a] (b)") == "<p>[a] (b)</p>");
}

TEST_CASE("markup that somebody wrote is text") {
  CHECK(html_of("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
  CHECK(html_of("![x](y)\" onload=\"z") == "<p>![x](y)&quot; onload=&quot;z</p>");
}

TEST_CASE("marks without an end, and many of them, are text that ends") {
  CHECK(html_of("**") == "<p>**</p>");
  CHECK(html_of("a ` b * c [ d") == "<p>a ` b * c [ d</p>");
  std::string const stars(20'000, '*');
  CHECK(html_of(stars).size() >= stars.size());
  std::string brackets;
  for (int i = 0; i < 5'000; ++i) brackets += "[";
  CHECK(html_of(brackets).size() >= brackets.size());
}

constexpr std::string_view whole = "---\ntitle: Snow: where\nsummary: Of snow.\norder: "
                                   "3\nconcepts: https://a/b, https://a/c\n---\n"
                                   "Text.\n";

TEST_CASE("a guide is read by its path and its first lines") {
  auto const guide = read_guide("tutorials/snow-1.fr.md", whole).value();
  CHECK(guide.kind == GuideKind::tutorial);
  CHECK(guide.name == "snow-1");
  CHECK(guide.language == Language::fr);
  CHECK(guide.title == "Snow: where");
  CHECK(guide.summary == "Of snow.");
  CHECK(guide.order == 3);
  CHECK(guide.concepts == std::vector<std::string>{"https://a/b", "https://a/c"});
  CHECK(guide.text == "Text.\n");
}

TEST_CASE("what is no guide is refused, with the reason") {
  auto const reason = [](std::string_view path, std::string_view text) {
    auto const guide = read_guide(path, text);
    return guide ? std::string() : guide.error().detail;
  };
  for (auto const* const path :
       {"snow.fr.md", "recipes/snow.fr.md", "tools/snow.md", "tools/snow.de.md", "tools/Snow.fr.md",
        "tools/../x.fr.md", "tools/.fr.md", "tools/snow.fr.txt"}) {
    CHECK(reason(path, whole).find("expected tutorials/NAME.fr.md") != std::string::npos);
  }
  CHECK(reason("tools/a.fr.md", "Text") == "tools/a.fr.md: expected --- in the first line");
  CHECK(reason("tools/a.fr.md", "---\ntitle: x\n") == "tools/a.fr.md: expected a second line ---");
  CHECK(reason("tools/a.fr.md", "---\nsummary: x\n---\n") == "tools/a.fr.md: there is no title");
  CHECK(reason("tools/a.fr.md", "---\ntitle: x\ncolour: blue\n---\n") ==
        "tools/a.fr.md: not understood: colour: blue");
  CHECK(reason("tools/a.fr.md", "---\ntitle: x\norder: first\n---\n") ==
        "tools/a.fr.md: not understood: order: first");
  CHECK(!reason("tools/a.fr.md", "---\ntitle: \xff\n---\n").empty());
  CHECK(!reason("tools/a.fr.md", std::string(longest_guide + 1, ' ')).empty());
}

TEST_CASE("each guide is shown once, in the language of the reader if there is one") {
  auto const made = [](std::string_view path, std::string_view text) {
    return read_guide(path, text).value();
  };
  std::vector const guides{made("tools/b.en.md", "---\ntitle: B\norder: 2\n---\n"),
                           made("tools/a.en.md", "---\ntitle: A\norder: 2\n---\n"),
                           made("tools/a.fr.md", "---\ntitle: Z\norder: 1\n---\n"),
                           made("tutorials/a.fr.md", "---\ntitle: T\n---\n")};
  auto const titles = [&](Language language) {
    std::string out;
    for (auto const* const one : guides_in(guides, GuideKind::tool, language)) out += one->title;
    return out;
  };
  CHECK(titles(Language::fr) == "ZB");
  CHECK(titles(Language::en) == "AB");
  CHECK(find_guide(guides, GuideKind::tool, "c", Language::fr) == nullptr);
}

TEST_CASE("what is shipped exists in both languages") {
  auto const& guides = shipped_guides();
  CHECK(guides.size() == 8);
  for (auto const& guide : guides) {
    auto const* const twin = find_guide(guides, guide.kind, guide.name, other(guide.language));
    CHECK(twin->language == other(guide.language));
    CHECK(twin->order == guide.order);
    CHECK(twin->concepts == guide.concepts);
    CHECK(!guide.summary.empty());
  }
}

} // namespace
} // namespace terracat::pages

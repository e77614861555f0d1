#include "pages/html.hpp"
#include "support/catch.hpp"

namespace terracat::pages {
namespace {

TEST_CASE("texts cannot become markup") {
  Html html;
  html.element("p", {{"title", R"("><script>alert('1')</script>)"}}, "<b>&amp;'\"</b>");
  CHECK(html.written() == "<p title=\"&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;\">"
                          "&lt;b&gt;&amp;amp;&#39;&quot;&lt;/b&gt;</p>");
}

TEST_CASE("control characters are left out, letters of any script stay") {
  Html html;
  html.text(std::string_view("a\0b\x1b[31m\x7f\tc\n\u00e9\u4e2d", 18));
  CHECK(html.written() == "ab[31m\tc\n\u00e9\u4e2d");
}

TEST_CASE("elements are nested and closed") {
  Html html;
  html.doctype().element("ul", {{"class", "a"}}, [&] {
    html.element("li", {}, "1").element("li", {}, [&] { html.empty("br", {}); });
  });
  CHECK(html.take() == "<!doctype html>\n<ul class=\"a\"><li>1</li><li><br></li></ul>");
}

TEST_CASE("attributes are there or not") {
  Html html;
  std::optional<std::string_view> const none;
  std::optional<std::string_view> const some("fr");
  html.empty("input", {{"checked", true}, {"disabled", false}, {"lang", none}, {"name", some}});
  CHECK(html.written() == "<input checked=\"\" name=\"fr\">");
}

TEST_CASE("addresses elsewhere are of schemes that run nothing") {
  CHECK(Url::elsewhere("https://a.example/?x=1&y=2").value().text() ==
        "https://a.example/?x=1&y=2");
  CHECK(Url::elsewhere("HTTP://a.example").has_value());
  CHECK(Url::elsewhere("ftp://a.example/f").has_value());
  CHECK(Url::elsewhere("mailto:a@b.example").has_value());
  for (auto const* const address :
       {"javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\nscript:x",
        "data:text/html,<script>", "vbscript:x", "file:///etc/passwd", "//evil.example", "https:x",
        "http", "", "blob:https://a.example/1", "http://a.example/\nx"}) {
    INFO(address);
    CHECK_FALSE(Url::elsewhere(address));
  }
}

TEST_CASE("addresses of the site lead to no other host") {
  CHECK(Url::own("/fr/search?q=a").text() == "/fr/search?q=a");
  CHECK(Url::own("//evil.example/x").text() == "/evil.example/x");
  CHECK(Url::own("/\\evil.example").text() == "/evil.example");
  CHECK(Url::own("javascript:alert(1)").text() == "/javascript:alert(1)");
  CHECK(Url::own("#main").text() == "#main");
}

TEST_CASE("facts for machines cannot end their element") {
  Html html;
  html.json_ld(R"({"name":"</script><!--<b>&"})");
  CHECK(html.written() == "<script type=\"application/ld+json\">"
                          R"({"name":"\u003c/script\u003e\u003c!--\u003cb\u003e\u0026"})"
                          "</script>");
}

} // namespace
} // namespace terracat::pages

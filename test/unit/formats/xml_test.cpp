#include "formats/xml/xml.hpp"
#include "formats/xml/xml_encoding.hpp"

#include "support/catch.hpp"

#include <pugixml.hpp>

#include <array>
#include <new>

using namespace terracat;
using namespace terracat::formats;
using xml::Document;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string nested(std::size_t depth) {
  return repeated("<a>", depth) + repeated("</a>", depth);
}

FindingCode refusal(std::string_view text, xml::Limits const& limits = {}) {
  auto const parsed = Document::parse(text, limits);
  REQUIRE_FALSE(parsed);
  CHECK(severity(parsed.error().code) == Severity::refused);
  return parsed.error().code;
}

std::string wide(std::u16string_view text, bool big) {
  std::string out;
  for (auto const unit : text) {
    auto const low = static_cast<char>(unit & 0xFFU);
    auto const high = static_cast<char>(unit >> 8U);
    out += big ? high : low;
    out += big ? low : high;
  }
  return out;
}

} // namespace

TEST_CASE("elements are found by name, whatever their prefix") {
  auto const document = Document::parse(
      R"(<g:a xmlns:g="u:g"><g:b/><c xmlns="u:c"><g:b n="1">x<![CDATA[<y>]]> z</g:b></c><b n="2"/></g:a>)");
  REQUIRE(document);
  auto const root = document->root();
  CHECK(root.name() == "a");
  CHECK(root.namespace_uri() == "u:g");
  CHECK(root.at("c").namespace_uri() == "u:c");
  CHECK(root.at("b").namespace_uri() == "u:g");
  CHECK(root.at("c/b").attribute("n") == "1");
  CHECK(root.at("*/b").text() == "x<y> z");
  CHECK(root.all("b").size() == 2);
  CHECK(root.all("b")[1].namespace_uri().empty());
  CHECK(root.all("*").size() == 3);
  CHECK(root.child("b").next().name() == "c");
  CHECK(root.at("c/b").parent() == root.child("c"));
  CHECK_FALSE(root.parent());
  CHECK_FALSE(root.at("c/d/e"));
  CHECK(root.at("c/d/e").text().empty());
  CHECK(root.children("d").empty());
}

TEST_CASE("an element says where it stands") {
  auto const document =
      Document::parse("<x:a xmlns:x='u'><x:b/><x:c><d/></x:c><x:b><d/><d/></x:b></x:a>");
  auto const root = document->root();
  CHECK(root.at("c/d").pointer() == "/a/c/d");
  CHECK(root.all("b/d")[1].pointer() == "/a/b[2]/d[2]");
  CHECK(xml::Node().pointer().empty());
}

TEST_CASE("attributes are found by name, but declarations are none") {
  auto const document =
      Document::parse(R"(<a xmlns:href="u" xmlns:x="v" x:href="there" codeListValue="c"/>)");
  CHECK(document->root().attribute("href") == "there");
  CHECK(document->root().attribute("x").empty());
  CHECK(document->root().attribute("codeListValue") == "c");
}

TEST_CASE("elements of foreign namespaces are removed with what is in them") {
  auto document = Document::parse(
      R"(<r xmlns="u:own/1" xmlns:o="u:own/2" xmlns:f="u:foreign">)"
      R"(<f:a><o:b/></f:a><o:b/><f:c/><f:d/><none xmlns=""><f:e/></none><late xmlns:g="u:foreign2"><g:b/></late>)"
      R"(<f:kept type="r"><f:gone/><o:b/></f:kept><undeclared:b/></r>)");
  REQUIRE(document);
  constexpr std::array<std::string_view, 1> own{"u:own/*"};
  keep_only(document->root(), own, "type");
  auto const root = document->root();
  std::vector<std::string> names;
  for (auto const child : root.children()) names.emplace_back(child.name());
  CHECK(names == std::vector<std::string>{"b", "none", "late", "kept", "b"});
  CHECK_FALSE(root.child("none").child());
  CHECK_FALSE(root.child("late").child());
  CHECK(root.all("kept/*").size() == 1);
}

TEST_CASE("what is kept only in part stays itself, in whatever it is wrapped") {
  auto document = Document::parse(R"(<f:page xmlns:f="u:foreign" xmlns:o="u:own/1"><f:beside/>)"
                                  R"(<f:top><f:a/><o:b/></f:top></f:page>)");
  REQUIRE(document);
  constexpr std::array<std::string_view, 1> own{"u:own/*"};
  auto const top = document->root().child("top");
  keep_only(top, own);
  CHECK_FALSE(top.child("a"));
  CHECK(top.child("b"));
  CHECK(top.pointer() == "/page/top");
  CHECK(document->root().child("beside"));
}

TEST_CASE("a subtree stands alone with the declarations that it needs") {
  auto const page = Document::parse(
      R"(<p:page xmlns:p="u:p" xmlns:m="u:m" xmlns:x="u:x" xmlns:t="u:t" xmlns="u:d">)"
      R"(<m:record x:href="a&amp;b" type="t:Kind"><title>&lt;é&gt;</title></m:record></p:page>)");
  REQUIRE(page);
  auto const alone = xml::standalone(page->root().child("record"));
  CHECK(alone ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        R"(<m:record x:href="a&amp;b" type="t:Kind" xmlns="u:d" xmlns:m="u:m" xmlns:t="u:t")"
        R"( xmlns:x="u:x"><title>&lt;é&gt;</title></m:record>)");
  // The same record on another page, with the declarations elsewhere, gives the same bytes.
  auto const other = Document::parse(
      R"(<q xmlns:unused="u:q"><m:record xmlns:x="u:x" xmlns:m="u:m" xmlns="u:d" xmlns:t="u:t" )"
      R"(x:href="a&amp;b" type="t:Kind"><title>&lt;é&gt;</title></m:record></q>)");
  CHECK(xml::standalone(other->root().child("record")) == alone);
  REQUIRE(Document::parse(alone));
  CHECK(xml::standalone(Document::parse(alone)->root()) == alone);
  CHECK(xml::standalone({}).empty());
}

TEST_CASE("what is written as a character stands alone as it is read") {
  constexpr std::string_view text = R"(<a b="1&#9;2&#10;3&#13;4">5&#13;6&#xD;
7</a>)";
  auto const alone = xml::standalone(Document::parse(text)->root());
  CHECK(alone == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<a b=\"1&#09;2&#10;3&#13;4\">5&#13;6&#13;\n7</a>");
  CHECK(xml::standalone(Document::parse(alone)->root()) == alone);
}

TEST_CASE("a section that begins within a tag is none") {
  auto const refused = [](std::string_view text) {
    auto const parsed = Document::parse(text);
    return !parsed && parsed.error().code == FindingCode::xml_malformed;
  };
  CHECK(refused("<a b=\"<![CDATA[\">&#0;x</a>"));
  CHECK(refused("<a b='<!--'>&#0;x</a>"));
  CHECK(refused("<a b='\">'>&#0;x</a>"));
  CHECK(refused("<a b='&#0;'/>"));
  CHECK(refused("<?x <!-- ?><a>&#0;</a>"));
  CHECK_FALSE(refused("<a b='c'><![CDATA[&#0;]]><!-- &#0; ' --></a>"));
  CHECK_FALSE(refused("<!DOCTYPE a [<!-- it's --><!ENTITY x '<b>'>]><a><![CDATA[&#0;]]></a>"));
}

TEST_CASE("the first start tags are found without parsing") {
  auto const tags = xml::first_start_tags(
      "\xEF\xBB\xBF<?xml version='1.0'?><!-- <no/> --><!DOCTYPE a [<!ENTITY x '<b>'>]>\n"
      "<c:a x='>' xmlns:c='u:c' xmlns=\"u:d\"><b/></c:a>",
      5);
  REQUIRE(tags.size() == 2);
  CHECK(tags[0].name == "a");
  CHECK(tags[0].namespace_uri == "u:c");
  CHECK(tags[1].name == "b");
  CHECK(tags[1].namespace_uri == "u:d");
  CHECK(xml::first_start_tags("{\"a\":\"<b>\"}", 1).empty());
  CHECK(xml::first_start_tags("", 1).empty());
  CHECK(xml::first_start_tags("<unfinished attribute='", 1).empty());
}

TEST_CASE("documents are read in the encoding that they declare") {
  auto const text = [](std::string_view bytes) {
    auto const parsed = Document::parse(bytes);
    REQUIRE(parsed);
    return parsed->root().text();
  };
  CHECK(text("<a>\xC3\xA9</a>") == "é");
  CHECK(text("\xEF\xBB\xBF<a>\xC3\xA9</a>") == "é");
  CHECK(text("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9\x92</a>") == "é’");
  CHECK(text("<?xml version='1.0' encoding=\"windows-1251\"?><a>\xC4</a>") == "Д");
  CHECK(text("\xFF\xFE" + wide(u"<a>é</a>", false)) == "é");
  CHECK(text("\xFE\xFF" + wide(u"<a>é</a>", true)) == "é");
  CHECK(text(wide(u"<?xml version='1.0' encoding='UTF-16'?><a>é</a>", false)) == "é");
  // Recoded on its way, with the declaration of before.
  CHECK(text("<?xml version='1.0' encoding='UTF-16'?><a>\xC3\xA9</a>") == "é");
  CHECK(text("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xC3\xA9</a>") == "é");
}

TEST_CASE("bytes that are not in their encoding are refused") {
  CHECK(refusal("<a>\xE9</a>") == FindingCode::not_utf8);
  CHECK(refusal("<a>\xED\xA0\x80</a>") == FindingCode::not_utf8);
  CHECK(refusal("<?xml version='1.0' encoding='UTF-7'?><a/>") == FindingCode::not_utf8);
  CHECK(refusal("<?xml version='1.0' encoding='made-up'?><a/>") == FindingCode::not_utf8);
  CHECK(refusal("\xFF\xFE<") == FindingCode::not_utf8);
}

TEST_CASE("a document within the limits is read, one beyond is refused") {
  CHECK(Document::parse(nested(200)));
  CHECK(refusal(nested(201)) == FindingCode::too_deep);
  CHECK(refusal(nested(400'000)) == FindingCode::too_deep);
  CHECK(refusal("<a>" + std::string(std::size_t{16} << 20, ' ') + "</a>") ==
        FindingCode::too_large);
  CHECK(refusal("<a>" + repeated("<b/>", 2'000'000) + "</a>") == FindingCode::too_large);
  CHECK(Document::parse("<a>" + repeated("<b/>", 100'000) + "</a>"));
  std::string attributes;
  for (int i = 0; i < 256; ++i) attributes += " a" + std::to_string(i) + "='1'";
  CHECK(Document::parse("<a" + attributes + "/>"));
  CHECK(refusal("<a" + attributes + " one-more='1'/>") == FindingCode::too_large);
  CHECK(refusal("<a><b/></a>", {.depth = 1}) == FindingCode::too_deep);
}

TEST_CASE("what is not well-formed is refused with its place") {
  for (auto const* const text :
       {"", "   ", "no markup", "<a>", "<a></b>", "<a><b></a></b>", "<a/><b/>", "<a", "<a b=1/>",
        "<a b='1' b='2'/>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&#x110000;</a>",
        "<a>&#99999999999;</a>", "<a>&#;</a>", "<!-- only a comment -->", "<a><![CDATA[</a>"}) {
    INFO(text);
    CHECK(refusal(text) == FindingCode::xml_malformed);
  }
  CHECK(refusal(std::string("<a>x\0y</a>", 10)) == FindingCode::xml_malformed);
  CHECK(Document::parse("<a>\n  <b>\n</a>").error().where == "line 3, column 3");
}

TEST_CASE("control characters do no harm") {
  auto const parsed = Document::parse("<a>x\x01&#2;y</a>");
  REQUIRE(parsed);
  CHECK(parsed->root().text() == "x\x01\x02y");
}

TEST_CASE("no entity is ever resolved") {
  // Of a file, of an address, of a parameter, of itself a billion times.
  for (auto const* const text :
       {R"(<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>)",
        R"(<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:1/">]><a b="&x;"/>)",
        R"(<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p.dtd"> %p;]><a>&x;</a>)",
        R"(<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><a>&x;</a>)",
        R"(<!DOCTYPE a [<!ENTITY x "1"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]><a>&y;</a>)"}) {
    INFO(text);
    CHECK(refusal(text) == FindingCode::xml_entity);
  }
}

TEST_CASE("a document type without use does no harm") {
  auto const parsed = Document::parse("<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'>"
                                      "<a>&amp;&#233;<![CDATA[&x;]]><!-- &x; --></a>");
  REQUIRE(parsed);
  CHECK(parsed->root().text() == "&é&x;");
  // HTML entities without any document type are text that was not escaped.
  CHECK(Document::parse("<a>caf&eacute;</a>")->root().text() == "caf&eacute;");
}

TEST_CASE("want of memory is no fault of the document") {
  struct NoMemory {
    NoMemory() {
      pugi::set_memory_management_functions([](std::size_t) -> void* { return nullptr; }, release);
    }

    ~NoMemory() { pugi::set_memory_management_functions(allocate, release); }

    pugi::allocation_function allocate = pugi::get_memory_allocation_function();
    pugi::deallocation_function release = pugi::get_memory_deallocation_function();
  };

  {
    NoMemory const none;
    CHECK_THROWS_AS(Document::parse("<a/>"), std::bad_alloc);
  }
  CHECK(Document::parse("<a/>").has_value());
}

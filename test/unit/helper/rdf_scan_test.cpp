#include "helper/rdf_scan.hpp"

#include "support/catch.hpp"

#include <terracat/json.hpp>

using namespace terracat;
using helper::scan_rdf;
using rdf::Syntax;

namespace {

/// `code at line n`, or "fine".
std::string scanned(std::string_view document, Syntax syntax = Syntax::rdf_xml) {
  auto const finding = scan_rdf(document, syntax);
  if (!finding) return "fine";
  return std::string(name(finding->code)) + (finding->where.empty() ? "" : " at " + finding->where);
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

} // namespace

TEST_CASE("rdf scan: elements may be nested 64 deep") {
  CHECK(scanned(repeated("<a>", 64) + repeated("</a>", 64)) == "fine");
  CHECK(scanned("\n" + repeated("<a>", 65)) == "too-deep at line 2");
  CHECK(scanned(repeated("<a><b/></a>", 1'000)) == "fine");
  // Signs of elements that are none.
  CHECK(scanned("<a b='" + repeated("<x>", 100) + "' c=\"/>\">" + "</a>") == "fine");
  CHECK(scanned("<a><!--" + repeated("<x>", 100) + "--></a>") == "fine");
  CHECK(scanned("<a><![CDATA[" + repeated("<x>", 100) + "]]></a>") == "fine");
  CHECK(scanned("<?a " + repeated("<x>", 100) + "?><a/>") == "fine");
  // A comment does not end where it begins, and a tag not within quotes.
  CHECK(scanned("<!-->" + repeated("<x>", 100) + "-->") == "fine");
  CHECK(scanned("<a b='>'>" + repeated("<x>", 64)) == "too-deep at line 1");
}

TEST_CASE("rdf scan: what does not end is malformed") {
  for (auto const* const document :
       {"<a", "<a b='>", "<!-- ", "<![CDATA[", "<?xml", "<!DOCTYPE a [", "<!DOCTYPE a", "</a"}) {
    INFO(document);
    CHECK(scanned(document) != "fine");
  }
}

TEST_CASE("rdf scan: what is told of a document is cut between characters") {
  for (std::size_t before = 0; before < 4; ++before) {
    auto const document =
        "<!DOCTYPE r [<!ENTITY % " + std::string(before, 'a') + repeated("漢", 300);
    auto const finding = scan_rdf(document, Syntax::rdf_xml);
    REQUIRE(finding);
    CHECK(finding->excerpt.size() <= 200);
    CHECK(json::is_utf8(finding->excerpt));
  }
}

TEST_CASE("rdf scan: a document type may hold plain texts and nothing else") {
  auto const with = [](std::string_view subset) {
    return scanned("<!DOCTYPE r [" + std::string(subset) + "]><r/>");
  };
  CHECK(scanned("<!DOCTYPE r><r/>") == "fine");
  // It is never fetched.
  CHECK(scanned("<!DOCTYPE r SYSTEM \"http://127.0.0.1/x[>\"><r/>") == "fine");
  CHECK(with("<!ENTITY xsd 'http://www.w3.org/2001/XMLSchema#'>") == "fine");
  CHECK(with("\n <!-- of OWL -->\n<!ENTITY xsd \"a\" >\n<!ENTITY b 'c'>") == "fine");
  for (auto const* const subset :
       {"<!ENTITY a SYSTEM 'http://127.0.0.1/'>", "<!ENTITY a PUBLIC 'p' 'http://127.0.0.1/'>",
        "<!ENTITY % a 'b'>", "<!ENTITY % a SYSTEM 'http://127.0.0.1/'>%a;", "%a;",
        "<!ENTITY a '<x>'>", "<!ENTITY a '&#60;x>'>", "<!ENTITY a '&b;&b;'>",
        "<!ENTITY a '&#x25;b'>", "<!ENTITY a 'b' NDATA c>", "<!ATTLIST r a CDATA 'b'>",
        "<!ELEMENT r ANY>", "<!NOTATION a SYSTEM 'b'>", "<?a?>", "<!ENTITY a>"}) {
    INFO(subset);
    CHECK(with(subset) == "xml-entity at line 1");
  }
}

TEST_CASE("rdf scan: brackets of Turtle may be nested 64 deep") {
  auto const turtle = [](std::string_view text) { return scanned(text, Syntax::turtle); };
  CHECK(turtle("<a> <b> " + repeated("[<c> ", 64)) == "fine");
  CHECK(turtle("<a> <b> " + repeated("[<c> ", 65)) == "too-deep at line 1");
  CHECK(turtle("<a> <b> " + repeated("(", 65)) == "too-deep at line 1");
  CHECK(turtle(repeated("[](", 50) + repeated(")", 50)) == "fine");
  // Signs of brackets that are none.
  auto const many = repeated("[", 100);
  CHECK(turtle("<a> <b> \"" + many + "\\\"" + many + "\" .") == "fine");
  CHECK(turtle("<a> <b> '''" + many + "''" + many + "''' .") == "fine");
  CHECK(turtle("<a" + many + "> <b> <c> .") == "fine");
  CHECK(turtle("# " + many + "\n<a> <b> <c> .") == "fine");
  CHECK(turtle("a:\\[" + repeated("\\(", 100) + " a a:b .") == "fine");
  // What does not end hides nothing behind it.
  CHECK(turtle("<a> <b> \"x\n" + many) == "too-deep at line 2");
  CHECK(turtle("<a \n" + many) == "too-deep at line 2");
}

TEST_CASE("rdf scan: bytes that are no text are refused") {
  CHECK(scanned("<a>\xff</a>") == "not-utf8");
  CHECK(scanned(std::string_view("<a>\n\0</a>", 9)) == "rdf-malformed at line 2");
  CHECK(scanned(std::string_view("<\0a\0>\0", 6)) == "rdf-malformed at line 1");
  CHECK(scanned(std::string((std::size_t{16} << 20) + 1, ' ')) == "too-large");
}

TEST_CASE("rdf scan: an XML declaration becomes blanks, line by line") {
  CHECK(helper::without_declaration("<?xml version='1.0'\n encoding='utf-7'?><a/>") ==
        std::string(19, ' ') + "\n" + std::string(19, ' ') + "<a/>");
  CHECK(helper::without_declaration("\xEF\xBB\xBF<?xml ?><a/>") == std::string(11, ' ') + "<a/>");
  CHECK(helper::without_declaration("<?xml-stylesheet a?><a/>") == "<?xml-stylesheet a?><a/>");
  CHECK(helper::without_declaration("<a/>") == "<a/>");
}

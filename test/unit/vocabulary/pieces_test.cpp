// Documents that are cut into pieces: each is a document by itself.

#include "unit/vocabulary/support.hpp"
#include "vocabulary/pieces.hpp"

#include <algorithm>

using namespace terracat;
using namespace terracat::test;
using vocabulary::Document;
using vocabulary::Piece;
using vocabulary::Syntax;

namespace {

struct Pieces {
  Names texts;
  std::vector<std::int64_t> lines_before;
  std::string refusal;
};

Pieces cut(std::string_view text, Syntax syntax, vocabulary::Cut const& cut = {.piece = 1}) {
  Document document(text);
  auto const pieces = vocabulary::pieces_of(document, syntax, cut);
  Pieces out;
  for (;;) {
    auto next = pieces->next();
    if (!next) {
      out.refusal = name(next.error().code);
      return out;
    }
    if (!*next) return out;
    out.texts.push_back((*next)->text);
    out.lines_before.push_back((*next)->lines_before);
  }
}

/// A piece can end at any byte of what is read at once.
std::string padded(std::string_view statement, std::size_t size) {
  std::string out;
  while (out.size() < size) out += statement;
  return out;
}

} // namespace

TEST_CASE("a small document is one piece, as it is", "[vocabulary][pieces]") {
  std::string_view const text = "<a:a> <a:b> _:c .";
  CHECK(cut(text, Syntax::turtle, {.piece = text.size()}).texts == Names{std::string(text)});
}

TEST_CASE("Turtle is cut between statements", "[vocabulary][pieces]") {
  auto const pieces = cut(R"(@prefix e: <http://e/> .
e:a e:b "1.5. \" .", 1.5, e:c.d ; e:x [ e:y ( e:z. ) ] .
# no. end
e:a e:b """a . "
 b.""" .
PREFIX f: <http://f/>
e:a e:b 'it.'@en.f:a e:b e:c.)",
                          Syntax::turtle);
  CHECK(pieces.texts == Names{"@prefix e: <http://e/> .",
                              "@prefix e: <http://e/> .\n\n"
                              R"(e:a e:b "1.5. \" .", 1.5, e:c.d ; e:x [ e:y ( e:z. ) ] .)",
                              "@prefix e: <http://e/> .\n\n# no. end\n"
                              "e:a e:b \"\"\"a . \"\n b.\"\"\" .",
                              "@prefix e: <http://e/> .\n\nPREFIX f: <http://f/>",
                              "@prefix e: <http://e/> .\nPREFIX f: <http://f/>\n\n"
                              "e:a e:b 'it.'@en.f:a e:b e:c."});
  // The second statement is in line 2 of the document and in line 3 of its piece.
  CHECK(pieces.lines_before == std::vector<std::int64_t>{0, -1, 0, 3, 3});
}

TEST_CASE("a prefix that names no address does not reach into the next piece",
          "[vocabulary][pieces]") {
  CHECK(cut("PREFIX e: t . <http://e/> a <http://e/b> .", Syntax::turtle).texts ==
        Names{"PREFIX e: t .", " <http://e/> a <http://e/b> ."});
}

TEST_CASE("a prefix needs no blank before its name", "[vocabulary][pieces]") {
  CHECK(cut("@prefix: <http://e/> . :a a :b .", Syntax::turtle).texts ==
        Names{"@prefix: <http://e/> .", "@prefix: <http://e/> .\n :a a :b ."});
}

TEST_CASE("a dot may be part of a name", "[vocabulary][pieces]") {
  CHECK(cut(R"(e:a e:b e:c\. . e:d e:b 1.5.)", Syntax::turtle).texts ==
        Names{R"(e:a e:b e:c\. .)", " e:d e:b 1.5."});
}

TEST_CASE("things without an address are the same in all pieces", "[vocabulary][pieces]") {
  auto const turtle =
      cut("_:a <e:b> <e:_:c> .\n<e:d> <e:b> _:a, [] . e:f e:g:_:h \"_:a\" .", Syntax::turtle);
  CHECK(turtle.texts == Names{"<x-blank:a> <e:b> <e:_:c> .", "\n<e:d> <e:b> <x-blank:a>, [] .",
                              " e:f e:g:_:h \"_:a\" ."});
  auto const json =
      cut(R"([{"@id": "_:a", "x_:": "\"_:"}, {"e:b": {"@id": "_:a"}}])", Syntax::json_ld);
  CHECK(json.texts ==
        Names{R"([{"@id": "x-blank:a", "x_:": "\"_:"}])", R"([{"e:b": {"@id": "x-blank:a"}}])"});
}

TEST_CASE("RDF/XML is cut between what it describes", "[vocabulary][pieces]") {
  auto const pieces = cut(R"(<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rdf:RDF [<!ENTITY e "http://e/>">]>
<rdf:RDF xmlns:rdf="r" a=">">
<a b="/>"><c/><a><!-- </a> --></a></a>
<d/><![CDATA[<x>]]>
</rdf:RDF>
)",
                          Syntax::rdf_xml);
  std::string const above =
      R"(<!DOCTYPE rdf:RDF [<!ENTITY e "http://e/>">]><rdf:RDF xmlns:rdf="r" a=">">)";
  CHECK(pieces.texts == Names{above + "\n" + R"(<a b="/>"><c/><a><!-- </a> --></a></a></rdf:RDF>)",
                              above + "\n<d/></rdf:RDF>", above + "<![CDATA[<x>]]>\n</rdf:RDF>"});
  CHECK(pieces.lines_before == std::vector<std::int64_t>{2, 3, 4});
  CHECK(cut("<rdf:RDF><a/></rdf:RDF><b/>", Syntax::rdf_xml).refusal == "xml-malformed");
  CHECK(cut("<rdf:RDF><a/>", Syntax::rdf_xml).refusal == "xml-malformed");
  CHECK(cut("<c:Concept><a/></c:Concept>", Syntax::rdf_xml).refusal == "too-large");
}

TEST_CASE("JSON-LD is cut between its objects", "[vocabulary][pieces]") {
  auto const pieces = cut(R"({ "@id": "x", "@graph": [ {"a": [{}, "},{"]}, 7 , {"b": 1.5} ],
  "@context": { "e": "http://e/" } })",
                          Syntax::json_ld);
  std::string const around = R"({"@id":"x","@context":{"e":"http://e/"},"@graph":[)";
  CHECK(pieces.texts == Names{around + R"({"a": [{}, "},{"]}]})", around + R"({"b": 1.5}]})"});
  CHECK(cut(R"([{"a": 1}, {"b": [ ]}])", Syntax::json_ld).texts ==
        Names{R"([{"a": 1}])", R"([{"b": [ ]}])"});
  CHECK(cut(R"({"@graph": [{"a": 1}, {"b")", Syntax::json_ld).refusal == "json-malformed");
  CHECK(cut(R"({"@graph": [{"a": 1}, )", Syntax::json_ld).refusal == "json-malformed");
  CHECK(cut(R"({"a": [{"b": 1}]})", Syntax::json_ld).refusal == "too-large");
}

TEST_CASE("a piece has more than it must have, and less than is too much", "[vocabulary][pieces]") {
  auto const syntax = GENERATE(Syntax::turtle, Syntax::rdf_xml, Syntax::json_ld);
  std::string text;
  std::string end;
  if (syntax == Syntax::turtle) {
    text = padded("<http://example.org/a> <http://example.org/b> \"c\" .\n", 700'000);
  } else if (syntax == Syntax::rdf_xml) {
    text = "<RDF>" + padded("<a about=\"b\"><c>d</c></a>\n", 700'000) + "</RDF>";
  } else {
    text = R"({"@graph":[{})" + padded(R"(,{"@id":"a","b":["c"]})", 700'000) + "]}";
  }
  auto const pieces = cut(text, syntax, {.piece = 100'000, .most = 200'000});
  CHECK(pieces.refusal.empty());
  CHECK(pieces.texts.size() == 7);
  for (auto const& piece : pieces.texts) CHECK(piece.size() < 101'000);
}

TEST_CASE("what cannot be cut is refused", "[vocabulary][pieces]") {
  vocabulary::Cut const small{.piece = 1'000, .most = 10'000};
  std::string const much(400'000, 'x');
  CHECK(cut("<a:a> <a:b> \"" + much + "\" .", Syntax::turtle, small).refusal == "too-large");
  CHECK(cut("<a:a> <a:b> ( " + padded("1 . ", 40'000), Syntax::turtle, small).refusal ==
        "too-large");
  CHECK(cut("<RDF><a>" + padded("<b/>", 40'000), Syntax::rdf_xml, small).refusal == "too-large");
  CHECK(cut("<RDF><a b='" + much, Syntax::rdf_xml, small).refusal == "too-large");
  CHECK(cut(R"([{"a":")" + much, Syntax::json_ld, small).refusal == "too-large");
  vocabulary::Cut const large{.piece = 100'000};
  CHECK(cut(padded("@prefix a: <http://example.org/> .\n", 2'000'000), Syntax::turtle, large)
            .refusal == "too-large");
}

TEST_CASE("a large document says what a small one says", "[vocabulary][pieces]") {
  // Every concept is spoken of at two places, and its labels are things without an address.
  std::string text(skos_prefixes);
  constexpr int count = 30'000;
  auto const concept_name = [](int number) { return "ex:c" + std::to_string(number); };
  for (int i = 0; i < count; ++i) {
    auto const number = std::to_string(i);
    text += concept_name(i) + " a skos:Concept ; skos:broader ex:c" + std::to_string(i / 2) +
            " ; xl:prefLabel _:l" + number + " .\n";
  }
  for (int i = 0; i < count; ++i) {
    auto const number = std::to_string(i);
    text += "_:l" + number + " xl:literalForm \"label " + number + "\"@en .\n";
    text += concept_name(i) + " skos:altLabel \"other " + number + "\"@en .\n";
  }
  REQUIRE(text.size() > 4'000'000);
  std::vector const drafts{drafted(text)};
  vocabulary::Thesaurus const all(drafts);
  CHECK(all.size() == count);
  auto const last = all.at(number(all, "c29999"));
  CHECK(last.label().text == "label 29999");
  CHECK(last.labels().size() == 2);
  CHECK(names(all, last.broader()) == Names{"c14999"});
  // The concept that is broader than itself, and nothing else.
  REQUIRE(all.vocabularies()[0].report.lines().size() == 1);
  CHECK(all.vocabularies()[0].report.count(FindingCode::relation_circular) == 1);
}

TEST_CASE("a line of a piece is told as a line of its document", "[vocabulary][pieces]") {
  auto text = std::string(skos_prefixes) +
              padded("ex:a a skos:Concept ; skos:prefLabel \"a\"@en .\n", 3'000'000);
  auto const line = std::ranges::count(text, '\n') + 1;
  text += "ex:a ex:b \n ";
  RdfHere parser;
  auto const read = vocabulary::read(text, "test", parser);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == FindingCode::rdf_malformed);
  INFO(read.error().where << " " << line);
  CHECK((read.error().where == "line " + std::to_string(line) ||
         read.error().where == "line " + std::to_string(line + 1)));
}

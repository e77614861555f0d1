// Concepts as RDF: what is written is read as what it was.

#include "unit/vocabulary/support.hpp"
#include "vocabulary/rdf_text.hpp"

using namespace terracat;
using namespace terracat::test;
using vocabulary::RdfForm;
using vocabulary::Thesaurus;

namespace {

constexpr std::string_view rain = R"(
ex:s a skos:ConceptScheme ; dct:title "A \"title\" & <more>"@en ; skos:hasTopConcept ex:water .
ex:water a skos:Concept ; skos:prefLabel "water"@en ; skos:inScheme ex:s .
ex:snow a skos:Concept ; skos:prefLabel "snow"@en .
<http://example.org/rain?a=1&b=2> a skos:Concept, ex:Phenomenon ;
  skos:prefLabel "\"rain\" \\ & <b>"@en-GB, "pluie"@fr ; skos:altLabel "plain" ;
  skos:hiddenLabel "rian"@en ; skos:notation "R.1" ; skos:definition "one\ntwo"@en ;
  skos:scopeNote "s"@en ; skos:example "e"@en ; skos:note "n"@en ;
  skos:inScheme ex:s ; skos:broader ex:water ; skos:narrower ex:snow ; skos:related ex:snow ;
  skos:exactMatch <http://elsewhere.org/1> ; skos:closeMatch ex:water ;
  skos:broadMatch ex:b ; skos:narrowMatch ex:n ; skos:relatedMatch ex:r ;
  owl:deprecated true ; dct:isReplacedBy ex:snow ; dct:created "2020-01-02" ;
  dct:modified "2021-01-01" .
)";

/// All that a draft says of its only concept.
std::string said(vocabulary::Draft const& draft) {
  REQUIRE(draft.size() == 1);
  auto const described = draft.at(0);
  std::string out = described.uri + (described.is_deprecated ? " deprecated" : "") + "\n";
  for (auto const& [kind, language, text] : described.labels) {
    out += std::to_string(static_cast<int>(kind)) + text + "@" + language + "\n";
  }
  for (auto const& [kind, language, text] : described.notes) {
    out += std::to_string(static_cast<int>(kind)) + text + "@" + language + "\n";
  }
  for (auto const* list :
       {&described.classes, &described.schemes, &described.top_of, &described.broader,
        &described.narrower, &described.related, &described.replaced_by}) {
    for (auto const& uri : *list) out += uri + "\n";
    out += "-\n";
  }
  for (auto const& [kind, uri] : described.mappings) {
    out += std::to_string(static_cast<int>(kind)) + uri + "\n";
  }
  return out + described.created + "\n" + described.modified;
}

} // namespace

TEST_CASE("a concept that is written is the one that was read", "[vocabulary][rdf]") {
  auto const all = thesaurus(rain);
  auto const number = *all.find_address("http://example.org/rain?a=1&b=2");
  auto const form = GENERATE(RdfForm::turtle, RdfForm::rdf_xml, RdfForm::json_ld);
  auto const text = vocabulary::to_rdf(all, number, form);
  INFO(text);
  CHECK(said(drafted(text)) == R"(http://example.org/rain?a=1&b=2 deprecated
1plain@
2rian@en
3R.1@
0"rain" \ & <b>@en-gb
0pluie@fr
0one
two@en
2e@en
3n@en
1s@en
http://example.org/Phenomenon
-
http://example.org/s
-
-
http://example.org/water
-
http://example.org/snow
-
http://example.org/snow
-
http://example.org/snow
-
2http://example.org/b
1http://example.org/water
0http://elsewhere.org/1
3http://example.org/n
4http://example.org/r
2020-01-02
2021-01-01)");
}

TEST_CASE("a scheme that is written is the one that was read", "[vocabulary][rdf]") {
  auto const all = thesaurus(rain);
  auto const form = GENERATE(RdfForm::turtle, RdfForm::rdf_xml, RdfForm::json_ld);
  auto const draft = drafted(vocabulary::to_rdf(all, all.schemes()[0], form));
  REQUIRE(draft.schemes.size() == 1);
  CHECK(draft.schemes[0].uri == "http://example.org/s");
  CHECK(draft.schemes[0].title.in("en") == R"(A "title" & <more>)");
  CHECK(draft.schemes[0].top_concepts == Names{"http://example.org/water"});
}

TEST_CASE("Turtle is written for people, too", "[vocabulary][rdf]") {
  auto const all = thesaurus(rain);
  auto const text = vocabulary::to_rdf(all, number(all, "water"), RdfForm::turtle);
  CHECK(text.substr(text.find("\n<")) == R"(
<http://example.org/water>
    a skos:Concept ;
    skos:inScheme <http://example.org/s> ;
    skos:narrower <http://example.org/rain?a=1&b=2> ;
    skos:prefLabel "water"@en ;
    skos:topConceptOf <http://example.org/s> .
)");
}

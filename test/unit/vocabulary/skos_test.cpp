// Documents in SKOS: what is read of them, and what is told of those that are broken.

#include "unit/vocabulary/support.hpp"

using namespace terracat;
using namespace terracat::test;
using vocabulary::LabelKind;
using vocabulary::Thesaurus;

namespace {

std::vector<std::string> told(Thesaurus const& all, FindingCode code) {
  std::vector<std::string> out;
  for (auto const& line : all.vocabularies()[0].report.lines()) {
    if (line.code != code) continue;
    for (auto const& finding : line.examples) out.push_back(finding.where + " " + finding.excerpt);
  }
  return out;
}

std::vector<std::string> labels(vocabulary::Concept const& described) {
  std::vector<std::string> out;
  for (auto const& label : described.labels()) {
    out.push_back(std::string(label.text) + "@" + std::string(label.language));
  }
  return out;
}

constexpr std::string_view rain = R"(
ex:s a skos:ConceptScheme ; dct:title "Weather"@en, "Météo"@fr ; skos:hasTopConcept ex:water .
ex:water a skos:Concept ; skos:prefLabel "water"@en ; skos:inScheme ex:s .
ex:rain a ex:Phenomenon, skos:Concept ;
  skos:prefLabel "rain"@en, "pluie"@FR ; skos:altLabel "  rain \n fall "@en-GB ;
  skos:hiddenLabel "rian"@en ; skos:notation "R.1" ;
  skos:definition "Water that falls."@en ; skos:scopeNote "Liquid."@en ; skos:note "N"@en ;
  skos:inScheme ex:s ; skos:broader ex:water ; skos:related ex:cloud ;
  skos:exactMatch <http://elsewhere.org/1> ; skos:closeMatch ex:cloud ;
  dct:created "2020-01-02" ; dct:modified "2021-01-01", "2022-02-02" .
ex:cloud a skos:Concept ; skos:prefLabel "cloud"@en ; skos:inScheme ex:s .
)";

} // namespace

TEST_CASE("a concept has what its document says", "[vocabulary]") {
  auto const all = thesaurus(rain);
  CHECK(all.size() == 3);
  auto const described = all.at(number(all, "rain"));
  CHECK(described.uri() == "http://example.org/rain");
  CHECK(labels(described) == Names{"rain@en", "pluie@fr", "rain fall@en-gb", "rian@en"});
  CHECK(described.notations() == std::vector<std::string_view>{"R.1"});
  CHECK(described.definition()->text == "Water that falls.");
  CHECK(described.notes().size() == 3);
  CHECK(described.classes() == std::vector<std::string_view>{"http://example.org/Phenomenon"});
  CHECK(names(all, described.broader()) == Names{"water"});
  CHECK(names(all, all.at(number(all, "water")).narrower()) == Names{"rain"});
  CHECK(names(all, described.related()) == Names{"cloud"});
  CHECK(names(all, all.at(number(all, "cloud")).related()) == Names{"rain"});
  CHECK(described.created() == "2020-01-02");
  CHECK(described.modified() == "2022-02-02");
  auto const mappings = described.mappings();
  REQUIRE(mappings.size() == 2);
  CHECK(mappings[0].uri == "http://elsewhere.org/1");
  CHECK_FALSE(mappings[0].number);
  CHECK(mappings[1].kind == vocabulary::MappingKind::close);
  CHECK(mappings[1].number == number(all, "cloud"));
}

TEST_CASE("a vocabulary tells what is in it", "[vocabulary]") {
  auto const all = thesaurus(rain);
  REQUIRE(all.vocabularies().size() == 1);
  auto const& vocabulary = all.vocabularies()[0];
  CHECK(vocabulary.name == "test");
  CHECK(vocabulary.title.in("fr") == "Météo");
  CHECK(vocabulary.concepts == 3);
  CHECK(vocabulary.deprecated == 0);
  REQUIRE(vocabulary.languages.size() == 3);
  CHECK(vocabulary.languages[0].language == "en");
  CHECK(vocabulary.languages[0].labels == 4);
  CHECK(vocabulary.languages[1].language == "en-gb");
  CHECK(vocabulary.languages[2].language == "fr");
  CHECK(vocabulary.report.lines().empty());
  REQUIRE(all.schemes().size() == 1);
  CHECK(all.schemes()[0].concepts == 3);
  CHECK(names(all, all.schemes()[0].top_concepts) == Names{"water"});
}

TEST_CASE("labels may be things of their own", "[vocabulary]") {
  auto const all = thesaurus(R"(
    ex:a a skos:Concept ; xl:prefLabel ex:l ; xl:altLabel [ xl:literalForm "Bö"@de ] .
    ex:l a xl:Label ; xl:literalForm "A"@en .)");
  CHECK(labels(all.at(number(all, "a"))) == Names{"A@en", "Bö@de"});
}

TEST_CASE("a plain label speaks where no preferred one does", "[vocabulary]") {
  auto const all = thesaurus(R"(
    ex:a a skos:Concept ; rdfs:label "A"@en .
    ex:b a skos:Concept ; rdfs:label "no"@en ; skos:prefLabel "B"@en .)");
  CHECK(labels(all.at(number(all, "a"))) == Names{"A@en"});
  CHECK(labels(all.at(number(all, "b"))) == Names{"B@en"});
}

TEST_CASE("deprecation is said in several ways", "[vocabulary]") {
  auto const [statement, expected] = GENERATE(table<char const*, bool>(
      {{"owl:deprecated true", true},
       {"owl:deprecated \"true\"", true},
       {"owl:deprecated 1", true},
       {"owl:deprecated false", false},
       {"reg:status reg:statusSuperseded", true},
       {"reg:status reg:statusStable", false},
       {"<http://www.w3.org/ns/adms#status> <http://purl.org/adms/status/Deprecated>", true},
       {"<http://www.w3.org/ns/adms#status> <http://purl.org/adms/status/Completed>", false}}));
  INFO(statement);
  auto const all =
      thesaurus(std::string("ex:a a skos:Concept ; skos:prefLabel \"A\" ; ") + statement + " .");
  CHECK(all.at(0).is_deprecated() == expected);
  CHECK(all.vocabularies()[0].deprecated == (expected ? 1 : 0));
}

TEST_CASE("a vocabulary in RDF/XML is recognised by itself", "[vocabulary]") {
  auto const draft = drafted(R"(<?xml version="1.0"?>
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
             xmlns:skos="http://www.w3.org/2004/02/skos/core#">
      <skos:Concept xml:base="http://example.org/voc/" rdf:about="a">
        <skos:prefLabel xml:lang="fr">A</skos:prefLabel>
        <skos:definition xml:lang="fr"></skos:definition>
      </skos:Concept>
    </rdf:RDF>)");
  REQUIRE(draft.size() == 1);
  CHECK(draft.at(0).uri == "http://example.org/voc/a");
  CHECK(draft.at(0).notes.empty());
}

TEST_CASE("a vocabulary in N-Triples is recognised by itself", "[vocabulary]") {
  auto const draft =
      drafted("<http://example.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
              "<http://www.w3.org/2004/02/skos/core#Concept> .\n");
  REQUIRE(draft.size() == 1);
  CHECK(draft.at(0).uri == "http://example.org/a");
}

TEST_CASE("a vocabulary in JSON-LD is recognised by itself", "[vocabulary]") {
  auto const* const document = GENERATE(
      R"({"@context": {"@vocab": "http://www.w3.org/2004/02/skos/core#"},
          "@id": "http://example.org/a", "@type": "Concept",
          "prefLabel": {"@value": "pluie", "@language": "fr"}})",
      R"( [ {"@id": "http://example.org/a", "@type": ["http://www.w3.org/2004/02/skos/core#Concept"],
             "http://www.w3.org/2004/02/skos/core#prefLabel":
               [{"@value": "pluie", "@language": "fr"}]} ])");
  auto const draft = drafted(document);
  REQUIRE(draft.size() == 1);
  CHECK(draft.at(0).uri == "http://example.org/a");
  REQUIRE(draft.at(0).labels.size() == 1);
  CHECK(draft.at(0).labels[0].language == "fr");
  CHECK(draft.at(0).labels[0].text == "pluie");
}

TEST_CASE("a document without concepts is no vocabulary", "[vocabulary]") {
  RdfHere parser;
  auto const nothing = vocabulary::read("<http://e.org/a> a <http://e.org/b> .", "test", parser);
  REQUIRE_FALSE(nothing);
  CHECK(nothing.error().code == FindingCode::unexpected_root);
  auto const broken = vocabulary::read("<http://e.org/a> a \"", "test", parser);
  REQUIRE_FALSE(broken);
  CHECK(broken.error().code == FindingCode::rdf_malformed);
}

TEST_CASE("circles are told, and followed to their end", "[vocabulary]") {
  auto const all = thesaurus(R"(
    ex:a a skos:Concept ; skos:prefLabel "a" ; skos:broader ex:b .
    ex:b a skos:Concept ; skos:prefLabel "b" ; skos:broader ex:c .
    ex:c a skos:Concept ; skos:prefLabel "c" ; skos:broader ex:a, ex:top .
    ex:self a skos:Concept ; skos:prefLabel "self" ; skos:broader ex:self .
    ex:top a skos:Concept ; skos:prefLabel "top" .)");
  CHECK(told(all, FindingCode::relation_circular) ==
        Names{"http://example.org/self http://example.org/self",
              "http://example.org/c http://example.org/a"});
  Names above;
  for (auto const& step : all.all_broader(number(all, "a"))) {
    above.push_back(name(all, step.number) + std::to_string(step.distance));
  }
  CHECK(above == Names{"b1", "c2", "top3"});
  CHECK(all.all_narrower(number(all, "top"), {.depth = 1}).size() == 1);
  CHECK(all.all_narrower(number(all, "top"), {.limit = 2}).size() == 2);
  CHECK(all.all_narrower(number(all, "top"), {.depth = 0}).empty());
}

TEST_CASE("a deep hierarchy costs no stack", "[vocabulary]") {
  vocabulary::Draft draft;
  constexpr int depth = 200'000;
  for (int i = 0; i < depth; ++i) {
    vocabulary::DraftConcept described;
    described.uri = "http://example.org/" + std::to_string(i);
    described.broader = {"http://example.org/" + std::to_string(i + 1)};
    draft.add(described);
  }
  Thesaurus const all(std::span(&draft, 1));
  CHECK(all.all_broader(0, {.depth = depth, .limit = depth}).size() == depth - 1);
  CHECK(all.vocabularies()[0].report.count(FindingCode::relation_dangling) == 1);
  CHECK(all.vocabularies()[0].report.count(FindingCode::label_missing) == depth);
}

TEST_CASE("a broken vocabulary is loaded with a report", "[vocabulary]") {
  auto const all = thesaurus(R"(
    ex:s a skos:ConceptScheme .
    ex:a a skos:Concept ; skos:prefLabel "A"@en, "other"@en, "none" ; skos:inScheme ex:s .
    <https://example.org/a/> a skos:Concept ; skos:prefLabel "A"@fr .
    ex:b a skos:Concept ; skos:prefLabel "A"@en ; skos:broader ex:gone ; skos:inScheme ex:t .
    ex:c a skos:Concept ; owl:deprecated true ; dct:isReplacedBy ex:gone ; skos:hiddenLabel "x"@en .
    ex:d skos:prefLabel "D"@en ; skos:broader ex:a .
    <relative> a skos:Concept ; skos:prefLabel "R"@en .
    [] a skos:Concept ; skos:prefLabel "blank"@en .)");
  CHECK(all.size() == 4);
  CHECK(told(all, FindingCode::concept_address) == Names{" relative://document/relative", " b1"});
  CHECK(told(all, FindingCode::concept_untyped) == Names{"http://example.org/d "});
  CHECK(told(all, FindingCode::concept_repeated) == Names{"https://example.org/a/ "});
  CHECK(told(all, FindingCode::label_missing) == Names{"http://example.org/c "});
  CHECK(told(all, FindingCode::label_repeated) == Names{"http://example.org/a other"});
  CHECK(told(all, FindingCode::label_shared) == Names{"http://example.org/b A"});
  CHECK(told(all, FindingCode::label_language_missing) == Names{"test 1 labels"});
  CHECK(told(all, FindingCode::scheme_missing) ==
        Names{"http://example.org/b http://example.org/t"});
  CHECK(told(all, FindingCode::no_top_concepts) == Names{"http://example.org/s "});
  CHECK(told(all, FindingCode::relation_dangling) ==
        Names{"http://example.org/b http://example.org/gone"});
  CHECK(told(all, FindingCode::replacement_missing) ==
        Names{"http://example.org/c http://example.org/gone"});
  CHECK(names(all, all.schemes()[0].top_concepts) == Names{"a"});
  CHECK(labels(all.at(number(all, "a"))) == Names{"A@en", "none@", "A@fr", "other@en"});
}

TEST_CASE("signs that no address has are percent-encoded", "[vocabulary]") {
  std::vector const drafts{drafted(R"(<?xml version="1.0"?>
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
             xmlns:skos="http://www.w3.org/2004/02/skos/core#">
      <skos:Concept rdf:about="http://example.org/a b"/>
    </rdf:RDF>)")};
  Thesaurus const all{drafts};
  CHECK(all.at(0).uri() == "http://example.org/a%20b");
  CHECK(told(all, FindingCode::concept_address) ==
        Names{"http://example.org/a%20b http://example.org/a b"});
}

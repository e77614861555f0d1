// JSON-LD as graphs: what each construction says, and what is refused.

#include "formats/graph/json_ld.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace terracat;
using rdf::TermKind;

namespace {

using Lines = std::vector<std::string>;

std::string text_of(rdf::Term const& term) {
  if (term.kind == TermKind::iri) return "<" + term.text + ">";
  if (term.kind == TermKind::blank) return "_:" + term.text;
  auto text = '"' + term.text + '"';
  if (!term.language.empty()) text += "@" + term.language;
  if (!term.datatype.empty()) text += "^^" + term.datatype.substr(term.datatype.rfind('#') + 1);
  return text;
}

std::string text_of(Finding const& finding) {
  return std::string(name(finding.code)) + " " + finding.where + " " + finding.excerpt;
}

/// The triples, and what was odd.
Lines read(std::string_view document, formats::graph::ContextsElsewhere const& elsewhere = {}) {
  json::Parser parser;
  auto const graph = formats::graph::read_json_ld(document, "http://e.org/doc/", parser, elsewhere);
  if (!graph) return {text_of(graph.error())};
  Lines out;
  for (auto const& [subject, predicate, object] : graph->triples) {
    out.push_back(text_of(graph->terms[subject]) + " " + text_of(graph->terms[predicate]) + " " +
                  text_of(graph->terms[object]));
  }
  for (auto const& oddity : graph->oddities) out.push_back(text_of(oddity));
  return out;
}

std::string type(std::string_view subject, std::string_view of) {
  return std::string(subject) + " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <" +
         std::string(of) + ">";
}

} // namespace

TEST_CASE("expanded JSON-LD is read", "[json-ld]") {
  CHECK(read(R"([{"@id": "http://e.org/a", "@type": ["http://e.org/T"],
                  "http://e.org/p": [{"@value": "x", "@language": "fr"},
                                     {"@value": "2020", "@type": "http://e.org/#date"},
                                     {"@id": "http://e.org/b"}]}])") ==
        Lines{type("<http://e.org/a>", "http://e.org/T"),
              "<http://e.org/a> <http://e.org/p> \"x\"@fr",
              "<http://e.org/a> <http://e.org/p> \"2020\"^^date",
              "<http://e.org/a> <http://e.org/p> <http://e.org/b>"});
}

TEST_CASE("what has a colon but no scheme before it is no whole address", "[json-ld]") {
  CHECK(read(R"([{"@id": "?q://e.org/a", "http://e.org/p": {"@id": "x+y://e.org/b"},
                  "?q://e.org/p": "x"}])") ==
        Lines{"<http://e.org/doc/?q://e.org/a> <http://e.org/p> <x+y://e.org/b>"});
}

TEST_CASE("a context in the document names terms, prefixes and types", "[json-ld]") {
  CHECK(read(R"({
    "@context": {"ex": "http://e.org/", "label": {"@id": "ex:label", "@language": "en"},
                 "seeAlso": {"@id": "ex:see", "@type": "@id"}, "uri": "@id", "type": "@type",
                 "date": {"@id": "ex:date", "@type": "ex:#date"}, "nothing": null,
                 "@vocab": "http://v.org/", "@language": "de"},
    "uri": "ex:a", "type": "Thing", "label": "x", "seeAlso": ["b", "ex:c"], "date": "2020",
    "other": "y", "nothing": "z", "ex:n": 1, "ex:t": true, "ex:f": 1.5, "ex:null": null})") ==
        Lines{type("<http://e.org/a>", "http://v.org/Thing"),
              "<http://e.org/a> <http://e.org/label> \"x\"@en",
              "<http://e.org/a> <http://e.org/see> <http://e.org/doc/b>",
              "<http://e.org/a> <http://e.org/see> <http://e.org/c>",
              "<http://e.org/a> <http://e.org/date> \"2020\"^^date",
              "<http://e.org/a> <http://v.org/other> \"y\"@de",
              "<http://e.org/a> <http://e.org/n> \"1\"^^integer",
              "<http://e.org/a> <http://e.org/t> \"true\"^^boolean",
              "<http://e.org/a> <http://e.org/f> \"1.5\"^^double"});
}

TEST_CASE("nodes stand within nodes and in graphs", "[json-ld]") {
  CHECK(read(R"({"@context": {"@vocab": "http://e.org/", "@base": "http://b.org/x"},
                 "@graph": [{"@id": "#a", "p": {"q": "inner"}},
                            {"@id": "_:b1", "p": {"@id": "_:b1"}},
                            {"@id": "c", "@context": {"@vocab": "http://w.org/"}, "p": {"p": "z"}},
                            {"@id": "d", "p": "w"}]})") ==
        Lines{"_:b2 <http://e.org/q> \"inner\"", "<http://b.org/x#a> <http://e.org/p> _:b2",
              "_:nb1 <http://e.org/p> _:nb1", "_:b3 <http://w.org/p> \"z\"",
              "<http://b.org/c> <http://w.org/p> _:b3", "<http://b.org/d> <http://e.org/p> \"w\""});
}

TEST_CASE("containers say what their keys mean", "[json-ld]") {
  CHECK(read(R"({
    "@context": {"ex": "http://e.org/", "l": {"@id": "ex:l", "@container": "@language"},
                 "s": {"@id": "ex:s", "@container": "@set", "@type": "@id"},
                 "k": {"@id": "ex:k", "@container": ["@index", "@set"]},
                 "narrower": {"@reverse": "ex:broader"}},
    "@id": "ex:a", "l": {"fr": "x", "en": ["y", "z"], "@none": "w"}, "s": ["ex:b"],
    "k": {"one": ["1"], "two": "2"}, "narrower": [{"@id": "ex:c"}],
    "@reverse": {"ex:knows": {"@id": "ex:d"}}, "ex:set": {"@set": ["u"]}})") ==
        Lines{"<http://e.org/a> <http://e.org/l> \"x\"@fr",
              "<http://e.org/a> <http://e.org/l> \"y\"@en",
              "<http://e.org/a> <http://e.org/l> \"z\"@en",
              "<http://e.org/a> <http://e.org/l> \"w\"",
              "<http://e.org/a> <http://e.org/s> <http://e.org/b>",
              "<http://e.org/a> <http://e.org/k> \"1\"", "<http://e.org/a> <http://e.org/k> \"2\"",
              "<http://e.org/c> <http://e.org/broader> <http://e.org/a>",
              "<http://e.org/d> <http://e.org/knows> <http://e.org/a>",
              "<http://e.org/a> <http://e.org/set> \"u\""});
}

TEST_CASE("lists are chains", "[json-ld]") {
  auto const found = read(R"({"@context": {"l": {"@id": "http://e.org/l", "@container": "@list"}},
                              "@id": "http://e.org/a", "l": ["x", "y"],
                              "http://e.org/m": {"@list": []}})");
  std::string const rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  CHECK(found == Lines{"_:b1 <" + rdf + "first> \"y\"", "_:b1 <" + rdf + "rest> <" + rdf + "nil>",
                       "_:b2 <" + rdf + "first> \"x\"", "_:b2 <" + rdf + "rest> _:b1",
                       "<http://e.org/a> <http://e.org/l> _:b2",
                       "<http://e.org/a> <http://e.org/m> <" + rdf + "nil>"});
}

TEST_CASE("what is meant by words from elsewhere is not guessed", "[json-ld]") {
  CHECK(read(R"({"@context": "http://e.org/c.json", "a": 1})") ==
        Lines{"rdf-malformed /@context a context that stands elsewhere: http://e.org/c.json"});
  CHECK(read(R"([{"@id": "a"}, {"@context": [{}, {"@import": "x"}]}])") ==
        Lines{"rdf-malformed /1/@context/1 a context that stands elsewhere"});
  CHECK(read(R"({"@context": {"a/b": {"@context": {}}}})") ==
        Lines{"rdf-malformed /@context/a~1b a context within a term"});
  CHECK(read(R"({"@context": {"a": 1}})") ==
        Lines{"rdf-malformed /@context/a a term that is neither a text nor an object"});
}

TEST_CASE("terms that are named by themselves end", "[json-ld]") {
  CHECK(read(R"({"@context": {"a": "b:x", "b": "a:y"}, "@id": "http://e.org/", "a": 1})") ==
        Lines{"rdf-malformed /@context/a terms that are named by each other"});
  CHECK(read(R"({"@context": {"a": "a"}, "@id": "http://e.org/", "a": 1})").empty());
}

TEST_CASE("what is no JSON-LD says nothing or is refused", "[json-ld]") {
  CHECK(read("{}").empty());
  CHECK(read("3").empty());
  CHECK(read(R"({"title": "plain JSON", "a b": {"c": 1}})").empty());
  CHECK(read(R"({"@id": 3, "http://e.org/p": [[["x"]]]})") == Lines{"_:b1 <http://e.org/p> \"x\""});
  CHECK(read("{")[0].starts_with("json-malformed"));
  CHECK(read(std::string(100, '[') + std::string(100, ']'))[0].starts_with("too-deep"));
}

TEST_CASE("what is no name of anything says nothing", "[json-ld]") {
  CHECK(read(R"({"@id": "http://e.org/a", "p": 1, "a b:c": 2, ":x": 3, "_:y": 4, "1:z": 5,
                 "@unknown": 6})")
            .empty());
  CHECK(read(R"({"@context": {"p": null, "q": {"@id": null}, "r": "http://e.org/r"},
                 "@id": "http://e.org/a", "p": 1, "q": 2,
                 "r": {"@value": "x", "@type": "no type", "@language": "not one"}})") ==
        Lines{"<http://e.org/a> <http://e.org/r> \"x\""});
  CHECK(read(R"({"@context": {"l": {"@id": "http://e.org/l", "@container": "@language"}},
                 "@id": "http://e.org/a", "l": {"zh-Hant": "x", "not one": "y", "-": "z"}})") ==
        Lines{"<http://e.org/a> <http://e.org/l> \"x\"@zh-Hant",
              "<http://e.org/a> <http://e.org/l> \"y\"",
              "<http://e.org/a> <http://e.org/l> \"z\""});
}

TEST_CASE("contexts that stand elsewhere are known, or what is usual stands for them",
          "[json-ld]") {
  using formats::graph::NamedContext;
  std::vector<NamedContext> const known{{"e.org/c", R"({"a": "http://e.org/a"})"}};
  formats::graph::ContextsElsewhere const strict{.known = known, .usual = {}};
  formats::graph::ContextsElsewhere const lenient{.known = known,
                                                  .usual = R"({"@vocab": "http://usual.org/"})"};
  auto const address = GENERATE("http://e.org/c", "https://e.org/c/", "e.org/c");
  auto const named =
      R"({"@context": ")" + std::string(address) + R"(", "@id": "http://e.org/s", "a": 1, "b": 2})";
  CHECK(read(named, strict) == Lines{"<http://e.org/s> <http://e.org/a> \"1\"^^integer"});

  auto const strange = R"({"@context": ["http://x.org/c", {"b": "http://e.org/b"}],
                           "@id": "http://e.org/s", "a": 1, "b": 2, "http://e.org/p":
                           [{"@context": "http://x.org/c", "@id": "http://e.org/t"}]})";
  CHECK(read(strange, strict) ==
        Lines{"rdf-malformed /@context/0 a context that stands elsewhere: http://x.org/c"});
  CHECK(read(strange, lenient) ==
        Lines{"<http://e.org/s> <http://usual.org/a> \"1\"^^integer",
              "<http://e.org/s> <http://e.org/b> \"2\"^^integer",
              "<http://e.org/s> <http://e.org/p> <http://e.org/t>",
              "rdf-repaired /@context/0 a context that stands elsewhere: http://x.org/c"});
  CHECK(read(R"({"@context": {"a": {"@id": "http://e.org/a", "@context": {}},
                              "@import": "x"}, "@id": "http://e.org/s", "a": 1})",
             lenient) == Lines{"<http://e.org/s> <http://e.org/a> \"1\"^^integer",
                               "rdf-repaired /@context a context that stands elsewhere",
                               "rdf-repaired /@context/a a context within a term"});
}

TEST_CASE("a document whose type is a plain word is meant to have a context", "[json-ld]") {
  formats::graph::ContextsElsewhere const usual{.known = {},
                                                .usual = R"({"@vocab": "http://usual.org/"})"};
  CHECK(read(R"({"@id": "http://e.org/s", "@type": "T", "a": "x"})", usual) ==
        Lines{type("<http://e.org/s>", "http://usual.org/T"),
              "<http://e.org/s> <http://usual.org/a> \"x\"", "rdf-repaired /@context no context"});
  CHECK(read(R"({"@id": "http://e.org/s", "a": "x"})", usual).empty());
  CHECK(read(R"({"@id": "http://e.org/s", "@type": "http://e.org/T", "a": "x"})", usual) ==
        Lines{type("<http://e.org/s>", "http://e.org/T")});
}

TEST_CASE("a short document that says too much is refused", "[json-ld]") {
  // A short name stands for a long address, many times.
  auto const address = "http://" + std::string(100'000, 'x');
  std::string document = R"({"@context":{"p":")" + address + R"(:"},"@id":"http://s.example/")";
  for (int i = 0; i < 2'000; ++i) document += ",\"p:" + std::to_string(i) + "\":1";
  CHECK(read(document + "}") == Lines{"too-large  too long names"});
  // A large context for each of many nodes.
  std::string terms;
  for (int i = 0; i < 1'900; ++i) {
    terms += ",\"t" + std::to_string(i) + R"(":"http://t.example/")";
  }
  std::string nodes;
  for (int i = 0; i < 3'000; ++i) nodes += R"(,{"@context":{}})";
  auto const refused =
      read(R"({"@context":{"p":"http://p.example/")" + terms + R"(},"p":[{})" + nodes + "]}");
  REQUIRE(refused.size() == 1);
  CHECK_THAT(refused[0], Catch::Matchers::StartsWith("too-large /p/26"));
}

TEST_CASE("a short document whose terms stand for much is refused", "[json-ld]") {
  auto const with_terms = [](std::string const& settings, int count, std::string const& definition,
                             std::string const& nodes) {
    std::string terms;
    for (int i = 0; i < count; ++i) terms += ",\"t" + std::to_string(i) + "\":" + definition;
    return read(R"({"@context":{)" + settings + terms + R"(},"http://e.org/p":[1)" + nodes + "]}");
  };
  std::string const address = "http://" + std::string(100'000, 'x');
  auto const vocabulary = R"("@vocab":")" + address + '"';
  auto const prefix = R"("p":")" + address + '"';
  std::string nested;
  for (int i = 0; i < 20; ++i) nested += R"(,{"@context":{}})";
  // 128 MiB hold 1,342 such terms, however they come by what they stand for.
  for (auto const& refused :
       {with_terms(vocabulary, 1'900, "{}", ""), with_terms(prefix, 1'900, R"("p:a")", ""),
        with_terms(prefix, 700, R"({"@id":"p:a","@type":"p:b"})", "")}) {
    REQUIRE(refused.size() == 1);
    CHECK_THAT(refused[0], Catch::Matchers::StartsWith("too-large /@context/t"));
  }
  // 100 of them are let through, but not a copy of them for each of many nodes.
  auto const once = with_terms(vocabulary, 100, "{}", "");
  CHECK(once == Lines{"_:b1 <http://e.org/p> \"1\"^^integer"});
  auto const copied = with_terms(vocabulary, 100, "{}", nested);
  REQUIRE(copied.size() == 1);
  CHECK_THAT(copied[0], Catch::Matchers::StartsWith("too-large ") &&
                            Catch::Matchers::Contains("/13/@context"));
}

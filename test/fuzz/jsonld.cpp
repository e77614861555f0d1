// JSON-LD: as catalogues and pages, which are taken apart, each data set a document in N-Triples
// that says the same; and as vocabularies, where nothing stands for contexts from elsewhere.

#include "fuzz/fuzz.hpp"
#include "fuzz/readings.hpp"

#include "formats/dcat/document.hpp"
#include "formats/graph/json_ld.hpp"

namespace terracat::fuzz {
namespace {

void check_graph(std::string_view input) {
  static json::Parser parser;
  auto const graph = formats::graph::read_json_ld(input, rdf::no_base, parser);
  if (!graph) return;
  require(graph->oddities.empty(), "without contexts from elsewhere nothing is repaired");
  for (auto const& triple : graph->triples) {
    require(graph->terms.at(triple.subject).kind != rdf::TermKind::literal,
            "the subject of a statement is no text");
    require(graph->terms.at(triple.predicate).kind == rdf::TermKind::iri,
            "what is said of it is named by an address");
    require(triple.object < graph->terms.size(), "a statement has an object");
  }
}

} // namespace

void try_input(std::string_view input) {
  if (!formats::dcat::looks_like_json(input)) return; // what raptor2 reads is seen elsewhere
  for (auto const* const name : {"dcat", "schema-org"}) {
    auto const& format = *formats::find(name);
    check_format(format, input);
    check_split(format, input);
  }
  check_graph(input);
  (void)formats::recognise(input);
}

} // namespace terracat::fuzz

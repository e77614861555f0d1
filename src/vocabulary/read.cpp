#include "vocabulary/read.hpp"

#include "formats/graph/json_ld.hpp"
#include "vocabulary/skos.hpp"

#include <algorithm>

namespace terracat::vocabulary {
namespace {

/// Without a byte order mark and blanks.
std::string_view beginning_of(std::string_view document) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (document.starts_with(mark)) document.remove_prefix(mark.size());
  document.remove_prefix(std::min(document.find_first_not_of(" \t\r\n"), document.size()));
  return document;
}

/// N-Triples are Turtle, too. An address in angle brackets ends before any blank, `<?xml version`
/// and `<rdf:RDF xmlns:…` do not.
rdf::Syntax syntax_of(std::string_view document) {
  bool const is_xml =
      document.starts_with("<?") || document.starts_with("<!") ||
      (document.starts_with('<') && document.find_first_of(" \t\r\n") < document.find('>'));
  return is_xml ? rdf::Syntax::rdf_xml : rdf::Syntax::turtle;
}

boost::system::result<rdf::Graph, Finding> graph_of(std::string_view document,
                                                    rdf::Parser& parser) {
  auto const begin = beginning_of(document);
  // Turtle may begin with `[`, too, but not with a list of objects.
  bool const is_json = begin.starts_with('{') ||
                       (begin.starts_with('[') && beginning_of(begin.substr(1)).starts_with('{'));
  if (is_json) {
    json::Parser json;
    return formats::graph::read_json_ld(document, rdf::no_base, json);
  }
  return parser.parse(document, syntax_of(begin), rdf::no_base);
}

} // namespace

boost::system::result<Draft, Finding> read(std::string_view document, std::string_view name,
                                           rdf::Parser& parser) {
  auto const graph = graph_of(document, parser);
  if (!graph) return graph.error();
  auto draft = read_skos(*graph);
  if (draft.concepts.empty() && draft.schemes.empty()) {
    return Finding{.code = FindingCode::unexpected_root,
                   .where = {},
                   .excerpt = "it describes no skos:Concept and no skos:ConceptScheme"};
  }
  draft.name = name;
  return draft;
}

} // namespace terracat::vocabulary

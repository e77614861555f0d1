#include "formats/graph/json_ld.hpp"
#include "vocabulary/formats.hpp"
#include "vocabulary/pieces.hpp"

#include <terracat/json.hpp>

#include <charconv>

namespace terracat::vocabulary {
namespace {

using GraphOrFinding = boost::system::result<rdf::Graph, Finding>;

GraphOrFinding graph_of(std::string const& text, Syntax syntax, rdf::Parser& parser) {
  switch (syntax) {
  case Syntax::json_ld: {
    json::Parser json;
    return formats::graph::read_json_ld(text, rdf::no_base, json);
  }
  case Syntax::rdf_xml:
    return parser.parse(text, rdf::Syntax::rdf_xml, rdf::no_base);
  case Syntax::turtle:
    break;
  }
  return parser.parse(text, rdf::Syntax::turtle, rdf::no_base);
}

Syntax syntax_of(std::string_view beginning) {
  if (is_json(beginning)) return Syntax::json_ld;
  return is_xml(beginning) ? Syntax::rdf_xml : Syntax::turtle;
}

/// "line 3" of a piece, as a line of its document.
void move(Finding& finding, std::int64_t lines_before) {
  constexpr std::string_view word = "line ";
  if (lines_before == 0 || !finding.where.starts_with(word)) return;
  std::int64_t line = 0;
  auto const* const begin = finding.where.data() + word.size();
  auto const* const end = finding.where.data() + finding.where.size();
  if (std::from_chars(begin, end, line).ptr != end) return;
  finding.where = std::string(word) + std::to_string(line + lines_before);
}

} // namespace

bool is_xml(std::string_view beginning) noexcept {
  return beginning.starts_with("<?") || beginning.starts_with("<!") ||
         (beginning.starts_with('<') && beginning.find_first_of(" \t\r\n") < beginning.find('>'));
}

bool is_json(std::string_view beginning) noexcept {
  // Turtle may begin with `[`, too, but not with a list of objects.
  return beginning.starts_with('{') ||
         (beginning.starts_with('[') && beginning_of(beginning.substr(1)).starts_with('{'));
}

std::optional<Finding> read_rdf(Reading const& reading, Gathering& out) {
  reading.document.rewind();
  constexpr std::size_t enough = 4096;
  auto const beginning = reading.document.read(enough);
  auto const syntax = syntax_of(beginning_of(beginning));
  auto const pieces = pieces_of(reading.document, syntax);
  auto const document = std::to_string(reading.number);
  for (std::size_t i = 0;; ++i) {
    auto const piece = pieces->next();
    if (!piece) return piece.error();
    if (!*piece) return std::nullopt;
    auto graph = graph_of((*piece)->text, syntax, reading.parser);
    if (!graph) {
      auto finding = graph.error();
      move(finding, (*piece)->lines_before);
      return finding;
    }
    for (auto& oddity : graph->oddities) move(oddity, (*piece)->lines_before);
    gather(*graph, {.document = document, .piece = document + "." + std::to_string(i)}, out);
  }
}

} // namespace terracat::vocabulary

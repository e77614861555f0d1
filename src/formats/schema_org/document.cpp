#include "formats/schema_org/document.hpp"

#include "formats/dcat/document.hpp"
#include "formats/dcat/draft.hpp"
#include "formats/graph/json_ld.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace terracat::formats::schema_org {
namespace {

using graph::Graph;
using graph::Node;
using terracat::rdf::TermKind;

constexpr std::string_view names_begin = "http://schema.org/";

constexpr std::string_view plain_names = R"({"@vocab":"http://schema.org/"})";

constexpr std::array known{
    graph::NamedContext{"schema.org", plain_names},
    graph::NamedContext{"www.schema.org", plain_names},
    graph::NamedContext{"schema.org/docs/jsonldcontext.json", plain_names},
    graph::NamedContext{"schema.org/docs/jsonldcontext.jsonld", plain_names},
};

/// What may follow the name in other spellings of the address.
std::string_view name_in(std::string_view iri) {
  for (auto const* const other :
       {"https://schema.org/", "http://www.schema.org/", "https://www.schema.org/"}) {
    if (iri.starts_with(other)) return iri.substr(std::string_view(other).size());
  }
  return {};
}

/// Puts terms that now are the same into one.
void unify(terracat::rdf::Graph& graph) {
  std::unordered_map<std::string, std::uint32_t> places;
  std::vector<std::uint32_t> new_places(graph.terms.size());
  for (std::size_t i = 0; i < graph.terms.size(); ++i) {
    auto& term = graph.terms[i];
    new_places[i] = static_cast<std::uint32_t>(i);
    if (term.kind != TermKind::iri) continue;
    if (auto const name = name_in(term.text); !name.empty()) {
      term.text = std::string(names_begin).append(name);
    }
    if (!term.text.starts_with(names_begin)) continue;
    new_places[i] = places.try_emplace(term.text, new_places[i]).first->second;
  }
  for (auto& triple : graph.triples) {
    triple = {.subject = new_places[triple.subject],
              .predicate = new_places[triple.predicate],
              .object = new_places[triple.object]};
  }
}

bool is_dataset(Node node) {
  return node.is_a("schema:Dataset") || node.is_a("schema:DataFeed");
}

/// A data set that another resource names: what it was made of, cites or is about.
bool is_mentioned(Graph const& graph, Node node) {
  return !graph
              .owners(node,
                      {"schema:isBasedOn", "schema:isPartOf", "schema:hasPart", "schema:citation",
                       "schema:mentions", "schema:about", "schema:subjectOf",
                       "schema:exampleOfWork", "schema:workExample", "schema:isRelatedTo",
                       "prov:wasDerivedFrom", "prov:wasRevisionOf", "prov:used"})
              .empty();
}

} // namespace

bool looks_like_datasets(std::string_view document) {
  constexpr std::size_t longest_beginning = 65'536;
  auto const beginning = document.substr(0, longest_beginning);
  auto const has = [beginning](std::string_view text) {
    return beginning.find(text) != std::string_view::npos;
  };
  if (!has("//schema.org") && !has("//www.schema.org")) return false;
  if (!has("Dataset") && !has("DataFeed")) return false;
  if (dcat::looks_like_json(beginning)) return has("\"@type\"");
  return !dcat::looks_like_xml(document) && beginning.find_first_of("<@_#pP") == 0;
}

boost::system::result<terracat::rdf::Graph, Finding> graph_of(std::string_view document,
                                                              ReadContext const& context) {
  bool const has_address =
      context.address.starts_with("http://") || context.address.starts_with("https://");
  std::string_view const base = has_address ? context.address : terracat::rdf::no_base;
  if (dcat::looks_like_json(document)) {
    auto graph =
        graph::read_json_ld(document, base, context.json, {.known = known, .usual = plain_names});
    if (graph) unify(*graph);
    return graph;
  }
  if (context.rdf == nullptr) throw std::logic_error("RDF is read without a parser for it");
  auto graph = context.rdf->parse(document, terracat::rdf::Syntax::turtle, base);
  if (graph) unify(*graph);
  return graph;
}

std::vector<dcat::Resource> datasets_of(Graph const& graph) {
  std::vector<dcat::Resource> out;
  for (auto const node : graph.subjects()) {
    if (!is_dataset(node)) continue;
    bool const has_description = bool(node.first({"schema:description"}));
    bool const has_name = bool(node.first({"schema:name"}));
    if (!has_name && !has_description) continue;
    if (is_mentioned(graph, node) && (node.is_blank() || !has_description || !has_name)) continue;
    out.push_back({.node = node, .type = "dataset"});
  }
  return out;
}

std::string text_of(Node value) {
  if (value.is_literal()) return one_line(value.text());
  return dcat::address_of(value);
}

std::string native_id_of(Node dataset) {
  if (auto address = dcat::address_of(dataset); is_name(address) && !address.starts_with('#')) {
    return address;
  }
  for (auto const* const name : {"schema:identifier", "schema:sameAs", "schema:url"}) {
    for (auto const value : dataset.all({name})) {
      auto const stated = value.first({"schema:value", "schema:url", "schema:identifier"});
      auto text = text_of(stated ? stated : value);
      if (auto doi = read_doi(text)) return "doi:" + *doi;
    }
  }
  for (auto const* const name : {"schema:url", "schema:identifier", "schema:sameAs"}) {
    for (auto const value : dataset.all({name})) {
      auto const stated = value.first({"schema:value", "schema:url"});
      auto text = text_of(stated ? stated : value);
      if (is_name(text)) return text;
    }
  }
  return {};
}

} // namespace terracat::formats::schema_org

#include "formats/graph/node.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

namespace terracat::formats::graph {
namespace {

using terracat::rdf::Term;
using terracat::rdf::Triple;

struct Prefix {
  std::string_view name;
  std::string_view address;
};

constexpr std::array prefixes{
    Prefix{"adms", "http://www.w3.org/ns/adms#"},
    Prefix{"dc", "http://purl.org/dc/elements/1.1/"},
    Prefix{"dcat", "http://www.w3.org/ns/dcat#"},
    Prefix{"dct", "http://purl.org/dc/terms/"},
    Prefix{"foaf", "http://xmlns.com/foaf/0.1/"},
    Prefix{"geo", "http://www.opengis.net/ont/geosparql#"},
    Prefix{"geodcat", "http://data.europa.eu/930/"},
    Prefix{"hydra", "http://www.w3.org/ns/hydra/core#"},
    Prefix{"locn", "http://www.w3.org/ns/locn#"},
    Prefix{"ogc", "http://www.opengis.net/rdf#"}, // as GeoNetwork has it
    Prefix{"org", "http://www.w3.org/ns/org#"},
    Prefix{"owl", "http://www.w3.org/2002/07/owl#"},
    Prefix{"prov", "http://www.w3.org/ns/prov#"},
    Prefix{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    Prefix{"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
    Prefix{"schema", "http://schema.org/"},
    Prefix{"schemas", "https://schema.org/"},
    Prefix{"skos", "http://www.w3.org/2004/02/skos/core#"},
    Prefix{"time", "http://www.w3.org/2006/time#"},
    Prefix{"vcard", "http://www.w3.org/2006/vcard/ns#"},
};

Term const nothing;

constexpr std::size_t longest_list = 1'000; ///< a longer one, as one that has no end, is cut off

/// More than any resource has; each of many values may be a list of that length.
constexpr std::size_t most_values = 100'000;

Term const& term_of(Graph const* graph, std::uint32_t index) noexcept {
  return graph == nullptr ? nothing : graph->term(index);
}

/// Keeps the first of equal triples, and the order.
void drop_repeated(std::vector<Triple>& triples) {
  std::vector<std::uint32_t> places(triples.size());
  std::iota(places.begin(), places.end(), 0U);
  std::ranges::sort(places, {}, [&](std::uint32_t place) {
    auto const& triple = triples[place];
    return std::tuple(triple.subject, triple.predicate, triple.object, place);
  });
  std::vector<bool> is_repeated(triples.size());
  for (std::size_t i = 1; i < places.size(); ++i) {
    is_repeated[places[i]] = triples[places[i]] == triples[places[i - 1]];
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < triples.size(); ++i) {
    if (!is_repeated[i]) triples[kept++] = triples[i];
  }
  triples.resize(kept);
}

} // namespace

std::string expanded(std::string_view short_name) {
  auto const colon = short_name.find(':');
  auto const* const prefix =
      std::ranges::find(prefixes, short_name.substr(0, colon), &Prefix::name);
  return std::string(prefix->address) + std::string(short_name.substr(colon + 1));
}

std::string legal_address(std::string_view address) {
  constexpr std::string_view illegal = "<>\"{}|^`\\\x7f";
  std::string out;
  for (char const c : address) {
    if (static_cast<unsigned char>(c) <= ' ' || illegal.find(c) != std::string_view::npos) {
      append_percent_encoded(out, c);
    } else {
      out += c;
    }
  }
  return out;
}

// ---- Node

bool Node::is_iri() const noexcept {
  return graph_ != nullptr && term_of(graph_, index_).kind == TermKind::iri;
}

bool Node::is_blank() const noexcept {
  return term_of(graph_, index_).kind == TermKind::blank;
}

bool Node::is_literal() const noexcept {
  return term_of(graph_, index_).kind == TermKind::literal;
}

std::string const& Node::text() const noexcept {
  return term_of(graph_, index_).text;
}

std::string const& Node::language() const noexcept {
  return term_of(graph_, index_).language;
}

std::string const& Node::datatype() const noexcept {
  return term_of(graph_, index_).datatype;
}

std::vector<Node> Node::all(std::initializer_list<std::string_view> names) const {
  std::vector<Node> out;
  if (graph_ == nullptr) return out;
  for (auto const name : names) {
    auto const predicate = graph_->find(expanded(name));
    if (!predicate) continue;
    for (auto const& triple : graph_->of(index_)) {
      if (triple.predicate != *predicate) continue;
      graph_->append_values(out, triple.object);
      if (out.size() < most_values) continue;
      out.resize(most_values);
      return out;
    }
  }
  return out;
}

Node Node::first(std::initializer_list<std::string_view> names) const {
  auto const found = all(names);
  return found.empty() ? Node() : found.front();
}

bool Node::is_a(std::string_view short_name) const {
  if (graph_ == nullptr) return false;
  auto const wanted = graph_->find(expanded(short_name));
  return wanted &&
         std::ranges::any_of(all({"rdf:type"}), [&](Node type) { return type.index() == *wanted; });
}

std::string Node::pointer() const {
  return is_blank() ? "_:" + text() : text();
}

// ---- Graph

Graph::Graph(terracat::rdf::Graph graph) : graph_(std::move(graph)) {
  auto& triples = graph_.triples;
  drop_repeated(triples);
  std::vector<bool> is_known(graph_.terms.size());
  for (auto const& triple : triples) {
    if (!is_known[triple.subject]) subjects_.push_back(triple.subject);
    is_known[triple.subject] = true;
  }
  turned_ = triples;
  std::ranges::stable_sort(triples, {}, &Triple::subject);
  std::ranges::stable_sort(turned_, {}, &Triple::object);
  ranges_.resize(graph_.terms.size());
  for (std::size_t i = 0; i < triples.size(); ++i) {
    auto& range = ranges_[triples[i].subject];
    if (range.end == 0) range.begin = i;
    range.end = i + 1;
  }
  for (std::size_t i = 0; i < graph_.terms.size(); ++i) {
    auto const& term = graph_.terms[i];
    if (term.kind == TermKind::iri) iris_.emplace(term.text, static_cast<std::uint32_t>(i));
  }
  list_first_ = find(expanded("rdf:first"));
  list_rest_ = find(expanded("rdf:rest"));
  list_end_ = find(expanded("rdf:nil"));
}

std::span<Triple const> Graph::of(std::uint32_t subject) const {
  auto const range = ranges_.at(subject);
  return std::span(graph_.triples).subspan(range.begin, range.end - range.begin);
}

std::optional<std::uint32_t> Graph::value(std::uint32_t subject,
                                          std::optional<std::uint32_t> predicate) const {
  if (!predicate) return std::nullopt;
  auto const triples = of(subject);
  auto const found = std::ranges::find(triples, *predicate, &Triple::predicate);
  return found == triples.end() ? std::nullopt : std::optional(found->object);
}

void Graph::append_values(std::vector<Node>& out, std::uint32_t node) const {
  if (node == list_end_) return;
  auto element = value(node, list_first_);
  if (!element) out.emplace_back(this, node);
  auto cell = node;
  for (std::size_t count = 0; element && count < longest_list; ++count) {
    out.emplace_back(this, *element);
    auto const rest = value(cell, list_rest_);
    if (!rest) break;
    cell = *rest;
    element = value(cell, list_first_);
  }
}

std::optional<std::uint32_t> Graph::find(std::string_view iri) const {
  auto const found = iris_.find(iri);
  if (found == iris_.end()) return std::nullopt;
  return found->second;
}

std::vector<Node> Graph::subjects() const {
  std::vector<Node> out;
  out.reserve(subjects_.size());
  for (auto const subject : subjects_) out.emplace_back(this, subject);
  return out;
}

std::vector<Node> Graph::owners(Node node, std::initializer_list<std::string_view> names) const {
  std::vector<Node> out;
  auto const begin = std::ranges::lower_bound(turned_, node.index(), {}, &Triple::object);
  for (auto const name : names) {
    auto const predicate = find(expanded(name));
    if (!predicate) continue;
    for (auto at = begin; at != turned_.end() && at->object == node.index(); ++at) {
      if (at->predicate == *predicate) out.emplace_back(this, at->subject);
    }
  }
  return out;
}

} // namespace terracat::formats::graph

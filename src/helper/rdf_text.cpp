#include "helper/rdf_text.hpp"

#include "model/finding_code.hpp"

#include <array>

namespace terracat::helper {
namespace {

using rdf::Graph;
using rdf::Term;
using rdf::TermKind;
using rdf::Triple;

constexpr char separator = '\n'; // behind the syntax, and behind the base, which is an IRI

struct KindName {
  TermKind kind;
  std::string_view name;
};

constexpr std::array kinds{KindName{TermKind::iri, "i"}, KindName{TermKind::blank, "b"},
                           KindName{TermKind::literal, "l"}};

void write(json::Writer& out, Term const& term) {
  out.begin_array().string(kinds.at(static_cast<std::size_t>(term.kind)).name).string(term.text);
  if (term.kind == TermKind::literal) out.string(term.language).string(term.datatype);
  out.end_array();
}

std::optional<Term> term_of(json::Value const& value) {
  std::array<std::string, 4> texts;
  std::size_t count = 0;
  for (auto const element : value.elements()) {
    auto const text = element.string();
    if (!text || count == texts.size()) return std::nullopt;
    texts.at(count++) = *text;
  }
  for (auto const& [kind, name] : kinds) {
    if (texts[0] != name || count != (kind == TermKind::literal ? 4 : 2)) continue;
    return Term{.kind = kind,
                .text = std::move(texts[1]),
                .language = std::move(texts[2]),
                .datatype = std::move(texts[3])};
  }
  return std::nullopt;
}

bool is_sound(Triple const& triple, std::vector<Term> const& terms) {
  return triple.subject < terms.size() && triple.predicate < terms.size() &&
         triple.object < terms.size() && terms[triple.subject].kind != TermKind::literal &&
         terms[triple.predicate].kind == TermKind::iri;
}

std::optional<Graph> graph_of(json::Value const& terms, json::Value const& numbers) {
  Graph graph;
  for (auto const element : terms.elements()) {
    auto term = term_of(element);
    if (!term) return std::nullopt;
    graph.terms.push_back(std::move(*term));
  }
  std::array<std::uint32_t, 3> triple{};
  std::size_t place = 0;
  for (auto const element : numbers.elements()) {
    auto const number = element.integer();
    if (!number || *number < 0 || *number >= static_cast<std::int64_t>(graph.terms.size())) {
      return std::nullopt;
    }
    triple.at(place++) = static_cast<std::uint32_t>(*number);
    if (place < triple.size()) continue;
    place = 0;
    graph.triples.push_back({.subject = triple[0], .predicate = triple[1], .object = triple[2]});
    if (!is_sound(graph.triples.back(), graph.terms)) return std::nullopt;
  }
  if (place != 0) return std::nullopt;
  return graph;
}

std::optional<Finding> finding_of(json::Value const& value, Severity wanted) {
  std::array<std::string, 3> texts;
  std::size_t count = 0;
  for (auto const element : value.elements()) {
    auto const text = element.string();
    if (!text || count == texts.size()) return std::nullopt;
    texts.at(count++) = *text;
  }
  auto const code = finding_code(texts[0]);
  if (count != texts.size() || !code || severity(*code) != wanted) return std::nullopt;
  return Finding{.code = *code, .where = excerpt(texts[1]), .excerpt = excerpt(texts[2])};
}

void write(json::Writer& out, Finding const& finding) {
  out.begin_array().string(name(finding.code));
  out.string(finding.where).string(finding.excerpt).end_array();
}

} // namespace

std::string to_request(RdfRequest const& request) {
  std::string out(1, static_cast<char>('0' + static_cast<int>(request.syntax)));
  out += separator;
  out += request.base;
  out += separator;
  return out.append(request.document);
}

std::optional<RdfRequest> from_request(std::string_view text) {
  auto const first = text.find(separator);
  if (first != 1 || text[0] < '0' || text[0] > '2') return std::nullopt;
  auto const second = text.find(separator, first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  return RdfRequest{.syntax = static_cast<rdf::Syntax>(text[0] - '0'),
                    .base = text.substr(first + 1, second - first - 1),
                    .document = text.substr(second + 1)};
}

std::string to_answer(GraphOrFinding const& outcome) {
  json::Writer out;
  out.begin_object();
  if (!outcome) {
    write(out.name("finding"), outcome.error());
    return out.end_object().take();
  }
  out.name("terms").begin_array();
  for (auto const& term : outcome->terms) write(out, term);
  out.end_array().name("triples").begin_array();
  for (auto const& triple : outcome->triples) {
    for (auto const number : {triple.subject, triple.predicate, triple.object}) {
      out.integer(number);
    }
  }
  out.end_array().name("oddities").begin_array();
  for (auto const& oddity : outcome->oddities) write(out, oddity);
  return out.end_array().end_object().take();
}

std::optional<GraphOrFinding> from_answer(std::string_view text) {
  json::Parser parser;
  auto const root = parser.parse(text);
  if (!root) return std::nullopt;
  if (auto const written = root->member("finding")) {
    auto finding = finding_of(*written, Severity::refused);
    if (!finding) return std::nullopt;
    return GraphOrFinding(std::move(*finding));
  }
  auto const terms = root->member("terms");
  auto const triples = root->member("triples");
  if (!terms || !triples || !terms->is_array() || !triples->is_array()) return std::nullopt;
  auto graph = graph_of(*terms, *triples);
  if (!graph) return std::nullopt;
  if (auto const oddities = root->member("oddities")) {
    for (auto const element : oddities->elements()) {
      auto oddity = finding_of(element, Severity::warning);
      if (!oddity) return std::nullopt;
      graph->oddities.push_back(std::move(*oddity));
    }
  }
  return GraphOrFinding(std::move(*graph));
}

} // namespace terracat::helper

// The REST API of Skosmos, version 1: what concerns single concepts and their places.

#include "api/handlers.hpp"
#include "api/links.hpp"
#include "api/skosmos.hpp"
#include "api/tags.hpp"
#include "vocabulary/rdf_text.hpp"

#include <algorithm>
#include <utility>

namespace terracat::api {
namespace {

using vocabulary::Concept;
using vocabulary::ConceptNumber;

using Numbers = std::span<ConceptNumber const>;

constexpr std::size_t most_steps = 1'000; ///< of a transitive answer, as Skosmos has it
constexpr std::size_t most_changes = 1'000;

void write_uri_and_label(json::Writer& out, VocabularyQuestion const& question,
                         ConceptNumber number) {
  out.name("uri").string(question.all().at(number).uri());
  out.name("prefLabel").string(question.label(number));
}

bool is_shown(VocabularyQuestion const& question, ConceptNumber number) {
  return !question.all().at(number).is_deprecated();
}

bool has_children(VocabularyQuestion const& question, ConceptNumber number) {
  return std::ranges::any_of(question.all().at(number).narrower(),
                             [&](ConceptNumber below) { return is_shown(question, below); });
}

/// A concept as one of those below another one.
void write_child(json::Writer& out, VocabularyQuestion const& question, ConceptNumber number) {
  out.begin_object();
  write_uri_and_label(out, question, number);
  if (auto const notations = question.all().at(number).notations(); !notations.empty()) {
    out.name("notation").string(notations.front());
  }
  out.name("hasChildren").boolean(has_children(question, number)).end_object();
}

std::string word(std::string_view name) {
  return '"' + std::string(name) + R"(":"skos:)" + std::string(name) +
         R"(","prefLabel":"skos:prefLabel")";
}

Reply neighbours(Exchange& exchange, std::string_view name, Numbers (Concept::*those)() const) {
  VocabularyQuestion const question(exchange);
  auto const subject = question.subject();
  json::Writer out;
  begin_answer(out, question, word(name), subject.uri());
  out.name(name).begin_array();
  for (auto const number : (subject.*those)()) {
    if (!is_shown(question, number)) continue;
    out.begin_object();
    write_uri_and_label(out, question, number);
    out.end_object();
  }
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

using Closure = std::vector<vocabulary::Step> (vocabulary::Thesaurus::*)(
    ConceptNumber, vocabulary::ClosureBounds const&) const;

/// All that lies in one direction, by address, each with the next ones.
Reply all_neighbours(Exchange& exchange, std::string_view name, std::string_view next,
                     Closure closure, Numbers (Concept::*those)() const) {
  VocabularyQuestion const question(exchange);
  auto const subject = question.subject();
  auto const limit = number_in(exchange, "limit", most_steps, 1, most_steps);
  auto steps = (question.all().*closure)(subject.number(), {.limit = limit});
  steps.insert(steps.begin(), {.number = subject.number(), .distance = 0});
  json::Writer out;
  begin_answer(out, question,
               '"' + std::string(name) + R"(":{"@id":"skos:)" + std::string(name) +
                   R"(","@container":"@index"},)" + word(next),
               subject.uri());
  out.name(name).begin_object();
  for (auto const& step : steps) {
    auto const described = question.all().at(step.number);
    out.name(described.uri()).begin_object();
    write_uri_and_label(out, question, step.number);
    auto const others = (described.*those)();
    if (!others.empty()) {
      out.name(next).begin_array();
      for (auto const other : others) out.string(question.all().at(other).uri());
      out.end_array();
    }
    out.end_object();
  }
  out.end_object().end_object();
  return lasting(exchange, out.take(), json_type);
}

/// The scheme of the question: that of the parameter, else the first of the vocabulary.
vocabulary::Scheme const* scheme_of(Exchange const& exchange, VocabularyQuestion const& question) {
  auto const wanted = exchange.parameters().get("scheme");
  for (auto const place : question.vocabulary().schemes) {
    auto const& scheme = question.all().schemes()[place];
    if (!wanted || *wanted == scheme.uri) return &scheme;
  }
  if (!wanted) return nullptr;
  throw ProblemError({.kind = ProblemKind::not_found,
                      .detail = "the vocabulary has no scheme with this address",
                      .where = "scheme"});
}

/// Addresses of the schemes in which the concept is at the top.
std::vector<std::string_view> tops_of(VocabularyQuestion const& question,
                                      Concept const& described) {
  std::vector<std::string_view> out;
  for (auto const place : described.schemes()) {
    auto const& scheme = question.all().schemes()[place];
    bool const is_top =
        std::ranges::find(scheme.top_concepts, described.number()) != scheme.top_concepts.end();
    if (is_top) out.emplace_back(scheme.uri);
  }
  return out;
}

/// A concept on the way from another one to the top, with what lies below it.
void write_place(json::Writer& out, VocabularyQuestion const& question, ConceptNumber number) {
  auto const described = question.all().at(number);
  out.name(described.uri()).begin_object();
  write_uri_and_label(out, question, number);
  if (auto const tops = tops_of(question, described); !tops.empty()) {
    out.name("top").string(tops.front()).name("tops").begin_array();
    for (auto const top : tops) out.string(top);
    out.end_array();
  }
  if (!described.broader().empty()) {
    out.name("broader").begin_array();
    for (auto const other : described.broader()) out.string(question.all().at(other).uri());
    out.end_array();
  }
  if (has_children(question, number)) {
    out.name("narrower").begin_array();
    for (auto const below : described.narrower()) {
      if (!is_shown(question, below)) continue;
      out.begin_object().name("uri").string(question.all().at(below).uri());
      out.name("label").string(question.label(below));
      out.name("hasChildren").boolean(has_children(question, below)).end_object();
    }
    out.end_array();
  }
  out.name("hasChildren").boolean(has_children(question, number)).end_object();
}

void write_member(json::Writer& out, std::string_view name, std::string_view uri) {
  out.name(name).begin_object().name("memberSet").begin_array();
  out.begin_object().name("uri").string(uri).end_object().end_array().end_object();
}

/// Those that were changed last, the latest first, with the date by which they are sorted.
using Changes = std::vector<std::pair<std::string_view, ConceptNumber>>;

Reply change_list(Exchange& exchange, bool with_deprecated,
                  std::string_view (Concept::*date)() const) {
  VocabularyQuestion const question(exchange);
  auto const limit = number_in(exchange, "limit", 200, 1, most_changes);
  auto const offset = number_in(exchange, "offset", 0, 0, SIZE_MAX);
  Changes changes;
  for (ConceptNumber number = 0; number < question.all().size(); ++number) {
    auto const described = question.all().at(number);
    bool const counts = described.vocabulary() == *question.place() &&
                        !(described.*date)().empty() &&
                        (with_deprecated || !described.is_deprecated());
    if (counts) changes.emplace_back((described.*date)(), number);
  }
  std::ranges::sort(changes, [](auto const& a, auto const& b) {
    return std::pair(b.first, a.second) < std::pair(a.first, b.second);
  });
  json::Writer out;
  begin_answer(
      out, question,
      R"("changeList":{"@id":"onki:changeList","@container":"@list"},)"
      R"("prefLabel":"skos:prefLabel","date":"dct:modified","replacedBy":"dct:isReplacedBy")");
  out.name("changeList").begin_array();
  for (std::size_t i = offset; i < changes.size() && i - offset < limit; ++i) {
    auto const described = question.all().at(changes[i].second);
    out.begin_object();
    write_uri_and_label(out, question, changes[i].second);
    out.name("date").string(changes[i].first);
    if (described.is_deprecated() && !described.replacements().empty()) {
      out.name("replacedBy").string(question.all().at(described.replacements().front()).uri());
    }
    out.end_object();
  }
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

} // namespace

void begin_answer(json::Writer& out, VocabularyQuestion const& question, std::string_view words,
                  std::string_view subject) {
  out.begin_object()
      .name("@context")
      .raw(
          R"({"skos":"http://www.w3.org/2004/02/skos/core#","rdfs":"http://www.w3.org/2000/01/rdf-schema#",)"
          R"("dct":"http://purl.org/dc/terms/","onki":"http://schema.onki.fi/onki#","uri":"@id",)"
          R"("type":"@type","@language":)" +
          json::quoted(question.language()) + "," + std::string(words) + "}");
  out.name("uri").string(subject);
}

std::string default_language(Exchange const& exchange, vocabulary::Vocabulary const& vocabulary) {
  std::string out;
  std::size_t most = 0;
  bool is_of_site = false;
  for (auto const& [language, labels] : vocabulary.languages) {
    auto const& own = exchange.site().languages;
    bool const is_own = std::ranges::find(own, language) != own.end();
    if (language.empty() || is_own < is_of_site) continue;
    if (is_own == is_of_site && labels <= most) continue;
    out = language;
    most = labels;
    is_of_site = is_own;
  }
  return out;
}

Reply get_skosmos_label(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  auto const subject = question.subject();
  json::Writer out;
  begin_answer(out, question, R"("prefLabel":"skos:prefLabel")", subject.uri());
  out.name("prefLabel").string(question.label(subject.number())).end_object();
  return lasting(exchange, out.take(), json_type);
}

Reply get_skosmos_data(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  return rdf_reply(exchange, question.all(), question.subject().number(),
                   exchange.parameters().get("format").value_or(""));
}

Reply get_skosmos_top_concepts(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  auto const* const scheme = scheme_of(exchange, question);
  json::Writer out;
  begin_answer(
      out, question,
      R"("topconcepts":"skos:hasTopConcept","notation":"skos:notation",)"
      R"("label":"skos:prefLabel","topConceptOf":{"@id":"skos:topConceptOf","@type":"@id"})",
      scheme == nullptr ? std::string_view() : std::string_view(scheme->uri));
  out.name("topconcepts").begin_array();
  for (auto const number : scheme == nullptr ? Numbers() : Numbers(scheme->top_concepts)) {
    if (!is_shown(question, number)) continue;
    out.begin_object().name("uri").string(question.all().at(number).uri());
    out.name("label").string(question.label(number)).name("topConceptOf").string(scheme->uri);
    out.name("hasChildren").boolean(has_children(question, number)).end_object();
  }
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

Reply get_skosmos_broader(Exchange& exchange) {
  return neighbours(exchange, "broader", &Concept::broader);
}

Reply get_skosmos_narrower(Exchange& exchange) {
  return neighbours(exchange, "narrower", &Concept::narrower);
}

Reply get_skosmos_related(Exchange& exchange) {
  return neighbours(exchange, "related", &Concept::related);
}

Reply get_skosmos_all_broader(Exchange& exchange) {
  return all_neighbours(exchange, "broaderTransitive", "broader",
                        &vocabulary::Thesaurus::all_broader, &Concept::broader);
}

Reply get_skosmos_all_narrower(Exchange& exchange) {
  return all_neighbours(exchange, "narrowerTransitive", "narrower",
                        &vocabulary::Thesaurus::all_narrower, &Concept::narrower);
}

Reply get_skosmos_children(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  auto const subject = question.subject();
  json::Writer out;
  begin_answer(out, question, word("narrower") + R"(,"notation":"skos:notation")", subject.uri());
  out.name("narrower").begin_array();
  for (auto const number : subject.narrower()) {
    if (is_shown(question, number)) write_child(out, question, number);
  }
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

Reply get_skosmos_hierarchy(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  auto const subject = question.subject();
  json::Writer out;
  begin_answer(
      out, question,
      R"("broaderTransitive":{"@id":"skos:broaderTransitive","@container":"@index"},)"
      R"("broader":"skos:broader","narrower":"skos:narrower","label":"skos:prefLabel",)"
      R"("prefLabel":"skos:prefLabel","top":"skos:topConceptOf","tops":"skos:topConceptOf")",
      subject.uri());
  out.name("broaderTransitive").begin_object();
  write_place(out, question, subject.number());
  for (auto const& step : question.all().all_broader(subject.number(), {.limit = most_steps})) {
    write_place(out, question, step.number);
  }
  out.end_object().end_object();
  return lasting(exchange, out.take(), json_type);
}

Reply get_skosmos_mappings(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  auto const subject = question.subject();
  auto const is_wanted = [&](vocabulary::Mapping const& mapping) {
    return mapping.number || exchange.parameters().get("external").value_or("true") != "false";
  };
  json::Writer out;
  begin_answer(out, question, R"("mappings":"skos:mappingRelation")", subject.uri());
  out.name("mappings").begin_array();
  for (auto const& mapping : subject.mappings()) {
    if (!is_wanted(mapping)) continue;
    out.begin_object()
        .name("type")
        .begin_array()
        .string(vocabulary::predicate_of(mapping.kind))
        .end_array();
    write_member(out, "from", subject.uri());
    write_member(out, "to", mapping.uri);
    out.name("hrefLink").string(mapping.uri);
    if (mapping.number) {
      auto const label = question.all().at(*mapping.number).label(question.languages());
      auto const& vocabulary =
          question.all().vocabularies()[question.all().at(*mapping.number).vocabulary()];
      out.name("prefLabel").string(label.text).member("lang", label.language);
      out.name("vocabName").string(question.title(vocabulary));
    }
    out.end_object();
  }
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

Reply get_skosmos_new(Exchange& exchange) {
  return change_list(exchange, false, &Concept::created);
}

Reply get_skosmos_modified(Exchange& exchange) {
  return change_list(exchange, true, &Concept::modified);
}

} // namespace terracat::api

// The REST API of Skosmos, version 1, as its clients ask it: what concerns whole vocabularies.

#include "api/skosmos.hpp"
#include "api/handlers.hpp"
#include "api/links.hpp"
#include "api/skosmos_fields.hpp"
#include "api/tags.hpp"
#include "api/vocabulary_question.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <map>

namespace terracat::api {
namespace {

using vocabulary::Completion;
using vocabulary::Concept;
using vocabulary::LabelKind;

constexpr std::size_t standard_hits = 100;
constexpr std::size_t most_hits = 10'000;
constexpr std::string_view skos = "http://www.w3.org/2004/02/skos/core#";

/// The words of a list that blanks separate.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!(text = trimmed(text)).empty()) {
    auto const end = std::min(text.find(' '), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

void write_types(json::Writer& out, Concept const& described) {
  out.name("type").begin_array().string("skos:Concept");
  for (auto const type : described.classes()) out.string(type);
  out.end_array();
}

/// A concept with the label that led to it. \param wanted  languages of the label that is shown;
/// empty: that of the label that led to it
void write_hit(json::Writer& out, VocabularyQuestion const& question, Completion const& hit,
               std::vector<std::string> wanted, SkosmosFields const& more) {
  auto const described = question.all().at(hit.number);
  if (wanted.empty()) wanted.emplace_back(hit.label.language);
  auto const shown = described.label(wanted);
  out.begin_object().name("uri").string(described.uri());
  write_types(out, described);
  out.name("localname").string(vocabulary::local_name(described.uri()));
  out.name("prefLabel").string(shown.text).name("lang").string(shown.language);
  if (hit.label.kind == LabelKind::alternate) {
    if (!more.has("altLabel")) out.name("altLabel").string(hit.label.text);
  } else if (hit.label.kind == LabelKind::hidden) {
    if (!more.has("hiddenLabel")) out.name("hiddenLabel").string(hit.label.text);
  } else if (hit.label.text != shown.text) {
    out.name("matchedPrefLabel").string(hit.label.text);
  }
  if (auto const notations = described.notations(); !notations.empty()) {
    out.name("notation").string(notations.front());
  }
  more.write(out, question, described);
  out.name("vocab").string(question.all().vocabularies()[described.vocabulary()].name);
  out.end_object();
}

/// Which concepts a search may find.
class Condition {
 public:
  Condition(VocabularyQuestion const& question, Exchange const& exchange) : all_(question.all()) {
    auto const& parameters = exchange.parameters();
    if (question.place()) places_.push_back(*question.place());
    for (auto const name : words_of(parameters.get("vocab").value_or(""))) {
      places_.push_back(place_of_vocabulary(all_, name, "vocab"));
    }
    for (auto const type : words_of(parameters.get("type").value_or(""))) {
      bool const is_any = type == "skos:Concept" || type == std::string(skos) + "Concept";
      any_type_ = any_type_ || is_any;
      types_.emplace_back(type);
    }
    if (auto const parent = parameters.get("parent")) {
      auto const number = all_.find_address(*parent);
      if (!number) {
        throw ProblemError({.kind = ProblemKind::not_found,
                            .detail = "there is no concept with this address here",
                            .where = "parent"});
      }
      below_.emplace();
      for (auto const& step : all_.all_narrower(*number)) below_->push_back(step.number);
      std::ranges::sort(*below_);
    }
    if (auto const group = parameters.get("group")) {
      auto const place = all_.find_group(*group);
      if (!place) {
        throw ProblemError({.kind = ProblemKind::not_found,
                            .detail = "there is no group with this address here",
                            .where = "group"});
      }
      group_ = all_.groups()[*place].members;
    }
  }

  [[nodiscard]] bool holds(vocabulary::ConceptNumber number) const {
    auto const described = all_.at(number);
    bool const is_here =
        places_.empty() || std::ranges::find(places_, described.vocabulary()) != places_.end();
    if (!is_here || (below_ && !std::ranges::binary_search(*below_, number))) return false;
    if (group_ && !std::ranges::binary_search(*group_, number)) return false;
    return types_.empty() || any_type_ ||
           std::ranges::any_of(described.classes(), [&](std::string_view type) {
             return std::ranges::find(types_, type) != types_.end();
           });
  }

 private:
  vocabulary::Thesaurus const& all_;
  std::vector<std::uint16_t> places_; ///< of vocabularies; empty: all
  std::vector<std::string> types_;    ///< empty: all
  bool any_type_ = false;
  std::optional<std::vector<vocabulary::ConceptNumber>> below_; ///< in order
  std::optional<std::vector<vocabulary::ConceptNumber>> group_; ///< likewise
};

std::string_view name_of(LabelKind kind) noexcept {
  return kind == LabelKind::preferred   ? "skos:prefLabel"
         : kind == LabelKind::alternate ? "skos:altLabel"
                                        : "skos:hiddenLabel";
}

/// What each class of a vocabulary, or of all, is the class of.
std::map<std::string_view, std::size_t> classes_in(VocabularyQuestion const& question) {
  std::map<std::string_view, std::size_t> out;
  for (vocabulary::ConceptNumber number = 0; number < question.all().size(); ++number) {
    auto const described = question.all().at(number);
    if (question.place() && described.vocabulary() != *question.place()) continue;
    for (auto const type : described.classes()) ++out[type];
  }
  return out;
}

void write_label(json::Writer& out, std::string_view type) {
  out.name("label").string(vocabulary::local_name(type));
}

} // namespace

Reply get_skosmos_vocabularies(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  json::Writer out;
  begin_answer(out, question,
               R"("title":{"@id":"rdfs:label","@language":)" + json::quoted(question.language()) +
                   R"(},"vocabularies":"onki:hasVocabulary","id":"onki:vocabularyIdentifier")");
  out.name("vocabularies").begin_array();
  for (auto const& vocabulary : question.all().vocabularies()) {
    out.begin_object().name("uri").string(vocabulary.name).name("id").string(vocabulary.name);
    out.name("title").string(question.title(vocabulary)).end_object();
  }
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

Reply get_skosmos_search(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  Condition const condition(question, exchange);
  auto const& parameters = exchange.parameters();
  auto const language = lowered(parameters.get("lang").value_or(""));
  auto const found =
      question.all().fitting(required(exchange, "query"),
                             {.limit = number_in(exchange, "maxhits", standard_hits, 1, most_hits),
                              .offset = number_in(exchange, "offset", 0, 0, SIZE_MAX),
                              .language = language,
                              .is_unique = parameters.get("unique").value_or("false") != "false",
                              .counts = [&](auto number) { return condition.holds(number); }});
  std::vector<std::string> shown;
  for (auto const* const name : {"labellang", "lang"}) {
    if (auto const wanted = parameters.get(name)) shown.push_back(lowered(*wanted));
  }
  SkosmosFields const more(parameters.get("fields").value_or(""), language);
  json::Writer out;
  begin_answer(out, question,
               R"("results":{"@id":"onki:results","@container":"@list"},)" +
                   std::string(label_words) + more.words());
  out.name("results").begin_array();
  for (auto const& hit : found) write_hit(out, question, hit, shown, more);
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

Reply get_skosmos_lookup(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  auto const language = lowered(exchange.parameters().get("lang").value_or(""));
  auto const text = required(exchange, "label");
  std::vector<vocabulary::Match> found;
  for (auto const& match : question.all().find(text)) {
    bool const counts =
        question.all().at(match.number).vocabulary() == *question.place() &&
        match.label.kind <= LabelKind::alternate &&
        (language.empty() || vocabulary::is_of_language(match.label.language, language));
    // Those of a better kind of label, or of the same letters, leave no room for others.
    bool const is_worse = !found.empty() && (match.label.kind != found.front().label.kind ||
                                             match.is_same_case != found.front().is_same_case);
    if (counts && !is_worse) found.push_back(match);
  }
  if (found.empty()) {
    throw ProblemError({.kind = ProblemKind::not_found,
                        .detail = "no concept of this vocabulary has this label",
                        .where = "label"});
  }
  json::Writer out;
  begin_answer(out, question, R"("result":{"@id":"onki:results"},)" + std::string(label_words));
  out.name("result").begin_array();
  for (auto const& match : found) {
    write_hit(out, question, {.number = match.number, .label = match.label}, {},
              SkosmosFields({}, {}));
  }
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

Reply get_skosmos_types(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  json::Writer out;
  begin_answer(out, question,
               R"("label":"rdfs:label","superclass":{"@id":"rdfs:subClassOf","@type":"@id"},)"
               R"("types":"onki:hasType")");
  out.name("types").begin_array();
  auto const concept_type = std::string(skos) + "Concept";
  out.begin_object().name("uri").string(concept_type).name("label").string("Concept").end_object();
  for (auto const& [type, count] : classes_in(question)) {
    out.begin_object().name("uri").string(type).name("superclass").string(concept_type);
    write_label(out, type);
    out.end_object();
  }
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

Reply get_skosmos_vocabulary(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  auto const& vocabulary = question.vocabulary();
  json::Writer out;
  begin_answer(out, question,
               R"("conceptschemes":"onki:hasConceptScheme","id":"onki:vocabularyIdentifier",)"
               R"("defaultLanguage":"onki:defaultLanguage","languages":"onki:language",)"
               R"("label":"rdfs:label","prefLabel":"skos:prefLabel","title":"dct:title")");
  out.name("id").string(vocabulary.name).name("title").string(question.title(vocabulary));
  out.name("defaultLanguage").string(default_language(exchange, vocabulary));
  out.name("languages").begin_array();
  for (auto const& [language, labels] : vocabulary.languages) {
    if (!language.empty()) out.string(language);
  }
  out.end_array().name("conceptschemes").begin_array();
  for (auto const place : vocabulary.schemes) {
    auto const& scheme = question.all().schemes()[place];
    auto const title = scheme.title.best(question.languages());
    out.begin_object().name("uri").string(scheme.uri).name("type").string("skos:ConceptScheme");
    out.member("label", title).member("title", title).member("prefLabel", title).end_object();
  }
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

Reply get_skosmos_statistics(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  auto const& vocabulary = question.vocabulary();
  json::Writer out;
  begin_answer(out, question,
               R"("id":"onki:vocabularyIdentifier","concepts":"void:classPartition",)"
               R"("label":"rdfs:label","class":{"@id":"void:class","@type":"@id"},)"
               R"("subTypes":{"@id":"void:class","@type":"@id"},"count":"void:entities",)"
               R"("void":"http://rdfs.org/ns/void#")");
  out.name("id").string(vocabulary.name).name("title").string(question.title(vocabulary));
  out.name("concepts").begin_object().name("class").string(std::string(skos) + "Concept");
  out.name("label").string("Concept").name("count");
  out.integer(static_cast<std::int64_t>(vocabulary.concepts)).name("deprecatedCount");
  out.integer(static_cast<std::int64_t>(vocabulary.deprecated)).end_object();
  out.name("subTypes").begin_array();
  for (auto const& [type, count] : classes_in(question)) {
    out.begin_object().name("type").string(type).name("count");
    out.integer(static_cast<std::int64_t>(count));
    write_label(out, type);
    out.end_object();
  }
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

Reply get_skosmos_label_statistics(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  std::map<std::string_view, std::map<LabelKind, std::int64_t>> counts;
  for (vocabulary::ConceptNumber number = 0; number < question.all().size(); ++number) {
    auto const described = question.all().at(number);
    if (described.vocabulary() != *question.place()) continue;
    for (auto const& label : described.labels()) ++counts[label.language][label.kind];
  }
  json::Writer out;
  begin_answer(
      out, question,
      R"("id":"onki:vocabularyIdentifier","languages":{"@id":"void-ext:languagePartition"},)"
      R"("language":"void-ext:language","properties":"void:propertyPartition",)"
      R"("labels":"void:triples","void":"http://rdfs.org/ns/void#",)"
      R"("void-ext":"http://ldf.fi/void-ext#")");
  out.name("id").string(question.vocabulary().name);
  out.name("title").string(question.title(question.vocabulary())).name("languages").begin_array();
  for (auto const& [language, kinds] : counts) {
    out.begin_object().name("language").string(language).name("properties").begin_array();
    for (auto const& [kind, labels] : kinds) {
      out.begin_object().name("property").string(name_of(kind)).name("labels").integer(labels);
      out.end_object();
    }
    out.end_array().end_object();
  }
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

} // namespace terracat::api

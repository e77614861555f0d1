// The REST API of Skosmos, version 1: groups of concepts, and the index by letters.

#include "api/handlers.hpp"
#include "api/links.hpp"
#include "api/skosmos.hpp"
#include "api/tags.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace terracat::api {
namespace {

using vocabulary::Concept;
using vocabulary::ConceptNumber;
using vocabulary::Group;
using vocabulary::Label;
using vocabulary::LabelKind;

constexpr std::size_t most_labels = 10'000;
constexpr std::string_view digits = "0-9";
constexpr std::string_view signs = "!*";

std::string label_of(VocabularyQuestion const& question, Group const& group) {
  std::string label(group.label.best(question.languages()));
  return label.empty() ? std::string(vocabulary::local_name(group.uri)) : label;
}

bool has_members(Group const& group) {
  return !group.members.empty() || !group.groups.empty();
}

/// Places of groups, or numbers of concepts, in the order of their labels.
template<class LabelOf>
std::vector<std::uint32_t> by_label(std::span<std::uint32_t const> places, LabelOf label_of) {
  std::vector<std::pair<std::string, std::uint32_t>> keys;
  for (auto const place : places) keys.emplace_back(formats::folded(label_of(place)), place);
  std::ranges::sort(keys);
  std::vector<std::uint32_t> out;
  out.reserve(keys.size());
  for (auto const& key : keys) out.push_back(key.second);
  return out;
}

std::vector<std::uint32_t> by_label(VocabularyQuestion const& question,
                                    std::span<std::uint32_t const> groups) {
  return by_label(groups,
                  [&](auto place) { return label_of(question, question.all().groups()[place]); });
}

void write_member(json::Writer& out, VocabularyQuestion const& question, Group const& group) {
  out.begin_object().name("uri").string(group.uri).name("isSuper").boolean(!group.groups.empty());
  out.name("hasMembers").boolean(has_members(group));
  out.name("type").begin_array().string("skos:Collection").end_array();
  out.name("prefLabel").string(label_of(question, group)).member("notation", group.notation);
  out.end_object();
}

void write_member(json::Writer& out, VocabularyQuestion const& question, ConceptNumber number) {
  auto const described = question.all().at(number);
  out.begin_object().name("uri").string(described.uri()).name("isSuper").boolean(false);
  out.name("hasMembers").boolean(false);
  out.name("type").begin_array().string("skos:Concept");
  for (auto const type : described.classes()) out.string(type);
  out.end_array().name("prefLabel").string(question.label(number));
  if (auto const notations = described.notations(); !notations.empty()) {
    out.name("notation").string(notations.front());
  }
  out.end_object();
}

/// The first character of a text. \pre UTF-8
std::string_view first_of(std::string_view text) {
  std::size_t size = text.empty() ? 0 : 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) ++size;
  return text.substr(0, size);
}

/// Under what a label stands: a letter without accents, capital if it is of ASCII, `0-9`, `!*`.
std::string letter_of(std::string_view label) {
  auto const folded = formats::folded(first_of(label));
  if (folded.empty()) return std::string(signs);
  if (is_digit(folded.front())) return std::string(digits);
  std::string out(first_of(folded)); // `æ` is folded to two
  if (out.size() == 1 && out[0] >= 'a' && out[0] <= 'z')
    out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

/// Calls `visit` with each concept of the vocabulary that is in use and each of its labels in the
/// language that people are to read.
template<class Visit>
void visit_labels(VocabularyQuestion const& question, std::string_view language,
                  Visit const& visit) {
  for (ConceptNumber number = 0; number < question.all().size(); ++number) {
    auto const described = question.all().at(number);
    if (described.vocabulary() != *question.place() || described.is_deprecated()) continue;
    for (auto const& label : described.labels()) {
      bool const counts =
          label.kind != LabelKind::hidden && vocabulary::is_of_language(label.language, language);
      if (counts) visit(described, label);
    }
  }
}

/// The language of the index: the one that is asked for, else that of most labels.
std::string language_of(Exchange const& exchange, VocabularyQuestion const& question) {
  if (auto const wanted = exchange.parameters().get("lang")) return lowered(*wanted);
  return default_language(exchange, question.vocabulary());
}

void write_entry(json::Writer& out, Concept const& described, Label const& label,
                 std::string const& language) {
  std::vector const wanted{language};
  auto const shown = described.label(wanted);
  out.begin_object().name("uri").string(described.uri());
  out.name("localname").string(vocabulary::local_name(described.uri()));
  out.name("prefLabel").string(label.kind == LabelKind::preferred ? label.text : shown.text);
  if (label.kind == LabelKind::alternate) out.name("altLabel").string(label.text);
  out.name("lang").string(label.language).end_object();
}

} // namespace

Reply get_skosmos_groups(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  auto const groups = question.all().groups();
  std::vector<std::uint32_t> own;
  for (std::uint32_t place = 0; place < groups.size(); ++place) {
    if (groups[place].vocabulary == *question.place()) own.push_back(place);
  }
  json::Writer out;
  begin_answer(out, question,
               R"("prefLabel":"skos:prefLabel","groups":"onki:hasGroup",)"
               R"("childGroups":{"@id":"skos:member","@type":"@id"},)"
               R"("hasMembers":"onki:hasMembers","notation":"skos:notation")");
  out.name("groups").begin_array();
  for (auto const place : by_label(question, own)) {
    auto const& group = groups[place];
    out.begin_object().name("uri").string(group.uri);
    out.name("prefLabel").string(label_of(question, group));
    if (!group.groups.empty()) {
      out.name("childGroups").begin_array();
      for (auto const inner : group.groups) out.string(groups[inner].uri);
      out.end_array();
    }
    out.name("hasMembers").boolean(has_members(group)).member("notation", group.notation);
    out.end_object();
  }
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

Reply get_skosmos_group_members(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  auto const uri = required(exchange, "uri");
  auto const place = question.all().find_group(uri);
  if (!place || question.all().groups()[*place].vocabulary != *question.place()) {
    throw ProblemError({.kind = ProblemKind::not_found,
                        .detail = "the vocabulary has no group with this address",
                        .where = "uri"});
  }
  auto const& group = question.all().groups()[*place];
  json::Writer out;
  begin_answer(out, question,
               R"("prefLabel":"skos:prefLabel","members":"skos:member",)"
               R"("notation":"skos:notation")",
               group.uri);
  out.name("members").begin_array();
  for (auto const inner : by_label(question, group.groups)) {
    write_member(out, question, question.all().groups()[inner]);
  }
  for (auto const number :
       by_label(group.members, [&](auto member) { return question.label(member); })) {
    if (!question.all().at(number).is_deprecated()) write_member(out, question, number);
  }
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

Reply get_skosmos_letters(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  auto const language = language_of(exchange, question);
  std::map<std::string, bool> letters;
  visit_labels(question, language, [&](Concept const& /*described*/, Label const& label) {
    letters.try_emplace(letter_of(label.text));
  });
  json::Writer out;
  begin_answer(out, question,
               R"("indexLetters":{"@id":"onki:indexLetters","@container":"@list","@language":)" +
                   json::quoted(language) + "}");
  out.name("indexLetters").begin_array();
  for (auto const& [letter, nothing] : letters) {
    if (letter != digits && letter != signs) out.string(letter);
  }
  for (auto const last : {signs, digits}) {
    if (letters.contains(std::string(last))) out.string(last);
  }
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

Reply get_skosmos_letter(Exchange& exchange) {
  VocabularyQuestion const question(exchange);
  auto const language = language_of(exchange, question);
  auto const asked = exchange.captured("letter");
  bool const is_special = asked == digits || asked == signs;
  auto const letter = is_special ? asked : letter_of(asked);
  auto const limit = number_in(exchange, "limit", most_labels, 1, most_labels);
  auto const offset = number_in(exchange, "offset", 0, 0, SIZE_MAX);
  std::vector<std::pair<std::string, std::pair<Concept, Label>>> found;
  visit_labels(question, language, [&](Concept const& described, Label const& label) {
    if (letter_of(label.text) != letter) return;
    found.push_back({formats::folded(label.text), {described, label}});
  });
  std::ranges::stable_sort(found, {},
                           [](auto const& entry) { return std::string_view(entry.first); });
  json::Writer out;
  begin_answer(out, question,
               R"("indexConcepts":{"@id":"onki:indexConcepts","@container":"@list"},)" +
                   std::string(label_words));
  out.name("indexConcepts").begin_array();
  for (auto i = offset; i < found.size() && i - offset < limit; ++i) {
    write_entry(out, found[i].second.first, found[i].second.second, language);
  }
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

} // namespace terracat::api

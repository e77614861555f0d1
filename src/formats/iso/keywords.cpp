#include "formats/iso/parts.hpp"
#include "formats/iso/property.hpp"

#include "formats/words/identifiers.hpp"
#include "formats/words/text.hpp"
#include "formats/words/topics.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::iso {
namespace {

/// MD_KeywordTypeCode of ISO 19115:2003 and 19115-1:2014.
constexpr std::array<std::string_view, 15> keyword_types{
    "discipline", "place",       "stratum",    "temporal",         "theme",
    "dataCentre", "featureType", "instrument", "platform",         "process",
    "project",    "service",     "product",    "subTopicCategory", "taxon"};

/// What a set of keywords is about, beyond being keywords.
enum class Subject { none, variable, platform, instrument };

/// By the type of the keywords, in the spellings of ISO, SeaDataNet and GeoNetwork.
Subject subject_of(std::string_view kind) noexcept {
  if (kind == "parameter" || kind == "variable") return Subject::variable;
  if (kind == "platform" || kind == "platform_class") return Subject::platform;
  if (kind == "instrument" || kind == "sensor_model" || kind == "sensor") {
    return Subject::instrument;
  }
  return Subject::none;
}

/// A part of the address of a thesaurus, in lower case, and what its keywords name.
struct KnownThesaurus {
  std::string_view sign;
  Subject subject;
};

/// The vocabularies of measured quantities of NERC, the standard names of CF, and those of
/// FORM@TER.
constexpr std::array known_thesauri{
    KnownThesaurus{"/collection/p01/", Subject::variable},
    KnownThesaurus{"/collection/p02/", Subject::variable},
    KnownThesaurus{"/collection/p07/", Subject::variable},
    KnownThesaurus{"/collection/od1/", Subject::variable},
    KnownThesaurus{"standard_name", Subject::variable},
    KnownThesaurus{"w3id.org/formater/variable", Subject::variable},
    KnownThesaurus{"w3id.org/formater/platform", Subject::platform},
    KnownThesaurus{"w3id.org/formater/instrument", Subject::instrument},
};

/// By the thesaurus, where the type only says "theme", or nothing.
Subject subject_of(model::KeywordSet const& set) {
  auto const uri = lowered(set.thesaurus_uri);
  for (auto const& [sign, subject] : known_thesauri) {
    if (uri.find(sign) != std::string::npos) return subject;
  }
  auto const title = folded(set.thesaurus.first());
  bool const is_of_variables = title.starts_with("climate and forecast standard names") ||
                               title.starts_with("cf standard names") ||
                               title.starts_with("seadatanet parameter discovery vocabulary");
  return is_of_variables ? Subject::variable : Subject::none;
}

/// The address of a thesaurus: of its title, else of its identifier. What GeoNetwork gives there is
/// where it keeps a copy.
std::string thesaurus_uri(xml::Node citation) {
  auto const of_title = anchor(citation.child("title"));
  if (is_absolute_uri(of_title)) return std::string(of_title);
  for (auto const code : citation.all("identifier/*/code")) {
    auto text = line(code);
    if (text.starts_with("geonetwork.thesaurus.")) continue;
    if (is_absolute_uri(text)) return text;
    if (auto const href = anchor(code); is_absolute_uri(href)) return std::string(href);
  }
  return {};
}

model::KeywordSet heading_of(xml::Node keywords, Draft& draft) {
  model::KeywordSet set;
  set.kind = code(keywords.child("type"), keyword_types);
  if (set.kind == "_none_" || is_placeholder(set.kind)) set.kind.clear();
  // The spelling of 19115-1 for what NASA and NOAA write.
  if (set.kind == "dataCenter") set.kind = "dataCentre";
  auto const citation = keywords.at("thesaurusName/*");
  set.thesaurus = name_in_languages(citation.child("title"), draft);
  if (says_nothing(set.thesaurus.first())) set.thesaurus = {};
  set.thesaurus_uri = thesaurus_uri(citation);
  return set;
}

model::Keyword keyword_of(xml::Node property, Draft& draft) {
  model::Keyword keyword{.label = name_in_languages(property, draft), .uri = {}};
  if (says_nothing(keyword.label.first())) keyword.label = {};
  if (auto const href = anchor(property); is_absolute_uri(href)) keyword.uri = href;
  // Some give the address of the concept for its name.
  if (keyword.uri.empty() && is_absolute_uri(keyword.label.first())) {
    keyword.uri = keyword.label.first();
  }
  return keyword;
}

void add_subject(Subject subject, model::LocalText const& label, Draft& draft) {
  switch (subject) {
  case Subject::none:
    return;
  case Subject::variable:
    draft.add_new(draft.parts.variables, label);
    return;
  case Subject::platform:
    draft.add_new(draft.parts.platforms, label);
    return;
  case Subject::instrument:
    draft.add_new(draft.parts.instruments, label);
    return;
  }
}

/// Sets of keywords, and what else they tell.
class Sets {
 public:
  explicit Sets(Draft& draft) noexcept : draft_(draft) {}

  void read(xml::Node keywords) {
    auto heading = heading_of(keywords, draft_);
    auto subject = subject_of(heading.kind);
    if (subject == Subject::none) subject = subject_of(heading);
    for (auto const property : keywords.children("keyword")) {
      auto keyword = keyword_of(property, draft_);
      if (keyword.label.empty() && keyword.uri.empty()) continue;
      add_subject(subject, keyword.label, draft_);
      draft_.keywords.add(heading, std::move(keyword));
    }
  }

 private:
  Draft& draft_;
};

void read_topics(xml::Node identification, Draft& draft) {
  auto& topics = draft.parts.topics;
  for (auto const property : identification.children("topicCategory")) {
    auto topic = code(property, topic_categories);
    // The Swiss profile refines a category: `environment_EnvironmentalProtection`.
    auto const base = topic.substr(0, topic.find('_'));
    if (is_known(base, topic_categories)) topic = base;
    if (topic.empty()) continue;
    if (!is_known(topic, topic_categories)) {
      draft.note(FindingCode::code_unknown, property, topic);
      continue;
    }
    if (std::ranges::find(topics, topic) == topics.end()) topics.push_back(std::move(topic));
  }
}

} // namespace

void read_keywords(xml::Node identification, Draft& draft) {
  Sets sets(draft);
  for (auto const keywords : identification.all("descriptiveKeywords/*")) sets.read(keywords);
  read_topics(identification, draft);
}

} // namespace terracat::formats::iso

#include "formats/json/subject_text.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::formats {
namespace {

using json::Value;
using model::Keyword;
using model::KeywordSet;
using model::LocalText;

/// The code list as INSPIRE's registry publishes it.
constexpr std::string_view topic_scheme =
    "http://inspire.ec.europa.eu/metadata-codelist/TopicCategory";

bool is_uri(std::string_view text) noexcept {
  return text.starts_with("http://") || text.starts_with("https://") || text.starts_with("urn:");
}

/// The part of a concept's URI that names it within its scheme.
std::string_view local_name(std::string_view uri) noexcept {
  auto name = uri;
  while (name.ends_with('/')) name.remove_suffix(1);
  auto const separator = name.find_last_of("/#:");
  if (separator == std::string_view::npos || separator + 1 == name.size()) return uri;
  return name.substr(separator + 1);
}

/// A concept's URI: `url`, or an `id` that is one.
std::string_view uri_of(Value const& concept_value) {
  auto const url = concept_value.string("url");
  if (url && is_uri(*url)) return *url;
  auto const id = concept_value.string("id").value_or("");
  return is_uri(id) ? id : std::string_view();
}

Keyword read_concept(Value const& value, std::string const& language) {
  Keyword keyword;
  keyword.uri = uri_of(value);
  for (auto const* const name : {"title", "name", "id"}) {
    auto const text = trimmed(value.string(name).value_or(""));
    if (!text.empty() && !is_uri(text) && keyword.label.empty()) {
      keyword.label = LocalText(language, std::string(text));
    }
  }
  if (keyword.label.empty() && !keyword.uri.empty()) {
    keyword.label = LocalText(std::string(local_name(keyword.uri)));
  }
  return keyword;
}

/// What the concepts belong to: the thesaurus' URI or name, else what their URIs begin with.
std::string scheme_of(KeywordSet const& set, std::string_view uri,
                      std::span<std::string const> languages) {
  if (!set.thesaurus_uri.empty()) return set.thesaurus_uri;
  if (!set.thesaurus.empty()) return std::string(set.thesaurus.best(languages));
  auto const name = local_name(uri);
  auto const at = uri.rfind(name);
  return std::string(at > 0 ? uri.substr(0, at) : uri);
}

void write_concept(json::Writer& out, Keyword const& keyword,
                   std::span<std::string const> languages) {
  out.begin_object();
  out.member("id", local_name(keyword.uri));
  out.member("title", keyword.label.best(languages));
  out.member("url", keyword.uri);
  out.end_object();
}

} // namespace

std::vector<KeywordSet> read_keywords(Value const& keywords, std::string const& language) {
  KeywordSet set;
  for (auto const element : keywords.elements()) {
    auto const text = trimmed(element.string().value_or(""));
    if (!text.empty()) set.keywords.push_back({LocalText(language, std::string(text)), {}});
  }
  if (set.keywords.empty()) return {};
  return {std::move(set)};
}

std::vector<KeywordSet> read_themes(Value const& themes, std::string const& language) {
  std::vector<KeywordSet> sets;
  for (auto const theme : themes.elements()) {
    KeywordSet set{.kind = "theme", .thesaurus = {}, .thesaurus_uri = {}, .keywords = {}};
    auto const scheme = trimmed(theme.string("scheme").value_or(""));
    if (is_uri(scheme)) {
      set.thesaurus_uri = scheme;
    } else {
      set.thesaurus = LocalText(std::string(scheme));
    }
    auto const concepts = theme.member("concepts");
    if (!concepts) continue;
    for (auto const element : concepts->elements()) {
      auto keyword = read_concept(element, language);
      if (!keyword.label.empty()) set.keywords.push_back(std::move(keyword));
    }
    if (!set.keywords.empty()) sets.push_back(std::move(set));
  }
  return sets;
}

std::vector<KeywordSet> topic_set(std::vector<std::string> const& topics) {
  if (topics.empty()) return {};
  KeywordSet set{
      .kind = "theme", .thesaurus = {}, .thesaurus_uri = std::string(topic_scheme), .keywords = {}};
  for (auto const& topic : topics) {
    set.keywords.push_back({LocalText(topic), std::string(topic_scheme) + '/' + topic});
  }
  return {std::move(set)};
}

void take_topics(std::vector<KeywordSet>& sets, std::vector<std::string>& topics) {
  auto const prefix = std::string(topic_scheme) + '/';
  for (auto& set : sets) {
    if (set.thesaurus_uri != topic_scheme) continue;
    std::erase_if(set.keywords, [&](Keyword const& keyword) {
      if (!keyword.uri.starts_with(prefix) || keyword.uri == prefix) return false;
      auto topic = keyword.uri.substr(prefix.size());
      if (std::ranges::find(topics, topic) == topics.end()) topics.push_back(std::move(topic));
      return true;
    });
  }
  std::erase_if(sets, [](KeywordSet const& set) { return set.keywords.empty(); });
}

void ConceptSet::add(Keyword const& keyword) {
  if (keyword.uri.empty()) {
    labels_.emplace(keyword.label.first());
  } else {
    uris_.insert(keyword.uri);
  }
}

bool ConceptSet::contains(Keyword const& keyword) const {
  return keyword.uri.empty() ? labels_.contains(std::string(keyword.label.first()))
                             : uris_.contains(keyword.uri);
}

ConceptSet concepts_of(std::string_view themes) {
  ConceptSet concepts;
  auto const document = json::Document::parse(themes);
  if (!document) return concepts;
  for (auto const& set : read_themes(document->root(), {})) {
    for (auto const& keyword : set.keywords) concepts.add(keyword);
  }
  return concepts;
}

std::vector<std::string> keyword_labels(std::vector<KeywordSet> const& sets,
                                        std::span<std::string const> languages,
                                        ConceptSet const& except) {
  std::vector<std::string> labels;
  std::unordered_set<std::string_view> seen;
  for (auto const& set : sets) {
    bool const is_free = set.thesaurus.empty() && set.thesaurus_uri.empty();
    for (auto const& keyword : set.keywords) {
      auto const label = keyword.label.best(languages);
      if (label.empty() || (!is_free && except.contains(keyword))) continue;
      if (seen.insert(label).second) labels.emplace_back(label);
    }
  }
  return labels;
}

std::size_t write_themes(json::Writer& out, std::vector<KeywordSet> const& sets,
                         std::span<std::string const> languages, ConceptSet const& except) {
  std::size_t written = 0;
  for (auto const& set : sets) {
    std::vector<Keyword> concepts;
    std::ranges::copy_if(set.keywords, std::back_inserter(concepts), [&](auto const& keyword) {
      return is_uri(keyword.uri) && !except.contains(keyword);
    });
    if (concepts.empty()) continue;
    ++written;
    out.begin_object().name("concepts").begin_array();
    for (auto const& keyword : concepts) write_concept(out, keyword, languages);
    out.end_array();
    out.member("scheme", scheme_of(set, concepts.front().uri, languages)).end_object();
  }
  return written;
}

} // namespace terracat::formats

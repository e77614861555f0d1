#pragma once

#include <terracat/json.hpp>
#include <terracat/record.hpp>

#include <span>
#include <string>
#include <unordered_set>
#include <vector>

/// Keywords and themes: the same two structures in STAC and in OGC API Records.
namespace terracat::formats {

/// Reads `keywords`, an array of strings, as one set without thesaurus.
[[nodiscard]] std::vector<model::KeywordSet> read_keywords(json::Value const& keywords,
                                                           std::string const& language);

/// Reads `themes`, one set for each scheme.
[[nodiscard]] std::vector<model::KeywordSet> read_themes(json::Value const& themes,
                                                         std::string const& language);

/// The topic categories of ISO 19115 as concepts of their code list; none for no topic.
[[nodiscard]] std::vector<model::KeywordSet> topic_set(std::vector<std::string> const& topics);

/// Moves what `topic_set` made out of the sets, back to topics.
void take_topics(std::vector<model::KeywordSet>& sets, std::vector<std::string>& topics);

/// Concepts to be told from others: by their URIs, or by their labels where there is none.
class ConceptSet {
 public:
  void add(model::Keyword const& keyword);

  [[nodiscard]] bool contains(model::Keyword const& keyword) const;

 private:
  std::unordered_set<std::string> uris_;
  std::unordered_set<std::string> labels_;
};

/// The concepts of a text of `themes`.
[[nodiscard]] ConceptSet concepts_of(std::string_view themes);

/// The labels of all keywords, each once, without those of the concepts `except`.
[[nodiscard]] std::vector<std::string> keyword_labels(std::vector<model::KeywordSet> const& sets,
                                                      std::span<std::string const> languages,
                                                      ConceptSet const& except);

/// Appends a theme for each thesaurus that has concepts with a URI, without the concepts `except`,
/// as elements of an array.
/// \return  the number of themes written
std::size_t write_themes(json::Writer& out, std::vector<model::KeywordSet> const& sets,
                         std::span<std::string const> languages, ConceptSet const& except);

} // namespace terracat::formats

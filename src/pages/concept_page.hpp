#pragma once

#include "pages/guide.hpp"
#include "pages/lists.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Vocabularies and their concepts for people.
namespace terracat::pages {

/// A label as a vocabulary has it.
struct Term {
  std::string_view text;
  std::string_view language; ///< BCP 47; empty if nobody said
};

/// Another concept, or a vocabulary, with the way to it.
struct ConceptLink {
  Term label;
  std::string path;                 ///< below the language
  std::optional<std::size_t> count; ///< of records; nothing: it is not known
};

/// What a concept is in another vocabulary.
struct ConceptMapping {
  Message kind;
  std::string_view uri;
  std::optional<ConceptLink> here; ///< if that vocabulary is there
};

inline constexpr Message exact_mapping{"identique à", "the same as"};
inline constexpr Message close_mapping{"proche de", "close to"};
inline constexpr Message broad_mapping{"plus précis que", "narrower than"};
inline constexpr Message narrow_mapping{"plus large que", "broader than"};
inline constexpr Message related_mapping{"lié à", "related to"};

struct ConceptFacts {
  std::string_view uri;
  std::string path;      ///< of its page, below the language
  std::string data_path; ///< of its RDF, below the site
  Term label;
  Term definition; ///< empty: it has none
  ConceptLink vocabulary;
  bool is_deprecated = false;
  std::vector<ConceptLink> replacements;
  std::vector<ConceptLink> way; ///< from the top to it, without itself
  std::vector<ConceptLink> narrower;
  std::vector<ConceptLink> related;
  std::vector<Term> synonyms;     ///< alternate labels, those of the page's language first
  std::vector<Term> translations; ///< preferred labels in other languages
  std::vector<ConceptMapping> mappings;
  std::optional<std::size_t> count;    ///< of resources about it; nothing: not known yet
  std::string search_path;             ///< of the page that lists all of them
  std::span<Resource const> resources; ///< some of them
  std::vector<Guide const*> guides;    ///< tutorials and tools about it
};

[[nodiscard]] std::string concept_page(SiteFacts const& site, Language language,
                                       ConceptFacts const& facts);

struct VocabularyFacts {
  std::string path; ///< of its page, below the language
  Term title;
  std::size_t concepts = 0;
  std::vector<ConceptLink> tops;
};

/// A vocabulary by its top concepts.
[[nodiscard]] std::string vocabulary_page(SiteFacts const& site, Language language,
                                          VocabularyFacts const& facts);

/// All vocabularies.
[[nodiscard]] std::string vocabularies_page(SiteFacts const& site, Language language,
                                            std::span<ConceptLink const> vocabularies);

} // namespace terracat::pages

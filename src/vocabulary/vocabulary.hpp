#pragma once

#include "vocabulary/concept.hpp"
#include "vocabulary/report.hpp"

#include <terracat/local_text.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace terracat::vocabulary {

/// `skos:ConceptScheme`
struct Scheme {
  std::string uri;
  model::LocalText title;                  ///< empty if nobody said
  std::uint16_t vocabulary = 0;            ///< its place in Thesaurus::vocabularies()
  std::size_t concepts = 0;                ///< that are in it
  std::vector<ConceptNumber> top_concepts; ///< that are said to be, else those without broader ones
};

/// Concepts that a vocabulary brings together beside its hierarchy: `skos:Collection`, and what ISO
/// 25964 calls a group or an array.
struct Group {
  std::string uri;
  model::LocalText label; ///< empty if nobody said
  std::string notation;
  std::uint16_t vocabulary = 0;       ///< its place in Thesaurus::vocabularies()
  std::vector<ConceptNumber> members; ///< by number
  std::vector<std::uint32_t> groups;  ///< places in Thesaurus::groups() of those within it
};

struct LanguageCount {
  std::string language; ///< empty: nobody said
  std::size_t labels = 0;
};

/// What was loaded under one name, of one document.
struct Vocabulary {
  std::string name;       ///< in addresses
  model::LocalText title; ///< of its only scheme, else empty
  std::size_t concepts = 0;
  std::size_t deprecated = 0;
  std::vector<LanguageCount> languages; ///< of its labels, by tag
  std::vector<std::uint32_t> schemes;   ///< places in Thesaurus::schemes()
  Report report;
};

} // namespace terracat::vocabulary

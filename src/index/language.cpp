#include "index/language.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace terracat::index {
namespace {

// Sorted. Of these words each language has its own; those of both lists say nothing of which it is.
constexpr std::array<std::string_view, 55> french{
    "ainsi", "au",   "aux", "avec", "ce",    "ces",   "cette", "comme", "d",   "dans", "de",
    "des",   "dont", "du",  "elle", "en",    "entre", "est",   "et",    "il",  "ils",  "l",
    "la",    "le",   "les", "leur", "leurs", "mais",  "n",     "ne",    "ni",  "nos",  "notre",
    "nous",  "on",   "ou",  "où",   "par",   "pas",   "pour",  "qu",    "que", "qui",  "s",
    "sa",    "se",   "ses", "son",  "sont",  "sous",  "sur",   "un",    "une", "vers", "à"};

constexpr std::array<std::string_view, 41> english{
    "a",     "all", "an",   "and",  "are",  "as",    "at",   "be",    "been",  "between", "by",
    "each",  "for", "from", "has",  "have", "in",    "into", "is",    "it",    "its",     "of",
    "on",    "or",  "over", "such", "than", "that",  "the",  "their", "these", "they",    "this",
    "those", "to",  "was",  "were", "when", "which", "with", "within"};

static_assert(std::ranges::is_sorted(english));
static_assert(std::ranges::is_sorted(french));

template<std::size_t Size>
bool has(std::array<std::string_view, Size> const& words, std::string_view word) noexcept {
  return std::ranges::binary_search(words, word);
}

/// Letters of French with accents, as UTF-8 has them.
bool is_french_spelling(std::string_view small) noexcept {
  constexpr std::array<std::string_view, 8> letters{"é", "è", "ê", "ë", "ç", "œ", "û", "î"};
  return std::ranges::any_of(letters, [&](std::string_view letter) {
    return small.find(letter) != std::string_view::npos;
  });
}

} // namespace

bool is_stop_word(std::string_view small) noexcept {
  return has(french, small) || has(english, small);
}

std::optional<WordTable> guessed_language(std::vector<Word> const& words) {
  std::ptrdiff_t lead = 0; // of French
  for (auto const& word : words) {
    bool const is_of_french = has(french, word.small);
    bool const is_of_english = has(english, word.small);
    if ((is_of_french && !is_of_english) || is_french_spelling(word.small)) ++lead;
    if (is_of_english && !is_of_french) --lead;
  }
  if (lead == 0) return std::nullopt;
  return lead > 0 ? WordTable::french : WordTable::english;
}

WordTable table_of(std::string_view tag) noexcept {
  auto const language = tag.substr(0, tag.find('-'));
  if (language == "fr") return WordTable::french;
  return language == "en" ? WordTable::english : WordTable::other;
}

} // namespace terracat::index

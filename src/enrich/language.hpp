#pragma once

#include <terracat/record.hpp>

#include <optional>
#include <string_view>

namespace terracat::enrich {

/// The language of a text that nobody told the language of.
struct GuessedLanguage {
  std::string_view language; ///< BCP 47: "fr"; a literal
  double score = 0;          ///< up to 1: how far it is ahead of the next one
  std::size_t words = 0;     ///< of the text, that speak for it
};

/// By the small words of French, English, German, Spanish, Italian, Portuguese and Dutch.
/// \return  nothing if they are too few, or speak for two of them alike
[[nodiscard]] std::optional<GuessedLanguage> guess_language(std::string_view text);

/// Of title and description. \return  nothing if the record tells a language of either
[[nodiscard]] std::optional<GuessedLanguage> guess_language(model::Record const& record);

} // namespace terracat::enrich

#pragma once

#include "index/words.hpp"

#include <terracat/record_words.hpp>

#include <string_view>

namespace terracat::index {

/// Words that stand in most sentences of French or of English and tell nothing: nobody is found by
/// them.
[[nodiscard]] bool is_stop_word(std::string_view small) noexcept;

/// The table of a text that nobody named the language of: that of which it has more stop words and
/// more letters that only French has.
/// \return  nothing if neither has more
[[nodiscard]] std::optional<WordTable> guessed_language(std::vector<Word> const& words);

/// The table of a language. \param tag  BCP 47: "fr-CA"
[[nodiscard]] WordTable table_of(std::string_view tag) noexcept;

} // namespace terracat::index

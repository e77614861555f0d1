#pragma once

#include <terracat/json.hpp>
#include <terracat/query.hpp>

#include <string>
#include <string_view>
#include <vector>

/// Free text (`q`): phrases that stand somewhere in what a record or an item says.
namespace terracat::query {

/// The words of a text, each between blanks: " mesures de pluie ". Words are letters and digits,
/// without the difference of case and accents; an ideograph is one by itself. Empty if there are
/// none.
[[nodiscard]] std::string words_of(std::string_view text);

/// Appends the words of one more text; a sign that is no word parts the texts.
void add_words(std::string_view text, std::string& out);

/// The version of the rules by which words are made of items. Whoever changes what these become, or
/// the library that folds texts, raises it: catalogue files get theirs anew when they are opened.
inline constexpr std::int64_t item_word_rules = 1;

/// What an item says in words: the properties `title`, `description` and `keywords`, texts apart.
/// Empty if it says nothing.
[[nodiscard]] std::string words_in(json::Value const& properties);

/// The same of an item's body (model::ItemParts), which is parsed only if it says something.
[[nodiscard]] std::string words_in_body(std::string_view body);

/// So many words a phrase may have: what it costs to find one grows with each.
inline constexpr std::size_t most_words = 50;

/// The phrase has more words.
[[nodiscard]] bool is_too_long(std::string_view phrase);

/// True where the phrase stands in a text (Property::Place::words), its words in that order without
/// others between them. \return  nothing if it has no word
[[nodiscard]] std::optional<Expression> says(std::string_view phrase);

/// Likewise, where one of the phrases does. \return  nothing if one of them has no word
[[nodiscard]] std::optional<Expression> says_one_of(std::vector<std::string> const& phrases);

/// The words of the phrase, parted by blanks, if that is what the condition asks for.
[[nodiscard]] std::optional<std::string_view> phrase_in(Like const& condition) noexcept;

} // namespace terracat::query

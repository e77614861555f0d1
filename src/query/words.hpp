#pragma once

#include <terracat/query.hpp>

#include <string>
#include <string_view>
#include <vector>

/// Free text (`q`): phrases that stand somewhere in what a record says.
namespace terracat::query {

/// The words of a text, each between blanks: " mesures de pluie ". Words are letters and digits,
/// without the difference of case and accents; a sign of a script that puts no blanks between words
/// is one by itself. Empty if there are none.
[[nodiscard]] std::string words_of(std::string_view text);

/// The own property that a condition on words looks at: all words of a record, texts apart by what
/// is no word. It is no queryable.
inline constexpr std::string_view words_name = "terracat:words";

/// True where one of the phrases stands in a text, its words in that order without others between
/// them. \return  nothing if one of the phrases has no word
[[nodiscard]] std::optional<Expression> says_one_of(std::vector<std::string> const& phrases);

} // namespace terracat::query

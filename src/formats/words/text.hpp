#pragma once

#include <terracat/text.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What every reader does with the words of a source.
namespace terracat::formats {

/// Without ASCII white space, no-break spaces and zero-width marks at both ends.
[[nodiscard]] std::string_view stripped(std::string_view text) noexcept;

/// Lower case without accents, every run of other characters than letters and digits one blank: the
/// form in which words of sources are compared. \pre UTF-8
[[nodiscard]] std::string folded(std::string_view text);

/// The text on one line: each run of white space becomes a blank, control characters are dropped,
/// what is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string one_line(std::string_view text);

/// The text with its line breaks: blanks at the ends of lines and indentation are dropped, more
/// than one empty line becomes one. Control characters as in one_line.
[[nodiscard]] std::string paragraphs(std::string_view text);

/// The parts between the separators, stripped, without empty ones.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text,
                                                  std::string_view separators);

/// True for what a template left to be filled in: "TODO", "A REMPLIR", "{{role}}", "-- titre --",
/// `$roleCode`.
[[nodiscard]] bool is_placeholder(std::string_view text);

/// True for words that say that there is nothing to say: "None", "N/A", "unknown", "inconnu", "-".
[[nodiscard]] bool says_nothing(std::string_view text);

/// True for a text that can be a name: it is there, and is neither what a template left nor a word
/// for nothing.
[[nodiscard]] bool is_name(std::string_view text);

} // namespace terracat::formats

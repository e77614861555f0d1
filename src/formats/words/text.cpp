#include "formats/words/text.hpp"

#include "formats/words/utf8.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <new>
#include <stdexcept>

namespace terracat::formats {
namespace {

/// Blanks, tabs, line breaks; UTF-8 of no-break space, zero-width space and byte order mark.
std::size_t blank_at_front(std::string_view text) noexcept {
  using namespace std::string_view_literals;
  if (text.empty()) return 0;
  if (" \t\r\n\f\v"sv.find(text.front()) != std::string_view::npos) return 1;
  for (auto const wide : {"\xC2\xA0"sv, "\xE2\x80\x8B"sv, "\xEF\xBB\xBF"sv}) {
    if (text.starts_with(wide)) return wide.size();
  }
  return 0;
}

std::size_t blank_at_back(std::string_view text) noexcept {
  for (std::size_t length = 1; length <= std::min<std::size_t>(3, text.size()); ++length) {
    if (blank_at_front(text.substr(text.size() - length)) == length) return length;
  }
  return 0;
}

bool is_control(char32_t character) noexcept {
  return character < 0x20 || (character >= 0x7F && character < 0xA0);
}

/// Calls `visit(char32_t)` for every character; U+FFFD stands for what is not UTF-8.
template<class Visitor>
void for_each_character(std::string_view text, Visitor&& visit) {
  constexpr char32_t replacement = 0xFFFD;
  for (std::size_t at = 0; at < text.size();) {
    auto const character = next_character(text, at);
    visit(character == no_character ? replacement : character);
  }
}

bool is_blank(char32_t character) noexcept {
  return (character >= 9 && character <= 13) || character == ' ' || character == 0xA0 ||
         character == 0x2028 || character == 0x2029;
}

} // namespace

std::string_view stripped(std::string_view text) noexcept {
  while (auto const length = blank_at_front(text)) text.remove_prefix(length);
  while (auto const length = blank_at_back(text)) text.remove_suffix(length);
  return text;
}

std::string folded(std::string_view text) {
  auto status = U_ZERO_ERROR;
  auto const* const decompose = icu::Normalizer2::getNFKDInstance(status);
  auto const source = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  auto const decomposed = decompose == nullptr ? source : decompose->normalize(source, status);
  if (status == U_MEMORY_ALLOCATION_ERROR || decomposed.isBogus()) throw std::bad_alloc();
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot normalise text");
  std::string out;
  bool gap = false;
  for (std::int32_t i = 0; i < decomposed.length();) {
    auto const character = decomposed.char32At(i);
    i += U16_LENGTH(character);
    auto const category = u_charType(character);
    if (category == U_NON_SPACING_MARK) continue;
    if (u_isalnum(character) == 0) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    append_character(out, static_cast<char32_t>(u_foldCase(character, U_FOLD_CASE_DEFAULT)));
  }
  return out;
}

std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for_each_character(stripped(text), [&](char32_t character) {
    if (is_blank(character)) {
      gap = true;
    } else if (!is_control(character)) {
      if (gap && !out.empty()) out += ' ';
      gap = false;
      append_character(out, character);
    }
  });
  return out;
}

std::string paragraphs(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  text = stripped(text);
  std::size_t empty_lines = 0;
  while (!text.empty()) {
    auto const end = text.find('\n');
    auto const line = one_line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty()) {
      ++empty_lines;
      continue;
    }
    if (!out.empty()) out += empty_lines > 0 ? "\n\n" : "\n";
    empty_lines = 0;
    out += line;
  }
  return out;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    auto const end = text.find_first_of(separators);
    auto const part = stripped(text.substr(0, end));
    if (!part.empty()) parts.push_back(part);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return parts;
}

bool is_placeholder(std::string_view text) {
  auto const word = stripped(text);
  if (word.starts_with("{{") && word.ends_with("}}")) return true;
  if (word == "{uuid}") return true; // of GeoNetwork; braces around a real UUID are Esri's
  if (word.size() > 4 && word.starts_with("@@") && word.ends_with("@@")) return true;
  if (word.starts_with("-- ") && word.ends_with(" --")) return true;
  if (word.starts_with("###") || word.starts_with("$role") || word.starts_with("${")) return true;
  constexpr std::size_t longest = 24;
  if (word.size() > longest) return false;
  constexpr std::array<std::string_view, 12> words{
      "todo",         "tbd",       "tba",          "a remplir",       "a completer",
      "a renseigner", "a definir", "to be filled", "to be completed", "to be defined",
      "fixme",        "xxx"};
  return std::ranges::find(words, folded(word)) != words.end();
}

bool says_nothing(std::string_view text) {
  auto const word = stripped(text);
  constexpr std::size_t longest = 24;
  if (word.size() > longest) return false;
  constexpr std::array<std::string_view, 22> words{"",
                                                   "none",
                                                   "null",
                                                   "nil",
                                                   "nan",
                                                   "n a",
                                                   "na",
                                                   "unknown",
                                                   "inconnu",
                                                   "inconnue",
                                                   "unbekannt",
                                                   "undefined",
                                                   "missing",
                                                   "inapplicable",
                                                   "withheld",
                                                   "not available",
                                                   "not applicable",
                                                   "niet beschikbaar",
                                                   "nicht verfugbar",
                                                   "sans objet",
                                                   "non renseigne",
                                                   "various"};
  return std::ranges::find(words, folded(word)) != words.end();
}

bool is_name(std::string_view text) {
  return !text.empty() && !is_placeholder(text) && !says_nothing(text);
}

} // namespace terracat::formats

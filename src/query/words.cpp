#include "query/words.hpp"

#include "query/folding.hpp"
#include "query/value.hpp"
#include "json/outline.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <new>

namespace terracat::query {
namespace {

/// The properties that say something in words.
constexpr std::array<std::string_view, 3> worded{"title", "description", "keywords"};

/// Parts texts: no phrase goes over it.
constexpr char text_end = '/';

bool is_plain(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x80U;
}

/// Of a text without any other letters than these, of which Unicode says nothing else; some thirty
/// times as quickly.
std::string plain_words_of(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  bool is_in_word = false;
  for (auto const c : text) {
    bool const is_capital = c >= 'A' && c <= 'Z';
    bool const is_word = is_capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_in_word != is_word && (is_in_word || out.empty())) out += ' ';
    if (is_word) out += is_capital ? static_cast<char>(c - 'A' + 'a') : c;
    is_in_word = is_word;
  }
  if (is_in_word) out += ' ';
  return out;
}

} // namespace

std::string words_of(std::string_view text) {
  if (std::ranges::all_of(text, is_plain)) return plain_words_of(text);
  auto const folded = icu::UnicodeString::fromUTF8(query::folded(text));
  icu::UnicodeString out;
  bool is_in_word = false;
  for (std::int32_t at = 0; at < folded.length(); at = folded.moveIndex32(at, 1)) {
    auto const c = folded.char32At(at);
    bool const is_word = u_isUAlphabetic(c) != 0 || u_isdigit(c) != 0;
    bool const stands_alone = is_word && u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) != 0;
    bool const is_parted = is_in_word && (!is_word || stands_alone);
    if (is_parted || (is_word && out.isEmpty())) out.append(u' ');
    if (is_word) out.append(c);
    if (stands_alone) out.append(u' ');
    is_in_word = is_word && !stands_alone;
  }
  if (is_in_word) out.append(u' ');
  if (folded.isBogus() || out.isBogus()) throw std::bad_alloc();
  std::string words;
  return out.toUTF8String(words);
}

void add_words(std::string_view text, std::string& out) {
  auto const words = words_of(text);
  if (words.empty()) return;
  if (!out.empty()) out += text_end;
  out += words;
}

std::string words_in(json::Value const& properties) {
  std::string out;
  for (auto const name : worded) {
    auto const said = properties.member(name);
    if (!said) continue;
    if (auto const text = said->string(); text && name != "keywords") add_words(*text, out);
    if (name != "keywords") continue;
    for (auto const& keyword : said->elements()) {
      if (auto const text = keyword.string()) add_words(*text, out);
    }
  }
  return out;
}

std::string words_in_body(std::string_view body) {
  auto const outline = json::Outline::of_members(body);
  json::Outline const properties(outline.value("properties"));
  if (!std::ranges::any_of(worded, [&](auto name) { return properties.has(name); })) return {};
  BodyProperties parsed;
  parsed.parse(body);
  return parsed.words();
}

bool is_too_long(std::string_view phrase) {
  if (phrase.size() <= most_words) return false; // bytes
  auto const words = words_of(phrase);
  return static_cast<std::size_t>(std::ranges::count(words, ' ')) > most_words + 1;
}

std::optional<Expression> says(std::string_view phrase) {
  auto const words = words_of(phrase);
  if (words.empty()) return std::nullopt;
  Like condition;
  condition.property.place = Property::Place::words;
  condition.property.type = Type::text;
  condition.pattern = "%" + words + "%";
  return Expression{std::move(condition)};
}

std::optional<Expression> says_one_of(std::vector<std::string> const& phrases) {
  Or any;
  for (auto const& phrase : phrases) {
    auto condition = says(phrase);
    if (!condition) return std::nullopt;
    any.of.push_back(std::move(*condition));
  }
  return Expression{std::move(any)};
}

std::optional<std::string_view> phrase_in(Like const& condition) noexcept {
  constexpr std::string_view ends = "% ";
  std::string_view pattern = condition.pattern;
  if (condition.property.place != Property::Place::words || pattern.size() < 2 * ends.size() + 1) {
    return std::nullopt;
  }
  return pattern.substr(ends.size(), pattern.size() - 2 * ends.size());
}

} // namespace terracat::query

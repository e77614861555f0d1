#include "query/words.hpp"

#include "query/folding.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <new>

namespace terracat::query {

std::string words_of(std::string_view text) {
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

std::optional<Expression> says_one_of(std::vector<std::string> const& phrases) {
  Property const property{.name = std::string(words_name), .type = Type::text};
  Or any;
  for (auto const& phrase : phrases) {
    auto const words = words_of(phrase);
    if (words.empty()) return std::nullopt;
    any.of.push_back({Like{property, "%" + words + "%"}});
  }
  return Expression{std::move(any)};
}

} // namespace terracat::query

#include "index/words.hpp"

#include "query/folding.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <stdexcept>
#include <utility>

namespace terracat::index {
namespace {

constexpr std::size_t longest_word = 64; ///< code points; what is longer is no word, but data

bool is_ascii_letter(char16_t c) noexcept {
  return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

/// A mu among Latin letters is written `u` as well: `µg`, `VENµS`.
void spell_micro(icu::UnicodeString& text) {
  for (auto at = text.indexOf(u'μ'); at >= 0; at = text.indexOf(u'μ', at + 1)) {
    bool const is_among = is_ascii_letter(at > 0 ? text.charAt(at - 1) : u' ') ||
                          is_ascii_letter(at + 1 < text.length() ? text.charAt(at + 1) : u' ');
    if (is_among) text.setCharAt(at, u'u');
  }
}

icu::UnicodeString compatible(std::string_view text) {
  auto status = U_ZERO_ERROR;
  auto const* const form = icu::Normalizer2::getNFKCInstance(status);
  if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot normalise a text");
  auto out = form->normalize(
      icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), status);
  if (status == U_MEMORY_ALLOCATION_ERROR || out.isBogus()) throw std::bad_alloc();
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot normalise a text");
  spell_micro(out);
  return out;
}

/// What a character is to those who look for words; bits.
using Kinds = std::uint8_t;

namespace kind {
constexpr Kinds of_word = 1;
constexpr Kinds digit = 2;
constexpr Kinds capital = 4;
constexpr Kinds small = 8;
constexpr Kinds ideograph = 16; ///< a word by itself
} // namespace kind

/// ICU looks each property up; most texts are of these characters.
constexpr auto kinds_of_ascii = [] {
  std::array<Kinds, 128> out{};
  for (std::size_t c = '0'; c <= '9'; ++c) out.at(c) = kind::of_word | kind::digit;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) out.at(c) = kind::of_word | kind::capital;
  for (std::size_t c = 'a'; c <= 'z'; ++c) out.at(c) = kind::of_word | kind::small;
  return out;
}();

Kinds kinds_of(UChar32 c) noexcept {
  if (c >= 0 && c < UChar32{kinds_of_ascii.size()}) {
    return kinds_of_ascii[static_cast<std::size_t>(c)];
  }
  Kinds out = 0;
  if (u_isUAlphabetic(c) != 0 || u_charType(c) == U_NON_SPACING_MARK) out |= kind::of_word;
  if (u_isdigit(c) != 0) out |= kind::of_word | kind::digit;
  if (u_isupper(c) != 0) out |= kind::capital;
  if (u_islower(c) != 0) out |= kind::small;
  if (u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) != 0) out |= kind::ideograph;
  return out;
}

bool is_connector(UChar32 c) noexcept {
  return c == '-' || c == '.' || c == '_' || c == '/' || c == ':';
}

/// Which kinds of letters a piece of text has.
struct Letters {
  std::size_t length = 0;
  std::size_t capitals = 0;
  std::size_t small = 0;
  std::size_t digits = 0;
  bool begins_small = false;

  void add(Kinds kinds) noexcept {
    if ((kinds & kind::digit) != 0) {
      ++digits;
    } else if ((kinds & kind::capital) != 0) {
      ++capitals;
    } else if ((kinds & kind::small) != 0) {
      ++small;
      begins_small = begins_small || length == 0;
    }
    ++length;
  }
};

bool is_acronym(Letters const& letters, bool has_small_letters) noexcept {
  auto const all = letters.capitals + letters.small;
  if (all > 0 && letters.digits > 0) return true;
  if (!has_small_letters) return false;
  return letters.capitals > 1 || (letters.begins_small && letters.capitals > 0);
}

std::string utf8(icu::UnicodeString const& text) {
  std::string out;
  return text.toUTF8String(out);
}

/// ASCII capitals as full-width ones: tables of words know no difference of case in ASCII.
std::string exact_form(icu::UnicodeString const& text) {
  icu::UnicodeString out;
  for (std::int32_t at = 0; at < text.length(); ++at) {
    auto const c = text.charAt(at);
    bool const is_capital = c >= u'A' && c <= u'Z';
    out.append(is_capital ? static_cast<char16_t>(c - u'A' + u'Ａ') : c);
  }
  return utf8(out);
}

/// Goes through a text once.
class Splitter {
 public:
  Splitter(icu::UnicodeString const& text, bool capitals_tell)
      : text_(text), has_small_letters_(capitals_tell) {
    for (std::int32_t at = 0; at < text.length() && !has_small_letters_;) {
      has_small_letters_ = (kinds_of(next(at)) & kind::small) != 0;
    }
  }

  Words split() {
    std::int32_t begin = 0;
    for (std::int32_t at = 0; at < text_.length();) {
      auto const here = at;
      auto const c = next(at);
      auto const kinds = kinds_of(c);
      if ((kinds & kind::of_word) == 0) {
        end_word(begin, here);
        if (!is_connector(c)) end_run(here);
        begin = at;
        continue;
      }
      if (run_ < 0) run_ = here;
      if ((kinds & kind::ideograph) != 0) {
        end_word(begin, here);
        end_word(here, at);
        begin = at;
      }
    }
    end_word(begin, text_.length());
    end_run(text_.length());
    return std::move(out_);
  }

 private:
  /// The character that begins there. \param at  is behind it then
  [[nodiscard]] UChar32 next(std::int32_t& at) const noexcept {
    auto const unit = text_.charAt(at);
    UChar32 const c = unit < u'\xD800' ? UChar32{unit} : text_.char32At(at);
    at += c > 0xFFFF ? 2 : 1;
    return c;
  }

  [[nodiscard]] Letters letters(std::int32_t begin, std::int32_t end) const {
    Letters out;
    for (auto at = begin; at < end;) out.add(kinds_of(next(at)));
    return out;
  }

  void end_word(std::int32_t begin, std::int32_t end) {
    if (begin >= end) return;
    ++parts_;
    auto const kinds = letters(begin, end);
    if (kinds.length > longest_word) return;
    auto const piece = text_.tempSubStringBetween(begin, end);
    Word word{.written = utf8(piece), .small = {}, .exact = {}};
    word.small = query::without_case(word.written);
    if (is_acronym(kinds, has_small_letters_)) {
      word.exact = exact_form(piece);
      out_.exact.push_back(word.exact);
    }
    out_.words.push_back(std::move(word));
  }

  /// Words that only connectors part are an identifier if there is a digit in them.
  void end_run(std::int32_t end) {
    while (run_ >= 0 && end > run_ && is_connector(text_.charAt(end - 1))) --end;
    auto const kinds = run_ < 0 ? Letters() : letters(run_, end);
    if (parts_ > 1 && kinds.digits > 0 && kinds.length <= longest_word) {
      out_.exact.push_back(exact_form(text_.tempSubStringBetween(run_, end)));
    }
    run_ = -1;
    parts_ = 0;
  }

  icu::UnicodeString const& text_;
  bool has_small_letters_; ///< or is taken for a text that has
  std::int32_t run_ = -1;  ///< where words and connectors began to follow one another
  std::size_t parts_ = 0;  ///< words in the run
  Words out_;
};

} // namespace

Words words_of(std::string_view text, bool capitals_tell) {
  auto const normal = compatible(text);
  return Splitter(normal, capitals_tell).split();
}

} // namespace terracat::index

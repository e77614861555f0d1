#include "query/cql2_tokens.hpp"

#include "query/cql2_syntax.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace terracat::query {
namespace {

using Kind = Cql2Token::Kind;

constexpr std::array<std::string_view, 11> keywords{"and", "or",   "not",  "like",  "between", "in",
                                                    "is",  "null", "true", "false", "div"};

constexpr std::string_view symbols = "<>=()[],+-*/^%"; // of one character

bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// \pre the text is not empty
std::size_t symbol_length(std::string_view text) noexcept {
  if (text.starts_with("<>") || text.starts_with("<=") || text.starts_with(">=")) return 2;
  return symbols.find(text.front()) == std::string_view::npos ? 0 : 1;
}

bool begins_name(char c) noexcept {
  return (lowered(c) >= 'a' && lowered(c) <= 'z') || c == '_' || c == ':' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool continues_name(char c) noexcept {
  return begins_name(c) || is_digit(c) || c == '.';
}

std::size_t name_length(std::string_view text) noexcept {
  if (text.empty() || !begins_name(text.front())) return 0;
  return static_cast<std::size_t>(std::ranges::find_if_not(text, continues_name) - text.begin());
}

std::size_t digits(std::string_view text, std::size_t from) noexcept {
  auto at = from;
  while (at < text.size() && is_digit(text[at])) ++at;
  return at - from;
}

/// What a backslash before the character means in a text.
std::optional<char> escaped(char c) noexcept {
  constexpr std::string_view letters = "abtnvfr'\\";
  constexpr std::string_view meanings = "\a\b\t\n\v\f\r'\\";
  auto const at = letters.find(c);
  return at == std::string_view::npos ? std::nullopt : std::optional(meanings[at]);
}

} // namespace

bool Cql2Token::is_word(std::string_view word) const noexcept {
  return kind == Kind::name && equal_ignoring_case(text, word);
}

std::string Cql2Token::shown() const {
  if (kind == Kind::end) return "the end";
  auto const part = text.substr(0, 50);
  if (kind == Kind::text) return "the text '" + part + "'";
  return kind == Kind::quoted_name ? "\"" + part + "\"" : "'" + part + "'";
}

void Cql2Tokens::take(std::size_t bytes) noexcept {
  for (auto const c : rest_.substr(0, bytes)) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++position_;
  }
  rest_.remove_prefix(bytes);
}

Cql2Token Cql2Tokens::next() {
  take(static_cast<std::size_t>(std::ranges::find_if_not(rest_, is_blank) - rest_.begin()));
  Cql2Token token{.kind = Kind::end, .text = {}, .position = position_};
  if (rest_.empty()) return token;
  auto const first = rest_.front();
  if (first == '\'') return quoted(Kind::text, first);
  if (first == '"') return quoted(Kind::quoted_name, first);
  if (is_digit(first) || (first == '.' && digits(rest_, 1) > 0)) return number();
  auto length = name_length(rest_);
  token.kind = Kind::name;
  if (length == 0) {
    token.kind = Kind::symbol;
    length = symbol_length(rest_);
  }
  if (length == 0) {
    refuse_filter("'" + std::string(1, first) + "' stands for nothing here", place(position_));
  }
  token.text = rest_.substr(0, length);
  take(length);
  return token;
}

Cql2Token Cql2Tokens::quoted(Kind kind, char quote) {
  Cql2Token token{.kind = kind, .text = {}, .position = position_};
  // Names have no backslashes that mean anything.
  auto const* const special = kind == Kind::text ? "'\\" : "\"";
  for (std::size_t from = 1;;) {
    auto const at = rest_.find_first_of(special, from);
    if (at == std::string_view::npos) {
      refuse_filter("the quote that begins here has no end", place(position_));
    }
    token.text += rest_.substr(from, at - from);
    auto const next = at + 1 < rest_.size() ? rest_[at + 1] : '\0';
    from = at + 2;
    if (rest_[at] != quote) {
      if (auto const meant = escaped(next)) {
        token.text += *meant;
      } else { // as patterns have it: `\%`
        token.text += rest_[at];
        from = at + 1;
      }
    } else if (next == quote && at + 1 < rest_.size()) {
      token.text += quote; // two of them stand for one
    } else {
      take(at + 1);
      return token;
    }
  }
}

Cql2Token Cql2Tokens::number() {
  Cql2Token token{.kind = Kind::number, .text = {}, .position = position_};
  auto length = digits(rest_, 0);
  if (length < rest_.size() && rest_[length] == '.') length += 1 + digits(rest_, length + 1);
  if (length < rest_.size() && lowered(rest_[length]) == 'e') {
    auto exponent = length + 1;
    if (exponent < rest_.size() && (rest_[exponent] == '+' || rest_[exponent] == '-')) ++exponent;
    auto const count = digits(rest_, exponent);
    if (count > 0) length = exponent + count;
  }
  token.text = rest_.substr(0, length);
  take(length);
  return token;
}

bool is_plain_name(std::string_view text) noexcept {
  return !text.empty() && name_length(text) == text.size() &&
         std::ranges::none_of(keywords, [&](auto word) { return equal_ignoring_case(word, text); });
}

} // namespace terracat::query

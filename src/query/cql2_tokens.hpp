#pragma once

#include <terracat/problem.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace terracat::query {

/// A word or a sign of CQL2 text.
struct Cql2Token {
  enum class Kind : std::uint8_t { end, name, quoted_name, text, number, symbol };

  Kind kind = Kind::end;
  std::string text;         ///< without quotes; of the end, empty
  std::size_t position = 1; ///< in characters, the first is 1

  [[nodiscard]] bool is_symbol(std::string_view symbol) const noexcept {
    return kind == Kind::symbol && text == symbol;
  }

  /// True for a name without quotes, in any case.
  [[nodiscard]] bool is_word(std::string_view word) const noexcept;

  /// As it is told to who wrote it.
  [[nodiscard]] std::string shown() const;
};

/// Takes a text apart, one token after the other.
class Cql2Tokens {
 public:
  /// \param where  what the text is called in problems; a position is added
  Cql2Tokens(std::string_view text, std::string where) : rest_(text), where_(std::move(where)) {}

  /// The next one; at the end of the text, again and again the end.
  /// \throws ProblemError  for what is none
  Cql2Token next();

  /// The place of a position, for problems.
  [[nodiscard]] std::string place(std::size_t position) const {
    return where_ + ", character " + std::to_string(position);
  }

 private:
  Cql2Token quoted(Cql2Token::Kind kind, char quote);
  Cql2Token number();
  void take(std::size_t bytes) noexcept;

  std::string_view rest_;
  std::string where_;
  std::size_t position_ = 1;
};

/// True if the text is a name that needs no quotes.
[[nodiscard]] bool is_plain_name(std::string_view text) noexcept;

} // namespace terracat::query

#pragma once

#include "query/cql2_syntax.hpp"
#include "query/cql2_tokens.hpp"

namespace terracat::query {

/// The tokens of a filter, one of them in view.
class Cql2Stream {
 public:
  Cql2Stream(std::string_view text, std::string where)
      : tokens_(text, std::move(where)), current_(tokens_.next()) {}

  [[nodiscard]] Cql2Token const& current() const noexcept { return current_; }

  /// The place of the token in view, for problems.
  [[nodiscard]] std::string place() const { return tokens_.place(current_.position); }

  /// Goes on to the next one. \return  the one that was in view
  Cql2Token take();

  /// Goes on if it is that.
  bool take_symbol(std::string_view symbol);
  bool take_word(std::string_view word);

  void expect_symbol(std::string_view symbol);
  void expect_word(std::string_view word);

  /// A number with or without a sign.
  double expect_number();

  /// \throws ProblemError  saying what was expected, and what is there instead
  [[noreturn]] void fail(std::string const& expected) const;

 private:
  Cql2Tokens tokens_;
  Cql2Token current_;
};

/// True for the names of shapes in well-known text.
[[nodiscard]] bool is_shape(std::string_view name) noexcept;

/// The rest of a shape behind its name. Third coordinates are passed over.
[[nodiscard]] model::RawGeometry read_shape(Cql2Stream& tokens, std::string_view name,
                                            FilterMeter& meter);

/// As well-known text.
void append_shape(std::string& out, model::RawGeometry const& geometry);

/// The shortest digits that read back as the same value.
void append_number(std::string& out, double number);

} // namespace terracat::query

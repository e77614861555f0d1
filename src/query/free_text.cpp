#include "query/free_text.hpp"

#include "query/words.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace terracat::query {
namespace {

struct Token {
  enum class Kind : std::uint8_t { end, phrase, both, either, with, without, open, close };

  Kind kind = Kind::end;
  std::string_view text;     ///< of a phrase, without quotes
  std::size_t character = 1; ///< where it begins
};

constexpr std::string_view blanks = " \t\r\n";

[[noreturn]] void refuse(std::string const& detail, std::size_t character) {
  throw ProblemError({.kind = ProblemKind::invalid_parameter,
                      .detail = "character " + std::to_string(character) + ": " + detail,
                      .where = {}});
}

[[noreturn]] void refuse_more_than(std::size_t most) {
  throw ProblemError(
      {.kind = ProblemKind::invalid_parameter,
       .detail = "at most " + std::to_string(most) + " words and phrases can be asked for",
       .where = {}});
}

std::size_t characters_in(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// \param character  where it begins
Expression said(std::string_view phrase, std::size_t character) {
  if (is_too_long(phrase)) {
    refuse("a phrase has at most " + std::to_string(most_words) + " words", character);
  }
  auto condition = says(phrase);
  if (!condition) refuse("expected a word with letters or digits", character);
  return std::move(*condition);
}

/// Takes a text apart, one token after the other; at the end, again and again the end.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : rest_(text) {}

  Token next() {
    while (!rest_.empty() && blanks.find(rest_.front()) != std::string_view::npos) take(1);
    auto const begin = character_;
    if (rest_.empty()) return {.kind = Token::Kind::end, .text = {}, .character = begin};
    if (auto const kind = sign(rest_.front())) {
      take(1);
      return {.kind = *kind, .text = {}, .character = begin};
    }
    if (rest_.front() == '"') return quoted();
    auto const word = take(std::min(rest_.find_first_of(word_ends), rest_.size()));
    auto const kind = word == "AND"  ? Token::Kind::both
                      : word == "OR" ? Token::Kind::either
                                     : Token::Kind::phrase;
    return {.kind = kind, .text = word, .character = begin};
  }

 private:
  static std::optional<Token::Kind> sign(char c) noexcept {
    switch (c) {
    case '+':
      return Token::Kind::with;
    case '-':
      return Token::Kind::without;
    case '(':
      return Token::Kind::open;
    case ')':
      return Token::Kind::close;
    case ',':
      return Token::Kind::either;
    default:
      return std::nullopt;
    }
  }

  Token quoted() {
    auto const begin = character_;
    take(1);
    auto const end = rest_.find('"');
    if (end == std::string_view::npos) refuse("the quotation mark is not closed", begin);
    auto const phrase = take(end);
    take(1);
    return {.kind = Token::Kind::phrase, .text = phrase, .character = begin};
  }

  std::string_view take(std::size_t bytes) noexcept {
    auto const taken = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    character_ += characters_in(taken);
    return taken;
  }

  static constexpr std::string_view word_ends = " \t\r\n\"(),";

  std::string_view rest_;
  std::size_t character_ = 1;
};

enum class Mark : std::uint8_t { none, with, without };

/// A part of `any`.
struct Term {
  Mark mark = Mark::none;
  Expression condition;
};

Expression opposite(Expression condition) {
  return {Not{{std::move(condition)}}};
}

/// All of them. \param of  at least one
Expression together(std::vector<Expression> of) {
  if (of.size() > 1) return {And{std::move(of)}};
  auto only = std::move(of.front());
  return only;
}

/// Any of them, as far as their marks say that one will do. \param terms  at least one
Expression either(std::vector<Term> terms) {
  bool const is_one_needed =
      std::ranges::none_of(terms, [](Term const& term) { return term.mark == Mark::with; });
  std::vector<Expression> needed;
  Or wished;
  for (auto& [mark, condition] : terms) {
    if (mark == Mark::with) needed.push_back(std::move(condition));
    if (mark == Mark::without) needed.push_back(opposite(std::move(condition)));
    if (mark == Mark::none && is_one_needed) wished.of.push_back(std::move(condition));
  }
  if (wished.of.size() == 1) needed.push_back(std::move(wished.of.front()));
  if (wished.of.size() > 1) needed.push_back({std::move(wished)});
  return together(std::move(needed));
}

class Parser {
 public:
  Parser(std::string_view text, FreeTextLimits const& limits) : tokens_(text), limits_(limits) {}

  Expression parse() {
    auto out = any();
    if (now_.kind != Token::Kind::end) {
      refuse("there is no bracket that this one closes", now_.character);
    }
    return out;
  }

 private:
  [[nodiscard]] bool is_at_end() const noexcept {
    return now_.kind == Token::Kind::end || now_.kind == Token::Kind::close;
  }

  Expression any() {
    if (++depth_ > limits_.depth) refuse("brackets stand too deep in each other", now_.character);
    std::vector<Term> terms;
    terms.push_back(all());
    while (!is_at_end()) {
      if (now_.kind == Token::Kind::either) step();
      terms.push_back(all());
    }
    --depth_;
    return either(std::move(terms));
  }

  Term all() {
    auto first = term();
    if (now_.kind != Token::Kind::both) return first;
    std::vector<Expression> of;
    auto mark = Mark::none;
    auto const add = [&](Term one) {
      if (one.mark == Mark::with) mark = Mark::with;
      of.push_back(one.mark == Mark::without ? opposite(std::move(one.condition))
                                             : std::move(one.condition));
    };
    add(std::move(first));
    while (now_.kind == Token::Kind::both) {
      step();
      add(term());
    }
    return {.mark = mark, .condition = together(std::move(of))};
  }

  Term term() {
    auto mark = Mark::none;
    if (now_.kind == Token::Kind::with) mark = Mark::with;
    if (now_.kind == Token::Kind::without) mark = Mark::without;
    if (mark != Mark::none) step();
    return {.mark = mark, .condition = operand()};
  }

  Expression operand() {
    auto const begin = now_;
    if (begin.kind == Token::Kind::open) {
      step();
      auto out = any();
      if (now_.kind != Token::Kind::close) refuse("the bracket is not closed", begin.character);
      step();
      return out;
    }
    if (begin.kind != Token::Kind::phrase) {
      refuse("expected a word with letters or digits", begin.character);
    }
    auto condition = said(begin.text, begin.character);
    if (++phrases_ > limits_.phrases) refuse_more_than(limits_.phrases);
    step();
    return condition;
  }

  void step() { now_ = tokens_.next(); }

  Tokens tokens_;
  FreeTextLimits limits_;
  Token now_ = tokens_.next();
  std::size_t depth_ = 0;
  std::size_t phrases_ = 0;
};

/// Something is an operator, commas apart.
bool has_operators(std::string_view text) {
  if (text.find('"') != std::string_view::npos) return true;
  Tokens tokens(text);
  for (auto token = tokens.next(); token.kind != Token::Kind::end; token = tokens.next()) {
    bool const is_comma = token.kind == Token::Kind::either && token.text.empty();
    if (token.kind != Token::Kind::phrase && !is_comma) return true;
  }
  return false;
}

Expression one_of_list(std::string_view list, FreeTextLimits const& limits) {
  Or any;
  for (std::size_t at = 0; at <= list.size();) {
    auto const end = std::min(list.find(',', at), list.size());
    auto const phrase = list.substr(at, end - at);
    auto const begin = std::exchange(at, end + 1);
    if (phrase.find_first_not_of(blanks) == std::string_view::npos) continue;
    any.of.push_back(said(phrase, 1 + characters_in(list.substr(0, begin))));
    if (any.of.size() > limits.phrases) refuse_more_than(limits.phrases);
  }
  if (any.of.empty()) refuse("expected a word with letters or digits", 1);
  return {std::move(any)};
}

} // namespace

Result<Expression> read_free_text(std::string_view text, FreeTextLimits const& limits) {
  try {
    bool const is_list = text.find(',') != std::string_view::npos && !has_operators(text);
    return is_list ? one_of_list(text, limits) : Parser(text, limits).parse();
  } catch (ProblemError const& error) {
    return error.problem();
  }
}

} // namespace terracat::query

#include "vocabulary/cutter.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace terracat::vocabulary {
namespace {

constexpr auto none = std::string_view::npos;
constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view behind_words = " \t\r\n\"'<>[](),;#";

/// The size of the text in quotes that another text begins with; 0 if its end is not there.
std::size_t quoted(std::string_view text) noexcept {
  auto const quote = text.front();
  bool const is_long = text.size() >= 3 && text[1] == quote && text[2] == quote;
  for (std::size_t at = is_long ? 3 : 1; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '\n' && !is_long) {
      return at; // malformed: who parses it says so
    } else if (text[at] == quote) {
      if (!is_long) return at + 1;
      if (text.substr(at).starts_with(text.substr(0, 3))) return at + 3;
    }
  }
  return 0;
}

/// Statements of Turtle and N-Triples. What is said of prefixes is repeated in each piece.
class TurtleCutter : public Cutter {
 public:
  using Cutter::Cutter;

 protected:
  Token step(std::string_view text, bool is_rest) override {
    auto const c = text.front();
    if (blanks.find(c) != none) {
      return {.size = std::min(text.find_first_not_of(blanks), text.size())};
    }
    if (c == '#') return until(text, '\n', is_rest);
    if (c == '"' || c == '\'') return in_quotes(text, is_rest);
    if (c == '<') return address(text, is_rest);
    if (c == '[' || c == '(') ++depth_;
    if ((c == ']' || c == ')') && depth_ > 0) --depth_;
    if (behind_words.find(c) == none) return word(text, is_rest);
    is_begun_ = true;
    return {.size = 1};
  }

  std::string finish(std::string kept) override {
    auto out = above_;
    // Those of this piece stand at their places in it, and above all others.
    for (auto const& directive : std::exchange(directives_, {})) above_ += directive + '\n';
    return out += kept;
  }

 private:
  static constexpr std::size_t most_above = std::size_t{1} << 20;

  static Token until(std::string_view text, char end, bool is_rest) {
    auto const found = text.find(end);
    if (found != none) return {.size = found + 1};
    return {.size = is_rest ? text.size() : 0};
  }

  Token in_quotes(std::string_view text, bool is_rest) {
    // Two quotes may be the beginning of three.
    auto const size = text.size() < 3 && !is_rest ? 0 : quoted(text);
    is_begun_ = true;
    return {.size = size == 0 && is_rest ? text.size() : size};
  }

  Token address(std::string_view text, bool is_rest) {
    auto token = until(text, '>', is_rest);
    is_begun_ = true;
    if (token.size != 0 && directive_ == Directive::of_sparql) {
      token.is_end = true;
      keep_directive(text.substr(0, token.size));
    }
    return token;
  }

  Token word(std::string_view text, bool is_rest) {
    auto size = std::size_t{0};
    while (size < text.size() && behind_words.find(text[size]) == none) {
      size += text[size] == '\\' ? 2U : 1U;
    }
    if (size >= text.size() && !is_rest) return {};
    auto const whole = text.substr(0, size); // a text may end behind a backslash
    auto name = whole.substr(0, whole.find_last_not_of('.') + 1);
    // A dot behind a backslash is part of the name.
    if (name.ends_with('\\')) name = whole.substr(0, std::min(name.size() + 1, whole.size()));
    bool const is_end = name.size() < whole.size() && depth_ == 0;
    if (!is_begun_ && !name.empty()) begin(name);
    if (name.starts_with("_:")) {
      replace('<' + std::string(shared_blank) + std::string(name.substr(2)) + '>' +
              std::string(whole.substr(name.size())));
    }
    if (is_end) end_statement(whole);
    return {.size = whole.size(), .is_end = is_end};
  }

  void begin(std::string_view name) {
    is_begun_ = true;
    begin_ = kept().size();
    if (name.starts_with("@prefix") || name.starts_with("@base")) { // raptor2 wants no blank behind
      directive_ = Directive::of_turtle;
    } else if (equal_ignoring_case(name, "prefix") || equal_ignoring_case(name, "base")) {
      directive_ = Directive::of_sparql;
    }
  }

  void end_statement(std::string_view last) {
    if (directive_ == Directive::of_turtle) keep_directive(last);
    directive_ = Directive::none; // one of SPARQL that ends with a dot has no address
    is_begun_ = false;
  }

  /// \param last  its last token
  void keep_directive(std::string_view last) {
    directives_.push_back(kept().substr(begin_) + std::string(last));
    directive_ = Directive::none;
    is_begun_ = false;
    above_bytes_ += directives_.back().size() + 1;
    if (above_bytes_ > most_above) refuse(FindingCode::too_large);
  }

  enum class Directive : std::uint8_t { none, of_turtle, of_sparql };

  std::string above_; ///< directives of former pieces
  std::size_t above_bytes_ = 0;
  std::vector<std::string> directives_; ///< of this piece
  Directive directive_ = Directive::none;
  std::size_t depth_ = 0;
  std::size_t begin_ = 0; ///< of the statement, in kept()
  bool is_begun_ = false; ///< a statement is
};

} // namespace

std::unique_ptr<Pieces> turtle_pieces(Document& document, Cut const& cut) {
  return std::make_unique<TurtleCutter>(document, cut);
}

} // namespace terracat::vocabulary

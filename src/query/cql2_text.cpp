#include "query/cql2_wkt.hpp"
#include "query/filter.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::query {
namespace {

using Kind = Cql2Token::Kind;

constexpr std::array<std::string_view, 6> comparison_symbols{"=", "<>", "<", "<=", ">", ">="};
constexpr std::array<std::string_view, 2> sums{"+", "-"};
constexpr std::array<std::string_view, 4> products{"*", "/", "%", "div"};

/// One filter of CQL2 text, by recursive descent. Brackets may hold a condition as well as a
/// value, so that both are one kind of expression here; `bind` tells them apart.
class TextReader {
 public:
  TextReader(std::string_view text, std::string const& where, FilterLimits const& limits)
      : tokens_(text, where), meter_(limits) {}

  Cql2 read() {
    auto out = disjunction();
    if (tokens_.current().kind != Kind::end) tokens_.fail("an operator or the end");
    return out;
  }

 private:
  Cql2 disjunction() {
    auto first = conjunction();
    return junction("or", std::move(first), [this] { return conjunction(); });
  }

  Cql2 conjunction() {
    auto first = negation();
    return junction("and", std::move(first), [this] { return negation(); });
  }

  template<class Next>
  Cql2 junction(std::string_view word, Cql2 first, Next const& next) {
    if (!tokens_.current().is_word(word)) return first;
    auto const place = tokens_.place();
    meter_.add_part(place);
    std::vector<Cql2> operands;
    operands.push_back(std::move(first));
    while (tokens_.take_word(word)) operands.push_back(next());
    return {Cql2::Call{std::string(word), std::move(operands)}, place};
  }

  Cql2 negation() {
    auto const place = tokens_.place();
    if (!tokens_.take_word("not")) return predicate();
    FilterMeter::Level const level(meter_, place);
    return negated(negation(), place);
  }

  Cql2 predicate() {
    auto left = sum();
    auto const place = tokens_.place();
    auto const* const comparison = std::ranges::find_if(
        comparison_symbols, [&](auto symbol) { return tokens_.current().is_symbol(symbol); });
    if (comparison != comparison_symbols.end()) {
      tokens_.take();
      auto right = sum();
      return call(*comparison, place, std::move(left), std::move(right));
    }
    if (tokens_.take_word("is")) return null_check(std::move(left), place);
    bool const is_negated = tokens_.take_word("not");
    if (tokens_.take_word("like")) {
      auto pattern = sum();
      return negated_if(is_negated, call("like", place, std::move(left), std::move(pattern)));
    }
    if (tokens_.take_word("between")) {
      auto low = sum();
      tokens_.expect_word("and");
      auto high = sum();
      return negated_if(is_negated,
                        call("between", place, std::move(left), std::move(low), std::move(high)));
    }
    if (tokens_.take_word("in")) {
      auto list = array(")");
      return negated_if(is_negated, call("in", place, std::move(left), std::move(list)));
    }
    if (is_negated) tokens_.fail("'like', 'between' or 'in'");
    return left;
  }

  Cql2 null_check(Cql2 operand, std::string const& place) {
    bool const is_negated = tokens_.take_word("not");
    tokens_.expect_word("null");
    return negated_if(is_negated, call("isNull", place, std::move(operand)));
  }

  Cql2 sum() {
    return chain(sums, [this] { return product(); });
  }

  Cql2 product() {
    return chain(products, [this] { return power(); });
  }

  /// From the left: a - b - c is (a - b) - c. As deep as it is long.
  template<std::size_t Size, class Next>
  Cql2 chain(std::array<std::string_view, Size> const& operators, Next const& next) {
    auto out = next();
    for (std::size_t links = 0;; ++links) {
      auto const& token = tokens_.current();
      auto const* const found = std::ranges::find_if(
          operators, [&](auto name) { return token.is_symbol(name) || token.is_word(name); });
      if (found == operators.end()) return out;
      auto const place = tokens_.place();
      if (links == meter_.limits().depth) {
        refuse_filter("more than " + std::to_string(links) + " operators in a row", place);
      }
      require_operation(*found);
      tokens_.take();
      auto right = next();
      out = call(*found, place, std::move(out), std::move(right));
    }
  }

  /// From the right: a ^ b ^ c is a ^ (b ^ c).
  Cql2 power() {
    auto base = primary();
    if (!tokens_.current().is_symbol("^")) return base;
    auto const place = tokens_.place();
    require_operation("^");
    tokens_.take();
    FilterMeter::Level const level(meter_, place);
    return call("^", place, std::move(base), power());
  }

  Cql2 primary() {
    auto const place = tokens_.place();
    auto const& token = tokens_.current();
    if (tokens_.take_symbol("(")) return bracketed();
    if (token.is_symbol("[")) return array("]");
    if (token.kind == Kind::number || token.is_symbol("+")) {
      return {tokens_.expect_number(), place};
    }
    if (tokens_.take_symbol("-")) return negative(place);
    if (token.kind == Kind::text) return {tokens_.take().text, place};
    if (token.kind == Kind::quoted_name) return {Cql2::Name{tokens_.take().text}, place};
    if (token.is_word("true") || token.is_word("false")) {
      meter_.add_part(place);
      return {tokens_.take().is_word("true"), place};
    }
    if (token.kind != Kind::name || !is_plain_name(token.text)) {
      tokens_.fail("a property, a value or '('");
    }
    auto const name = tokens_.take();
    bool const has_height = tokens_.current().is_word("z") || tokens_.current().is_word("m");
    if (is_shape(name.text) && (has_height || tokens_.current().is_symbol("("))) {
      return {Cql2::Shape{read_shape(tokens_, name.text, meter_)}, place};
    }
    if (tokens_.current().is_symbol("(")) return called(name, place);
    return {Cql2::Name{name.text}, place};
  }

  /// What follows a minus: a number, or a value that is computed.
  Cql2 negative(std::string const& place) {
    if (tokens_.current().kind == Kind::number)
      return {without_signed_zero(-tokens_.expect_number()), place};
    FilterMeter::Level const level(meter_, place);
    auto operand = primary();
    return call("*", place, Cql2{-1.0, place}, std::move(operand));
  }

  /// An expression, or an array of several.
  Cql2 bracketed() {
    auto const place = tokens_.place();
    FilterMeter::Level const level(meter_, place);
    if (tokens_.take_symbol(")")) return {Cql2::Array{}, place};
    auto first = disjunction();
    if (tokens_.take_symbol(")")) return first;
    if (!tokens_.current().is_symbol(",")) tokens_.fail("')'");
    Cql2::Array out;
    meter_.add_part(place);
    out.elements.push_back(std::move(first));
    while (tokens_.take_symbol(",")) out.elements.push_back(element());
    tokens_.expect_symbol(")");
    return {std::move(out), place};
  }

  Cql2 element() {
    meter_.add_part(tokens_.place());
    return disjunction();
  }

  /// With its brackets. \param close  the second of them
  Cql2 array(std::string_view close) {
    auto const place = tokens_.place();
    FilterMeter::Level const level(meter_, place);
    tokens_.expect_symbol(close == ")" ? "(" : "[");
    Cql2::Array out;
    if (tokens_.take_symbol(close)) return {std::move(out), place};
    do {
      out.elements.push_back(element());
    } while (tokens_.take_symbol(","));
    tokens_.expect_symbol(close);
    return {std::move(out), place};
  }

  /// What has arguments in brackets, which come next.
  Cql2 called(Cql2Token const& name, std::string const& place) {
    if (name.is_word("date")) return {Cql2::Date{text_in_brackets()}, place};
    if (name.is_word("timestamp")) return {Cql2::Timestamp{text_in_brackets()}, place};
    if (name.is_word("bbox")) return box(place);
    auto const* const known = operation(name.text);
    bool const is_interval = name.is_word("interval");
    if (!is_interval && (known == nullptr || known->notation != Notation::call)) {
      throw ProblemError(unknown_operation(name.text, place));
    }
    FilterMeter::Level const level(meter_, place);
    tokens_.expect_symbol("(");
    // Where an array is wanted, brackets are one even around a single value.
    bool const takes_arrays = known != nullptr && known->takes_arrays();
    std::vector<Cql2> arguments;
    while (!tokens_.take_symbol(")")) {
      if (!arguments.empty()) tokens_.expect_symbol(",");
      bool const is_array = takes_arrays && tokens_.current().is_symbol("(");
      arguments.push_back(is_array ? array(")") : disjunction());
      if (!tokens_.current().is_symbol(",") && !tokens_.current().is_symbol(")")) {
        tokens_.fail("',' or ')'");
      }
      if (takes_arrays) check_array(*known, arguments.back());
    }
    if (is_interval) return interval(std::move(arguments), place);
    check_arguments(*known, arguments.size(), place).value();
    meter_.add_part(place);
    return {Cql2::Call{std::string(known->name), std::move(arguments)}, place};
  }

  static Cql2 interval(std::vector<Cql2> ends, std::string const& place) {
    if (ends.size() != 2) {
      refuse_filter("expected an interval of two ends, such as INTERVAL('2024-01-01', '..')",
                    place);
    }
    return {Cql2::Interval{std::move(ends)}, place};
  }

  std::string text_in_brackets() {
    tokens_.expect_symbol("(");
    if (tokens_.current().kind != Kind::text) tokens_.fail("a text in single quotes");
    auto out = tokens_.take().text;
    tokens_.expect_symbol(")");
    return out;
  }

  Cql2 box(std::string const& place) {
    Cql2::Box out;
    tokens_.expect_symbol("(");
    do {
      if (out.numbers.size() == 6) tokens_.fail("')' behind six numbers");
      out.numbers.push_back(tokens_.expect_number());
    } while (tokens_.take_symbol(","));
    tokens_.expect_symbol(")");
    return {std::move(out), place};
  }

  void require_operation(std::string_view name) const {
    if (operation(name) == nullptr) throw ProblemError(unknown_operation(name, tokens_.place()));
  }

  template<class... Arguments>
  Cql2 call(std::string_view op, std::string const& place, Arguments... arguments) {
    meter_.add_part(place);
    Cql2::Call out{std::string(op), {}};
    (out.arguments.push_back(std::move(arguments)), ...);
    return {std::move(out), place};
  }

  Cql2 negated(Cql2 operand, std::string const& place) {
    return call("not", place, std::move(operand));
  }

  Cql2 negated_if(bool is_negated, Cql2 operand) {
    auto const place = operand.where;
    return is_negated ? negated(std::move(operand), place) : std::move(operand);
  }

  Cql2Stream tokens_;
  FilterMeter meter_;
};

} // namespace

Result<Cql2> parse_cql2_text(std::string_view filter, std::string const& where,
                             FilterLimits const& limits) {
  if (filter.size() > limits.bytes) {
    return Problem{.kind = ProblemKind::invalid_filter,
                   .detail = "the filter is longer than " + std::to_string(limits.bytes) + " bytes",
                   .where = where};
  }
  if (!json::is_utf8(filter)) {
    return Problem{.kind = ProblemKind::invalid_filter,
                   .detail = "the filter is not encoded in UTF-8",
                   .where = where};
  }
  try {
    return TextReader(filter, where, limits).read();
  } catch (ProblemError const& error) {
    return error.problem();
  }
}

} // namespace terracat::query

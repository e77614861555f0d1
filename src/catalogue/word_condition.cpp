#include "catalogue/word_condition.hpp"

#include "catalogue/roll.hpp"
#include "query/parts.hpp"
#include "query/words.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <span>

namespace terracat::catalogue {
namespace {

using Rows = std::vector<std::uint8_t>;

/// Those that have each word, wherever it stands.
std::vector<std::uint32_t> having_all(std::span<std::uint32_t const> words, RollWords const& all) {
  auto const first = all.rows_of(words.front());
  std::vector<std::uint32_t> out(first.begin(), first.end());
  for (auto const word : words.subspan(1)) {
    std::vector<std::uint32_t> both;
    std::ranges::set_intersection(out, all.rows_of(word), std::back_inserter(both));
    out = std::move(both);
  }
  return out;
}

/// Those in which they stand one behind the other.
void keep_saying(std::span<std::uint32_t const> phrase, Roll const& roll,
                 std::vector<std::uint32_t>& rows) {
  auto const said = [&](std::size_t place) -> SaidWords const& {
    return roll.rows()[rows[place]].facts->said();
  };
  std::vector<std::uint32_t> out;
  for (std::size_t place = 0; place < rows.size(); ++place) {
    constexpr std::size_t ahead = 8; // what is read lies anywhere
    if (place + 2 * ahead < rows.size()) __builtin_prefetch(&said(place + 2 * ahead));
    if (place + ahead < rows.size()) __builtin_prefetch(said(place + ahead).memory());
    if (said(place).have(phrase)) out.push_back(rows[place]);
  }
  rows = std::move(out);
}

/// \param phrase  numbers of its words; nothing: no record has one of them
Rows rows_of(std::optional<std::vector<std::uint32_t>> const& phrase, Roll const& roll) {
  Rows out(roll.rows().size());
  if (!phrase) return out;
  auto rows = having_all(*phrase, *roll.words());
  if (phrase->size() > 1) keep_saying(*phrase, roll, rows);
  for (auto const row : rows) out[row] = 1;
  return out;
}

/// Those of both, by that operation.
template<class Operation>
void combine(Rows& rows, Rows const& others, Operation const& operation) {
  std::ranges::transform(rows, others, rows.begin(), operation);
}

} // namespace

std::optional<Rows> rows_that_say(query::Expression const& condition, Roll const& roll,
                                  WordNumbers const& numbers) {
  if (auto const* const like = std::get_if<query::Like>(&condition.node)) {
    auto const phrase = query::phrase_in(*like);
    return phrase ? std::optional(rows_of(numbers.find(*phrase), roll)) : std::nullopt;
  }
  std::optional<Rows> out;
  bool const is_any = std::holds_alternative<query::Or>(condition.node);
  for (auto const& operand : query::parts_of(condition).operands) {
    auto const rows = rows_that_say(operand, roll, numbers);
    if (!rows) return std::nullopt;
    if (!out) {
      out = rows;
    } else if (is_any) {
      combine(*out, *rows, std::bit_or());
    } else {
      combine(*out, *rows, std::bit_and());
    }
  }
  bool const is_none = std::holds_alternative<query::Not>(condition.node);
  if (out && is_none) combine(*out, Rows(out->size(), 1), std::bit_xor());
  return out;
}

} // namespace terracat::catalogue

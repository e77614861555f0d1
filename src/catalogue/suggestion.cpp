#include "catalogue/view.hpp"
#include "index/language.hpp"
#include "query/folding.hpp"

#include <algorithm>
#include <functional>

/// Records by the beginning of what somebody types.
namespace terracat::catalogue {
namespace {

constexpr std::size_t most_found = 200; ///< by one search; more begin so than anybody can be shown
constexpr std::size_t most_looked_at = 5'000; ///< titles, by one search

/// Of records that fit otherwise, so many are looked at for each word: enough to fill up a list,
/// and one who types does not wait for the best of all.
constexpr std::size_t most_by_word = 500;

/// Records whose title has the words of which the last goes on as one likes, and those of which it
/// is whole: a stem may be shorter than what was typed.
std::vector<WordMatch> titles(index::WordLookup const& lookup, index::WordMaker const& maker,
                              WordTable table, std::vector<index::Word> const& words) {
  auto const before = maker.in(table, std::vector<index::Word>(words.begin(), words.end() - 1));
  auto const find = [&](std::string const& last, bool is_open) {
    auto const phrase = before.empty() ? last : before + " " + last;
    return lookup.find({.table = table,
                        .phrase = phrase,
                        .is_open = is_open,
                        .only_title = true,
                        .limit = most_found,
                        .looked_at = most_looked_at});
  };
  auto out = find(query::without_accents(words.back().small), true);
  auto const whole = find(maker.in(table, words.back().small), false);
  out.insert(out.end(), whole.begin(), whole.end());
  return out;
}

} // namespace

std::vector<ShownRecord> View::suggestions(std::string_view beginning, std::size_t limit) {
  std::vector<ShownRecord> out;
  auto const add = [&](RecordNumber found) {
    auto const number = standing().standing_for(found);
    bool const is_there = std::ranges::any_of(
        out, [&](ShownRecord const& known) { return known.row.number == number; });
    auto row = is_there ? std::nullopt : reader_.record(number);
    auto record = row ? shown(std::move(*row)) : std::nullopt;
    if (record) out.push_back(std::move(*record));
  };
  auto const fill = [&](auto const& found, auto const& record_of) {
    for (auto const& one : found) {
      if (out.size() == limit) break; // what is left is not even looked up
      add(record_of(one));
    }
  };
  if (auto const named = record(beginning)) add(named->row.number);
  fill(reader_.records_by_identifier(beginning), std::identity());
  auto const words = index::words_of(beginning, true).words;
  if (words.empty()) return out;
  auto const use = questioner_.words();
  index::WordLookup const lookup(reader_, use.words());
  std::vector<WordMatch> found;
  for (auto const table : language_tables) {
    auto const more = titles(lookup, questioner_.word_maker(), table, words);
    found.insert(found.end(), more.begin(), more.end());
  }
  std::ranges::sort(found, [](WordMatch const& a, WordMatch const& b) {
    return a.score != b.score ? a.score > b.score : a.record < b.record;
  });
  fill(found, [](WordMatch const& match) { return match.record; });
  if (out.size() == limit) return out;
  auto const question = index::read_question(beginning, questioner_.word_maker(), lookup, {});
  auto const ranking =
      index::rank(question, questioner_.word_maker(), lookup, limit, {}, most_by_word);
  fill(ranking.records, [](index::RankedRecord const& one) { return one.record; });
  return out;
}

} // namespace terracat::catalogue

// Texts taken apart into words, and times in them: what comes out is of what went in, and fits the
// tables.

#include "fuzz/fuzz.hpp"

#include "index/record_words.hpp"
#include "query/spoken_time.hpp"

#include <terracat/json.hpp>

#include <algorithm>

namespace terracat::fuzz {
namespace {

bool fits_a_table(std::string_view word) noexcept {
  return std::ranges::none_of(word, [](char c) {
    return c == ' ' || c == '\n' || c == '"' || c == '\0' || (c >= 'A' && c <= 'Z');
  });
}

} // namespace

void try_input(std::string_view input) {
  static index::WordMaker const maker;
  if (!json::is_utf8(input)) return; // texts are, before they get there
  for (bool const capitals_tell : {false, true}) {
    auto const words = index::words_of(input, capitals_tell);
    for (auto const& word : words.words) {
      require(!word.written.empty() && !word.small.empty(), "a word is not empty", input);
      for (auto const table : {WordTable::french, WordTable::english, WordTable::other}) {
        require(fits_a_table(maker.in(table, word.small)), "a stem fits its table", input);
      }
    }
    for (auto const& exact : words.exact) {
      require(!exact.empty() && fits_a_table(exact), "an identifier fits its table", input);
    }
  }
  auto const time = query::find_time(input, model::Instant(1'700'000'000'000));
  if (!time) return;
  require(time->begin < time->end && time->end <= input.size(), "a time stands in the text", input);
  require(time->first || time->last, "a time has an end", input);
  require(!time->first || !time->last || *time->first <= *time->last, "time goes on", input);
}

} // namespace terracat::fuzz

#include "index/word_index.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace terracat::index {
namespace {

/// Calls `visit` for each word between blanks.
template<class Visit>
void for_each_word(std::string_view text, Visit const& visit) {
  while (!text.empty()) {
    auto const end = std::min(text.find(' '), text.size());
    if (end > 0) visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// BM25 of a phrase (WordMatch).
class Rating {
 public:
  /// \param rows, words  of the table  \param found  rows that have the phrase
  Rating(std::size_t rows, std::size_t words, std::size_t found) noexcept
      : usual_length_(static_cast<double>(words) / static_cast<double>(rows)) {
    auto const all = static_cast<double>(rows);
    auto const having = static_cast<double>(found);
    auto const rareness = std::log((all - having + 0.5) / (having + 0.5));
    rareness_ = rareness > 0 ? rareness : 1e-6;
  }

  [[nodiscard]] double operator()(double often, double length) const noexcept {
    constexpr double k1 = 1.2;
    constexpr double b = 0.75;
    return rareness_ * often * (k1 + 1) / (often + k1 * (1 - b + b * length / usual_length_));
  }

 private:
  double usual_length_;
  double rareness_;
};

std::uint32_t weight_of(std::size_t field) noexcept {
  return static_cast<std::uint32_t>(field_weights.at(field));
}

/// How many postings before it is looked at memory is asked for that lies anywhere: what is there
/// decides how it goes on, so that the processor cannot ask for it by itself.
constexpr std::size_t ahead = 16;

/// What is read in a moment.
template<class Value>
void fetch_soon(Value const& value) noexcept {
  __builtin_prefetch(&value);
}

/// Where a word stands, asked for from behind: no place may be greater than the one before.
class Backwards {
 public:
  /// \param places  in order; those with the bit `mark` as well
  Backwards(std::vector<std::uint32_t> const& places, std::uint32_t mark) noexcept
      : places_(&places), mark_(mark), behind_(places.size()) {}

  [[nodiscard]] std::size_t size() const noexcept { return places_->size(); }

  /// True if the word stands there.
  [[nodiscard]] bool has(std::size_t place) noexcept {
    auto least = behind_; // what stands before it is not greater
    for (std::size_t step = 1; least > 0 && at(least - 1) > place; step *= 2) {
      behind_ = least - 1;
      least = behind_ - std::min(step, behind_);
    }
    auto const is_no_greater = [&](std::uint32_t one) { return (one & ~mark_) <= place; };
    auto const begin = places_->begin();
    auto const first_greater =
        std::partition_point(begin + static_cast<std::ptrdiff_t>(least),
                             begin + static_cast<std::ptrdiff_t>(behind_), is_no_greater);
    behind_ = static_cast<std::size_t>(first_greater - begin);
    return behind_ > 0 && at(behind_ - 1) == place;
  }

 private:
  [[nodiscard]] std::size_t at(std::size_t which) const noexcept {
    return (*places_)[which] & ~mark_;
  }

  std::vector<std::uint32_t> const* places_;
  std::uint32_t mark_;
  std::size_t behind_; ///< places from there on are greater than the one that was asked for last
};

/// The first so many by that order; the others go.
template<class Order>
void keep_first(std::vector<WordMatch>& matches, std::size_t most, Order const& order) {
  if (matches.size() <= most) return;
  auto const middle = matches.begin() + static_cast<std::ptrdiff_t>(most);
  std::ranges::nth_element(matches, middle, order);
  matches.erase(middle, matches.end());
}

} // namespace

// ---- One table

WordIndex::Term& WordIndex::Table::term(std::string_view word) {
  if (auto const known = terms.find(word); known != terms.end()) return known->second;
  auto& [text, out] = *terms.emplace(word, Term()).first;
  out.text = text;
  out.number = static_cast<TermNumber>(by_number.size());
  by_number.push_back(&out);
  return out;
}

WordIndex::Slot WordIndex::Table::add(RecordNumber record, FieldWords const& fields) {
  auto const slot = static_cast<Slot>(rows.size());
  Row row{.record = record, .begin = static_cast<std::uint32_t>(tokens.size())};
  for (std::size_t field = 0; field < word_fields; ++field) {
    for_each_word(fields.at(field), [&](std::string_view word) {
      auto& one = term(word);
      bool const is_again = !one.postings.empty() && one.postings.back().slot == slot;
      if (!is_again) {
        one.postings.push_back({.slot = slot});
        ++one.records;
      }
      one.postings.back().weight += weight_of(field);
      if (is_again) one.places.back() &= ~last;
      one.places.push_back(static_cast<std::uint32_t>(tokens.size()) | last);
      if (field == 0) one.titles.push_back(slot);
      tokens.push_back(one.number);
      ++row.length;
    });
    row.ends.at(field) = static_cast<std::uint32_t>(tokens.size());
    tokens.push_back(end_of_field);
  }
  if (row.length == 0) {
    tokens.resize(row.begin);
    return nowhere;
  }
  rows.push_back(row);
  ++live_rows;
  live_words += row.length;
  return slot;
}

void WordIndex::Table::drop(Slot slot) {
  auto& row = rows[slot];
  std::vector<TermNumber> gone(tokens.begin() + row.begin,
                               tokens.begin() + row.begin + row.length + word_fields);
  std::ranges::sort(gone);
  gone.erase(std::unique(gone.begin(), gone.end()), gone.end());
  gone.pop_back(); // the ends of fields
  for (auto const number : gone) --by_number[number]->records;
  --live_rows;
  live_words -= row.length;
  row.length = 0;
}

/// \param place  of the first word, among the tokens
bool WordIndex::Table::stands_at(std::size_t place, Phrase const& phrase) const {
  // No phrase has the end of a field, so that nothing is read behind it.
  for (auto const* const word : phrase.words) {
    if (tokens[place] != word->number) return false;
    ++place;
  }
  if (phrase.open.empty()) return true;
  return tokens[place] != end_of_field && by_number[tokens[place]]->text.starts_with(phrase.open);
}

std::optional<WordIndex::Phrase> WordIndex::Table::phrase_of(Search const& search) const {
  Phrase out{.words = {}, .only_title = search.only_title};
  out.looked_at = std::min(search.looked_at, most_weighed);
  bool is_known = true;
  auto last_word = search.phrase;
  if (search.is_open)
    last_word.remove_prefix(std::min(search.phrase.rfind(' ') + 1, search.phrase.size()));
  auto const whole =
      search.phrase.substr(0, search.phrase.size() - (search.is_open ? last_word.size() : 0));
  for_each_word(whole, [&](std::string_view word) {
    auto const found = terms.find(word);
    is_known = is_known && found != terms.end() && found->second.records > 0;
    if (is_known) out.words.push_back(&found->second);
  });
  if (!is_known) return std::nullopt;
  if (search.is_open) out.open = last_word;
  bool const is_empty = search.is_open ? out.open.empty() : out.words.empty();
  return is_empty ? std::nullopt : std::optional(std::move(out));
}

/// Of a phrase that is one open word: whatever word of the table it may be.
std::vector<WordIndex::Posting> WordIndex::Table::having_open_word(Phrase const& phrase) const {
  std::vector<Posting> found;
  auto const is_full = [&] { return found.size() >= phrase.looked_at; };
  for (auto at = terms.lower_bound(phrase.open);
       at != terms.end() && at->first.starts_with(phrase.open) && !is_full(); ++at) {
    auto const& [titles, postings] = std::tie(at->second.titles, at->second.postings);
    for (auto one = titles.size(); phrase.only_title && one-- > 0 && !is_full();) {
      found.push_back({titles[one], weight_of(0)});
    }
    for (auto one = postings.size(); !phrase.only_title && one-- > 0 && !is_full();) {
      found.push_back(postings[one]);
    }
  }
  std::ranges::sort(found, {}, &Posting::slot);
  std::vector<Posting> out;
  for (auto const& [slot, weight] : found) {
    if (rows[slot].length == 0) continue;
    if (!out.empty() && out.back().slot == slot) {
      out.back().weight += weight;
    } else {
      out.push_back({slot, weight});
    }
  }
  return out;
}

/// \param rarest  word of the phrase  \param before  words of the phrase that stand before it
std::vector<WordIndex::Posting> WordIndex::Table::having_in_title(Term const& rarest,
                                                                  std::size_t before,
                                                                  Phrase const& phrase) const {
  std::vector<Posting> out;
  auto left = phrase.looked_at;
  for (auto at = rarest.titles.size(); at-- > 0 && left > 0; --left) {
    if (at >= 2 * ahead) fetch_soon(rows[rarest.titles[at - 2 * ahead]]);
    if (at >= ahead) fetch_soon(tokens[rows[rarest.titles[at - ahead]].begin]);
    auto const slot = rarest.titles[at];
    auto const& row = rows[slot];
    if (row.length == 0 || (!out.empty() && out.back().slot == slot)) continue;
    std::uint32_t weight = 0;
    for (std::size_t place = row.begin + before; place < row.ends[0]; ++place) {
      if (tokens[place] == rarest.number && stands_at(place - before, phrase))
        weight += weight_of(0);
    }
    if (weight > 0) out.push_back({slot, weight});
  }
  return out;
}

/// Those that were put last come first.
std::vector<WordIndex::Posting> WordIndex::Table::having_word(Term const& word,
                                                              std::size_t looked_at) const {
  std::vector<Posting> out;
  out.reserve(std::min<std::size_t>(word.records, looked_at));
  for (auto at = word.postings.size(); at-- > 0 && out.size() < looked_at;) {
    auto const& posting = word.postings[at];
    if (rows[posting.slot].length > 0) out.push_back(posting);
  }
  return out;
}

std::vector<WordIndex::Posting> WordIndex::Table::having(Phrase const& phrase) const {
  if (phrase.words.empty()) return having_open_word(phrase);
  auto const rarest = std::ranges::min_element(
      phrase.words, {}, [](Term const* term) { return term->postings.size(); });
  auto const before = static_cast<std::size_t>(rarest - phrase.words.begin());
  auto const& term = **rarest;
  if (phrase.only_title) return having_in_title(term, before, phrase);
  if (phrase.words.size() == 1 && phrase.open.empty()) return having_word(term, phrase.looked_at);
  std::vector<std::pair<std::size_t, Backwards>> others; // with their places in the phrase
  for (std::size_t word = 0; word < phrase.words.size(); ++word) {
    if (word != before) others.emplace_back(word, Backwards(phrase.words[word]->places, last));
  }
  std::ranges::sort(others, {}, [](auto const& other) { return other.second.size(); });
  auto const stand_beside = [&](std::size_t place) {
    return std::ranges::all_of(
        others, [&](auto& other) { return other.second.has(place + other.first - before); });
  };
  std::vector<Posting> out;
  auto left = phrase.looked_at;
  auto next = term.places.size(); // behind those of the posting
  for (auto at = term.postings.size(); at-- > 0 && left > 0; --left) {
    auto const slot = term.postings[at].slot;
    std::uint32_t weight = 0;
    do {
      auto const place = term.places[--next] & ~last;
      if (place < before || !stand_beside(place)) continue;
      auto const& row = rows[slot];
      // No phrase has the end of a field: what stands side by side is of one field.
      if (row.length == 0 || (!phrase.open.empty() && !stands_at(place - before, phrase))) continue;
      weight += weight_of(
          static_cast<std::size_t>(std::ranges::upper_bound(row.ends, place) - row.ends.begin()));
    } while (next > 0 && (term.places[next - 1] & last) == 0);
    if (weight > 0) out.push_back({slot, weight});
  }
  return out;
}

// ---- All of them

void WordIndex::put(RecordNumber record, RecordWords const& words) {
  remove(record);
  std::array<Slot, all_word_tables.size()> slots{};
  for (std::size_t table = 0; table < tables_.size(); ++table) {
    slots.at(table) = tables_.at(table).add(record, words.tables.at(table));
  }
  slots_.emplace(record, slots);
}

void WordIndex::remove(RecordNumber record) {
  auto const found = slots_.find(record);
  if (found == slots_.end()) return;
  for (std::size_t table = 0; table < tables_.size(); ++table) {
    if (auto const slot = found->second.at(table); slot != nowhere) tables_.at(table).drop(slot);
  }
  slots_.erase(found);
}

void WordIndex::clear() {
  tables_ = {};
  slots_.clear();
}

bool WordIndex::is_wasteful() const noexcept {
  constexpr std::size_t few = 1'000;
  return std::ranges::any_of(
      tables_, [](Table const& table) { return table.rows.size() > 2 * table.live_rows + few; });
}

std::vector<WordMatch> WordIndex::find(Search const& search) const {
  auto const& table = tables_.at(static_cast<std::size_t>(search.table));
  auto const phrase = table.phrase_of(search);
  if (!phrase) return {};
  auto const having = table.having(*phrase);
  if (having.empty()) return {};
  std::vector<WordMatch> out;
  bool const is_word = phrase->words.size() == 1 && phrase->open.empty() && !phrase->only_title;
  std::size_t const found = is_word ? phrase->words.front()->records : having.size();
  Rating const rate(table.live_rows, table.live_words, found);
  out.reserve(having.size());
  for (auto const& [slot, weight] : having) {
    auto const& row = table.rows[slot];
    out.push_back({.record = row.record, .score = rate(weight, row.length)});
  }
  keep_first(out, most_weighed,
             [](WordMatch const& a, WordMatch const& b) { return a.record > b.record; });
  keep_first(out, search.limit, [](WordMatch const& a, WordMatch const& b) {
    return a.score != b.score ? a.score > b.score : a.record < b.record;
  });
  return out;
}

std::vector<KnownWord> WordIndex::known(WordTable table, std::string_view begins,
                                        std::size_t limit) const {
  std::vector<KnownWord> out;
  each_known(table, begins, limit, [&](std::string_view word, std::size_t records) {
    out.push_back({.word = std::string(word), .records = records});
  });
  return out;
}

} // namespace terracat::index

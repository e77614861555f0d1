#include "index/word_index.hpp"

#include <algorithm>
#include <cmath>
#include <span>

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
  auto& out = terms[std::string(word)];
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
      if (one.postings.empty() || one.postings.back().slot != slot) {
        one.postings.push_back({.slot = slot});
        ++one.records;
      }
      one.postings.back().weight += weight_of(field);
      tokens.push_back(one.number);
      ++row.length;
    });
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

std::uint32_t WordIndex::Table::weight_in(Row const& row, std::vector<TermNumber> const& phrase,
                                          bool only_title) const {
  std::uint32_t out = 0;
  auto const* at = tokens.data() + row.begin;
  for (std::size_t field = 0; field < word_fields; ++field) {
    for (; *at != end_of_field; ++at) {
      // No phrase has the end of a field, so that nothing is read behind it.
      if (*at == phrase.front() && std::equal(phrase.begin() + 1, phrase.end(), at + 1)) {
        out += weight_of(field);
      }
    }
    if (only_title) break;
    ++at;
  }
  return out;
}

/// In no more time than it takes to go through the rarest one, if the others are much longer.
std::vector<WordIndex::Posting>
WordIndex::Table::having_all(std::vector<Term const*> wanted) const {
  std::ranges::sort(wanted, {}, [](Term const* term) { return term->postings.size(); });
  std::vector<Posting> out;
  out.reserve(wanted.front()->records);
  for (auto const& posting : wanted.front()->postings) {
    if (rows[posting.slot].length > 0) out.push_back(posting);
  }
  for (auto const* const term : std::span(wanted).subspan(1)) {
    auto at = term->postings.begin();
    std::erase_if(out, [&](Posting const& posting) {
      std::ptrdiff_t step = 1;
      auto const is_before = [&](auto place) { return place->slot < posting.slot; };
      while (term->postings.end() - at > step && is_before(at + step)) {
        at += step;
        step *= 2;
      }
      auto const end = term->postings.end() - at > step ? at + step + 1 : term->postings.end();
      at = std::ranges::lower_bound(at, end, posting.slot, {}, &Posting::slot);
      return at == term->postings.end() || at->slot != posting.slot;
    });
  }
  return out;
}

std::vector<WordIndex::Posting> WordIndex::Table::having(Search const& search) const {
  std::vector<TermNumber> phrase;
  std::vector<Term const*> wanted;
  bool is_known = true;
  for_each_word(search.phrase, [&](std::string_view word) {
    auto const found = terms.find(word);
    is_known = is_known && found != terms.end() && found->second.records > 0;
    if (!is_known) return;
    phrase.push_back(found->second.number);
    wanted.push_back(&found->second);
  });
  if (!is_known || wanted.empty()) return {};
  auto out = having_all(std::move(wanted));
  if (phrase.size() == 1 && !search.only_title) return out;
  std::erase_if(out, [&](Posting& posting) {
    posting.weight = weight_in(rows[posting.slot], phrase, search.only_title);
    return posting.weight == 0;
  });
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
  auto const having = table.having(search);
  std::vector<WordMatch> out;
  if (having.empty()) return out;
  Rating const rate(table.live_rows, table.live_words, having.size());
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
  auto const& terms = tables_.at(static_cast<std::size_t>(table)).terms;
  std::vector<KnownWord> out;
  for (auto at = terms.lower_bound(begins);
       at != terms.end() && out.size() < limit && at->first.starts_with(begins); ++at) {
    if (at->second.records == 0) continue;
    out.push_back({.word = at->first, .records = at->second.records});
  }
  return out;
}

} // namespace terracat::index

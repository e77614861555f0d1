#pragma once

#include <terracat/record_words.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace terracat::index {

/// The words of records in memory: what a store finds by its tables (store::Reader::find_words),
/// some ten times as quickly. For one thread that changes
/// it, or for many that ask.
class WordIndex {
 public:
  /// The record says this from now on, and nothing that it said before.
  void put(RecordNumber record, RecordWords const& words);
  void remove(RecordNumber record);
  void clear();

  [[nodiscard]] std::size_t size() const noexcept { return slots_.size(); }

  /// As WordSearch of one phrase: the same records with the same scores.
  struct Search {
    WordTable table = WordTable::english;
    std::string_view phrase;
    bool is_open = false; ///< the last word may go on
    bool only_title = false;
    std::size_t limit = 1'000;
    /// Of more records that may have it, those that were put last are looked at, so many; never
    /// more than most_weighed.
    std::size_t looked_at = most_weighed;
  };

  [[nodiscard]] std::vector<WordMatch> find(Search const& search) const;

  /// As store::Reader::known_words.
  [[nodiscard]] std::vector<KnownWord> known(WordTable table, std::string_view begins,
                                             std::size_t limit) const;

  /// Visits the same words in the same order, without a copy of each.
  template<class Visit>
  void each_known(WordTable table, std::string_view begins, std::size_t limit,
                  Visit const& visit) const {
    auto const& terms = tables_.at(static_cast<std::size_t>(table)).terms;
    for (auto at = terms.lower_bound(begins);
         at != terms.end() && limit > 0 && at->first.starts_with(begins); ++at) {
      if (at->second.records == 0) continue;
      visit(std::string_view(at->first), std::size_t{at->second.records});
      --limit;
    }
  }

  /// True if it would be much smaller if it were made anew.
  [[nodiscard]] bool is_wasteful() const noexcept;

 private:
  using Slot = std::uint32_t; ///< of a record in one table
  using TermNumber = std::uint32_t;

  struct Posting {
    Slot slot = 0;
    std::uint32_t weight = 0; ///< the sum of the weights of the fields, once for each time
  };

  struct Term {
    TermNumber number = 0;
    std::string_view text;     ///< as the key of the term
    std::uint32_t records = 0; ///< that have it; there may be more postings
    std::vector<Posting> postings;
    /// Where it stands among the tokens, in order; the last place of a posting has the bit `last`.
    std::vector<std::uint32_t> places;
    std::vector<Slot> titles; ///< that have it, once for each time
  };

  using Terms = std::map<std::string, Term, std::less<>>;

  /// What a record says in one table. Of one that is gone the length is 0.
  struct Row {
    RecordNumber record{};
    std::uint32_t begin = 0;                       ///< of its tokens
    std::uint32_t length = 0;                      ///< words
    std::array<std::uint32_t, word_fields> ends{}; ///< of its fields, among the tokens
  };

  /// A phrase of words that are known.
  struct Phrase {
    std::vector<Term const*> words; ///< those that are whole
    std::string_view open = {};     ///< how the word behind them begins; empty: there is none
    bool only_title = false;
    std::size_t looked_at = 0; ///< records at most
  };

  struct Table {
    Terms terms;
    std::vector<Term*> by_number;
    std::vector<Row> rows;
    std::vector<TermNumber> tokens; ///< of each row its words; each field ends with `end_of_field`
    std::size_t live_rows = 0;
    std::size_t live_words = 0;

    Slot add(RecordNumber record, FieldWords const& fields);
    void drop(Slot slot);
    [[nodiscard]] std::optional<Phrase> phrase_of(Search const& search) const;
    [[nodiscard]] std::vector<Posting> having(Phrase const& phrase) const;
    [[nodiscard]] std::vector<Posting> having_word(Term const& word, std::size_t looked_at) const;
    [[nodiscard]] std::vector<Posting> having_open_word(Phrase const& phrase) const;
    [[nodiscard]] std::vector<Posting> having_in_title(Term const& rarest, std::size_t before,
                                                       Phrase const& phrase) const;
    [[nodiscard]] bool stands_at(std::size_t place, Phrase const& phrase) const;
    Term& term(std::string_view word);
  };

  static constexpr TermNumber end_of_field = ~TermNumber{0};
  static constexpr std::uint32_t last = std::uint32_t{1} << 31U;
  static constexpr Slot nowhere = ~Slot{0};

  std::array<Table, all_word_tables.size()> tables_;
  std::unordered_map<RecordNumber, std::array<Slot, all_word_tables.size()>> slots_;
};

} // namespace terracat::index

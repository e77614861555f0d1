#pragma once

#include <terracat/revision.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What searches by words find records by (index/record_words.hpp makes it), and how a store is
/// asked.
namespace terracat {

/// What the words of a table are. Files hold the numbers: they stay.
enum class WordTable : std::uint8_t {
  french = 0,  ///< stems of French words
  english = 1, ///< stems of English words
  other = 2,   ///< words of other languages, as they are
  exact = 3,   ///< acronyms, formulas and identifiers, in the case in which they were written
};

inline constexpr std::array all_word_tables{WordTable::french, WordTable::english, WordTable::other,
                                            WordTable::exact};

/// Those of words as languages have them.
inline constexpr std::array language_tables{WordTable::french, WordTable::english,
                                            WordTable::other};

/// Where a word stands in a record. Files hold the numbers: they stay.
enum class WordField : std::uint8_t {
  title = 0,
  subject = 1, ///< variables, platforms, instruments
  keyword = 2,
  text = 3, ///< description and the like
};

inline constexpr std::size_t word_fields = 4;

/// How much a word counts in each field.
inline constexpr std::array<double, word_fields> field_weights{5, 3, 2, 1};

/// The words of a record in one table: of each field those that stand in it, in order, parted by
/// blanks. Words are letters, digits, all that is beyond ASCII, and in `exact` also `-._/:`; ASCII
/// letters are small ones.
using FieldWords = std::array<std::string, word_fields>;

struct RecordWords {
  std::int64_t version = 0; ///< of the rules by which they were made
  std::array<FieldWords, all_word_tables.size()> tables;

  [[nodiscard]] FieldWords& operator[](WordTable table) {
    return tables.at(static_cast<std::size_t>(table));
  }

  [[nodiscard]] FieldWords const& operator[](WordTable table) const {
    return tables.at(static_cast<std::size_t>(table));
  }

  friend bool operator==(RecordWords const&, RecordWords const&) = default;
};

/// Of the records that match, this many are weighed, the newest ones: what a search costs has a
/// bound, however common a word is.
inline constexpr std::size_t most_weighed = 50'000;

/// Asks for the records in which one of the phrases stands.
struct WordSearch {
  WordTable table = WordTable::english;
  std::vector<std::string> phrases; ///< each one word or several, parted by blanks; not empty
  bool is_open = false;             ///< the last word of each phrase may go on
  std::optional<WordField> field;   ///< in this one alone
  std::size_t limit = 1'000;
};

/// A record that has a phrase, and how well: by BM25 (k1 1.2, b 0.75) over the table, with the
/// weights of the fields, each phrase for itself.
struct WordMatch {
  RecordNumber record{};
  double score = 0; ///< more than 0
};

/// A word of a table, and in how many records it stands.
struct KnownWord {
  std::string word;
  std::size_t records = 0;

  friend bool operator==(KnownWord const&, KnownWord const&) = default;
};

} // namespace terracat

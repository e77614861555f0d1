#pragma once

#include "index/nearness.hpp"
#include "index/question.hpp"

#include <optional>
#include <string>
#include <vector>

/// Records in the order in which they answer a question.
///
/// Each part of a question gives a record a score: that of the words typed, or that of the best of
/// what says the same, whichever is more, and never the sum of them. A part of several words counts
/// by the square of how many of them are there, and more if they stand together. Parts are added
/// up, and the sum is lowered by the share of the parts that the record lacks. Of a part that names
/// a place, a record that says something of another part also gets a score for lying there. What
/// the question names outright (an identifier, a DOI, a title) comes before all else.
namespace terracat::index {

struct RankedRecord {
  RecordNumber record{};
  double score = 0;
  bool is_there = true; ///< it lies in each place of the question, or names it
};

struct Ranking {
  std::vector<RankedRecord> records; ///< the best first, then the newest
  bool is_cut = false;               ///< there may be more that say something of it
};

/// Records that are looked at for each word of a question: the best ones by that word.
inline constexpr std::size_t most_by_word = 5'000;

/// \param most     records
/// \param locate   may be empty: then only words tell of places
/// \param by_word  records that go on for each word, the best of ten times as many that say it
[[nodiscard]] Ranking rank(Question const& question, WordMaker const& maker,
                           WordLookup const& lookup, std::size_t most, Locator const& locate = {},
                           std::size_t by_word = most_by_word);

/// Lowers the scores of records of other times than a question asks for, and puts them in order
/// again. Those that do not say of what time they are lose half as much.
void weigh_times(Ranking& ranking, AskedTime const& asked, Dater const& date);

/// Why a record answers a part of a question.
struct Reason {
  enum class Kind : std::uint8_t {
    typed,   ///< it has the words
    meant,   ///< it has a word that the one typed was taken for
    related, ///< it has a label that says the same
    located, ///< it lies in the place that is named
    guessed, ///< the catalogue guesses that it lies there
  };

  Kind kind = Kind::typed;
  std::string text;  ///< of the question
  std::string label; ///< that the record has instead, or of the place; empty for `typed`
  WordField field = WordField::text; ///< the best one where it stands
  std::string_view from = {};        ///< of `guessed`: RecordPlace::guessed_from
};

/// One for each part of which the record says something, in their order.
/// \param there  where the record is; nothing: nowhere, or places do not count
[[nodiscard]] std::vector<Reason> reasons(Question const& question, WordMaker const& maker,
                                          RecordWords const& words,
                                          std::optional<RecordPlace> const& there = {});

} // namespace terracat::index

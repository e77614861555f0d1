#pragma once

#include "index/stems.hpp"
#include "index/words.hpp"

#include <terracat/record.hpp>
#include <terracat/record_words.hpp>

namespace terracat::index {

/// The version of the rules by which words are made of records. Whoever changes what a record or a
/// question becomes raises it: what was kept by others is made anew (Catalogue). So does whoever
/// changes the keys of records (catalogue/cluster_keys.hpp), which are made anew with the words.
inline constexpr std::int64_t word_rules = 2;

/// Makes words for the tables, of records and of what is asked. One thread at a time.
class WordMaker {
 public:
  /// All by which a record is to be found: what it says in each language goes where that one is at
  /// home. A text of which nobody told the language has that of the description.
  /// \param record  as it is answered
  [[nodiscard]] RecordWords of(model::Record const& record) const;

  /// A text as it stands in a table of a language: its words without those that tell nothing,
  /// parted by blanks.
  [[nodiscard]] std::string in(WordTable table, std::vector<Word> const& words) const;

  /// A word as it stands in a table of a language.
  [[nodiscard]] std::string in(WordTable table, std::string_view small) const;

 private:
  class Filling;

  Stemmer french_{"french"};
  Stemmer english_{"english"};
};

/// True if the word tells nothing by itself.
[[nodiscard]] bool is_empty_word(Word const& word) noexcept;

} // namespace terracat::index

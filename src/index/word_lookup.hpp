#pragma once

#include "index/word_index.hpp"

#include <terracat/store_reader.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace terracat::index {

/// Where the words of questions are looked up: in memory, if they are there, else in the store.
/// Both find the same.
class WordLookup {
 public:
  /// \param words  of the state of the reader; null: there are none in memory
  explicit WordLookup(store::Reader& reader, WordIndex const* words = nullptr) noexcept
      : reader_(reader), words_(words) {}

  [[nodiscard]] store::Reader& reader() const noexcept { return reader_; }

  /// In no order if there are no more than the limit.
  [[nodiscard]] std::vector<WordMatch> find(WordIndex::Search const& search) const {
    if (words_ != nullptr) return words_->find(search);
    WordSearch asked{.table = search.table,
                     .phrases = {std::string(search.phrase)},
                     .is_open = search.is_open,
                     .field = {},
                     .limit = search.limit};
    if (search.only_title) asked.field = WordField::title;
    return reader_.find_words(asked);
  }

  [[nodiscard]] std::vector<KnownWord> known(WordTable table, std::string_view begins,
                                             std::size_t limit) const {
    return words_ != nullptr ? words_->known(table, begins, limit)
                             : reader_.known_words(table, begins, limit);
  }

  /// Visits the same, without a copy of each word if they are in memory.
  template<class Visit>
  void each_known(WordTable table, std::string_view begins, std::size_t limit,
                  Visit const& visit) const {
    if (words_ != nullptr) return words_->each_known(table, begins, limit, visit);
    for (auto const& [word, records] : reader_.known_words(table, begins, limit)) {
      visit(std::string_view(word), records);
    }
  }

 private:
  store::Reader& reader_;
  WordIndex const* words_;
};

} // namespace terracat::index

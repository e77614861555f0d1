#pragma once

#include "catalogue/guesses.hpp"
#include "catalogue/record_facts.hpp"
#include "catalogue/roll.hpp"
#include "catalogue/word_keeper.hpp"
#include "index/said.hpp"

#include <terracat/revision.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace terracat::catalogue {

/// A state of a record: the last change of what it says, and the epoch of the catalogue.
struct RecordEdition {
  std::uint64_t epoch = 0;
  Sequence sequence = 0;

  friend bool operator==(RecordEdition const&, RecordEdition const&) = default;
};

/// What searches asked of records, kept from one to the next as long as there is room. Thread-safe.
template<class Facts>
class Known {
 public:
  /// \param most_bytes  of memory
  explicit Known(std::size_t most_bytes) noexcept : most_bytes_(most_bytes) {}

  /// \return  null if it is not known
  [[nodiscard]] std::shared_ptr<Facts const> find(RecordNumber number,
                                                  RecordEdition const& edition) const {
    std::scoped_lock const lock(mutex_);
    auto const found = rows_.find(number);
    if (found == rows_.end() || !(found->second.edition == edition)) return nullptr;
    return found->second.facts;
  }

  void keep(RecordNumber number, RecordEdition const& edition, std::shared_ptr<Facts const> facts) {
    std::scoped_lock const lock(mutex_);
    auto const added = cost(*facts);
    if (added > most_bytes_) return;
    if (auto const old = rows_.find(number); old != rows_.end()) forget(old);
    while (!rows_.empty() && bytes_ + added > most_bytes_) forget(any());
    bytes_ += added;
    rows_.emplace(number, Row{edition, std::move(facts)});
  }

 private:
  struct Row {
    RecordEdition edition;
    std::shared_ptr<Facts const> facts; ///< shared with the searches that are under way
  };

  using Rows = std::unordered_map<RecordNumber, Row>;

  static std::size_t cost(Facts const& facts) noexcept {
    constexpr std::size_t of_row = 100; // with what containers and pointers take for it
    return facts.bytes() + sizeof facts + of_row;
  }

  void forget(typename Rows::iterator row) {
    bytes_ -= cost(*row->second.facts);
    rows_.erase(row);
  }

  /// Whichever: searches ask of all records one after the other, so the one that was asked for
  /// longest ago is the next that is asked for.
  typename Rows::iterator any() {
    for (;; ++next_) {
      auto const bucket = (next_ * 0x9e3779b97f4a7c15U >> 20U) % rows_.bucket_count();
      if (rows_.bucket_size(bucket) > 0) return rows_.find(rows_.begin(bucket)->first);
    }
  }

  std::size_t most_bytes_;
  mutable std::mutex mutex_; ///< guards what follows
  Rows rows_;
  std::size_t bytes_ = 0;
  std::size_t next_ = 0; ///< draws
};

/// What is known of records, and of what items say, for all sessions.
struct KnownFacts {
  RollKeeper rolls;
  GuessKeeper guesses;
  WordKeeper words;
  Known<RecordTexts> texts{std::size_t{64} << 20};
  index::SaidCache said;

  /// Told, on any thread, of each record that searches do without since it is damaged. May be
  /// empty; stays as it is once somebody searches.
  std::function<void(RecordNumber, std::string const& why)> unreadable;
};

} // namespace terracat::catalogue

#pragma once

#include "catalogue/directory.hpp"
#include "index/word_index.hpp"

#include <terracat/store_reader.hpp>

#include <cstdint>
#include <shared_mutex>
#include <unordered_map>

namespace terracat::catalogue {

/// Keeps the words of all records of the newest state in memory. Thread-safe. Who asks does not
/// wait: where they are not there, or are being changed, the store answers as well
/// (index::WordLookup).
class WordKeeper {
 public:
  /// The words of one state, which stay as they are as long as this lives.
  class Use {
   public:
    Use() = default;

    Use(index::WordIndex const& words, std::shared_lock<std::shared_mutex> lock) noexcept
        : words_(&words), lock_(std::move(lock)) {}

    /// Null: there are none.
    [[nodiscard]] index::WordIndex const* words() const noexcept { return words_; }

   private:
    index::WordIndex const* words_ = nullptr;
    std::shared_lock<std::shared_mutex> lock_;
  };

  /// Reads the words of a few records if that is all that is missing.
  /// \param reader  in the state of the directory
  /// \param epoch   of that state
  [[nodiscard]] Use at(store::Reader& reader, Directory const& directory, std::uint64_t epoch);

  /// Reads what is missing. \throws geometry::Late  what was read is kept
  void prepare(store::Reader& reader, Directory const& directory, std::uint64_t epoch);

 private:
  [[nodiscard]] bool is_of(Directory const& directory, std::uint64_t epoch) const noexcept;
  [[nodiscard]] Use used(Directory const& directory, std::uint64_t epoch) const;

  /// \param most  records whose words may be read
  void catch_up(store::Reader& reader, Directory const& directory, std::uint64_t epoch,
                std::size_t most);

  mutable std::shared_mutex mutex_; ///< guards what follows
  index::WordIndex words_;
  std::unordered_map<RecordNumber, Sequence> known_; ///< the change of each that the words are of
  std::uint64_t epoch_ = 0;
  Sequence sequence_ = 0; ///< 0: of no state
};

} // namespace terracat::catalogue

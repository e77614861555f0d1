#pragma once

#include <terracat/query.hpp>
#include <terracat/revision.hpp>
#include <terracat/store_reader.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::index {

/// A set of items that is asked about row by row.
class ItemSet {
 public:
  /// \param numbers  in order
  explicit ItemSet(std::span<ItemNumber const> numbers);

  [[nodiscard]] bool has(ItemNumber number) const noexcept {
    auto const at = place_of(number);
    return at / 64 < bits_.size() && (bits_[at / 64] >> (at % 64) & 1U) != 0;
  }

  /// There may be one from the lowest to the highest.
  [[nodiscard]] bool may_have_any_in(ItemNumber lowest, ItemNumber highest) const noexcept {
    return !bits_.empty() && lowest <= last_ && first_ <= highest;
  }

 private:
  /// Of numbers before the first one: beyond all that are there.
  [[nodiscard]] std::uint64_t place_of(ItemNumber number) const noexcept {
    return static_cast<std::uint64_t>(number) - static_cast<std::uint64_t>(first_);
  }

  friend class SaidCache;

  ItemNumber first_{};
  ItemNumber last_{};
  std::vector<std::uint64_t> bits_; ///< one for each number from the first to the last
};

/// Sets of items by phrases, kept for all who search the same state, page after page. Any thread.
class SaidCache {
 public:
  using Set = std::shared_ptr<ItemSet const>;

  /// \return  null: it is not kept of that state
  [[nodiscard]] Set find(Revision const& revision, std::string_view phrase) const;

  void keep(Revision const& revision, std::string_view phrase, Set set);

 private:
  mutable std::mutex mutex_;
  Revision revision_; ///< of all sets
  std::map<std::string, Set, std::less<>> sets_;
  std::size_t bytes_ = 0;
};

/// Who knows the items in which a phrase stands.
struct SaidSource {
  store::Reader* reader = nullptr; ///< null: it may take too long to ask
  SaidCache* cache = nullptr;      ///< may be null
  Revision revision = {};          ///< of the reader's state
};

/// The phrases of conditions, and the items in which they stand. Empty: nobody has asked.
class Said {
 public:
  /// Looks for all phrases of the condition.
  void learn(query::Expression const& condition, SaidSource const& source);

  /// \return  null: nobody knows
  [[nodiscard]] ItemSet const* find(std::string_view phrase) const;

 private:
  std::map<std::string, SaidCache::Set, std::less<>> sets_;
};

} // namespace terracat::index

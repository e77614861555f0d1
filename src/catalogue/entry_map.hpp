#pragma once

#include "catalogue/shared_blocks.hpp"

#include <terracat/revision.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

/// What a Directory is made of: maps whose versions share what has not changed between them.
namespace terracat::catalogue {

struct Entry;

/// Entries by the numbers of their records, in this order.
class EntryMap {
 public:
  using Pointer = std::shared_ptr<Entry const>;
  class Iterator;

  /// \return  null if there is none
  [[nodiscard]] Entry const* find(RecordNumber number) const noexcept;

  [[nodiscard]] bool contains(RecordNumber number) const noexcept {
    return find(number) != nullptr;
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  void put(RecordNumber number, Pointer entry);
  void erase(RecordNumber number);

  [[nodiscard]] Iterator begin() const noexcept;
  [[nodiscard]] Iterator end() const noexcept;

 private:
  /// So large that a version costs little, so small that a change does. The store counts records
  /// from one, so that pages of neighbours are full.
  static constexpr std::size_t on_page = 256;

  struct Page {
    std::array<Pointer, on_page> entries;
    std::size_t count = 0; ///< not null
  };

  SharedBlocks<Page> pages_;
  std::size_t size_ = 0;
};

/// Forward; of a map that does not change meanwhile.
class EntryMap::Iterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = std::pair<RecordNumber, Pointer const&>;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = value_type;

  [[nodiscard]] value_type operator*() const noexcept {
    auto const& page = *pages_->find(place_ / on_page);
    return {RecordNumber{static_cast<std::int64_t>(place_)}, page.entries[place_ % on_page]};
  }

  Iterator& operator++() noexcept {
    ++place_;
    find_next();
    return *this;
  }

  [[nodiscard]] bool operator==(Iterator const& other) const noexcept {
    return place_ == other.place_;
  }

 private:
  friend EntryMap;

  Iterator(SharedBlocks<Page> const& pages, std::size_t place) noexcept
      : pages_(&pages), place_(place) {
    find_next();
  }

  /// Stays if there is an entry.
  void find_next() noexcept;

  SharedBlocks<Page> const* pages_;
  std::size_t place_;
};

inline EntryMap::Iterator EntryMap::begin() const noexcept {
  return {pages_, 0};
}

inline EntryMap::Iterator EntryMap::end() const noexcept {
  return {pages_, pages_.end() * on_page};
}

/// Which collection has an id. Ids themselves are in the entries: this has a digest of each.
class IdMap {
 public:
  /// \param entries  those that were put, and by the ids of which they were put
  [[nodiscard]] Entry const* find(std::string_view id, EntryMap const& entries) const noexcept;

  /// In the place of whichever had it.
  void put(std::string_view id, RecordNumber number, EntryMap const& entries);

  /// If that record has it.
  void erase(std::string_view id, RecordNumber number);

 private:
  struct Row {
    std::uint64_t digest = 0; ///< of the id; a few may share one
    RecordNumber number{};
  };

  using Shard = std::vector<Row>; ///< in the order of digests
  static constexpr std::size_t shards = 1'024;

  SharedBlocks<Shard> shards_; ///< by the digest's remainder
};

} // namespace terracat::catalogue

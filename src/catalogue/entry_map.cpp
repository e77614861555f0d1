#include "catalogue/entry_map.hpp"

#include "catalogue/directory.hpp"

#include <algorithm>
#include <functional>

namespace terracat::catalogue {
namespace {

/// \pre numbers are from the store, which counts from one
std::size_t place_of(RecordNumber number) noexcept {
  return static_cast<std::size_t>(number);
}

/// Orders rows of ids among digests. (clang 14 does not know the ranges of two iterators that
/// std::ranges::equal_range gives.)
struct ByDigest {
  template<class Row>
  bool operator()(Row const& row, std::uint64_t digest) const noexcept {
    return row.digest < digest;
  }

  template<class Row>
  bool operator()(std::uint64_t digest, Row const& row) const noexcept {
    return digest < row.digest;
  }
};

std::uint64_t digest_of(std::string_view id) noexcept {
  return std::hash<std::string_view>{}(id);
}

} // namespace

Entry const* EntryMap::find(RecordNumber number) const noexcept {
  auto const place = place_of(number);
  auto const* const page = pages_.find(place / on_page);
  return page == nullptr ? nullptr : page->entries[place % on_page].get();
}

void EntryMap::put(RecordNumber number, Pointer entry) {
  auto const place = place_of(number);
  auto& page = pages_.own(place / on_page);
  auto& known = page.entries[place % on_page];
  if (!known) {
    ++page.count;
    ++size_;
  }
  known = std::move(entry);
}

void EntryMap::erase(RecordNumber number) {
  if (!contains(number)) return;
  auto const place = place_of(number);
  auto& page = pages_.own(place / on_page);
  page.entries[place % on_page].reset();
  --size_;
  if (--page.count == 0) pages_.drop(place / on_page);
}

void EntryMap::Iterator::find_next() noexcept {
  auto const end = pages_->end() * on_page;
  while (place_ < end) {
    auto const* const page = pages_->find(place_ / on_page);
    if (page == nullptr) {
      place_ += on_page - place_ % on_page;
    } else if (page->entries[place_ % on_page]) {
      return;
    } else {
      ++place_;
    }
  }
}

Entry const* IdMap::find(std::string_view id, EntryMap const& entries) const noexcept {
  auto const digest = digest_of(id);
  auto const* const shard = shards_.find(digest % shards);
  if (shard == nullptr) return nullptr;
  auto const [first, last] = std::equal_range(shard->begin(), shard->end(), digest, ByDigest());
  for (auto row = first; row != last; ++row) {
    auto const* const entry = entries.find(row->number);
    if (entry != nullptr && entry->id == id) return entry;
  }
  return nullptr;
}

void IdMap::put(std::string_view id, RecordNumber number, EntryMap const& entries) {
  auto const* const holder = find(id, entries);
  if (holder != nullptr && holder->number == number) return;
  if (holder != nullptr) erase(id, holder->number);
  auto const digest = digest_of(id);
  auto& shard = shards_.own(digest % shards);
  shard.insert(std::upper_bound(shard.begin(), shard.end(), digest, ByDigest()),
               Row{digest, number});
}

void IdMap::erase(std::string_view id, RecordNumber number) {
  auto const digest = digest_of(id);
  if (shards_.find(digest % shards) == nullptr) return;
  auto& shard = shards_.own(digest % shards);
  auto const [first, last] = std::equal_range(shard.begin(), shard.end(), digest, ByDigest());
  auto const found =
      std::find_if(first, last, [&](Row const& row) { return row.number == number; });
  if (found != last) shard.erase(found);
}

} // namespace terracat::catalogue

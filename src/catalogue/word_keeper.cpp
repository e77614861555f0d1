#include "catalogue/word_keeper.hpp"

#include "catalogue/damage.hpp"
#include "geometry/deadline.hpp"
#include "index/record_words.hpp"

#include <algorithm>
#include <vector>

namespace terracat::catalogue {
namespace {

/// Of more the store answers: they would take too much memory. A record of a hundred words takes
/// some 2 KB.
constexpr std::size_t most_records = 1'000'000;

} // namespace

bool WordKeeper::is_of(Directory const& directory, std::uint64_t epoch) const noexcept {
  return sequence_ != 0 && epoch_ == epoch && sequence_ == directory.last_record_change();
}

WordKeeper::Use WordKeeper::used(Directory const& directory, std::uint64_t epoch) const {
  std::shared_lock lock(mutex_, std::try_to_lock);
  if (!lock || !is_of(directory, epoch)) return {};
  return {words_, std::move(lock)};
}

WordKeeper::Use WordKeeper::at(store::Reader& reader, Directory const& directory,
                               std::uint64_t epoch) {
  constexpr std::size_t few = 200; // some milliseconds
  if (auto use = used(directory, epoch); use.words() != nullptr) return use;
  {
    std::unique_lock const lock(mutex_, std::try_to_lock);
    if (lock) catch_up(reader, directory, epoch, few);
  }
  return used(directory, epoch);
}

void WordKeeper::prepare(store::Reader& reader, Directory const& directory, std::uint64_t epoch) {
  std::unique_lock const lock(mutex_);
  catch_up(reader, directory, epoch, SIZE_MAX);
  if (geometry::is_late()) throw geometry::Late();
}

void WordKeeper::catch_up(store::Reader& reader, Directory const& directory, std::uint64_t epoch,
                          std::size_t most) {
  if (is_of(directory, epoch)) return;
  // An older view must not take it back.
  if (epoch_ == epoch && sequence_ > directory.last_record_change()) return;
  if (epoch_ != epoch || words_.is_wasteful()) {
    words_.clear();
    known_.clear();
  }
  epoch_ = epoch;
  sequence_ = 0;
  auto const all = directory.entries().size() + directory.others().size();
  if (all > most_records || (known_.size() < all && all - known_.size() > most)) return;
  std::vector<Entry const*> changed;
  for (auto const* const entries : {&directory.entries(), &directory.others()}) {
    for (auto const& [number, entry] : *entries) {
      auto const known = known_.find(number);
      if (known == known_.end() || known->second != entry->record_change) {
        changed.push_back(entry.get());
      }
    }
  }
  if (changed.size() > most) return;
  // Of a word that very many have, those that were put last are weighed: the newest.
  std::ranges::sort(changed, {}, [](Entry const* entry) { return entry->number; });
  bool is_whole = true;
  for (auto const* const entry : changed) {
    if (geometry::is_late()) return;
    std::size_t damage = 0; // such a record is found by no words; `check` tells of it
    auto const words = unless_damaged(damage, [&] {
                         return reader.record_words(entry->number);
                       }).value_or(std::nullopt);
    words_.put(entry->number, words.value_or(RecordWords{}));
    known_[entry->number] = entry->record_change;
    if (damage > 0 || (words && words->version == index::word_rules)) continue;
    known_.erase(entry->number); // it gets others without being changed
    is_whole = false;
  }
  std::erase_if(known_, [&](auto const& row) {
    auto const number = row.first;
    if (directory.find(number) != nullptr || directory.others().contains(number)) return false;
    words_.remove(number);
    return true;
  });
  if (is_whole) sequence_ = directory.last_record_change();
}

} // namespace terracat::catalogue

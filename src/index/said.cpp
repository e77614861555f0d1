#include "index/said.hpp"

#include "query/parts.hpp"
#include "query/words.hpp"

namespace terracat::index {

ItemSet::ItemSet(std::span<ItemNumber const> numbers) {
  if (numbers.empty()) return;
  first_ = numbers.front();
  last_ = numbers.back();
  bits_.resize(place_of(last_) / 64 + 1);
  for (auto const number : numbers) {
    auto const at = place_of(number);
    bits_[at / 64] |= std::uint64_t{1} << (at % 64);
  }
}

SaidCache::Set SaidCache::find(Revision const& revision, std::string_view phrase) const {
  std::scoped_lock const lock(mutex_);
  auto const found = revision == revision_ ? sets_.find(phrase) : sets_.end();
  return found == sets_.end() ? nullptr : found->second;
}

void SaidCache::keep(Revision const& revision, std::string_view phrase, Set set) {
  constexpr std::size_t most_bytes = std::size_t{32} << 20;
  auto const bytes = phrase.size() + set->bits_.size() * sizeof(std::uint64_t);
  std::scoped_lock const lock(mutex_);
  bool const is_past = revision.epoch == revision_.epoch && revision < revision_;
  if (is_past) return; // who still reads it will not for long
  if (revision != revision_ || bytes_ + bytes > most_bytes) {
    sets_.clear();
    bytes_ = 0;
    revision_ = revision;
  }
  if (bytes <= most_bytes && sets_.emplace(phrase, std::move(set)).second) bytes_ += bytes;
}

void Said::learn(query::Expression const& condition, SaidSource const& source) {
  if (auto const* const like = std::get_if<query::Like>(&condition.node)) {
    auto const phrase = query::phrase_in(*like);
    if (!phrase || find(*phrase) != nullptr) return;
    auto set = source.cache == nullptr ? nullptr : source.cache->find(source.revision, *phrase);
    if (!set && source.reader != nullptr) {
      set = std::make_shared<ItemSet const>(source.reader->items_saying(*phrase));
      if (source.cache != nullptr) source.cache->keep(source.revision, *phrase, set);
    }
    if (set) sets_.emplace(*phrase, std::move(set));
  }
  for (auto const& operand : query::parts_of(condition).operands) learn(operand, source);
}

ItemSet const* Said::find(std::string_view phrase) const {
  auto const found = sets_.find(phrase);
  return found == sets_.end() ? nullptr : found->second.get();
}

} // namespace terracat::index

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

void Said::learn(query::Expression const& condition, store::Reader& reader) {
  if (auto const* const like = std::get_if<query::Like>(&condition.node)) {
    auto const phrase = query::phrase_in(*like);
    if (phrase && find(*phrase) == nullptr) {
      items_.emplace(*phrase, ItemSet(reader.items_saying(*phrase)));
    }
  }
  for (auto const& operand : query::parts_of(condition).operands) learn(operand, reader);
}

ItemSet const* Said::find(std::string_view phrase) const {
  auto const found = items_.find(phrase);
  return found == items_.end() ? nullptr : &found->second;
}

} // namespace terracat::index

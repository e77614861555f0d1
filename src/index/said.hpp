#pragma once

#include <terracat/query.hpp>
#include <terracat/store_reader.hpp>

#include <cstdint>
#include <map>
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

  ItemNumber first_{};
  ItemNumber last_{};
  std::vector<std::uint64_t> bits_; ///< one for each number from the first to the last
};

/// The phrases of conditions, and the items in which they stand. Empty: nobody has asked.
class Said {
 public:
  /// Asks for all phrases of the condition.
  void learn(query::Expression const& condition, store::Reader& reader);

  /// \return  null: nobody has asked for that one
  [[nodiscard]] ItemSet const* find(std::string_view phrase) const;

 private:
  std::map<std::string, ItemSet, std::less<>> items_;
};

} // namespace terracat::index

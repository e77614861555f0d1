#pragma once

#include "vocabulary/terms.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace terracat::vocabulary {

/// It stands for a thing without an address: `_:b1`.
[[nodiscard]] constexpr bool is_blank(std::string_view address) noexcept {
  return address.starts_with("_:");
}

/// Addresses, each once, by number. There may be millions, so they lie in one text.
class Addresses {
 public:
  using Number = std::uint32_t;

  /// \return  its number: the former one if it is known
  /// \throws std::length_error  beyond four gigabytes
  Number add(std::string_view address);

  [[nodiscard]] std::optional<Number> find(std::string_view address) const noexcept;

  [[nodiscard]] std::string_view of(Number number) const noexcept {
    auto const begin = number == 0 ? 0 : ends_[number - 1];
    return {bytes_.data() + begin, ends_[number] - begin};
  }

  [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }

 private:
  [[nodiscard]] std::size_t slot_of(std::string_view address) const noexcept;
  void grow();

  std::string bytes_;
  std::vector<std::uint32_t> ends_;  ///< of each, in bytes_
  std::vector<std::uint32_t> slots_; ///< by hash: a number plus one, or 0
};

/// What documents say of subjects: those properties that a vocabulary is made of, in twelve bytes
/// each beside their texts.
class Statements {
 public:
  using Subject = Addresses::Number;

  /// One statement. Its object is a text or an address.
  struct Row {
    Subject subject = 0;
    std::uint32_t object = 0; ///< of addresses; of a text, where it begins
    std::uint16_t language = 0;
    Property property = Property::other;
    bool is_text = false;
  };

  [[nodiscard]] Addresses& addresses() noexcept { return addresses_; }

  [[nodiscard]] Addresses const& addresses() const noexcept { return addresses_; }

  void add(Subject subject, Property property, Subject object);

  /// \param language  BCP 47 in lower case; may be empty
  /// \throws std::length_error  beyond four gigabytes of texts, or 65,535 languages
  void add(Subject subject, Property property, std::string_view text, std::string_view language);

  [[nodiscard]] std::string_view text(Row const& row) const noexcept;

  [[nodiscard]] std::string_view language(Row const& row) const { return tags_.at(row.language); }

  /// All of them: in the order in which they were added, or sorted.
  [[nodiscard]] std::vector<Row> const& rows() const noexcept { return rows_; }

  /// Brings together what is said of each subject, and leaves the order of it.
  void sort();

  /// What was said of it when they were last sorted.
  /// \pre none were added since
  [[nodiscard]] std::span<Row const> of(Subject subject) const noexcept;

 private:
  Addresses addresses_;
  std::vector<Row> rows_;
  std::vector<std::uint32_t> begins_; ///< of each subject, and the end; empty: not sorted
  std::string texts_;                 ///< each behind its length
  std::vector<std::string> tags_{{}};
  std::unordered_map<std::string, std::uint16_t> languages_{{{}, 0}};
};

} // namespace terracat::vocabulary

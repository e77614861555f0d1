#include "vocabulary/statements.hpp"

#include <cstring>
#include <functional>
#include <stdexcept>
#include <utility>

namespace terracat::vocabulary {

// ---- Addresses

/// Where it is, or where it would be. \pre there are slots, and one of them is free
std::size_t Addresses::slot_of(std::string_view address) const noexcept {
  auto const mask = slots_.size() - 1; // their number is a power of two
  auto slot = std::hash<std::string_view>()(address) & mask;
  while (slots_[slot] != 0 && of(slots_[slot] - 1) != address) slot = (slot + 1) & mask;
  return slot;
}

void Addresses::grow() {
  constexpr std::size_t first = 1024;
  slots_.assign(slots_.empty() ? first : slots_.size() * 2, 0);
  for (Number number = 0; number < size(); ++number) slots_[slot_of(of(number))] = number + 1;
}

Addresses::Number Addresses::add(std::string_view address) {
  if (size() * 3 >= slots_.size() * 2) grow();
  auto const slot = slot_of(address);
  if (slots_[slot] != 0) return slots_[slot] - 1;
  if (address.size() > UINT32_MAX - bytes_.size() || size() == UINT32_MAX - 1) {
    throw std::length_error("addresses of a vocabulary");
  }
  bytes_ += address;
  ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  slots_[slot] = static_cast<std::uint32_t>(size());
  return slots_[slot] - 1;
}

std::optional<Addresses::Number> Addresses::find(std::string_view address) const noexcept {
  if (slots_.empty()) return std::nullopt;
  auto const slot = slot_of(address);
  if (slots_[slot] == 0) return std::nullopt;
  return slots_[slot] - 1;
}

// ---- Statements

void Statements::add(Subject subject, Property property, Subject object) {
  rows_.push_back({.subject = subject, .object = object, .property = property});
}

void Statements::add(Subject subject, Property property, std::string_view text,
                     std::string_view language) {
  auto const size = static_cast<std::uint32_t>(text.size());
  if (text.size() + sizeof(size) > UINT32_MAX - texts_.size()) {
    throw std::length_error("texts of a vocabulary");
  }
  auto known = languages_.find(std::string(language));
  if (known == languages_.end()) {
    if (tags_.size() > UINT16_MAX) throw std::length_error("languages of a vocabulary");
    known = languages_.emplace(language, static_cast<std::uint16_t>(tags_.size())).first;
    tags_.emplace_back(language);
  }
  rows_.push_back({.subject = subject,
                   .object = static_cast<std::uint32_t>(texts_.size()),
                   .language = known->second,
                   .property = property,
                   .is_text = true});
  texts_.append(reinterpret_cast<char const*>(&size), sizeof(size)); // NOLINT: its bytes
  texts_ += text;
}

std::string_view Statements::text(Row const& row) const noexcept {
  if (!row.is_text) return addresses_.of(row.object);
  std::uint32_t size = 0;
  std::memcpy(&size, texts_.data() + row.object, sizeof(size));
  return {texts_.data() + row.object + sizeof(size), size};
}

void Statements::sort() {
  std::vector<std::uint32_t> begins(addresses_.size() + 1);
  for (auto const& row : rows_) ++begins[row.subject + 1];
  for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
  std::vector<Row> sorted(rows_.size());
  auto next = begins;
  for (auto const& row : rows_) sorted[next[row.subject]++] = row;
  rows_ = std::move(sorted);
  begins_ = std::move(begins);
}

std::span<Statements::Row const> Statements::of(Subject subject) const noexcept {
  if (subject + 1 >= begins_.size()) return {}; // an address that was met later
  return std::span(rows_).subspan(begins_[subject], begins_[subject + 1] - begins_[subject]);
}

} // namespace terracat::vocabulary

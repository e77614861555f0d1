#include "catalogue/word_numbers.hpp"

#include <algorithm>
#include <limits>

namespace terracat::catalogue {
namespace {

/// Calls `visit` for each piece between signs of that kind that is not empty.
template<class Visit>
void for_each_piece(std::string_view text, char sign, Visit const& visit) {
  while (!text.empty()) {
    auto const end = std::min(text.find(sign), text.size());
    if (end > 0) visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

} // namespace

std::uint32_t WordNumbers::taken(std::string_view word) {
  if (auto const known = numbers_.find(word); known != numbers_.end()) {
    ++words_[known->second].uses;
    return known->second;
  }
  if (free_.empty()) {
    words_.emplace_back();
    free_.reserve(words_.capacity());
    free_.push_back(static_cast<std::uint32_t>(words_.size() - 1));
  }
  auto const number = free_.back();
  words_[number] = {.text = &numbers_.emplace(word, number).first->first, .uses = 1};
  free_.pop_back();
  return number;
}

std::vector<std::uint32_t> WordNumbers::take(std::string_view words) {
  std::vector<std::uint32_t> out;
  out.reserve(static_cast<std::size_t>(std::ranges::count(words, ' ')));
  std::scoped_lock const lock(mutex_);
  for_each_piece(words, '/', [&](std::string_view text) {
    if (!out.empty()) out.push_back(text_end);
    for_each_piece(text, ' ', [&](std::string_view word) { out.push_back(taken(word)); });
  });
  return out;
}

void WordNumbers::give_back(std::uint32_t number) noexcept {
  if (number == text_end || --words_[number].uses > 0) return;
  numbers_.erase(numbers_.find(*words_[number].text));
  free_.push_back(number);
}

void WordNumbers::release(std::span<std::uint32_t const> numbers) noexcept {
  std::scoped_lock const lock(mutex_);
  for (auto const number : numbers) give_back(number);
}

void WordNumbers::release(SaidWords const& words) noexcept {
  std::scoped_lock const lock(mutex_);
  for (std::size_t place = 0; place < words.size(); ++place) give_back(words.at(place));
}

std::optional<std::vector<std::uint32_t>> WordNumbers::find(std::string_view phrase) const {
  std::vector<std::uint32_t> out;
  bool is_known = true;
  std::scoped_lock const lock(mutex_);
  for_each_piece(phrase, ' ', [&](std::string_view word) {
    auto const known = numbers_.find(word);
    is_known = is_known && known != numbers_.end();
    if (is_known) out.push_back(known->second);
  });
  return is_known ? std::optional(std::move(out)) : std::nullopt;
}

SaidWords::SaidWords(std::shared_ptr<WordNumbers> numbers, std::string_view words)
    : numbers_(std::move(numbers)) {
  auto const all = numbers_->take(words);
  constexpr std::uint32_t greatest = std::numeric_limits<std::uint16_t>::max();
  parts_of_each_ = all.empty() || std::ranges::max(all) <= greatest ? 1 : 2;
  try {
    parts_.reserve(all.size() * parts_of_each_);
  } catch (...) {
    numbers_->release(all);
    throw;
  }
  for (auto const number : all) {
    parts_.push_back(static_cast<std::uint16_t>(number & greatest));
    if (parts_of_each_ == 2) parts_.push_back(static_cast<std::uint16_t>(number >> 16U));
  }
}

SaidWords::~SaidWords() {
  numbers_->release(*this);
}

bool SaidWords::have(std::span<std::uint32_t const> phrase) const noexcept {
  if (parts_of_each_ == 1) {
    auto const found = std::search(parts_.begin(), parts_.end(), phrase.begin(), phrase.end());
    return found != parts_.end();
  }
  for (std::size_t begin = 0; begin + phrase.size() <= size(); ++begin) {
    std::size_t word = 0;
    while (word < phrase.size() && at(begin + word) == phrase[word]) ++word;
    if (word == phrase.size()) return true;
  }
  return false;
}

} // namespace terracat::catalogue

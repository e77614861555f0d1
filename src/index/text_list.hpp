#pragma once

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace terracat::index {

struct Encoding;

/// Texts one behind the other, so that each takes no more than its characters and four bytes.
class TextList {
 public:
  /// \throws std::length_error  beyond 4 GiB of them
  void push_back(std::string_view text) {
    if (text.size() > std::numeric_limits<std::uint32_t>::max() - characters_.size()) {
      throw std::length_error("more texts than a list can hold");
    }
    characters_.insert(characters_.end(), text.begin(), text.end());
    ends_.push_back(static_cast<std::uint32_t>(characters_.size()));
  }

  /// No more come.
  void finish() {
    characters_.shrink_to_fit();
    ends_.shrink_to_fit();
  }

  /// Valid as long as the list. \pre number < size()
  [[nodiscard]] std::string_view operator[](std::size_t number) const noexcept {
    auto const begin = number == 0 ? 0 : ends_[number - 1];
    return {characters_.data() + begin, ends_[number] - begin};
  }

  [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }

  [[nodiscard]] bool empty() const noexcept { return ends_.empty(); }

  /// That it takes beside itself.
  [[nodiscard]] std::size_t bytes() const noexcept {
    return characters_.capacity() + ends_.capacity() * sizeof(std::uint32_t);
  }

 private:
  friend struct Encoding;

  /// Each text ends where there are characters.
  [[nodiscard]] bool is_whole() const noexcept {
    std::uint32_t before = 0;
    for (auto const end : ends_) {
      if (end < before) return false;
      before = end;
    }
    return before == characters_.size();
  }

  std::vector<char> characters_;
  std::vector<std::uint32_t> ends_;
};

} // namespace terracat::index

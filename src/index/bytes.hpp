#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// Values one behind the other, as they lie in memory: little-endian, each number and each list at
/// a multiple of eight bytes, lists behind their length. To read a list is to copy it.
namespace terracat::index {

static_assert(std::endian::native == std::endian::little);

/// What is its bytes and nothing else. Of what has gaps between its members nobody knows what
/// stands in them.
template<class Value>
concept Plain = std::is_arithmetic_v<Value> || std::has_unique_object_representations_v<Value>;

/// The bytes are not what a Packer makes.
class Malformed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Packer {
 public:
  template<Plain Value>
  void number(Value value) {
    append(&value, sizeof value);
  }

  void flag(bool value) { number(std::uint64_t{value}); }

  template<Plain Value>
  void list(std::vector<Value> const& values) {
    number(std::uint64_t{values.size()});
    append(values.data(), values.size() * sizeof(Value));
  }

  void texts(std::vector<std::string> const& texts) {
    number(std::uint64_t{texts.size()});
    for (auto const& text : texts) {
      number(std::uint64_t{text.size()});
      append(text.data(), text.size());
    }
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void append(void const* bytes, std::size_t size) {
    if (size > 0) out_.append(static_cast<char const*>(bytes), size);
    out_.resize((out_.size() + 7) / 8 * 8);
  }

  std::string out_;
};

/// Reads what a Packer wrote, by calls in the same order. Whatever the bytes are, nothing behind
/// them is read, and no more memory is taken than they are long.
/// \throws Malformed
class Unpacker {
 public:
  /// \param bytes  outlive this; they need not be aligned
  explicit Unpacker(std::string_view bytes) noexcept : rest_(bytes) {}

  template<Plain Value>
  void number(Value& value) {
    std::memcpy(&value, take(1, sizeof value), sizeof value);
  }

  void flag(bool& value) {
    std::uint64_t number = 0;
    this->number(number);
    if (number > 1) throw Malformed("neither true nor false");
    value = number == 1;
  }

  template<Plain Value>
  void list(std::vector<Value>& values) {
    auto const size = length();
    auto const* const bytes = take(size, sizeof(Value));
    values.resize(size);
    if (size > 0) std::memcpy(values.data(), bytes, size * sizeof(Value));
  }

  void texts(std::vector<std::string>& texts) {
    auto const count = length();
    if (count > rest_.size() / sizeof(std::uint64_t)) throw Malformed("it ends within a list");
    texts.clear();
    texts.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
      auto const size = length();
      texts.emplace_back(take(size, 1), size);
    }
  }

  /// \throws Malformed  unless all was read
  void end() const {
    if (!rest_.empty()) throw Malformed("it goes on behind its end");
  }

 private:
  std::uint64_t length() {
    std::uint64_t size = 0;
    number(size);
    return size;
  }

  char const* take(std::uint64_t count, std::size_t size) {
    if (count > rest_.size() / size) throw Malformed("it ends within a list");
    auto const* const begin = rest_.data();
    rest_.remove_prefix(std::min<std::size_t>((count * size + 7) / 8 * 8, rest_.size()));
    return begin;
  }

  std::string_view rest_;
};

} // namespace terracat::index

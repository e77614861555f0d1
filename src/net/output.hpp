#pragma once

#include "net/asio.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace terracat::net {

/// What is still to be written of up to four pieces of memory, which must stay where they are.
class Output {
 public:
  static constexpr std::size_t most = 4;

  void clear() noexcept { begin_ = end_ = 0; }

  void add(std::string_view bytes) noexcept {
    if (!bytes.empty()) buffers_[end_++] = asio::const_buffer(bytes.data(), bytes.size());
  }

  [[nodiscard]] bool empty() const noexcept { return begin_ == end_; }

  [[nodiscard]] std::span<asio::const_buffer const> rest() const noexcept {
    return std::span(buffers_).subspan(begin_, end_ - begin_);
  }

  /// \param count  bytes from the beginning of rest() that are written
  void consume(std::size_t count) noexcept {
    while (count > 0) {
      auto& buffer = buffers_[begin_];
      auto const taken = std::min(count, buffer.size());
      buffer += taken;
      count -= taken;
      if (buffer.size() == 0) ++begin_;
    }
  }

 private:
  std::array<asio::const_buffer, most> buffers_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

} // namespace terracat::net

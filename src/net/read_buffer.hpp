#pragma once

#include <boost/asio/buffer.hpp>

#include <memory>
#include <string_view>

namespace terracat::net {

/// Bytes that have come and have not been used yet, in one piece. Between prepare() and commit(),
/// while a read is under way, bytes may be consumed but nothing moves.
class ReadBuffer {
 public:
  [[nodiscard]] std::string_view bytes() const noexcept {
    return {memory_.get() + begin_, end_ - begin_};
  }

  [[nodiscard]] bool empty() const noexcept { return begin_ == end_; }

  [[nodiscard]] std::size_t size() const noexcept { return end_ - begin_; }

  /// Room for `size` more bytes.
  [[nodiscard]] boost::asio::mutable_buffer prepare(std::size_t size) {
    if (capacity_ - end_ < size) make_room(size);
    return {memory_.get() + end_, size};
  }

  void commit(std::size_t size) noexcept { end_ += size; }

  void consume(std::size_t size) noexcept { begin_ += size; }

  void clear() noexcept { begin_ = end_; }

  /// Gives back memory beyond what an ordinary request needs. Not while a read is under way.
  void shrink() noexcept;

 private:
  void make_room(std::size_t size);

  std::unique_ptr<char[]> memory_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

} // namespace terracat::net

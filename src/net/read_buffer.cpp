#include "net/read_buffer.hpp"

#include <algorithm>
#include <cstring>

namespace terracat::net {

void ReadBuffer::shrink() noexcept {
  constexpr std::size_t ordinary_capacity = std::size_t{16} << 10;
  if (!empty() || capacity_ <= ordinary_capacity) return;
  memory_.reset();
  capacity_ = begin_ = end_ = 0;
}

void ReadBuffer::make_room(std::size_t size) {
  auto const held = this->size();
  if (capacity_ < held + size) {
    auto const capacity = std::max(held + size, capacity_ * 2);
    auto memory = std::make_unique_for_overwrite<char[]>(capacity);
    std::ranges::copy(bytes(), memory.get());
    memory_ = std::move(memory);
    capacity_ = capacity;
  } else {
    std::memmove(memory_.get(), memory_.get() + begin_, held);
  }
  begin_ = 0;
  end_ = held;
}

} // namespace terracat::net

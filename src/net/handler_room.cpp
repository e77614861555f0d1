#include "net/handler_room.hpp"

#include <new>

namespace terracat::net {

void* HandlerRoom::take(std::size_t size) {
  if (is_taken_ || size > room_.size()) return ::operator new(size);
  is_taken_ = true;
  return room_.data();
}

void HandlerRoom::give_back(void* memory) noexcept {
  if (memory != room_.data()) return ::operator delete(memory);
  is_taken_ = false;
}

} // namespace terracat::net

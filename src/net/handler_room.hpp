#pragma once

#include <array>
#include <cstddef>

namespace terracat::net {

/// Room for one handler of Asio, for those that must find their way when there is no memory left.
/// Used from one thread at a time; outlives the handler.
class HandlerRoom {
 public:
  HandlerRoom() = default;
  HandlerRoom(HandlerRoom const&) = delete;
  HandlerRoom& operator=(HandlerRoom const&) = delete;
  HandlerRoom(HandlerRoom&&) = delete;
  HandlerRoom& operator=(HandlerRoom&&) = delete;
  ~HandlerRoom() = default;

  /// \throws std::bad_alloc  only if the room is too small, or taken
  [[nodiscard]] void* take(std::size_t size);

  void give_back(void* memory) noexcept;

 private:
  alignas(std::max_align_t) std::array<std::byte, 256> room_{};
  bool is_taken_ = false;
};

/// Lets Asio put a handler there: `asio::bind_allocator(RoomAllocator<void>(room), handler)`.
template<class T>
class RoomAllocator {
 public:
  using value_type = T; // NOLINT: as the standard library calls it

  explicit RoomAllocator(HandlerRoom& room) noexcept : room_(&room) {}

  template<class Other>
  RoomAllocator(RoomAllocator<Other> const& other) noexcept : room_(other.room_) {} // NOLINT

  [[nodiscard]] T* allocate(std::size_t count) {
    return static_cast<T*>(room_->take(count * sizeof(T)));
  }

  void deallocate(T* memory, std::size_t) noexcept { room_->give_back(memory); }

  friend bool operator==(RoomAllocator const&, RoomAllocator const&) = default;

 private:
  template<class Other>
  friend class RoomAllocator;

  HandlerRoom* room_;
};

} // namespace terracat::net

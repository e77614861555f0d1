#include "net/handler_room.hpp"

#include "support/catch.hpp"

using terracat::net::HandlerRoom;
using terracat::net::RoomAllocator;

TEST_CASE("A room holds one handler after the other, without other memory") {
  HandlerRoom room;
  auto* const first = room.take(100);
  CHECK(first >= static_cast<void*>(&room));
  CHECK(first < static_cast<void*>(&room + 1));
  room.give_back(first);
  CHECK(room.take(200) == first);
  room.give_back(first);
}

TEST_CASE("What does not fit the room, or finds it taken, lies elsewhere") {
  HandlerRoom room;
  auto* const large = room.take(1'000);
  auto* const small = room.take(10);
  auto* const other = room.take(10);
  CHECK(large != small);
  CHECK(other != small);
  CHECK((small >= static_cast<void*>(&room) && small < static_cast<void*>(&room + 1)));
  room.give_back(large); // leaves the room to whoever has it
  auto* const third = room.take(10);
  CHECK(third != small);
  room.give_back(third);
  room.give_back(other);
  room.give_back(small);
}

TEST_CASE("An allocator of a room allocates from it, whatever its type") {
  HandlerRoom room;
  RoomAllocator<void> const any(room);
  RoomAllocator<long> numbers(any);
  auto* const number = numbers.allocate(2);
  CHECK(static_cast<void*>(number) >= static_cast<void*>(&room));
  CHECK(static_cast<void*>(number) < static_cast<void*>(&room + 1));
  numbers.deallocate(number, 2);
  CHECK(numbers == RoomAllocator<long>(any));
}

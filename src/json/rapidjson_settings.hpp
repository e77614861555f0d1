#pragma once

// RapidJSON's own assertions abort; ours is a mistake of the caller that a test must be able to
// see.
#include <cstdlib>
#include <new>
#include <stdexcept>

#define RAPIDJSON_HAS_STDSTRING 1
#define RAPIDJSON_ASSERT(condition)                                                                \
  ((condition) ? static_cast<void>(0) : throw std::logic_error("JSON writer misused: " #condition))
#define RAPIDJSON_NOEXCEPT_ASSERT(condition) static_cast<void>(0)

namespace terracat::json {

/// RapidJSON's own returns null, and its users write there. Names and manners are those of its
/// concept of an allocator.
class ThrowingAllocator {
 public:
  static constexpr bool kNeedFree = true; // NOLINT

  void* Malloc(std::size_t size) {                           // NOLINT
    return size == 0 ? nullptr : checked(std::malloc(size)); // NOLINT
  }

  void* Realloc(void* old, std::size_t, std::size_t size) { // NOLINT
    if (size != 0) return checked(std::realloc(old, size)); // NOLINT
    Free(old);
    return nullptr;
  }

  static void Free(void* memory) noexcept { std::free(memory); } // NOLINT

 private:
  static void* checked(void* memory) {
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
  }
};

} // namespace terracat::json

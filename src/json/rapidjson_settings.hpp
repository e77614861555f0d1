#pragma once

// RapidJSON's own assertions abort; ours is a mistake of the caller that a test must be able to
// see.
#include <stdexcept>

#define RAPIDJSON_HAS_STDSTRING 1
#define RAPIDJSON_ASSERT(condition)                                                                \
  ((condition) ? static_cast<void>(0) : throw std::logic_error("JSON writer misused: " #condition))
#define RAPIDJSON_NOEXCEPT_ASSERT(condition) static_cast<void>(0)

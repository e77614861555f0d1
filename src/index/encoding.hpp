#pragma once

#include "index/bytes.hpp"
#include "index/version.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// What is kept of an index in the store, in bytes (bytes.hpp). Whoever changes what `encoding.cpp`
/// writes, or what any of it means, raises `encoding_version`: what has another one is made anew.
namespace terracat::index {

inline constexpr std::uint32_t encoding_version = 5;

/// Which segments make a version.
struct Contents {
  struct Entry {
    store::SegmentNumber number{};
    std::vector<std::uint64_t> removed; ///< as Removed::rows; empty: nothing
  };

  Revision revision; ///< that the version is of
  std::vector<query::Property> properties;
  std::vector<std::uint8_t> declared; ///< as Properties::declared
  std::vector<Entry> entries;
};

/// Where these stand in the store.
inline constexpr store::SegmentNumber contents_number{0};

[[nodiscard]] std::string packed(Segment const& segment);
[[nodiscard]] std::string packed(Contents const& contents);

/// Bytes that are another one's do no harm, whatever they say.
/// \throws Malformed  also if they are of another version of the encoding
[[nodiscard]] std::shared_ptr<Segment const> unpacked_segment(std::string_view bytes);
[[nodiscard]] Contents unpacked_contents(std::string_view bytes);

} // namespace terracat::index

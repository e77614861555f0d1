#pragma once

#include "archive.hpp"

#include <string>

namespace terracat::bench {

/// Unique in the whole archive; legal in a path as it is.
[[nodiscard]] std::string id_of(Scene const& scene);

/// A moment as STAC writes it: `2015-07-01T10:30:00.250Z`.
void append_moment(std::string& out, std::int64_t milliseconds);

struct TextOptions {
  bool checksums = false; ///< of each asset: 32 bytes that nothing compresses
  std::uint64_t seed = 1;
};

/// Appends a STAC Item of some 8 KB on one line, without the end of the line.
void append_item(std::string& out, Scene const& scene, TextOptions const& options);

/// Appends a STAC Collection likewise.
void append_collection(std::string& out, CollectionKind const& kind);

} // namespace terracat::bench

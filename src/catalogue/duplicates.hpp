#pragma once

#include "catalogue/directory.hpp"

#include <terracat/store.hpp>

#include <string>
#include <vector>

/// Records that people should look at, for they may be the same resource. Nothing is joined by it.
namespace terracat::catalogue {

/// Records of different sources with the same title, place and time, that no key joins. There are
/// at least two; no two of them are of one cluster.
struct LikelyDuplicate {
  std::string title;
  std::vector<RecordNumber> records; ///< in order
};

/// By title. Only records that say where they are, and when or not, can be alike; a title that very
/// many have says nothing. A record whose text is damaged is alike to none.
/// \pre the reader has the state of the directory
[[nodiscard]] std::vector<LikelyDuplicate> likely_duplicates(store::Reader& reader,
                                                             Directory const& directory);

} // namespace terracat::catalogue

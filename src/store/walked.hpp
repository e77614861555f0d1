#pragma once

#include <terracat/store_rows.hpp>

namespace terracat::store {

/// For Reader::changes: behind this place whatever has been forgotten. What had gone before a walk
/// from the beginning began it was never told and does not miss; who walks sees by a question from
/// there whether something that went later has been forgotten.
[[nodiscard]] constexpr Sequence walked(Sequence place) noexcept {
  return -place;
}

} // namespace terracat::store

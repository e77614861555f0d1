#pragma once

#include <cstddef>

namespace terracat::index {

/// What a search looked at.
struct Work {
  std::size_t segments = 0;   ///< that were not passed over by what they say of themselves
  std::size_t blocks = 0;     ///< of rows, or of boxes
  std::size_t outlines = 0;   ///< or boxes compared with the outline of an area, one by one
  std::size_t footprints = 0; ///< read and compared
  std::size_t computed = 0;   ///< items of which something was computed, from columns
  std::size_t bodies = 0;     ///< items that the store was asked of
};

} // namespace terracat::index

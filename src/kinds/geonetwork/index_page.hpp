#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds::geonetwork {

/// What the index answered to a search.
struct IndexPage {
  std::vector<std::string> ids;       ///< empty: an entry without an identifier
  std::optional<std::size_t> matched; ///< absent unless the number is exact
};

/// \throws ProtocolError  if it is none, or holds only what a part of the index answered
[[nodiscard]] IndexPage read_index_page(std::string_view body);

} // namespace terracat::kinds::geonetwork

#pragma once

#include "query/queryables.hpp"

#include <string>
#include <string_view>

namespace terracat::query {

/// Where the page after another begins, or the one before it ends. It carries the sort, for clients
/// send another one with page 2, and a fingerprint of the other criteria, which the client sends
/// again.
struct PageToken {
  std::uint64_t epoch = 0;    ///< of the catalogue that made it
  std::uint64_t criteria = 0; ///< query::digest
  std::vector<SortKey> sort;
  Anchor anchor;             ///< with a value for each key of the sort
  bool is_backwards = false; ///< to what comes before the anchor, not after it
};

/// At most 512 characters of base64url, without padding.
[[nodiscard]] std::string encode(PageToken const& token);

/// Every field is checked: a token is input like any other. Whether epoch and criteria fit is for
/// the caller to say.
[[nodiscard]] Result<PageToken> decode(std::string_view text, Queryables const& queryables);

} // namespace terracat::query

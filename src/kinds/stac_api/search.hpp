#pragma once

#include <terracat/fetch.hpp>
#include <terracat/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace terracat::kinds::stac_api {

/// What a server says that it can do, in its landing page.
struct Abilities {
  bool leaves_members_out = false;
  bool filters = false; ///< searches, by CQL2 in JSON

  /// Members of a search by which it is limited to what has changed; empty: it cannot be.
  std::string changes;
};

/// Only a server that says so is asked for more than lists: others may refuse a parameter, or pass
/// over it in silence.
/// \param by_search  items come from searches, not from the lists of collections
/// \param since      for `changes`, as in RFC 3339
/// \param filter     that searches have in any case, as CQL2 in JSON; or nothing
[[nodiscard]] Abilities abilities_of(json::Value const& landing_page, bool by_search,
                                     std::string_view since, std::string_view filter);

/// The members of a search that is limited to what fits.
/// \param filter  CQL2 in JSON; if it is empty, so is what is returned
[[nodiscard]] std::string filtered_by(std::string_view filter);

/// A search for the items of one collection.
/// \param more  members beside these, or nothing
[[nodiscard]] fetch::Request search(std::string url, std::string_view collection, std::size_t limit,
                                    std::string_view more);

} // namespace terracat::kinds::stac_api

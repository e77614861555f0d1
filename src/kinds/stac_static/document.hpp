#pragma once

#include <terracat/json.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds::stac_static {

/// What a document of a static catalogue is, by what all versions of STAC since 0.8 have in common.
enum class Part : std::uint8_t { catalogue, collection, item, items, none };

[[nodiscard]] Part part_of(json::Value const& document) noexcept;

/// Where the walk goes from a list. Items come before lists, each in the order of addresses.
struct Step {
  bool leads_down = false; ///< to a list
  std::string address;

  friend auto operator<=>(Step const&, Step const&) = default;
};

struct Steps {
  std::vector<Step> steps;   ///< sorted, each once
  std::size_t bytes = 0;     ///< of the addresses
  std::size_t elsewhere = 0; ///< links to other hosts that were passed by
  std::string first_elsewhere;
  bool is_whole = true; ///< false: there were links that are no addresses, or too many bytes
};

/// What of the links of a list is followed.
struct Following {
  bool items = false;
  std::string_view host;      ///< the only one, as of host_of; empty: any
  std::size_t most_bytes = 0; ///< of all addresses
};

/// The links `child`, `item` and `items` of a catalogue or collection.
/// \param url  where it came from
[[nodiscard]] Steps steps_of(json::Value const& document, std::string_view url,
                             Following const& following);

/// The address of the link `collection` of an item.
/// \return  empty if there is none that is followed
[[nodiscard]] std::string collection_link(json::Value const& item, std::string_view url,
                                          Following const& following);

/// `a.example:8080` in lower case of any URL with a host; else empty.
[[nodiscard]] std::string host_of(std::string_view url);

} // namespace terracat::kinds::stac_static

#pragma once

#include "api/exchange.hpp"
#include "catalogue/batch.hpp"

#include <optional>
#include <string>

namespace terracat::api {

/// What an item that somebody writes has to be.
struct ItemPlace {
  std::string collection; ///< its id as shown
  std::string id;         ///< of an item that is there; empty: a new one brings its own
  std::string native_id;  ///< likewise
  std::string where;      ///< JSON pointer of the item in the request; empty: it is the whole body
  bool is_ours = false;   ///< it may name files of the site as what is kept does
  /// What a PATCH began with, not from the parser of bodies.
  std::optional<json::Value> kept = {};
};

/// Reads an item that somebody writes. Harvested items are mended where they can be; this one
/// is refused, for who sent it can mend it better: members that STAC asks for have to be there, of
/// their type, and nothing may get lost.
/// \throws ProblemError  with a JSON pointer to the first fault
[[nodiscard]] catalogue::ItemPut read_written_item(Exchange const& exchange,
                                                   json::Value const& item, ItemPlace const& place);

} // namespace terracat::api

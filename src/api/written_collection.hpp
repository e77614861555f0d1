#pragma once

#include "api/exchange.hpp"
#include "catalogue/batch.hpp"

#include <optional>
#include <string>

namespace terracat::api {

/// What a collection that somebody writes has to be.
struct CollectionPlace {
  std::string source;    ///< that owns it
  std::string id;        ///< of one that is there, as shown; empty: a new one brings its own
  std::string native_id; ///< likewise
  std::string where;     ///< JSON pointer of the collection in the request; empty: the whole body
  /// What it was before, not from the parser of bodies: of a PATCH what is kept, which may lack
  /// parts of an extent, else what is answered. Nothing of a new one.
  std::optional<json::Value> before = {};
};

/// A collection without the mark of what was concluded (`terracat:inferred`) and what it marks:
/// what somebody said of it.
[[nodiscard]] std::string without_conclusions(json::Value const& collection);

/// Reads a collection that somebody writes, as strictly as an item (written_item.hpp). `extent` and
/// `links` may be left out: of an extent that nobody states the items speak. A body that was read
/// here comes back with marks of what was concluded: what is marked is left to be concluded again,
/// unless it was changed; the marks themselves are not kept.
/// \throws ProblemError  with a JSON pointer to the first fault
[[nodiscard]] catalogue::RecordPut read_written_collection(Exchange const& exchange,
                                                           json::Value const& collection,
                                                           CollectionPlace const& place);

} // namespace terracat::api

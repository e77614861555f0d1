#pragma once

#include <terracat/record.hpp>

#include <span>
#include <string>
#include <string_view>

/// How STAC Items and Collections are put together from texts that are kept or made ahead. Readers
/// and writers of this room make the texts; nothing is parsed on the way out.
namespace terracat::formats {

/// A member of answered collections: what no source said and an answer must have, or what terracat
/// concluded. `[{"member":"extent.spatial","rule":"…"},…]`; members are those of the collection,
/// with a dot before a member of a member. Nothing of it counts as the source's word.
inline constexpr std::string_view inferred_member = "terracat:inferred";

/// A member of answered collections: where a data manager of the site corrected what the source
/// said, and when. `[{"member":"title","language":"fr","at":"2026-11-27T09:00:00Z"},…]`; without
/// `language` the text that is shown was corrected, whatever its language.
inline constexpr std::string_view corrected_member = "terracat:corrected";

/// A member of answered collections: the ends of `extent.temporal.interval` as the source wrote
/// them, where RFC 3339 cannot say one (before year 0, after 9999) or one is unknown.
/// `[["-10000-01-01T00:00:00Z",null],["1970","unknown"]]`, null for open.
inline constexpr std::string_view original_interval_member = "terracat:original_interval";

/// The value of that member, an array.
[[nodiscard]] std::string corrected_text(std::vector<model::Corrected> const& corrected);

/// The texts of a STAC Collection that are the same wherever it is answered.
struct CollectionText {
  /// As model::ItemParts::body: all members but `id`, `extent` and `summaries`, without the outer
  /// braces, ending in an unclosed `"links":[` with the links that stay.
  std::string body;

  /// An object with `spatial` and `temporal`. The world if the record names no area: `body` then
  /// has the inference `extent.spatial`; likewise with `extent.temporal`. Both marks also hold when
  /// an extent drawn from items is answered instead.
  std::string extent;

  /// An object; empty if there is nothing to sum up.
  std::string summaries;
};

/// The record as a STAC Collection of version 1.1.
/// \param languages  of its texts, the preferred one first; the author's first one comes last
[[nodiscard]] CollectionText collection_text(model::Record const& record,
                                             std::span<std::string const> languages);

/// Appends an item.
/// \param body        of a model::Item, local assets filled in
/// \param collection  the id of its collection; may be empty
/// \param links       JSON objects separated by commas; may be empty
void append_item(std::string& out, std::string_view body, std::string_view id,
                 std::string_view collection, std::string_view links);

/// The same for a body that is appended in between: `begin_item`, the body, `end_item`.
void begin_item(std::string& out, std::string_view id, std::string_view collection);
void end_item(std::string& out, std::string_view links);

/// What a collection's items have a say in.
struct CollectionState {
  std::string_view extent;
  std::string_view summaries; ///< empty if there is nothing to sum up
  bool has_items = false;     ///< clients of OGC API Features look for `itemType`
};

/// Appends a collection.
/// \param links  JSON objects separated by commas; may be empty
void append_collection(std::string& out, std::string_view body, std::string_view id,
                       CollectionState const& state, std::string_view links);

} // namespace terracat::formats

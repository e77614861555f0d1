#pragma once

#include "catalogue/view.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// What has changed in a scope, in the order in which it was committed: of each record and item its
/// last change, be it that it went. From the beginning on that is all that there is. No clusters
/// are made: every record is told.
namespace terracat::catalogue {

/// A change as the scope shows it. Valid while its view is.
struct FeedEntry {
  store::Change change;
  std::optional<ShownRecord> record; ///< of a record that is there
  std::optional<ItemNumber> item;    ///< of an item that is there
  std::string collection;            ///< of an item, as shown

  /// A collection that is told out of turn, before the first of its items: its own change comes
  /// later. Its sequence is the one before that item's.
  bool is_ahead = false;

  /// Of what is gone: it is there under another id, with items of which nothing is told again.
  bool has_moved = false;

  /// Of a record that lost its id to another one, which was made later: that one. From then on it
  /// has another id, with items of which nothing is told again.
  std::optional<RecordNumber> yielded_to = {};
};

struct FeedRequest {
  Sequence since = 0;
  Sequence began = 0;     ///< of a walk from the beginning on: the state in which it began; else 0
  bool items = false;     ///< else of records alone
  std::size_t most = 100; ///< entries, but for those that are told ahead
};

struct FeedPage {
  std::vector<FeedEntry> entries;
  Sequence next = 0;   ///< where the next page begins
  bool at_end = false; ///< nothing has changed behind it, up to the state of the view
};

/// \return  nothing if what went after `since` has been forgotten: who stands there has to begin
///          anew
[[nodiscard]] std::optional<FeedPage> read_feed(View& view, FeedRequest const& request);

/// How much the scope has, in the state of the view.
struct InScope {
  std::size_t records = 0;
  std::size_t items = 0;
};

[[nodiscard]] InScope count_in_scope(View& view);

} // namespace terracat::catalogue

#pragma once

#include <terracat/geometry.hpp>
#include <terracat/interval.hpp>

#include <optional>
#include <string>

namespace terracat::model {

/// All that a granule holds.
struct ItemParts {
  std::string native_id;  ///< as the source calls it; never empty in an Item
  std::string collection; ///< as the source calls the collection; may be empty

  std::optional<Instant> datetime;
  std::optional<Instant> start; ///< start_datetime
  std::optional<Instant> end;   ///< end_datetime

  std::optional<Geometry> footprint;
  std::optional<HeightRange> heights;

  /// The STAC Item of version 1.1 as JSON text, apart from `id`, `collection` and the links that
  /// depend on where it is answered: members without the outer braces, ending in an unclosed
  /// `"links":[` with the links that stay. `"type":"Feature",…,"assets":{…},"links":[{…}`. The two
  /// missing members go before, the other links and `]}` behind: an answer is made without parsing.
  std::string body;

  /// The body names files that the site itself serves (`local_asset_scheme`); their addresses are
  /// filled in on the way out.
  bool has_local_assets = false;
};

/// Stands in a body before `source/path` of a file below the source's asset folder.
inline constexpr std::string_view local_asset_scheme = "terracat-asset:";

/// One granule. One that exists has a native id, a body, and start no later than end.
class Item {
 public:
  [[nodiscard]] static Result<Item> make(ItemParts parts);

  [[nodiscard]] ItemParts const& operator*() const noexcept { return parts_; }

  [[nodiscard]] ItemParts const* operator->() const noexcept { return &parts_; }

  /// The moment by which items are ordered: `datetime`, else the start (design.md 5).
  [[nodiscard]] std::optional<Instant> time() const noexcept {
    return parts_.datetime ? parts_.datetime : parts_.start;
  }

  /// What a `datetime` filter is compared with: start to end if both are given, else the moment.
  [[nodiscard]] std::optional<Interval> period() const;

 private:
  explicit Item(ItemParts parts) : parts_(std::move(parts)) {}

  ItemParts parts_;
};

} // namespace terracat::model

#pragma once

#include <terracat/query.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace terracat::query {

/// What a specification fixes about a property, whatever values a catalogue happens to hold.
struct Definition {
  std::string_view name; ///< as in an item's `properties`, or of a record
  Type type;
  bool whole = false; ///< numbers are integers
  bool is_sortable = false;
  std::string_view title;
  std::optional<double> minimum = {};
  std::optional<double> maximum = {};
  std::span<std::string_view const> values = {}; ///< all that there may be; empty: anything

  /// Where the core has the property: not in `properties` but on its own.
  Property::Place place = Property::Place::own;
};

/// STAC 1.1 common metadata and the extensions in use at the data centres, in alphabetical order.
[[nodiscard]] std::span<Definition const> definitions() noexcept;

/// What can be asked of records, in alphabetical order: the core of OGC API Records 1.0, the times
/// as items have them, and what STAC Collections sum up.
[[nodiscard]] std::span<Definition const> record_definitions() noexcept;

/// What can be asked of collections besides: how many of their items match.
[[nodiscard]] Definition const& matching_items() noexcept;

/// \return  null if no specification that terracat knows defines the property
[[nodiscard]] Definition const* definition(std::string_view name) noexcept;

} // namespace terracat::query

#pragma once

#include "api/enum_set.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace terracat::api {

/// A family of API roots; the same handlers answer for several roots of one family.
enum class Family : std::uint8_t { stac, features, records };

/// What makes a root one of its family.
struct FamilyRow {
  Family family;
  std::string_view segment;      ///< of its address: "/stac"
  std::string_view title_suffix; ///< behind the title of what the root shows
  bool with_items_only;          ///< collections without items are not shown
  bool has_pages;                ///< each answer can be had as a page, too
};

/// THE table of families, in the order of the links on the site's own page.
[[nodiscard]] std::span<FamilyRow const> families() noexcept;

[[nodiscard]] FamilyRow const& row_of(Family family) noexcept;

/// Of the family's roots: "/records".
[[nodiscard]] std::string_view segment_of(Family family) noexcept;

/// The families that have something: a route, a conformance class.
using Families = EnumSet<Family>;

} // namespace terracat::api

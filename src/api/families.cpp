#include "api/families.hpp"

#include <algorithm>
#include <array>

namespace terracat::api {
namespace {

// THE table. family, segment, suffix of titles, with items only, has pages
constexpr std::array family_table{
    FamilyRow{Family::stac, "/stac", "", false, false},
    FamilyRow{Family::features, "/features", " (features)", true, true},
    FamilyRow{Family::records, "/records", " (records)", false, true},
};

} // namespace

std::span<FamilyRow const> families() noexcept {
  return family_table;
}

FamilyRow const& row_of(Family family) noexcept {
  return *std::ranges::find(family_table, family, &FamilyRow::family);
}

std::string_view segment_of(Family family) noexcept {
  return row_of(family).segment;
}

} // namespace terracat::api

#include "api/families.hpp"

#include <array>

namespace terracat::api {
namespace {

// THE table. family, segment, suffix of titles, with items only
constexpr std::array table{
    FamilyRow{Family::stac, "/stac", "", false},
    FamilyRow{Family::features, "/features", " (features)", true},
};

} // namespace

std::span<FamilyRow const> families() noexcept {
  return table;
}

} // namespace terracat::api

#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

namespace terracat::api {

/// A family of API roots; the same handlers answer for several roots of one family.
enum class Family : std::uint8_t { stac, features };

/// What makes a root one of its family.
struct FamilyRow {
  Family family;
  std::string_view segment;      ///< of its address: "/stac"
  std::string_view title_suffix; ///< behind the title of what the root shows
  bool with_items_only;          ///< collections without items are not shown
};

/// THE table of families, in the order of the links on the site's own page.
[[nodiscard]] std::span<FamilyRow const> families() noexcept;

/// The families that have something: a route, a conformance class.
class Families {
 public:
  constexpr Families(std::initializer_list<Family> families) noexcept {
    for (auto const family : families) bits_ |= 1U << static_cast<unsigned>(family);
  }

  [[nodiscard]] constexpr bool has(Family family) const noexcept {
    return (bits_ >> static_cast<unsigned>(family) & 1U) != 0;
  }

  [[nodiscard]] constexpr bool is_empty() const noexcept { return bits_ == 0; }

  [[nodiscard]] constexpr bool meets(Families others) const noexcept {
    return (bits_ & others.bits_) != 0;
  }

 private:
  unsigned bits_ = 0;
};

} // namespace terracat::api

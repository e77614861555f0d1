#pragma once

#include <initializer_list>

namespace terracat::api {

/// Some members of an enumeration, which has no more than there are bits.
template<class Enum>
class EnumSet {
 public:
  constexpr EnumSet() noexcept = default;

  constexpr EnumSet(std::initializer_list<Enum> members) noexcept {
    for (auto const member : members) bits_ |= 1U << static_cast<unsigned>(member);
  }

  [[nodiscard]] constexpr bool has(Enum member) const noexcept {
    return (bits_ >> static_cast<unsigned>(member) & 1U) != 0;
  }

  [[nodiscard]] constexpr bool is_empty() const noexcept { return bits_ == 0; }

  [[nodiscard]] constexpr bool meets(EnumSet others) const noexcept {
    return (bits_ & others.bits_) != 0;
  }

  [[nodiscard]] friend constexpr EnumSet operator|(EnumSet a, EnumSet b) noexcept {
    a.bits_ |= b.bits_;
    return a;
  }

 private:
  unsigned bits_ = 0;
};

} // namespace terracat::api

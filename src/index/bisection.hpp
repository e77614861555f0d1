#pragma once

namespace terracat::index {

/// The first of the numbers from 0 to `size` of which `is_before` does not hold; it holds of none
/// behind that one. (Clang 14 knows no views of libstdc++ that an algorithm could search.)
template<class Number, class IsBefore>
Number first_not(Number size, IsBefore const& is_before) {
  Number first = 0;
  for (auto left = size; left > 0;) {
    Number const half = left / 2;
    bool const skips = is_before(first + half);
    if (skips) first += half + 1;
    left = skips ? left - half - 1 : half;
  }
  return first;
}

} // namespace terracat::index

#pragma once

#include <string>
#include <string_view>

namespace terracat::query {

/// ICU loads the tables of its normal forms once, and remembers for the life of the process if
/// there was no memory for them: who does this first knows that they are there. \throws
/// std::bad_alloc
void load_normal_forms();

/// The text without the difference between small and capital letters: full case folding of Unicode,
/// composed.
[[nodiscard]] std::string without_case(std::string_view text);

/// The text without accents and the like: what stands above, below or through letters that can be
/// taken apart. The marks of Japanese that make another letter (dakuten, handakuten) stay.
[[nodiscard]] std::string without_accents(std::string_view text);

/// Without either.
[[nodiscard]] inline std::string folded(std::string_view text) {
  return without_accents(without_case(text));
}

} // namespace terracat::query

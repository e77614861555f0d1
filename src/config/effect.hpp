#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace terracat::config {

/// When a running server goes by a setting that has changed. Commands read the file each time.
enum class Effect : std::uint8_t {
  at_once,   ///< when it reads its configuration again: Serving::take_over hands it to who uses it
  next_start ///< whoever uses it has it from the start
};

/// The sentence of a setting, with when it takes effect if that is not at once.
[[nodiscard]] inline std::string explained(std::string_view sentence, Effect effect) {
  return std::string(sentence) +
         (effect == Effect::next_start ? ". A change takes effect with the next start" : "");
}

} // namespace terracat::config

#pragma once

#include <string>
#include <string_view>

namespace terracat::json {

/// A name as a step of a JSON pointer has it (RFC 6901), without its slash.
[[nodiscard]] inline std::string pointer_token(std::string_view name) {
  std::string out;
  for (auto const c : name) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

} // namespace terracat::json

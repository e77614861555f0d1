#pragma once

#include <string>
#include <string_view>

namespace terracat {

/// The text as the content of an element or of an attribute in double quotes (XML 1.0, 2.4).
[[nodiscard]] inline std::string escaped_xml(std::string_view text) {
  std::string out;
  for (auto const c : text) {
    switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    case '\r': // else the end of a line (XML 1.0, 2.11)
      out += "&#13;";
      break;
    default:
      out += c;
    }
  }
  return out;
}

} // namespace terracat

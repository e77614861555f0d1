#include "formats/json/json_text.hpp"

#include "json/plain.hpp"

#include <terracat/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace terracat::formats {

void append_quoted(std::string& out, std::string_view text) {
  if (!json::is_plain(text)) {
    out += json::quoted(text);
    return;
  }
  out += '"';
  out += text;
  out += '"';
}

void begin_member(std::string& out, std::string_view name) {
  if (!out.empty() && out.back() != '{') out += ',';
  append_quoted(out, name);
  out += ':';
}

void begin_element(std::string& out) {
  if (!out.empty() && out.back() != '[') out += ',';
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
  begin_member(out, name);
  append_quoted(out, text);
}

void append_raw_member(std::string& out, std::string_view name, std::string_view json) {
  begin_member(out, name);
  out += json;
}

void append_number(std::string& out, double value) {
  std::array<char, 32> digits{};
  auto const written = std::to_chars(digits.begin(), digits.end(), value == 0 ? 0.0 : value);
  out.append(digits.begin(), written.ptr);
}

} // namespace terracat::formats

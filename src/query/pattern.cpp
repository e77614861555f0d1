#include "query/pattern.hpp"

namespace terracat::query {
namespace {

/// Length of the UTF-8 character at the beginning of a text that is not empty.
std::size_t character(std::string_view text) noexcept {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
    ++length;
  }
  return length;
}

} // namespace

std::string_view literal_beginning(std::string_view pattern) noexcept {
  return pattern.substr(0, pattern.find_first_of("%_\\"));
}

bool matches(std::string_view text, std::string_view pattern) noexcept {
  // After a failure, try again with the last `%` taking one character more: no deeper backtracking
  // is needed, for an earlier `%` could only take what the last one may take as well.
  std::string_view retry_text;
  std::string_view retry_pattern;
  bool may_retry = false;
  while (!text.empty() || !pattern.empty()) {
    if (!pattern.empty() && pattern.front() == '%') {
      pattern.remove_prefix(1);
      auto const at = text.find(literal_beginning(pattern));
      if (at == std::string_view::npos) return false;
      text.remove_prefix(at);
      retry_text = text;
      retry_pattern = pattern;
      may_retry = true;
      continue;
    }
    if (!pattern.empty() && !text.empty()) {
      if (pattern.front() == '_') {
        text.remove_prefix(character(text));
        pattern.remove_prefix(1);
        continue;
      }
      // Byte by byte, for characters are alike where their bytes are. A lone escape at the end
      // escapes nothing, and so matches nothing.
      auto const wanted = pattern.front() == '\\' ? pattern.substr(1) : pattern;
      if (!wanted.empty() && wanted.front() == text.front()) {
        text.remove_prefix(1);
        pattern = wanted.substr(1);
        continue;
      }
    }
    if (!may_retry || retry_text.empty()) return false;
    retry_text.remove_prefix(character(retry_text));
    auto const at = retry_text.find(literal_beginning(retry_pattern));
    if (at == std::string_view::npos) return false;
    retry_text.remove_prefix(at);
    text = retry_text;
    pattern = retry_pattern;
  }
  return true;
}

std::string escaped_pattern(std::string_view text) {
  std::string out;
  for (auto const c : text) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

} // namespace terracat::query

#include "formats/json/json_outline.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::formats {
namespace {

constexpr std::size_t longest_look = std::size_t{1} << 20;

/// The position behind the string whose opening quote stands at `begin`, or the end of the text.
std::size_t end_of_string(std::string_view text, std::size_t begin) noexcept {
  for (auto at = begin + 1; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return text.size();
}

/// The position of the comma or brace that ends the member's value that begins at `begin`.
std::size_t end_of_value(std::string_view text, std::size_t begin) noexcept {
  std::size_t depth = 0;
  auto at = begin;
  while (at < text.size()) {
    switch (text[at]) {
    case '"':
      at = end_of_string(text, at);
      continue;
    case '{':
    case '[':
      ++depth;
      break;
    case ',':
      if (depth == 0) return at;
      break;
    case '}':
    case ']':
      if (depth == 0) return at;
      --depth;
      break;
    default:
      break;
    }
    ++at;
  }
  return at;
}

bool is_quoted(std::string_view text) noexcept {
  return text.size() >= 2 && text.front() == '"' && text.back() == '"' &&
         text.find('\\') == std::string_view::npos;
}

} // namespace

JsonOutline::JsonOutline(std::string_view document) {
  auto const text = trimmed(document).substr(0, longest_look);
  if (!text.starts_with('{')) return;
  std::size_t at = 1;
  while (at < text.size()) {
    auto const name_begin = text.find_first_not_of(" \t\r\n,", at);
    if (name_begin == std::string_view::npos || text[name_begin] != '"') return;
    auto const name_end = end_of_string(text, name_begin);
    auto const colon = text.find_first_not_of(" \t\r\n", name_end);
    if (colon == std::string_view::npos || text[colon] != ':') return;
    at = end_of_value(text, colon + 1);
    auto const name = text.substr(name_begin, name_end - name_begin);
    if (is_quoted(name)) {
      members_.emplace_back(name.substr(1, name.size() - 2),
                            trimmed(text.substr(colon + 1, at - colon - 1)));
    }
    if (at < text.size() && text[at] != ',') return;
  }
}

bool JsonOutline::has(std::string_view name) const {
  return !value(name).empty();
}

std::string_view JsonOutline::value(std::string_view name) const {
  auto const found =
      std::ranges::find(members_, name, [](auto const& entry) { return entry.first; });
  return found == members_.end() ? std::string_view() : found->second;
}

std::string_view JsonOutline::string(std::string_view name) const {
  auto const text = value(name);
  return is_quoted(text) ? text.substr(1, text.size() - 2) : std::string_view();
}

} // namespace terracat::formats

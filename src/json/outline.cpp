#include "json/outline.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::json {
namespace {

constexpr auto none = std::string_view::npos;

/// The position behind the string whose opening quote stands at `begin`, or the end of the text.
std::size_t end_of_string(std::string_view text, std::size_t begin) noexcept {
  for (auto quote = text.find('"', begin + 1); quote != none; quote = text.find('"', quote + 1)) {
    auto backslashes = std::size_t{0};
    while (text[quote - 1 - backslashes] == '\\') ++backslashes; // the opening quote is none
    if (backslashes % 2 == 0) return quote + 1;
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
  return text.size() >= 2 && text.front() == '"' && text.back() == '"' && text.find('\\') == none;
}

} // namespace

Outline::Outline(std::string_view object)
    : Outline(object, object.starts_with('{') ? 1 : object.size()) {}

Outline Outline::of_members(std::string_view members) {
  return {members, 0};
}

bool Outline::find_next() const {
  while (at_ < text_.size()) {
    auto const name_begin = text_.find_first_not_of(" \t\r\n,", at_);
    at_ = text_.size(); // unless a whole member is found
    if (name_begin == none || text_[name_begin] != '"') break;
    auto const name_end = end_of_string(text_, name_begin);
    auto const colon = text_.find_first_not_of(" \t\r\n", name_end);
    if (colon == none || text_[colon] != ':') break;
    auto const end = end_of_value(text_, colon + 1);
    if (end < text_.size() && text_[end] == ',') at_ = end;
    auto const name = text_.substr(name_begin, name_end - name_begin);
    if (!is_quoted(name)) continue;
    found_.emplace_back(name.substr(1, name.size() - 2),
                        trimmed(text_.substr(colon + 1, end - colon - 1)));
    return true;
  }
  return false;
}

bool Outline::has(std::string_view name) const {
  return !value(name).empty();
}

std::string_view Outline::value(std::string_view name) const {
  auto const found =
      std::ranges::find_if(found_, [&](auto const& one) { return one.first == name; });
  if (found != found_.end()) return found->second;
  while (find_next()) {
    if (found_.back().first == name) return found_.back().second;
  }
  return {};
}

std::string_view Outline::string(std::string_view name) const {
  auto const text = value(name);
  return is_quoted(text) ? text.substr(1, text.size() - 2) : std::string_view();
}

} // namespace terracat::json

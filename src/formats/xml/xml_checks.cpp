#include "formats/xml/xml_checks.hpp"

#include "formats/xml/xml_walk.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace terracat::formats::xml {
namespace {

/// The number of `#65` or `#x41`, the part of a reference between `&` and `;`.
std::optional<std::uint32_t> character_number(std::string_view reference) noexcept {
  reference.remove_prefix(1);
  int base = 10;
  if (reference.starts_with('x')) {
    reference.remove_prefix(1);
    base = 16;
  }
  std::uint32_t number = 0;
  auto const* const end = reference.data() + reference.size();
  auto const [stop, error] = std::from_chars(reference.data(), end, number, base);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

/// Control characters are let through, for readers drop them; these would end or break the text.
bool breaks_text(std::uint32_t character) noexcept {
  return character == 0 || character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF);
}

bool is_predefined(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 5> names{"amp", "lt", "gt", "quot", "apos"};
  return std::ranges::find(names, name) != names.end();
}

/// A name as far as a reference needs it: no blanks, no markup.
bool is_name(std::string_view text) noexcept {
  return !text.empty() && text.find_first_of(" \t\r\n<>&\"'#") == std::string_view::npos;
}

/// Where a comment, CDATA section or instruction that begins here ends; `at` itself if none begins.
std::size_t skipped(std::string_view text, std::size_t at) noexcept {
  struct Section {
    std::string_view open;
    std::string_view close;
  };

  constexpr std::array sections{Section{"<!--", "-->"}, Section{"<![CDATA[", "]]>"},
                                Section{"<?", "?>"}};
  for (auto const& [open, close] : sections) {
    if (!text.substr(at).starts_with(open)) continue;
    auto const end = text.find(close, at + open.size());
    return end == std::string_view::npos ? text.size() : end + close.size();
  }
  return at;
}

/// Where the start tag that begins here ends; `at` itself if none does. What stands between
/// quotation marks begins nothing, though pugixml lets `<` stand there.
std::size_t end_of_tag(std::string_view text, std::size_t at) noexcept {
  constexpr std::string_view others = "!?/"; // what stands behind `<` of what is no start tag
  if (at + 1 >= text.size() || others.find(text[at + 1]) != std::string_view::npos) return at;
  auto end = text.find_first_of("\"'>", at);
  while (end != std::string_view::npos && text[end] != '>') {
    auto const closed = text.find(text[end], end + 1);
    if (closed == std::string_view::npos) break;
    end = text.find_first_of("\"'>", closed + 1);
  }
  return std::min(end, text.size());
}

Finding finding(FindingCode code, std::string_view text, std::size_t at, std::string_view what) {
  return {.code = code, .where = line_and_column(text, at), .excerpt = excerpt(what)};
}

std::optional<Finding> check_attributes(pugi::xml_node element, std::size_t limit) {
  auto const first = element.first_attribute();
  if (!first || !first.next_attribute()) return std::nullopt;
  std::vector<std::string_view> names;
  for (auto const attribute : element.attributes()) names.emplace_back(attribute.name());
  auto const refuse = [&](FindingCode code, std::string_view what) {
    return Finding{
        .code = code, .where = Node(element.internal_object()).pointer(), .excerpt = excerpt(what)};
  };
  if (names.size() > limit) return refuse(FindingCode::too_large, names.front());
  std::ranges::sort(names);
  auto const twice = std::ranges::adjacent_find(names);
  if (twice != names.end()) return refuse(FindingCode::xml_malformed, *twice);
  return std::nullopt;
}

} // namespace

std::optional<Finding> check_references(std::string_view text) {
  if (auto const at = text.find('\0'); at != std::string_view::npos) {
    return finding(FindingCode::xml_malformed, text, at, "a zero byte");
  }
  // The type of a document stands before its root, but for comments.
  bool const has_type = text.find("<!DOCTYPE") != std::string_view::npos;
  if (!has_type && text.find("&#") == std::string_view::npos) return std::nullopt;
  constexpr std::size_t longest_name = 64;
  std::size_t tag_end = 0;
  for (auto at = text.find_first_of("<&"); at != std::string_view::npos;
       at = text.find_first_of("<&", at)) {
    if (text[at] == '<') {
      auto const after = at < tag_end ? at : skipped(text, at);
      if (after == at && at >= tag_end) tag_end = end_of_tag(text, at);
      at = std::max(after, at + 1);
      continue;
    }
    auto const end = text.substr(at, longest_name).find(';');
    auto const reference = text.substr(at + 1, end == std::string_view::npos ? 0 : end - 1);
    if (reference.starts_with('#')) {
      auto const number = character_number(reference);
      if (!number || breaks_text(*number)) {
        return finding(FindingCode::xml_malformed, text, at, reference);
      }
    } else if (has_type && is_name(reference) && !is_predefined(reference)) {
      return finding(FindingCode::xml_entity, text, at, reference);
    }
    ++at;
  }
  return std::nullopt;
}

std::optional<Finding> check_tree(pugi::xml_document const& document, Limits const& limits) {
  auto const root = element_from(document.first_child());
  if (!root || element_from(root.next_sibling())) {
    return Finding{.code = FindingCode::xml_malformed, .where = {}, .excerpt = "not one root"};
  }
  std::optional<Finding> found;
  std::size_t depth = 0;
  walk(
      root,
      [&](pugi::xml_node element) {
        if (found) return false;
        if (++depth > limits.depth) {
          found = Finding{.code = FindingCode::too_deep, .where = {}, .excerpt = element.name()};
        } else {
          found = check_attributes(element, limits.attributes);
        }
        return !found;
      },
      [&](pugi::xml_node) { --depth; });
  return found;
}

std::string line_and_column(std::string_view text, std::size_t offset) {
  auto const before = text.substr(0, offset);
  auto const line = std::ranges::count(before, '\n') + 1;
  auto const last_break = before.rfind('\n');
  auto const column =
      last_break == std::string_view::npos ? before.size() : before.size() - last_break - 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(column + 1);
}

} // namespace terracat::formats::xml

#pragma once

#include <pugixml.hpp>

#include <optional>
#include <string_view>

/// What the .cpp files of xml.hpp share: names with prefixes, and a walk without recursion.
namespace terracat::formats::xml {

/// `title` of `gmd:title`.
[[nodiscard]] inline std::string_view local_part(std::string_view name) noexcept {
  auto const colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// `gmd` of `gmd:title`; empty if there is no prefix.
[[nodiscard]] inline std::string_view prefix_part(std::string_view name) noexcept {
  auto const colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

/// The prefix that an attribute of this name declares: `gmd` for `xmlns:gmd`, empty for `xmlns`,
/// nothing for any other attribute.
[[nodiscard]] inline std::optional<std::string_view>
declared_prefix(std::string_view attribute_name) noexcept {
  if (!attribute_name.starts_with("xmlns")) return std::nullopt;
  attribute_name.remove_prefix(5);
  if (attribute_name.empty()) return attribute_name;
  if (!attribute_name.starts_with(':')) return std::nullopt;
  return attribute_name.substr(1);
}

/// The element at or after `node` among its siblings, of that name if one is given.
[[nodiscard]] inline pugi::xml_node element_from(pugi::xml_node node,
                                                 std::string_view name = {}) noexcept {
  for (; node; node = node.next_sibling()) {
    if (node.type() != pugi::node_element) continue;
    if (name.empty() || local_part(node.name()) == name) return node;
  }
  return {};
}

/// Calls `enter(element)` for `root` and every element below it in the order of the document, and
/// `leave(element)` for each once its children are done. Where `enter` says false, the walk does
/// not go deeper.
template<class Enter, class Leave>
void walk(pugi::xml_node root, Enter&& enter, Leave&& leave) {
  for (auto node = root; node;) {
    if (enter(node)) {
      if (auto const child = element_from(node.first_child())) {
        node = child;
        continue;
      }
    }
    leave(node);
    pugi::xml_node next;
    while (node != root && !(next = element_from(node.next_sibling()))) {
      node = node.parent();
      leave(node);
    }
    node = next;
  }
}

} // namespace terracat::formats::xml

#include "formats/eml/parts.hpp"

#include "formats/words/text.hpp"
#include "formats/xml/xml_walk.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::eml {
namespace {

using xml::Node;
using xml::RecordDraft;

/// Elements that hold a text of their own, apart from what stands around them.
constexpr std::array<std::string_view, 5> blocks{"para", "title", "markdown", "literalLayout",
                                                 "value"};

bool is_block(pugi::xml_node node) {
  return std::ranges::find(blocks, xml::local_part(node.name())) != blocks.end();
}

/// The elements with a text of their own from here on, in the order of the document.
std::vector<Node> texts_in(Node top) {
  std::vector<Node> out;
  auto const root = top.handle();
  xml::walk(
      root,
      [&](pugi::xml_node node) {
        if (node == root || is_block(node)) out.emplace_back(node.internal_object());
        return true;
      },
      [](pugi::xml_node) {});
  return out;
}

} // namespace

model::LocalText words_of(std::vector<Node> const& nodes, RecordDraft& draft) {
  std::vector<Node> texts;
  for (auto const node : nodes) {
    if (!stripped(node.text()).empty()) texts.push_back(node);
    for (auto const value : node.children("value")) texts.push_back(value);
  }
  return xml::name_of(texts, draft);
}

model::LocalText paragraphs_of(std::vector<Node> const& nodes, RecordDraft& draft) {
  std::vector<Node> texts;
  for (auto const node : nodes) {
    auto const found = texts_in(node);
    texts.insert(texts.end(), found.begin(), found.end());
  }
  return xml::prose_of(texts, draft);
}

} // namespace terracat::formats::eml

#include "formats/xml/xml.hpp"
#include "formats/xml/xml_walk.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace terracat::formats::xml {
namespace {

class StringWriter : public pugi::xml_writer {
 public:
  void write(void const* data, std::size_t size) override {
    for (std::string_view left(static_cast<char const*>(data), size); !left.empty();) {
      auto const end = std::min(left.find('\r'), left.size());
      text_ += left.substr(0, end);
      // pugixml writes one in a text as it is, and it would be read as the end of a line (XML 1.0,
      // 2.11).
      if (end < left.size()) text_ += "&#13;";
      left.remove_prefix(std::min(end + 1, left.size()));
    }
  }

  std::string take() { return std::move(text_); }

 private:
  std::string text_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
};

/// The prefix of a value like `gmd:PT_FreeText_PropertyType`, as xsi:type has it.
std::string_view prefix_of_value(std::string_view value) noexcept {
  auto const prefix = prefix_part(value);
  bool const is_name = std::ranges::all_of(prefix, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.';
  });
  return is_name ? prefix : std::string_view();
}

/// Every prefix of a name below `root`, and every one that a value may mean. The empty prefix
/// stands for elements without one.
std::set<std::string_view> used_prefixes(pugi::xml_node root) {
  std::set<std::string_view> used;
  walk(
      root,
      [&](pugi::xml_node element) {
        used.insert(prefix_part(element.name()));
        for (auto const attribute : element.attributes()) {
          if (declared_prefix(attribute.name())) continue;
          for (auto const prefix :
               {prefix_part(attribute.name()), prefix_of_value(attribute.value())}) {
            if (!prefix.empty()) used.insert(prefix);
          }
        }
        return true;
      },
      [](pugi::xml_node) {});
  return used;
}

/// What is declared for each prefix at `element`, by itself or by the nearest element around it.
std::map<std::string_view, std::string_view> declarations_at(pugi::xml_node element) {
  std::map<std::string_view, std::string_view> declared;
  for (; element; element = element.parent()) {
    for (auto const attribute : element.attributes()) {
      if (auto const prefix = declared_prefix(attribute.name())) {
        declared.emplace(*prefix, attribute.value());
      }
    }
  }
  return declared;
}

} // namespace

std::string standalone(Node element) {
  if (!element) return {};
  auto const source = element.handle();
  auto const used = used_prefixes(source);
  pugi::xml_document document;
  auto copy = document.append_copy(source);
  std::vector<std::string> own;
  for (auto const attribute : copy.attributes()) {
    if (declared_prefix(attribute.name())) own.emplace_back(attribute.name());
  }
  for (auto const& name : own) copy.remove_attribute(name.c_str());
  for (auto const& [prefix, uri] : declarations_at(source)) {
    if (!used.contains(prefix) || (prefix.empty() && uri.empty())) continue;
    auto const name = prefix.empty() ? std::string("xmlns") : "xmlns:" + std::string(prefix);
    copy.append_attribute(name.c_str()).set_value(std::string(uri).c_str());
  }
  StringWriter writer;
  copy.print(writer, "", pugi::format_raw, pugi::encoding_utf8);
  return writer.take();
}

} // namespace terracat::formats::xml

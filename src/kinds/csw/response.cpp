#include "kinds/csw/response.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace terracat::kinds::csw {
namespace {

// design.md 17.2: pugixml takes up to 17 bytes of memory for one of text, and sets no limits.
constexpr std::size_t most_bytes = std::size_t{64} << 20;
constexpr std::ptrdiff_t most_tags = 2'000'000;
constexpr int deepest = 200;
constexpr std::size_t most_attributes = 256;

/// Text is kept as it came: blanks, comments and processing instructions too.
constexpr unsigned keep_all =
    pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_comments | pugi::parse_pi;

std::string_view local_name(pugi::xml_node const& node) {
  std::string_view const name = node.name();
  return name.substr(name.find(':') + 1);
}

bool is_element(pugi::xml_node const& node) {
  return node.type() == pugi::node_element;
}

/// The first element of this local name among the children; any namespace.
pugi::xml_node child(pugi::xml_node const& parent, std::string_view name) {
  return parent.find_child(
      [name](pugi::xml_node const& node) { return is_element(node) && local_name(node) == name; });
}

pugi::xml_node first_element(pugi::xml_node const& parent) {
  return parent.find_child(is_element);
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  auto const first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

std::string text_of(pugi::xml_node const& node) {
  return trimmed(node.text().get());
}

/// Depth, attributes and number of roots, without recursion.
std::optional<Finding> fault_in(pugi::xml_document const& document) {
  std::size_t roots = 0;
  int depth = 0;
  for (auto node = document.first_child(); node;) {
    if (depth == 0 && is_element(node)) ++roots;
    auto const attributes = std::distance(node.attributes_begin(), node.attributes_end());
    if (static_cast<std::size_t>(attributes) > most_attributes) {
      return Finding{FindingCode::too_large, node.name(), "attributes"};
    }
    if (node.first_child()) {
      if (++depth > deepest) return Finding{FindingCode::too_deep, node.name(), {}};
      node = node.first_child();
      continue;
    }
    for (; node && !node.next_sibling(); --depth) node = node.parent();
    node = node.next_sibling();
  }
  if (roots != 1) {
    return Finding{FindingCode::xml_malformed, "/", std::to_string(roots) + " root elements"};
  }
  return std::nullopt;
}

bool starts_like_html(std::string_view body) {
  constexpr std::array<std::string_view, 2> beginnings{"<!doctype html", "<html"};
  body.remove_prefix(std::min(body.find('<'), body.size()));
  return std::ranges::any_of(beginnings, [body](std::string_view beginning) {
    return std::ranges::equal(body.substr(0, beginning.size()), beginning, [](char a, char b) {
      return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
    });
  });
}

std::optional<std::size_t> number(pugi::xml_node const& node, char const* name) {
  auto const text = trimmed(node.attribute(name).value());
  std::size_t value = 0;
  auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string native_id(pugi::xml_node const& record) {
  if (auto const id = child(record, "fileIdentifier")) return text_of(first_element(id));
  if (auto const id = child(record, "metadataIdentifier")) {
    return text_of(first_element(child(first_element(id), "code")));
  }
  return text_of(child(record, "identifier"));
}

/// Adds the declarations of the elements around a record that it does not make itself.
void declare_inherited_namespaces(pugi::xml_node record) {
  for (auto outer = record.parent(); outer; outer = outer.parent()) {
    for (auto const& attribute : outer.attributes()) {
      std::string_view const name = attribute.name();
      if (name != "xmlns" && !name.starts_with("xmlns:")) continue;
      if (record.attribute(attribute.name())) continue;
      record.append_attribute(attribute.name()) = attribute.value();
    }
  }
}

struct StringWriter : pugi::xml_writer {
  void write(void const* data, std::size_t size) override {
    text.append(static_cast<char const*>(data), size);
  }

  std::string text;
};

std::string standing_alone(pugi::xml_node const& record) {
  declare_inherited_namespaces(record);
  StringWriter writer;
  record.print(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return std::move(writer.text);
}

Results results_of(pugi::xml_node const& list) {
  Results results;
  results.matched = number(list, "numberOfRecordsMatched");
  results.next_record = number(list, "nextRecord");
  for (auto const& node : list.children()) {
    if (!is_element(node)) continue;
    results.records.push_back({.native_id = native_id(node), .bytes = standing_alone(node)});
  }
  return results;
}

Exception exception_of(pugi::xml_node const& report) {
  auto const first = first_element(report);
  auto const text = child(first, "ExceptionText");
  return {.code = first.attribute("exceptionCode").value(),
          .locator = first.attribute("locator").value(),
          .text = text ? text_of(text) : text_of(first)};
}

} // namespace

std::string Exception::sentence() const {
  std::string out;
  for (auto const* const part : {&code, &locator, &text}) {
    if (!part->empty()) out += (out.empty() ? "" : ": ") + *part;
  }
  return out.empty() ? "no reason is given" : out;
}

Answer read_answer(std::string_view body) {
  using enum FindingCode;
  if (body.size() > most_bytes || std::ranges::count(body, '<') > most_tags) {
    return Finding{too_large, "/", std::to_string(body.size()) + " bytes"};
  }
  if (starts_like_html(body)) return Finding{unexpected_root, "/", "an HTML page"};
  pugi::xml_document document;
  auto const parsed = document.load_buffer(body.data(), body.size(), keep_all);
  if (!parsed) {
    auto const at = static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0));
    return Finding{xml_malformed, "byte " + std::to_string(at),
                   std::string(parsed.description()) + ": " +
                       excerpt(body.substr(std::min(at, body.size())))};
  }
  if (auto fault = fault_in(document)) return *fault;
  auto const root = first_element(document);
  auto const name = local_name(root);
  if (name == "ExceptionReport" || name == "ServiceExceptionReport") return exception_of(root);
  if (name == "GetRecordByIdResponse") return results_of(root);
  auto const list = child(root, "SearchResults");
  if (name != "GetRecordsResponse" || !list) {
    return Finding{unexpected_root, "/", excerpt(root.name())};
  }
  return results_of(list);
}

} // namespace terracat::kinds::csw

#include "formats/json/json_document.hpp"

#include "formats/json/json_outline.hpp"
#include "json/pointer.hpp"

#include <algorithm>

namespace terracat::formats {
namespace {

/// How deep arrays and objects are nested, as far as brackets outside strings say it.
std::size_t nesting(std::string_view text) noexcept {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto const c = text[at];
    if (c == '"') in_string = !in_string;
    if (c == '\\') ++at;
    if (in_string) continue;
    if (c == '{' || c == '[') deepest = std::max(deepest, ++depth);
    if ((c == '}' || c == ']') && depth > 0) --depth;
  }
  return deepest;
}

FindingCode reason_of(std::string_view text) noexcept {
  constexpr json::Limits limits;
  if (text.size() > limits.bytes) return FindingCode::too_large;
  return nesting(text) > limits.depth ? FindingCode::too_deep : FindingCode::json_malformed;
}

} // namespace

std::optional<Finding> find_overlong(json::Value const& object, std::string where) {
  if (object.size() > longest_list) return Finding{FindingCode::too_large, std::move(where), {}};
  for (auto const [name, value] : object.members()) {
    if (name == "links" || !value.is_array() || value.size() <= longest_list) continue;
    return Finding{FindingCode::too_large, where.append("/").append(json::pointer_token(name)), {}};
  }
  return std::nullopt;
}

boost::system::result<json::Value, Finding> parse_root(std::string_view document,
                                                       json::Parser& parser) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (document.starts_with(byte_order_mark)) document.remove_prefix(byte_order_mark.size());
  auto const root = parser.parse(document);
  if (root) return *root;
  return Finding{reason_of(document), root.error().where, excerpt(root.error().detail)};
}

boost::system::result<json::Value, Finding> parse_document(std::string_view document,
                                                           ReadContext const& context) {
  auto const root = parse_root(document, context.json);
  if (!root) return root.error();
  if (!root->is_object()) return Finding{FindingCode::unexpected_root, "", excerpt(root->text())};
  return *root;
}

SplitResult split_list(std::string_view document, std::string_view list,
                       ReadContext const& context) {
  if (!outline_of(document).has(list)) return std::vector{std::string(document)};
  auto const root = parse_document(document, context);
  if (!root) return root.error();
  auto const elements = root->member(list);
  auto const where = "/" + std::string(list);
  if (!elements || !elements->is_array() || elements->size() == 0) {
    return Finding{FindingCode::unexpected_root, where, {}};
  }
  if (elements->size() > longest_list) return Finding{FindingCode::too_large, where, {}};
  std::vector<std::string> out;
  for (auto const element : elements->elements()) out.push_back(element.text());
  return out;
}

} // namespace terracat::formats

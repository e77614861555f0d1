#include "formats/json/json_node.hpp"

#include "formats/json/json_document.hpp"
#include "formats/words/markup.hpp"
#include "formats/words/text.hpp"
#include "json/pointer.hpp"

namespace terracat::formats {

JsonNode JsonNode::member(std::string_view name) const {
  return JsonNode(value_ ? value_->member(name) : std::nullopt,
                  pointer_ + '/' + json::pointer_token(name));
}

std::vector<JsonNode> JsonNode::each() const {
  std::vector<JsonNode> out;
  if (!*this) return out;
  if (!value_->is_array()) return {*this};
  for (auto const element : value_->elements()) {
    if (out.size() == longest_list) break;
    out.emplace_back(element, pointer_ + '/' + std::to_string(out.size()));
  }
  return out;
}

std::vector<JsonNode> JsonNode::members() const {
  std::vector<JsonNode> out;
  if (!value_) return out;
  for (auto const [name, value] : value_->members()) {
    if (out.size() == longest_list) break;
    out.emplace_back(value, pointer_ + '/' + json::pointer_token(name));
  }
  return out;
}

std::string JsonNode::line() const {
  if (value_ && value_->number()) return value_->text();
  return one_line(text());
}

std::string_view JsonNode::text() const noexcept {
  return value_ ? value_->string().value_or("") : std::string_view();
}

Finding refusal(FindingCode code, JsonNode const& where, std::string_view what) {
  return {.code = code, .where = where.pointer(), .excerpt = excerpt(one_line(what))};
}

model::LocalText name_of(JsonNode const& node, Draft& draft) {
  auto text = node.line();
  if (is_placeholder(text)) {
    draft.note(FindingCode::text_placeholder, node, text);
    return {};
  }
  return says_nothing(text) ? model::LocalText() : model::LocalText(draft.language, text);
}

model::LocalText prose_of(JsonNode const& node, Draft& draft) {
  auto const plain = without_markup(node.text());
  if (plain.had_markup) draft.note(FindingCode::html_stripped, node, node.text());
  auto text = paragraphs(plain.text);
  if (is_placeholder(text)) {
    draft.note(FindingCode::text_placeholder, node, text);
    return {};
  }
  return says_nothing(text) ? model::LocalText() : model::LocalText(draft.language, text);
}

} // namespace terracat::formats

#include "formats/xml/record_draft.hpp"

#include "formats/words/collect.hpp"
#include "formats/words/languages.hpp"
#include "formats/words/markup.hpp"
#include "formats/words/text.hpp"
#include "formats/xml/xml_walk.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::xml {
namespace {

/// More languages than any source has; each new one is compared with all before.
constexpr std::size_t most_texts = 200;

/// Elements that stand within a sentence, as DocBook and those who took it up have them.
constexpr std::array<std::string_view, 5> inline_elements{"emphasis", "subscript", "superscript",
                                                          "ulink", "citetitle"};

/// The text of an element and of what stands within its sentences, `<br/>` as line breaks.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the document, which is bounded
std::string text_with_breaks(pugi::xml_node node) {
  std::string text;
  for (auto const part : node.children()) {
    if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) text += part.value();
    if (part.type() != pugi::node_element) continue;
    auto const name = local_part(part.name());
    if (name == "br") text += '\n';
    if (std::ranges::find(inline_elements, name) != inline_elements.end()) {
      text += text_with_breaks(part);
    }
  }
  return text;
}

} // namespace

Finding refusal(FindingCode code, Node where, std::string_view what) {
  return {.code = code, .where = where.pointer(), .excerpt = excerpt(one_line(what))};
}

std::string line_of(Node node) {
  return one_line(node.text());
}

std::string language_of(Node node, RecordDraft const& draft) {
  auto language = read_language(node.attribute("lang"));
  return language.empty() ? draft.language : language;
}

model::LocalText name_of(std::vector<Node> const& nodes, RecordDraft& draft) {
  model::LocalText out;
  for (auto const node : nodes) {
    auto text = line_of(node);
    if (is_placeholder(text)) {
      draft.note(FindingCode::text_placeholder, node, text);
    } else if (!says_nothing(text) && out.entries().size() >= most_texts) {
      draft.left_out("languages", most_texts);
    } else if (!says_nothing(text)) {
      out.add(language_of(node, draft), std::move(text));
    }
  }
  return out;
}

model::LocalText prose_of(std::vector<Node> const& nodes, RecordDraft& draft) {
  std::vector<model::LocalText> texts;
  for (auto const node : nodes) {
    auto const written = text_with_breaks(node.handle());
    auto plain = without_markup(written);
    if (plain.had_markup) draft.note(FindingCode::html_stripped, node, written);
    auto text = paragraphs(plain.text);
    if (is_placeholder(text)) {
      draft.note(FindingCode::text_placeholder, node, text);
    } else if (!says_nothing(text)) {
      model::LocalText part(language_of(node, draft), std::move(text));
      if (!add_new(texts, std::move(part), most_texts)) draft.left_out("paragraphs", most_texts);
    }
  }
  return joined(texts, "\n\n");
}

model::Bound date_at(Node node, RecordDraft& draft) {
  return draft.date(node, line_of(node));
}

void add_date(Node node, std::string_view kind, RecordDraft& draft) {
  draft.add_date(node, line_of(node), kind);
}

void add_period(PeriodReading reading, Node where, RecordDraft& draft) {
  draft.add_period(where, std::move(reading));
}

void add_area(model::SpatialExtent extent, RecordDraft& draft) {
  draft.add_area(std::move(extent));
}

bool add_identifier(Node where, std::string_view text, std::string_view scheme,
                    RecordDraft& draft) {
  return draft.add_identifier(where, text, scheme);
}

std::string link_at(Node where, std::string_view text, RecordDraft& draft) {
  return draft.link(where, text);
}

void add_online(model::OnlineResource resource, RecordDraft& draft) {
  draft.add_online(std::move(resource));
}

} // namespace terracat::formats::xml

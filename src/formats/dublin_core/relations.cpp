#include "formats/dublin_core/parts.hpp"

#include "formats/words/collect.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/links.hpp"
#include "formats/words/media_types.hpp"
#include "formats/words/text.hpp"

#include <array>

namespace terracat::formats::dublin_core {
namespace {

using xml::Node;
using xml::RecordDraft;

struct Term {
  std::string_view element;
  std::string_view kind; ///< of model::Relation
};

constexpr std::array terms{
    Term{"isPartOf", "parent"},          Term{"relation", "crossReference"},
    Term{"hasPart", "isComposedOf"},     Term{"isVersionOf", "revisionOf"},
    Term{"hasVersion", "revisionOf"},    Term{"replaces", "revisionOf"},
    Term{"isReplacedBy", "revisionOf"},  Term{"isReferencedBy", "crossReference"},
    Term{"requires", "dependency"},      Term{"isRequiredBy", "dependency"},
    Term{"hasFormat", "crossReference"}, Term{"isFormatOf", "crossReference"},
};

/// Names of grants and of access rights, which OpenAIRE wants in these places.
bool is_of_openaire(std::string_view text) noexcept {
  return text.starts_with("info:eu-repo/");
}

void read_relation(Node value, std::string_view kind, RecordDraft& draft) {
  constexpr std::size_t most = 1'000;
  auto text = xml::line_of(value);
  if (!is_name(text) || is_of_openaire(text)) return;
  model::Relation relation{.kind = std::string(kind)};
  if (is_web_address(text)) relation.href = xml::link_at(value, text, draft);
  // A sentence is no name of anything.
  bool const is_sentence = text.find(' ') != std::string::npos;
  if (is_sentence) {
    relation.title = xml::name_of({value}, draft);
  } else {
    relation.id = std::move(text);
  }
  draft.add_new(draft.parts.relations, std::move(relation), most);
}

/// `dct:references` and `dc:URI`: catalogue services have the links to the data there, with what
/// ISO calls the protocol.
void read_link(Node value, RecordDraft& draft) {
  auto const address = xml::line_of(value);
  model::OnlineResource link{.href = xml::link_at(value, address, draft)};
  auto const text = [&](std::string_view name) { return one_line(value.attribute(name)); };
  link.protocol = text("protocol");
  if (link.protocol.empty()) link.protocol = text("scheme");
  auto const named = [&](std::string_view attribute) {
    auto written = text(attribute);
    return is_name(written) ? model::LocalText(xml::language_of(value, draft), std::move(written))
                            : model::LocalText();
  };
  link.name = named("name");
  link.description = named("description");
  link.media_type = media_type_in(link.protocol);
  // So GeoNetwork gives the pictures of a record.
  if (link.media_type.starts_with("image/")) link.function = "browseGraphic";
  bool const is_service = lowered(link.protocol).starts_with("ogc:");
  if (link.media_type.empty() && !is_service) link.media_type = media_type_of_name(link.href);
  xml::add_online(std::move(link), draft);
}

} // namespace

void read_relations(Node record, RecordDraft& draft) {
  for (auto const value : all_of(record, {"URI", "references"})) {
    if (is_web_address(xml::line_of(value)) || value.name() == "URI") {
      read_link(value, draft);
    } else {
      read_relation(value, "crossReference", draft);
    }
  }
  for (auto const& [element, kind] : terms) {
    for (auto const value : record.children(element)) read_relation(value, kind, draft);
  }
  // A page that the record names itself by, unless the name is a DOI, which is one already.
  for (auto const value : record.children("identifier")) {
    auto const text = xml::line_of(value);
    if (!is_web_address(text) || read_doi(text)) continue;
    xml::add_online({.href = xml::link_at(value, text, draft), .function = "information"}, draft);
  }
}

} // namespace terracat::formats::dublin_core

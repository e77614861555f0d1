#include "formats/datacite/parts.hpp"

#include "formats/words/collect.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/licences.hpp"
#include "formats/words/rights.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::datacite {
namespace {

using xml::Node;
using xml::RecordDraft;

struct RelationKind {
  std::string_view type; ///< relationType
  std::string_view kind; ///< of model::Relation
};

/// All others only point there.
constexpr std::array relation_kinds{
    RelationKind{"IsPartOf", "parent"},           RelationKind{"HasPart", "isComposedOf"},
    RelationKind{"IsNewVersionOf", "revisionOf"}, RelationKind{"IsPreviousVersionOf", "revisionOf"},
    RelationKind{"IsVersionOf", "revisionOf"},    RelationKind{"HasVersion", "revisionOf"},
    RelationKind{"IsDerivedFrom", "source"},      RelationKind{"Requires", "dependency"},
    RelationKind{"IsRequiredBy", "dependency"},
};

void read_relation(Node related, RecordDraft& draft) {
  constexpr std::size_t most = 1'000;
  auto const text = xml::line_of(related);
  if (!is_name(text)) return;
  auto const type = stripped(related.attribute("relationType"));
  auto const* const known = std::ranges::find(relation_kinds, type, &RelationKind::type);
  model::Relation relation{
      .kind = std::string(known == relation_kinds.end() ? "crossReference" : known->kind),
      .id = text};
  if (auto const doi = read_doi(text)) {
    relation.id = *doi;
    relation.href = "https://doi.org/" + *doi;
  } else if (text.starts_with("http")) {
    relation.href = xml::link_at(related, text, draft);
  }
  draft.add_new(draft.parts.relations, std::move(relation), most);
}

/// A further name; one that is the address of a page leads there.
void read_alternate(Node alternate, std::string_view type, RecordDraft& draft) {
  auto const text = xml::line_of(alternate);
  auto const scheme = one_line(alternate.attribute(type));
  bool const is_address = equal_ignoring_case(scheme, "URL");
  xml::add_identifier(alternate, text, is_address ? std::string_view() : scheme, draft);
  if (!text.starts_with("http") || read_doi(text)) return;
  xml::add_online({.href = xml::link_at(alternate, text, draft), .function = "information"}, draft);
}

void read_statement(Node rights, RecordDraft& draft) {
  auto text = xml::prose_of({rights}, draft);
  auto address = one_line(rights.attribute("rightsURI"));
  if (!is_absolute_uri(address)) address.clear();
  auto spdx = spdx_identifier(one_line(rights.attribute("rightsIdentifier")));
  if (!spdx.empty()) {
    add_licence(draft,
                {.spdx = std::move(spdx), .text = std::move(text), .url = std::move(address)});
  } else if (!text.empty() || !address.empty()) {
    add_statement(draft, std::move(text), std::move(address), About::use);
  }
}

} // namespace

void read_relations(Node resource, RecordDraft& draft) {
  for (auto const related : resource.all("relatedIdentifiers/relatedIdentifier")) {
    read_relation(related, draft);
  }
  for (auto const alternate : resource.all("alternateIdentifiers/alternateIdentifier")) {
    read_alternate(alternate, "alternateIdentifierType", draft);
  }
}

void read_rights(Node resource, RecordDraft& draft) {
  for (auto const rights : resource.all("rightsList/rights")) read_statement(rights, draft);
  // Kernel 2 has one, outside of any list.
  for (auto const rights : resource.children("rights")) read_statement(rights, draft);
}

} // namespace terracat::formats::datacite

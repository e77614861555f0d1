#include "formats/eml/parts.hpp"

#include "formats/words/collect.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/licences.hpp"
#include "formats/words/media_types.hpp"
#include "formats/words/rights.hpp"
#include "formats/words/text.hpp"

#include <array>

namespace terracat::formats::eml {
namespace {

using xml::Node;
using xml::RecordDraft;

constexpr std::array<std::string_view, 6> entities{
    "dataTable", "spatialRaster", "spatialVector", "storedProcedure", "view", "otherEntity"};

void read_licence(Node licensed, RecordDraft& draft) {
  auto text = words_of({licensed.child("licenseName")}, draft);
  auto address = xml::line_of(licensed.child("url"));
  if (!is_absolute_uri(address)) address.clear();
  auto spdx = spdx_identifier(xml::line_of(licensed.child("identifier")));
  if (spdx.empty()) spdx = spdx_of(text.first(), address);
  if (spdx.empty() && text.empty() && address.empty()) return;
  add_licence(draft, {.spdx = std::move(spdx), .text = std::move(text), .url = std::move(address)});
}

/// The first address that a statement leads to.
std::string address_of(Node statement) {
  for (auto const* const path : {"para/ulink", "section/para/ulink", "*/*/*/ulink"}) {
    for (auto const link : statement.all(path)) {
      auto address = one_line(link.attribute("url"));
      if (is_absolute_uri(address)) return address;
    }
  }
  return {};
}

/// \param name  of what is to be had there
void read_online(Node distribution, model::LocalText const& name, model::LocalText const& about,
                 RecordDraft& draft) {
  for (auto const online : distribution.children("online")) {
    for (auto const url : online.children("url")) {
      auto const text = xml::line_of(url);
      auto description = words_of({online.child("onlineDescription")}, draft);
      if (description.empty()) description = about;
      bool const is_page = stripped(url.attribute("function")) == "information";
      xml::add_online({.href = xml::link_at(url, text, draft),
                       .name = name,
                       .description = std::move(description),
                       .function = is_page ? "information" : "download",
                       .media_type = is_page ? std::string() : media_type_of_name(text)},
                      draft);
    }
  }
}

void read_variables(Node entity, RecordDraft& draft) {
  for (auto const attribute : entity.all("attributeList/attribute")) {
    auto label = words_of({attribute.child("attributeLabel")}, draft);
    if (label.empty()) label = words_of({attribute.child("attributeName")}, draft);
    draft.add_new(draft.parts.variables, std::move(label));
  }
}

void read_entity(Node entity, RecordDraft& draft) {
  auto const name = words_of({entity.child("entityName")}, draft);
  auto const about = paragraphs_of({entity.child("entityDescription")}, draft);
  for (auto const physical : entity.children("physical")) {
    for (auto const distribution : physical.children("distribution")) {
      read_online(distribution, name, about, draft);
    }
    draft.add_new(draft.parts.formats,
                  words_of({physical.at("dataFormat/externallyDefinedFormat/formatName")}, draft));
  }
  read_variables(entity, draft);
}

struct Place {
  std::string_view path;
  std::string_view kind; ///< of model::Relation
};

constexpr std::array places{Place{"referencePublication", "crossReference"},
                            Place{"usageCitation", "crossReference"},
                            Place{"literatureCited/citation", "crossReference"},
                            Place{"methods/methodStep/dataSource", "source"}};

/// A citation says itself what it is called, or what its DOI is.
void read_relation(Node citation, std::string_view kind, RecordDraft& draft) {
  constexpr std::size_t most = 1'000;
  model::Relation relation{.kind = std::string(kind)};
  relation.title = words_of({citation.child("title")}, draft);
  for (auto const node : citation.children("alternateIdentifier")) {
    auto const text = xml::line_of(node);
    if (auto const doi = read_doi(text)) {
      relation.id = *doi;
      relation.href = "https://doi.org/" + *doi;
      break;
    }
    if (relation.href.empty() && text.starts_with("http")) {
      relation.href = xml::link_at(node, text, draft);
    }
    if (relation.id.empty() && is_name(text)) relation.id = text;
  }
  if (relation.href.empty()) {
    auto const url = citation.at("distribution/online/url");
    auto const text = xml::line_of(url);
    if (text.starts_with("http")) relation.href = xml::link_at(url, text, draft);
  }
  if (relation.id.empty() && relation.href.empty() && relation.title.empty()) return;
  draft.add_new(draft.parts.relations, std::move(relation), most);
}

} // namespace

void read_rights(Node resource, RecordDraft& draft) {
  for (auto const licensed : resource.children("licensed")) read_licence(licensed, draft);
  for (auto const statement : resource.children("intellectualRights")) {
    auto text = paragraphs_of({statement}, draft);
    auto address = address_of(statement);
    if (text.empty() && address.empty()) continue;
    add_statement(draft, std::move(text), std::move(address), About::use);
  }
}

void read_distribution(Node resource, RecordDraft& draft) {
  for (auto const distribution : resource.children("distribution")) {
    read_online(distribution, {}, {}, draft);
  }
  for (auto const name : entities) {
    for (auto const entity : resource.children(name)) read_entity(entity, draft);
  }
}

void read_relations(Node resource, RecordDraft& draft) {
  for (auto const& [path, kind] : places) {
    for (auto const citation : resource.all(path)) read_relation(citation, kind, draft);
  }
}

} // namespace terracat::formats::eml

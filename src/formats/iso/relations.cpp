#include "formats/iso/parts.hpp"
#include "formats/iso/property.hpp"

#include "formats/words/identifiers.hpp"
#include "formats/words/links.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace terracat::formats::iso {
namespace {

using model::Relation;

/// DS_AssociationTypeCode of ISO 19115:2003 and 19115-1:2014.
constexpr std::array<std::string_view, 9> association_types{
    "crossReference", "largerWorkCitation", "partOfSeamlessDatabase", "source",
    "stereoMate",     "isComposedOf",       "collectiveTitle",        "series",
    "dependency"};

/// An address that leads somewhere from outside; empty for places within the document, for
/// addresses of GeoNetwork's own, and for anything unsafe.
std::string public_address(std::string_view text, Draft& draft) {
  auto link = read_link(text, draft.context());
  bool const is_web = link.href.starts_with("http");
  return is_web ? std::move(link.href) : std::string();
}

/// The value of `id=` in the address of a record.
std::string id_in_address(std::string_view address) {
  auto const lower = lowered(address);
  for (auto const* const name : {"?id=", "&id=", "?uuid=", "&uuid="}) {
    auto const at = lower.find(name);
    if (at == std::string::npos) continue;
    auto const value = address.substr(at + std::string_view(name).size());
    return std::string(value.substr(0, value.find_first_of("&#")));
  }
  return {};
}

/// Names of others are kept as they are: they must match what the others call themselves.
std::string id_of(xml::Node property, Draft& draft) {
  auto text = line(property);
  if (says_nothing(text)) return {};
  if (is_placeholder(text)) {
    draft.note(FindingCode::identifier_placeholder, property, text);
    return {};
  }
  constexpr std::size_t longest = 500;
  return text.size() <= longest ? text : std::string();
}

class Relations {
 public:
  explicit Relations(Draft& draft) noexcept : draft_(draft) {}

  void add(Relation relation) {
    if (relation.id.empty() && relation.href.empty() && relation.title.empty()) return;
    auto& known = draft_.parts.relations;
    constexpr std::size_t most = 2'000;
    auto const key = relation.kind + '\n' + relation.id + '\n' + relation.href + '\n' +
                     std::string(relation.title.first());
    if (seen_.contains(key)) return;
    if (known.size() >= most) return draft_.left_out("relations", most);
    seen_.insert(key);
    known.push_back(std::move(relation));
  }

  /// `parentIdentifier` in 19139: a text, or an Anchor that may show the parent's title.
  void add_parent(xml::Node property) {
    Relation parent{.kind = "parent", .id = id_of(property, draft_), .href = {}, .title = {}};
    parent.href = public_address(anchor(property), draft_);
    auto const title = one_line(property.child().attribute("title"));
    if (!title.empty() && title == parent.id) {
      parent.title = name_in_languages(property, draft_);
      parent.id.clear();
    }
    add(std::move(parent));
  }

  /// Another record by a citation, a reference, or both (`parentMetadata` and others in 19115-3).
  void add_reference(std::string kind, xml::Node property) {
    Relation relation{.kind = std::move(kind), .id = {}, .href = {}, .title = {}};
    fill_from_property(relation, property);
    fill_from_citation(relation, property.child());
    add(std::move(relation));
  }

  void add_association(xml::Node association) {
    auto kind = code(association.child("associationType"), association_types);
    if (kind.empty() || is_placeholder(kind)) kind = "crossReference";
    Relation relation{.kind = std::move(kind), .id = {}, .href = {}, .title = {}};
    for (auto const* const name : {"aggregateDataSetIdentifier", "metadataReference"}) {
      auto const property = association.child(name);
      fill_from_property(relation, property);
      fill_from_citation(relation, property.child("CI_Citation"));
      if (auto const identifier = property.child()) fill_from_identifier(relation, identifier);
    }
    for (auto const* const name : {"aggregateDataSetName", "name"}) {
      fill_from_citation(relation, association.at(std::string(name) + "/*"));
    }
    add(std::move(relation));
  }

  void add_operand(xml::Node property) {
    Relation relation{.kind = "operates-on", .id = {}, .href = {}, .title = {}};
    fill_from_property(relation, property);
    fill_from_citation(relation, property.at("*/citation/*"));
    add(std::move(relation));
  }

  /// A further resource of the same document: a service of the first.
  void add_service(xml::Node identification) {
    auto const title = identification.at("citation/*/title");
    auto const point = identification.at("containsOperations/*/connectPoint/*/linkage");
    add({.kind = "service",
         .id = {},
         .href = public_address(line(point), draft_),
         .title = name_in_languages(title, draft_)});
  }

 private:
  /// What the attributes of a reference say.
  void fill_from_property(Relation& relation, xml::Node property) {
    auto const href = stripped(property.attribute("href"));
    if (relation.href.empty()) relation.href = public_address(href, draft_);
    if (relation.id.empty()) relation.id = one_line(property.attribute("uuidref"));
    if (relation.id.empty()) relation.id = id_in_address(href);
    if (is_placeholder(relation.id)) relation.id.clear();
    auto const title = one_line(property.attribute("title"));
    if (relation.title.empty() && !title.empty() && !is_placeholder(title)) {
      relation.title = model::LocalText(draft_.locales.main, title);
    }
  }

  void fill_from_identifier(Relation& relation, xml::Node identifier) {
    auto const property = identifier.child("code");
    if (relation.id.empty()) relation.id = id_of(property, draft_);
    if (relation.href.empty()) relation.href = public_address(anchor(property), draft_);
    if (relation.href.empty() && is_absolute_uri(relation.id)) {
      relation.href = public_address(relation.id, draft_);
    }
  }

  void fill_from_citation(Relation& relation, xml::Node citation) {
    if (!citation) return;
    if (relation.title.empty()) {
      relation.title = name_in_languages(citation.child("title"), draft_);
      if (says_nothing(relation.title.first())) relation.title = {};
    }
    for (auto const identifier : citation.all("identifier/*")) {
      fill_from_identifier(relation, identifier);
    }
    if (relation.href.empty()) {
      relation.href = public_address(line(citation.at("onlineResource/*/linkage")), draft_);
    }
  }

  Draft& draft_;
  std::set<std::string> seen_;
};

} // namespace

void read_relations(xml::Node metadata, xml::Node identification, Draft& draft) {
  Relations relations(draft);
  for (auto const parent : metadata.children("parentIdentifier")) relations.add_parent(parent);
  for (auto const parent : metadata.children("parentMetadata")) {
    relations.add_reference("parent", parent);
  }
  for (auto const* const path : {"aggregationInfo/*", "associatedResource/*"}) {
    for (auto const association : identification.all(path)) relations.add_association(association);
  }
  for (auto const operand : identification.children("operatesOn")) relations.add_operand(operand);
  for (auto const other : metadata.all("identificationInfo/*")) {
    if (other != identification) relations.add_service(other);
  }
}

} // namespace terracat::formats::iso

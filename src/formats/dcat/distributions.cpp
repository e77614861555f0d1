#include "formats/dcat/draft.hpp"

#include "formats/words/identifiers.hpp"
#include "formats/words/licences.hpp"
#include "formats/words/media_types.hpp"
#include "formats/words/rights.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::dcat {
namespace {

using graph::Node;
using model::Licence;
using model::LocalText;
using model::OnlineResource;

constexpr std::size_t most_links = 5'000;

void add(OnlineResource link, Draft& draft) {
  if (!link.href.empty()) draft.add_new(draft.parts.online, std::move(link), most_links);
}

/// The name of a format: a label, or what an address of a list of formats ends with.
LocalText format_name(Node value, Draft& draft) {
  auto name = label_of(value, draft);
  if (name.empty()) name = LocalText(std::string(last_part(address_of(value))));
  return says_nothing(name.first()) ? LocalText() : name;
}

std::string media_type_of(Node distribution) {
  for (auto const value : distribution.all({"dcat:mediaType", "dct:format"})) {
    auto type = media_type_in(value.text());
    for (auto const label : value.all({"rdf:value", "rdfs:label", "dct:identifier"})) {
      if (type.empty()) type = media_type_in(label.text());
    }
    if (!type.empty()) return type;
  }
  return {};
}

/// Standards also tell of models and profiles; those of services have such addresses.
bool is_service_standard(std::string_view address) {
  auto const lower = lowered(address);
  for (auto const* const sign : {"/def/servicetype/", "opengeospatial.org/standards/",
                                 "opengis.net/spec/", "/spatialdataservicetype/", "ogc.org/"}) {
    if (lower.find(sign) != std::string::npos) return true;
  }
  return false;
}

/// What speaks at the address: `WWW:LINK` as GeoNetwork labels it, or the standard that a service
/// follows.
std::string protocol_of(Node distribution, Draft& draft) {
  for (auto const value : distribution.all({"adms:representationTechnique"})) {
    auto const label = label_of(value, draft);
    if (!value.is_iri() && !label.empty()) return std::string(label.first());
  }
  auto standards = distribution.all({"dct:conformsTo"});
  for (auto const service : distribution.all({"dcat:accessService"})) {
    for (auto const standard : service.all({"dct:conformsTo"})) standards.push_back(standard);
  }
  for (auto const standard : standards) {
    auto address = address_of(standard);
    if (is_service_standard(address)) return address;
  }
  return {};
}

void read_distribution(Node distribution, Draft& draft) {
  OnlineResource link;
  link.name = name_of(distribution, {"dct:title", "rdfs:label"}, draft);
  link.description = prose_of(distribution, {"dct:description"}, draft);
  link.media_type = media_type_of(distribution);
  link.protocol = protocol_of(distribution, draft);
  for (auto const value : distribution.all({"dct:format"})) {
    draft.add_new(draft.parts.formats, format_name(value, draft));
  }
  auto const downloads = distribution.all({"dcat:downloadURL"});
  for (auto const value : downloads) {
    auto download = link;
    download.href = link_of(distribution, "dcat:downloadURL", value, draft);
    download.function = "download";
    add(std::move(download), draft);
  }
  for (auto const value : distribution.all({"dcat:accessURL"})) {
    // Many say the same address twice.
    bool const is_again = std::ranges::any_of(
        downloads, [&](Node download) { return download.text() == value.text(); });
    if (is_again) continue;
    auto access = link;
    access.href = link_of(distribution, "dcat:accessURL", value, draft);
    add(std::move(access), draft);
  }
  if (!downloads.empty() || !distribution.all({"dcat:accessURL"}).empty()) return;
  for (auto const value : distribution.all({"dcat:accessService"})) {
    auto service = link;
    for (auto const endpoint : value.all({"dcat:endpointURL"})) {
      service.href = link_of(value, "dcat:endpointURL", endpoint, draft);
      add(service, draft);
    }
  }
}

/// A page about the resource, which may be a node with a title.
void read_pages(Node resource, std::string_view property, std::string_view function, Draft& draft) {
  for (auto const value : resource.all({property})) {
    OnlineResource link;
    link.href = link_of(resource, property, value, draft);
    link.function = function;
    if (!value.is_literal()) {
      link.name = name_of(value, {"dct:title", "rdfs:label", "foaf:name"}, draft);
      link.description = prose_of(value, {"dct:description"}, draft);
    }
    add(std::move(link), draft);
  }
}

// ---- Rights

/// Lists of codes about access, which some give for a licence.
bool is_access_code(std::string_view address) {
  auto const lower = lowered(address);
  for (auto const* const sign :
       {"/access-right/", "/limitationsonpublicaccess", "/conditionsapplyingtoaccessanduse",
        "info:eu-repo/semantics/", "purl.org/coar/access_right"}) {
    if (lower.find(sign) != std::string::npos) return true;
  }
  return false;
}

void add_access(Node statement, LocalText text, Draft& draft) {
  auto const address = address_of(statement);
  auto const& licences = draft.parts.licences;
  bool const is_licence =
      !address.empty() && std::ranges::find(licences, address, &Licence::url) != licences.end();
  if (is_licence) return; // some say it in both places
  if (text.empty() && !address.empty()) text = LocalText(std::string(last_part(address)));
  if (!says_nothing(text.first())) draft.add_new(draft.parts.access_constraints, std::move(text));
}

/// \param is_licence  it stands where licences do; else it is one only if it is recognised
void read_statement(Node statement, bool is_licence, Draft& draft) {
  auto text = label_of(statement, draft);
  auto address = address_of(statement);
  if (statement.is_literal() && is_absolute_uri(text.first())) {
    address = text.first();
    text = {};
  }
  if (says_nothing(text.first())) text = {};
  if (take_restriction_code(draft.parts, text.first())) return;
  if (!address.starts_with("http")) address.clear();
  auto spdx = spdx_of(text.first(), address);
  if (!spdx.empty() || (is_licence && !is_access_code(address))) {
    if (address.empty()) address = address_in(text.first());
    add_licence(draft,
                {.spdx = std::move(spdx), .text = std::move(text), .url = std::move(address)});
  } else {
    add_access(statement, std::move(text), draft);
  }
}

void read_rights_of(Node owner, Draft& draft) {
  for (auto const value : owner.all({"dct:license", "dct:licence", "dc:license"})) {
    read_statement(value, true, draft);
  }
  for (auto const value : owner.all({"dct:rights", "dct:accessRights", "dc:rights"})) {
    read_statement(value, false, draft);
  }
}

/// udata and others write the plural.
std::vector<Node> distributions_of(Node resource) {
  return resource.all({"dcat:distribution", "dcat:distributions"});
}

} // namespace

void read_distributions(Node resource, Draft& draft) {
  for (auto const value : distributions_of(resource)) read_distribution(value, draft);
  read_pages(resource, "dcat:landingPage", "information", draft);
  read_pages(resource, "foaf:page", "information", draft);
  read_pages(resource, "dcat:endpointURL", "", draft);
  read_pages(resource, "dcat:endpointDescription", "information", draft);
}

void read_rights(Node resource, Draft& draft) {
  read_rights_of(resource, draft);
  for (auto const distribution : distributions_of(resource)) read_rights_of(distribution, draft);
}

} // namespace terracat::formats::dcat

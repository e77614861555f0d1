#include "formats/iso/parts.hpp"
#include "formats/iso/property.hpp"

#include "formats/words/dates.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::iso {
namespace {

/// CI_DateTypeCode of ISO 19115:2003 and 19115-1:2014.
constexpr std::array<std::string_view, 16> date_types{
    "creation",       "publication",     "revision", "expiry",      "lastUpdate", "lastRevision",
    "nextUpdate",     "unavailable",     "inForce",  "adopted",     "deprecated", "superseded",
    "validityBegins", "validityExpires", "released", "distribution"};

void read_titles(xml::Node citation, Draft& draft) {
  std::vector<model::LocalText> alternatives;
  for (auto const title : citation.children("title")) {
    auto text = name_in_languages(title, draft);
    if (draft.parts.title.empty()) {
      draft.parts.title = std::move(text);
    } else {
      alternatives.push_back(std::move(text));
    }
  }
  for (auto const title : citation.children("alternateTitle")) {
    alternatives.push_back(name_in_languages(title, draft));
  }
  std::erase(alternatives, draft.parts.title);
  draft.parts.alternate_title = joined(alternatives, "; ");
}

void add_identifier(model::Identifier identifier, Draft& draft) {
  constexpr std::size_t most = 1'000;
  draft.add_new(draft.parts.identifiers, std::move(identifier), most);
}

/// Who gives the names: the code space, or the authority's title if that is not a sentence.
std::string scheme_of(xml::Node identifier) {
  auto space = line(identifier.child("codeSpace"));
  if (!space.empty() && !says_nothing(space)) return space;
  constexpr std::size_t longest = 60;
  auto const authority = line(identifier.at("authority/*/title"));
  return authority.size() <= longest ? authority : std::string();
}

/// A link is the DOI of the data only if the source says so: papers are linked to as well.
bool is_declared_doi(xml::Node resource) {
  auto const starts_with_doi = [](std::string const& text) {
    auto const plain = folded(text);
    return plain == "doi" || plain.starts_with("doi ") ||
           plain.starts_with("digital object identifier");
  };
  auto const protocol = folded(line(resource.child("protocol")));
  return protocol == "doi" || protocol == "www doi" ||
         starts_with_doi(line(resource.child("name")));
}

} // namespace

std::optional<model::ResourceDate> date_of(xml::Node date, Draft& draft) {
  auto const written = date.child("date");
  auto text = line(written);
  if (text.empty()) return std::nullopt;
  model::ResourceDate made;
  auto const reading = read_date(text);
  made.at = reading.at;
  if (reading.finding) draft.note(*reading.finding, written, text);
  made.text = std::move(text);
  made.kind = code(date.child("dateType"), date_types);
  if (!made.kind.empty() && !is_known(made.kind, date_types)) {
    draft.note(FindingCode::code_unknown, date.child("dateType"), made.kind);
  }
  return made;
}

std::vector<model::Identifier> identifiers_of(xml::Node identifier, Draft& draft) {
  std::vector<model::Identifier> found;
  auto const property = identifier.child("code");
  auto const text = line(property);
  auto const href = anchor(property);
  auto const scheme = scheme_of(identifier);
  // Some have the name of the data as the code and its DOI as the code space.
  for (auto const& place : {std::string(href), scheme}) {
    if (auto const doi = read_doi(place)) found.push_back({.scheme = "doi", .value = *doi});
  }
  if (read_doi(scheme)) return found;
  auto named = read_identifier(text, scheme);
  if (!named && !text.empty() && !says_nothing(text)) {
    draft.note(FindingCode::identifier_placeholder, property, text);
  }
  auto const add = [&](model::Identifier value) {
    if (std::ranges::find(found, value) == found.end()) found.push_back(std::move(value));
  };
  if (named) add(std::move(*named));
  if (is_absolute_uri(href) && !read_doi(href)) {
    if (auto linked = read_identifier(href, {})) add(std::move(*linked));
  }
  return found;
}

void read_citation(xml::Node citation, Draft& draft) {
  read_titles(citation, draft);
  for (auto const date : citation.all("date/*")) {
    if (auto made = date_of(date, draft)) draft.parts.dates.push_back(std::move(*made));
  }
  for (auto const identifier : citation.all("identifier/*")) {
    for (auto& found : identifiers_of(identifier, draft)) add_identifier(std::move(found), draft);
  }
  for (auto const* const scheme : {"ISBN", "ISSN"}) {
    auto const text = line(citation.child(scheme));
    if (auto found = read_identifier(text, lowered(scheme))) {
      add_identifier(std::move(*found), draft);
    }
  }
}

void read_further_identifiers(xml::Node metadata, Draft& draft) {
  // A record may be called by its DOI.
  if (auto const doi = read_doi(draft.parts.native_id)) {
    add_identifier({.scheme = "doi", .value = *doi}, draft);
  }
  auto const old_uri = line(metadata.child("dataSetURI"));
  if (read_doi(old_uri) || is_absolute_uri(old_uri)) {
    if (auto found = read_identifier(old_uri, {})) add_identifier(std::move(*found), draft);
  }
  std::vector<std::string> linked;
  for (auto const* const path :
       {"distributionInfo/*/transferOptions/*/onLine/*",
        "identificationInfo/*/citation/*/onlineResource/*",
        "distributionInfo/*/distributor/*/distributorTransferOptions/*/onLine/*"}) {
    for (auto const resource : metadata.all(path)) {
      auto const doi = read_doi(line(resource.child("linkage")));
      if (doi && is_declared_doi(resource) && std::ranges::find(linked, *doi) == linked.end()) {
        linked.push_back(*doi);
      }
    }
  }
  // Several are versions or parts, and it is not said which is the record's own.
  if (linked.size() == 1) add_identifier({.scheme = "doi", .value = linked.front()}, draft);
}

} // namespace terracat::formats::iso

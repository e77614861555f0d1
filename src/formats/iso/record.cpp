#include "formats/iso/record.hpp"

#include "formats/iso/parts.hpp"
#include "formats/iso/property.hpp"
#include "formats/words/dates.hpp"
#include "formats/words/resource_types.hpp"
#include "formats/words/text.hpp"
#include "formats/xml/answers.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::iso {
namespace {

using xml::refusal;

/// The namespaces of both encodings, of what they are wrapped in, and of profiles that add to them.
/// Elements of others (GeoNetwork's `geonet:info`, Esri's) are not looked at.
constexpr std::array<std::string_view, 12> namespaces{
    "http://www.isotc211.org/200*",       "http://standards.iso.org/iso/191*",
    "https://standards.iso.org/iso/191*", "http://schemas.isotc211.org/191*",
    "https://schemas.isotc211.org/191*",  "http://www.opengis.net/gml*",
    "http://www.opengis.net/cat/csw*",    "http://www.openarchives.org/OAI/2.0/",
    "http://www.geocat.ch/2008/che",      "http://www.seadatanet.org*",
    "http://www.w3.org/1999/xlink",       "http://www.opengis.net/ows*"};

/// By the namespace of the root; a root without declared namespace is of the older encoding, unless
/// its children say otherwise.
bool is_modern(std::string_view uri) noexcept {
  return uri.find("/19115/-3/") != std::string_view::npos;
}

bool is_record_name(std::string_view name) noexcept {
  return name == "MD_Metadata" || name == "MI_Metadata" || name == "CHE_MD_Metadata";
}

/// A name alone is not enough: other standards have an MD_Metadata too.
bool is_namespace_of_records(std::string_view uri) noexcept {
  return uri.empty() || uri.find("isotc211.org/") != std::string_view::npos || is_modern(uri) ||
         uri == "http://www.geocat.ch/2008/che";
}

bool is_record(xml::Node node) noexcept {
  if (is_record_name(node.name()) && is_namespace_of_records(node.namespace_uri())) return true;
  return !node.attribute("isoType").empty() && is_record_name(type_of(node));
}

/// `hierarchyLevel` in 19139, `metadataScope` in 19115-3; without either, what is described tells.
std::string resource_type(xml::Node metadata, xml::Node identification, Draft& draft) {
  auto levels = metadata.all("hierarchyLevel");
  for (auto const scope : metadata.all("metadataScope/*/resourceScope")) levels.push_back(scope);
  std::string unknown;
  for (auto const level : levels) {
    auto written = type_from_address(code(level, scopes));
    if (is_known(written, scopes)) return written;
    bool const is_word = std::ranges::all_of(
        written, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; });
    if (written.empty() || is_placeholder(written) || says_nothing(written)) continue;
    draft.note(FindingCode::code_unknown, level, written);
    if (unknown.empty() && is_word) unknown = written;
  }
  if (!unknown.empty()) return unknown;
  return type_of(identification) == "SV_ServiceIdentification" ? "service" : "dataset";
}

/// `fileIdentifier` in 19139; in 19115-3 the code of the first identifier that has one.
xml::Node record_identifier(xml::Node metadata) {
  auto const older = metadata.child("fileIdentifier");
  if (older) return older;
  for (auto const identifier : metadata.all("metadataIdentifier/*/code")) {
    if (!line(identifier).empty()) return identifier;
  }
  return {};
}

/// The data set that the record is about: services may stand before and behind it.
xml::Node main_identification(xml::Node metadata, Draft& draft) {
  auto const all = metadata.all("identificationInfo/*");
  if (all.empty()) return {};
  auto const data = std::ranges::find_if(
      all, [](xml::Node node) { return type_of(node) == "MD_DataIdentification"; });
  auto const main = data == all.end() ? all.front() : *data;
  if (all.size() > 1) {
    draft.note(FindingCode::several_identifications, main,
               std::to_string(all.size()) + " resources");
  }
  return main;
}

/// When the record was made and last changed.
void read_record_dates(xml::Node metadata, Draft& draft) {
  auto const stamp = metadata.child("dateStamp");
  if (auto const text = line(stamp); !text.empty()) {
    auto const reading = read_date(text);
    if (reading.finding) draft.note(*reading.finding, stamp, text);
    draft.parts.updated = reading.at;
  }
  for (auto const date : metadata.all("dateInfo/*")) {
    auto const made = date_of(date, draft);
    if (!made || !made->at.earliest()) continue;
    if (made->kind == "creation") {
      draft.parts.created = made->at;
    } else if (made->kind == "revision" || made->kind == "lastUpdate" ||
               made->kind == "lastRevision") {
      bool const is_later =
          !draft.parts.updated.earliest() || *made->at.earliest() > *draft.parts.updated.earliest();
      if (is_later) draft.parts.updated = made->at;
    }
  }
}

ReadResult read_record(xml::Node metadata, ReadContext const& context) {
  Draft draft(context);
  read_locales(metadata, draft);
  auto const identifier = record_identifier(metadata);
  draft.parts.native_id = line(identifier);
  bool const is_named = is_name(draft.parts.native_id);
  if (!is_named && !context.native_id.empty()) {
    draft.parts.native_id = context.native_id;
  } else if (!is_named) {
    return refusal(FindingCode::no_identifier, identifier ? identifier : metadata,
                   draft.parts.native_id);
  }
  auto const identification = main_identification(metadata, draft);
  auto const citation = identification.at("citation/*");
  read_citation(citation, draft);
  if (draft.parts.title.empty()) {
    return refusal(FindingCode::no_title, identification ? identification : metadata,
                   draft.parts.native_id);
  }
  draft.parts.type = resource_type(metadata, identification, draft);
  read_record_dates(metadata, draft);
  read_resource_languages(identification, draft);
  read_further_identifiers(metadata, draft);
  read_description(metadata, identification, draft);
  read_keywords(identification, draft);
  read_content(metadata, draft);
  read_extents(identification, draft);
  read_constraints(identification, draft);
  read_distribution(metadata, identification, draft);
  read_relations(metadata, identification, draft);
  read_contacts(metadata, identification, draft);
  return draft.take();
}

} // namespace

bool recognises(std::string_view document, Encoding encoding) {
  // GetRecordsResponse, SearchStatus, SearchResults, MD_Metadata; OAI-PMH has some more.
  constexpr std::size_t enough = 12;
  constexpr std::string_view extension = "isoType=\"gmd:MD_Metadata\"";
  for (auto const& tag : xml::first_start_tags(document, enough)) {
    if (is_record_name(tag.name) && is_namespace_of_records(tag.namespace_uri)) {
      return is_modern(tag.namespace_uri) == (encoding == Encoding::iso19115_3);
    }
    if (tag.written.find(extension) != std::string::npos) return encoding == Encoding::iso19139;
  }
  return false;
}

ReadResult read(std::string_view document, ReadContext const& context, Encoding encoding) {
  auto parsed = xml::Document::parse(document);
  if (!parsed) return parsed.error();
  auto const root = parsed->root();
  if (auto const report = xml::error_report(root)) return *report;
  auto const records = xml::documents_in(root, is_record);
  bool const is_one = records.size() == 1 && is_modern(records.front().namespace_uri()) ==
                                                 (encoding == Encoding::iso19115_3);
  if (!is_one) return refusal(FindingCode::unexpected_root, root, root.name());
  auto const record = records.front();
  xml::keep_only(record, namespaces, "isoType");
  return read_record(record, context);
}

} // namespace terracat::formats::iso

#include "corpus/tally.hpp"

#include <algorithm>
#include <iomanip>
#include <set>
#include <sstream>

namespace terracat::corpus {
namespace {

constexpr int name_width = 34;
constexpr int number_width = 10;

void row(std::ostringstream& out, std::string_view name,
         std::initializer_list<std::size_t> numbers) {
  out << "  " << std::left << std::setw(name_width) << name << std::right;
  for (auto const number : numbers) out << std::setw(number_width) << number;
  out << '\n';
}

std::size_t languages(model::LocalText const& text) {
  return text.entries().size();
}

template<class Values, class Condition>
std::size_t count(Values const& values, Condition const& condition) {
  return static_cast<std::size_t>(std::ranges::count_if(values, condition));
}

} // namespace

void Tally::add(formats::ReadResult const& result) {
  ++documents_;
  if (!result) {
    auto& count = refusals_[std::string(name(result.error().code))];
    ++count.documents;
    ++count.values;
    return;
  }
  ++mapped_;
  if (!result->findings.empty()) ++warned_;
  add_findings(result->findings);
  add_fields(*std::get<model::Record>(result->resource));
}

void Tally::add_findings(std::vector<Finding> const& findings) {
  std::set<FindingCode> seen;
  for (auto const& finding : findings) {
    auto& count = warnings_[std::string(name(finding.code))];
    ++count.values;
    if (seen.insert(finding.code).second) ++count.documents;
  }
}

void Tally::add_field(std::string const& name, std::size_t values) {
  auto& count = fields_[name];
  if (values > 0) ++count.documents;
  count.values += values;
}

void Tally::add_fields(model::RecordParts const& parts) {
  add_texts(parts);
  add_keywords(parts);
  add_extents(parts);
  add_access(parts);
}

void Tally::add_texts(model::RecordParts const& parts) {
  add_field("type " + parts.type, 1);
  add_field("title, languages", languages(parts.title));
  add_field("alternate title, languages", languages(parts.alternate_title));
  add_field("description, languages", languages(parts.description));
  add_field("metadata languages", parts.metadata_languages.size());
  add_field("resource languages", parts.resource_languages.size());
  add_field("identifiers", parts.identifiers.size());
  add_field("identifiers, DOI",
            count(parts.identifiers, [](auto const& i) { return i.scheme == "doi"; }));
  add_field("created", parts.created.earliest() ? 1 : 0);
  add_field("updated", parts.updated.earliest() ? 1 : 0);
  add_field("dates", parts.dates.size());
  add_field("lineage, languages", languages(parts.lineage));
  add_field("purpose, languages", languages(parts.purpose));
  add_field("status", parts.status.empty() ? 0 : 1);
  add_field("frequency", parts.frequency.empty() ? 0 : 1);
  add_field("crs", parts.crs.empty() ? 0 : 1);
}

void Tally::add_keywords(model::RecordParts const& parts) {
  std::size_t keywords = 0;
  std::size_t with_uri = 0;
  std::size_t of_thesaurus = 0;
  for (auto const& set : parts.keyword_sets) {
    keywords += set.keywords.size();
    with_uri += count(set.keywords, [](auto const& k) { return !k.uri.empty(); });
    of_thesaurus += set.thesaurus.empty() ? 0 : set.keywords.size();
  }
  add_field("keywords", keywords);
  add_field("keywords with URI", with_uri);
  add_field("keywords of a thesaurus", of_thesaurus);
  add_field("topics", parts.topics.size());
  add_field("variables", parts.variables.size());
  add_field("platforms", parts.platforms.size());
  add_field("instruments", parts.instruments.size());
  add_field("contacts", parts.contacts.size());
  add_field("contacts with e-mail",
            count(parts.contacts, [](auto const& c) { return !c.emails.empty(); }));
  add_field("contacts with ORCID",
            count(parts.contacts, [](auto const& c) { return !c.orcid.empty(); }));
}

void Tally::add_extents(model::RecordParts const& parts) {
  add_field("areas", parts.spatial.size());
  add_field("areas, boxes",
            count(parts.spatial, [](auto const& s) { return s.geometry && s.geometry->is_box(); }));
  add_field("areas, other geometries", count(parts.spatial, [](auto const& s) {
              return s.geometry && !s.geometry->is_box();
            }));
  add_field("areas across the antimeridian", count(parts.spatial, [](auto const& s) {
              return s.geometry && s.geometry->bbox().crosses_antimeridian();
            }));
  add_field("heights", parts.vertical.size());
  add_field("periods", count(parts.temporal, [](auto const& t) { return t.interval.has_value(); }));
  add_field("periods with open end", count(parts.temporal, [](auto const& t) {
              return t.interval && t.interval->end().is_open();
            }));
  add_field("resolutions", parts.resolutions.size());
}

void Tally::add_access(model::RecordParts const& parts) {
  add_field("licences", parts.licences.size());
  add_field("licences with SPDX",
            count(parts.licences, [](auto const& l) { return !l.spdx.empty(); }));
  add_field("access constraints", parts.access_constraints.size());
  add_field("links", parts.online.size());
  add_field("links with media type",
            count(parts.online, [](auto const& o) { return !o.media_type.empty(); }));
  add_field("assets", parts.assets.size());
  add_field("formats", parts.formats.size());
  for (auto const& relation : parts.relations) add_field("relations " + relation.kind, 1);
}

std::string Tally::outcome(std::string_view title) const {
  std::ostringstream out;
  out << title << '\n';
  row(out, "documents", {documents_});
  row(out, "mapped", {mapped_});
  row(out, "mapped with warnings", {warned_});
  row(out, "refused", {documents_ - mapped_});
  for (auto const& [code, count] : refusals_) row(out, "  " + code, {count.documents});
  return out.str();
}

std::string Tally::details() const {
  std::ostringstream out;
  out << "\n  warnings: documents with them, and how many\n";
  for (auto const& [code, count] : warnings_) {
    row(out, "  " + code, {count.documents, count.values});
  }
  out << "\n  fields: records with them, and how many values\n";
  for (auto const& [field, count] : fields_) {
    row(out, "  " + field, {count.documents, count.values});
  }
  return out.str();
}

} // namespace terracat::corpus

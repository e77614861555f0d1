#include "corpus/text.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace terracat::corpus {
namespace {

using model::Bound;
using model::LocalText;

/// Line breaks as `⏎`, so that every value stays on its line.
std::string on_one_line(std::string_view text) {
  std::string out;
  for (auto const c : text) {
    if (c == '\n') {
      out += "⏎";
    } else {
      out += c;
    }
  }
  return out;
}

std::string text_of(LocalText const& text) {
  std::string out;
  for (auto const& [language, value] : text.entries()) {
    if (!out.empty()) out += " | ";
    if (!language.empty()) out += language + "=";
    out += on_one_line(value);
  }
  return out;
}

std::string text_of(std::vector<std::string> const& values) {
  std::string out;
  for (auto const& value : values) out += (out.empty() ? "" : ", ") + value;
  return out;
}

std::string text_of(Bound const& bound) {
  if (bound.is_open()) return "open";
  if (bound.is_unknown()) return "unknown";
  auto const text = model::to_iso8601(*bound.earliest());
  switch (bound.precision()) {
  case model::Precision::year:
    return text + " (year)";
  case model::Precision::month:
    return text + " (month)";
  case model::Precision::day:
    return text + " (day)";
  default:
    return text;
  }
}

class Printer {
 public:
  void line(std::string_view name, std::string const& value) {
    if (!value.empty()) out_ << name << ": " << value << '\n';
  }

  void line(std::string_view name, LocalText const& value) { line(name, text_of(value)); }

  void joined(std::string_view name,
              std::initializer_list<std::pair<char const*, std::string>> parts) {
    std::string text;
    for (auto const& [part, value] : parts) {
      if (value.empty()) continue;
      if (!text.empty()) text += "; ";
      text += *part == '\0' ? value : std::string(part) + "=" + value;
    }
    line(name, text);
  }

  [[nodiscard]] std::string take() const { return out_.str(); }

 private:
  std::ostringstream out_;
};

std::string text_of(model::Bbox const& box) {
  std::ostringstream out;
  out.precision(10);
  out << box.west() << ' ' << box.south() << ' ' << box.east() << ' ' << box.north();
  return out.str();
}

std::string text_of(double number) {
  std::ostringstream out;
  out.precision(10);
  out << number;
  return out.str();
}

void print_extents(Printer& out, model::RecordParts const& parts) {
  for (auto const& extent : parts.spatial) {
    std::string box;
    std::string form;
    if (extent.geometry) {
      box = text_of(extent.geometry->bbox());
      form = extent.geometry->is_box()
                 ? "box"
                 : "geometry " + std::to_string(static_cast<int>(extent.geometry->type()));
    }
    out.joined("area", {{"", box}, {"", form}, {"place", text_of(extent.place)}});
  }
  for (auto const& extent : parts.vertical) {
    out.joined("heights",
               {{"", text_of(extent.range.lowest) + " to " + text_of(extent.range.highest)},
                {"unit", extent.unit},
                {"crs", extent.crs}});
  }
  for (auto const& extent : parts.temporal) {
    std::string interval = "none";
    if (extent.interval) {
      interval = text_of(extent.interval->start()) + " to " + text_of(extent.interval->end());
    }
    out.joined("period", {{"", interval}, {"start", extent.start_text}, {"end", extent.end_text}});
  }
}

void print_parties(Printer& out, model::RecordParts const& parts) {
  for (auto const& set : parts.keyword_sets) {
    out.joined(
        "keywords",
        {{"kind", set.kind}, {"thesaurus", text_of(set.thesaurus)}, {"uri", set.thesaurus_uri}});
    for (auto const& keyword : set.keywords) {
      out.joined("  keyword", {{"", text_of(keyword.label)}, {"uri", keyword.uri}});
    }
  }
  for (auto const& contact : parts.contacts) {
    out.joined("contact", {{"roles", text_of(contact.roles)},
                           {"name", contact.name},
                           {"organisation", text_of(contact.organisation)},
                           {"position", text_of(contact.position)},
                           {"emails", text_of(contact.emails)},
                           {"phones", text_of(contact.phones)},
                           {"url", contact.url},
                           {"orcid", contact.orcid},
                           {"ror", contact.ror}});
  }
}

void print_access(Printer& out, model::RecordParts const& parts) {
  for (auto const& licence : parts.licences) {
    out.joined("licence",
               {{"spdx", licence.spdx}, {"text", text_of(licence.text)}, {"url", licence.url}});
  }
  for (auto const& statement : parts.access_constraints) out.line("access", statement);
  for (auto const& link : parts.online) {
    out.joined("online", {{"", link.href},
                          {"name", text_of(link.name)},
                          {"description", text_of(link.description)},
                          {"protocol", link.protocol},
                          {"function", link.function},
                          {"type", link.media_type}});
  }
  for (auto const& asset : parts.assets) {
    out.joined("asset", {{"key", asset.key},
                         {"", asset.href},
                         {"title", asset.title},
                         {"type", asset.type},
                         {"roles", text_of(asset.roles)}});
  }
  for (auto const& format : parts.formats) out.line("format", format);
  for (auto const& relation : parts.relations) {
    out.joined("relation", {{"kind", relation.kind},
                            {"id", relation.id},
                            {"href", relation.href},
                            {"title", text_of(relation.title)}});
  }
}

} // namespace

std::string as_text(model::Record const& record) {
  Printer out;
  auto const& parts = *record;
  out.line("id", parts.native_id);
  out.line("type", parts.type);
  out.line("title", parts.title);
  out.line("alternate title", parts.alternate_title);
  out.line("description", parts.description);
  out.line("metadata languages", text_of(parts.metadata_languages));
  out.line("resource languages", text_of(parts.resource_languages));
  for (auto const& identifier : parts.identifiers) {
    out.joined("identifier", {{"scheme", identifier.scheme}, {"", identifier.value}});
  }
  if (!parts.created.is_unknown()) out.line("created", text_of(parts.created));
  if (!parts.updated.is_unknown()) out.line("updated", text_of(parts.updated));
  for (auto const& date : parts.dates) {
    out.joined("date", {{"kind", date.kind}, {"", text_of(date.at)}, {"text", date.text}});
  }
  print_parties(out, parts);
  out.line("topics", text_of(parts.topics));
  for (auto const& name : parts.variables) out.line("variable", name);
  for (auto const& name : parts.platforms) out.line("platform", name);
  for (auto const& name : parts.instruments) out.line("instrument", name);
  print_extents(out, parts);
  for (auto const& resolution : parts.resolutions) {
    out.joined("resolution", {{"", text_of(resolution.value)}, {"unit", resolution.unit}});
  }
  print_access(out, parts);
  out.line("lineage", parts.lineage);
  out.line("purpose", parts.purpose);
  out.line("status", parts.status);
  out.line("frequency", parts.frequency);
  out.line("crs", parts.crs);
  return out.take();
}

std::string as_text(Finding const& finding) {
  std::string out(name(finding.code));
  if (!finding.where.empty()) out += " at " + finding.where;
  if (!finding.excerpt.empty()) out += ": " + on_one_line(finding.excerpt);
  return out;
}

std::string contents_of(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

} // namespace terracat::corpus

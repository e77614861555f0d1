#include "formats/terracat.hpp"

#include "formats/finding_list.hpp"
#include "formats/json/href.hpp"
#include "formats/json/identifier_text.hpp"
#include "formats/json/json_document.hpp"
#include "formats/json/json_outline.hpp"
#include "formats/readers.hpp"
#include "formats/record_fields.hpp"
#include "formats/record_json.hpp"
#include "formats/words/identifiers.hpp"

#include <terracat/text.hpp>

#include <algorithm>

/// A record as another terracat tells it: all that it keeps of it, in all languages. Whoever writes
/// it is believed no more than any source is.
namespace terracat::formats {
namespace {

using model::LocalText;

constexpr std::string_view record_member = "terracat:record";
constexpr std::size_t most_members = 500; ///< of a STAC Collection, beside those of a record

bool is_email(std::string_view text) noexcept {
  return text.find('@') != std::string_view::npos &&
         text.find_first_of(" \t\r\n<>\"") == std::string_view::npos;
}

/// Leaves in a record what may stand in an answer.
class Cleaner {
 public:
  Cleaner(HrefReader const& hrefs, FindingList& findings) : hrefs_(hrefs), findings_(findings) {}

  void operator()(std::string_view name, std::string& text) const {
    if (text.empty()) return;
    if (name == "href" || name == "url") {
      auto href = hrefs_.link(text);
      if (!href) findings_.add(href.error(), "/" + std::string(name), text);
      text = href ? std::move(*href) : std::string();
    } else if (name == "uri" || name == "thesaurus_uri") {
      if (!is_absolute_uri(text)) text.clear();
    } else if (name == "orcid") {
      text = read_orcid(text).value_or("");
    } else if (name == "ror") {
      text = read_ror(text).value_or("");
    }
  }

  void operator()(std::string_view name, std::vector<std::string>& texts) const {
    if (name == "metadata_languages" || name == "resource_languages") {
      for (auto& tag : texts) tag = language_tag(tag);
      std::erase(texts, std::string());
    } else if (name == "emails") {
      std::erase_if(texts, [](auto const& text) { return !is_email(text); });
    }
  }

  void operator()(std::string_view, LocalText& text) const {
    LocalText out;
    for (auto const& [language, words] : text.entries()) {
      out.add(language.empty() ? language : language_tag(language), words);
    }
    text = std::move(out);
  }

  template<class Part>

  requires requires(Part& part) { visit_fields(part, std::declval<Cleaner const&>()); }

  void operator()(std::string_view, Part& part) const { visit_fields(part, *this); }

  template<class Part>

  requires(!std::same_as<Part, std::string>)

      void
      operator()(std::string_view name, std::vector<Part>& parts) const {
    for (auto& part : parts) (*this)(name, part);
    // What leads nowhere is no way to the data.
    if constexpr (std::same_as<Part, model::OnlineResource> || std::same_as<Part, model::Asset>) {
      std::erase_if(parts, [](Part const& part) { return part.href.empty(); });
    }
  }

  /// Everything else is a value that is valid once it exists, or is read again (cleaned_members).
  template<class Field>

  requires(!requires(Field & field) { visit_fields(field, std::declval<Cleaner const&>()); })

      void
      operator()(std::string_view, Field&) const {}

 private:
  HrefReader const& hrefs_;
  FindingList& findings_;
};

using Members = std::vector<std::pair<std::string, std::string>>;

/// The members of a STAC Collection as that format's reader leaves them.
Members cleaned_members(Members const& members, ReadContext const& context) {
  json::Writer out;
  out.begin_object().name("type").string("Collection").name("stac_version").string("1.1.0");
  out.name("id").string("x").name("title").string("x").name("description").string("x");
  for (auto const& [name, text] : members) {
    if (auto const value = json::Document::parse(text)) out.name(name).value(value->root());
  }
  auto const read = read_stac_collection(out.end_object().take(), context);
  if (!read) return {};
  auto cleaned = std::get<model::Record>(read->resource)->stac_members;
  // The reader makes some of its own.
  std::erase_if(cleaned, [&](auto const& one) {
    return one.first == via_member ||
           std::ranges::find(members, one.first, &Members::value_type::first) == members.end();
  });
  return cleaned;
}

constexpr std::size_t longest_address = 2'000;
constexpr std::size_t longest_name = 300;

std::string short_text(json::Value const& station, std::string_view name, std::size_t longest) {
  auto const text = trimmed(station.string(name).value_or(""));
  return text.size() > longest ? std::string() : std::string(text);
}

/// An address of the web that may stand in an answer; else empty.
std::string web_address(json::Value const& station, std::string_view name) {
  auto text = short_text(station, name, longest_address);
  bool const is_web = text.starts_with("https://") || text.starts_with("http://");
  auto out = is_web ? answerable_href(text) : std::string();
  return model::credentials_in(out).empty() ? out : std::string();
}

std::string without_slash(std::string text) {
  while (text.ends_with('/')) text.pop_back();
  return text;
}

/// Without what does not tell catalogues apart.
std::string bare(std::string_view address) {
  auto const scheme = address.find("://");
  if (scheme != std::string_view::npos) address.remove_prefix(scheme + 3);
  auto const path = std::min(address.find('/'), address.size());
  return without_slash(lowered(address.substr(0, path)) + std::string(address.substr(path)));
}

/// Under the name that the other catalogue gives it, its source's own being one more identifier.
void rename(model::RecordParts& parts, std::string id) {
  if (id.empty() || id == parts.native_id) return;
  auto own = read_identifier(parts.native_id, {});
  if (own && std::ranges::find(parts.identifiers, *own) == parts.identifiers.end()) {
    parts.identifiers.push_back(std::move(*own));
  }
  parts.native_id = std::move(id);
}

} // namespace

Chain read_chain(json::Value const& value) {
  Chain out;
  for (auto const element : value.elements()) {
    Station station{.catalogue = without_slash(web_address(element, "catalogue")),
                    .title = short_text(element, "title", longest_name),
                    .id = short_text(element, "id", longest_name),
                    .source = short_text(element, "source", longest_name),
                    .origin = web_address(element, "origin"),
                    .changed = short_text(element, "changed", longest_name)};
    if (!model::parse_rfc3339(station.changed)) station.changed.clear();
    bool const has_bad_address = station.catalogue.empty() && element.member("catalogue");
    if (has_bad_address || station.id.empty()) continue;
    out.push_back(std::move(station));
    if (out.size() > most_stations) break;
  }
  return out;
}

Chain chain_of(model::RecordParts const& record) {
  auto const kept = std::ranges::find(record.stac_members, via_member, &Members::value_type::first);
  if (kept == record.stac_members.end()) return {};
  auto const document = json::Document::parse(kept->second);
  return document ? read_chain(document->root()) : Chain();
}

void keep_chain(model::RecordParts& record, Chain const& chain) {
  std::erase_if(record.stac_members, [](auto const& one) { return one.first == via_member; });
  if (!chain.empty()) record.stac_members.emplace_back(via_member, chain_text(chain));
}

std::string chain_text(Chain const& chain) {
  json::Writer out;
  out.begin_array();
  for (auto const& station : chain) {
    out.begin_object().member("catalogue", station.catalogue);
    out.member("title", station.title).member("id", station.id);
    out.member("source", station.source).member("origin", station.origin);
    out.member("changed", station.changed).end_object();
  }
  return out.end_array().take();
}

std::string address_at(Station const& station) {
  if (station.catalogue.empty()) return {};
  return station.catalogue + "/d/" + percent_encoded(station.id);
}

bool is_same_catalogue(std::string_view one, std::string_view other) {
  return !one.empty() && !other.empty() && bare(one) == bare(other);
}

bool is_terracat(std::string_view document) {
  return outline_of(document).has(record_member);
}

ReadResult read_terracat(std::string_view document, ReadContext const& context) {
  auto const root = parse_document(document, context);
  if (!root) return root.error();
  auto const where = "/" + std::string(record_member);
  auto const record = root->member(record_member);
  if (!record || !record->is_object()) return Finding{FindingCode::unexpected_root, where, ""};
  if (auto overlong = find_overlong(*record, where)) return std::move(*overlong);
  auto parts = read_record_parts(*record, GeometryText::geojson);
  if (!parts) {
    return Finding{FindingCode::unexpected_root, where + "/" + parts.error().where,
                   excerpt(parts.error().detail)};
  }
  if (parts->native_id.empty()) return Finding{FindingCode::no_identifier, where, ""};
  if (parts->stac_members.size() > most_members) return Finding{FindingCode::too_large, where, ""};
  auto const via = root->member(via_member);
  auto const chain = via ? read_chain(*via) : Chain();
  rename(*parts, std::string(root->string("id").value_or("")));
  // From here on nothing of the parsed text is asked any more.
  HrefReader const hrefs(context, {});
  FindingList findings;
  visit_fields(*parts, Cleaner(hrefs, findings));
  parts->stac_members = cleaned_members(parts->stac_members, context);
  keep_chain(*parts, chain);
  auto made = model::Record::make(std::move(*parts));
  if (!made) return Finding{FindingCode::no_title, where + "/title", ""};
  return Reading{std::move(*made), findings.take()};
}

std::string write_terracat(model::Record const& record, std::string_view id) {
  json::Writer out;
  out.begin_object().name("id").string(id).name(record_member);
  out.raw(to_record_json(record, GeometryText::geojson));
  return out.end_object().take();
}

} // namespace terracat::formats

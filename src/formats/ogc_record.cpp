#include "formats/readers.hpp"

#include "formats/json/contact_text.hpp"
#include "formats/json/extent_text.hpp"
#include "formats/json/href.hpp"
#include "formats/json/identifier_text.hpp"
#include "formats/json/json_document.hpp"
#include "formats/json/json_outline.hpp"
#include "formats/json/link_text.hpp"
#include "formats/json/subject_text.hpp"
#include "formats/json/time_text.hpp"
#include "formats/terracat.hpp"
#include "geometry/normalise.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::formats {
namespace {

using json::Value;
using model::LocalText;

struct RelationRow {
  std::string_view relation; ///< of a link
  std::string_view function; ///< ISO 19115 CI_OnLineFunctionCode; empty: it is another resource
  std::string_view kind;     ///< ISO 19115 DS_AssociationTypeCode
};

constexpr std::array relations{
    RelationRow{"enclosure", "download", {}},
    RelationRow{"about", "information", {}},
    RelationRow{"describes", "information", {}},
    RelationRow{"describedby", "completeMetadata", {}},
    RelationRow{"preview", "browseGraphic", {}},
    RelationRow{"icon", "browseGraphic", {}},
    RelationRow{"thumbnail", "browseGraphic", {}},
    RelationRow{"search", "search", {}},
    RelationRow{"order", "order", {}},
    RelationRow{"derived_from", {}, "source"},
    RelationRow{"predecessor-version", {}, "revisionOf"},
};

/// Relations that speak of the record within its catalogue, not of the resource.
bool is_of_catalogue(std::string_view relation) noexcept {
  constexpr std::array<std::string_view, 12> names{
      "self",  "root", "parent", "collection", "collections", "item",
      "items", "next", "prev",   "canonical",  "alternate",   "via"};
  return std::ranges::find(names, relation) != names.end();
}

/// Reads one record.
class RecordReader {
 public:
  RecordReader(Value const& root, Value const& properties, ReadContext const& context)
      : root_(root),
        properties_(properties),
        hrefs_(context, self_address(root)),
        language_(code_of(properties.member("language"))) {
    if (language_.empty()) language_ = context.language;
  }

  ReadResult read() {
    parts_.native_id = id_text();
    if (parts_.native_id.empty()) return Finding{FindingCode::no_identifier, "/id", ""};
    if (auto overlong = find_overlong(properties_, "/properties")) return std::move(*overlong);
    auto const time = root_.member("time");
    auto overlong = time ? find_overlong(*time, "/time") : std::nullopt;
    if (overlong) return std::move(*overlong);
    read_texts();
    read_languages();
    read_subjects();
    read_people();
    read_identifiers();
    read_rights();
    read_formats();
    read_area();
    read_time_span();
    read_links();
    if (auto const templates = root_.member("linkTemplates"); templates && templates->size() > 0) {
      parts_.stac_members.emplace_back("linkTemplates", templates->text());
    }
    if (auto const via = properties_.member(via_member)) keep_chain(parts_, read_chain(*via));
    auto record = model::Record::make(std::move(parts_));
    if (!record) return Finding{FindingCode::no_title, "/properties/title", ""};
    return Reading{std::move(*record), findings_.take()};
  }

 private:
  static std::string_view self_address(Value const& root) {
    auto const links = root.member("links");
    return links ? self_of(*links) : std::string_view();
  }

  /// Of `{"code":"fr"}`, or of a plain tag as some write it.
  static std::string code_of(std::optional<Value> const& language) {
    if (!language) return {};
    return language_tag(language->string().value_or(language->string("code").value_or("")));
  }

  [[nodiscard]] std::string id_text() const {
    auto const id = root_.member("id");
    if (!id) return {};
    if (auto const number = id->integer()) return std::to_string(*number);
    return std::string(id->string().value_or(""));
  }

  [[nodiscard]] LocalText text(std::string_view name) const {
    return LocalText(language_, std::string(trimmed(properties_.string(name).value_or(""))));
  }

  // ---- Properties

  void read_texts() {
    parts_.type = trimmed(properties_.string("type").value_or(""));
    parts_.title = text("title");
    parts_.description = text("description");
    if (parts_.title.empty()) {
      parts_.title = LocalText(parts_.native_id);
      parts_.inferences.push_back(
          {"title", "the source gives no title; its identifier stands for it"});
    }
    if (parts_.description.empty()) {
      findings_.add(FindingCode::abstract_missing, "/properties/description", "");
    }
    parts_.created = read_date("created");
    parts_.updated = read_date("updated");
  }

  model::Bound read_date(std::string_view name) {
    auto const value = properties_.member(name);
    if (!value || value->is_null()) return model::Bound::unknown();
    auto const written = read_time(value->string().value_or(""));
    if (written) return written->at;
    findings_.add(FindingCode::date_unreadable, "/properties/" + std::string(name), value->text());
    return model::Bound::unknown();
  }

  void read_languages() {
    add_language(parts_.metadata_languages, code_of(properties_.member("language")));
    read_language_list("languages", parts_.metadata_languages);
    read_language_list("resourceLanguages", parts_.resource_languages);
  }

  void read_language_list(std::string_view name, std::vector<std::string>& tags) {
    auto const list = properties_.member(name);
    if (!list) return;
    for (auto const language : list->elements()) {
      auto tag = code_of(language);
      if (tag.empty()) {
        findings_.add(FindingCode::language_unknown, "/properties/" + std::string(name),
                      language.text());
      }
      add_language(tags, std::move(tag));
    }
  }

  static void add_language(std::vector<std::string>& tags, std::string tag) {
    if (!tag.empty() && std::ranges::find(tags, tag) == tags.end()) tags.push_back(std::move(tag));
  }

  void read_subjects() {
    if (auto const keywords = properties_.member("keywords")) {
      parts_.keyword_sets = read_keywords(*keywords, language_);
    }
    if (auto const themes = properties_.member("themes")) {
      auto sets = read_themes(*themes, language_);
      take_topics(sets, parts_.topics);
      std::ranges::move(sets, std::back_inserter(parts_.keyword_sets));
    }
  }

  void read_people() {
    if (auto const contacts = properties_.member("contacts")) {
      parts_.contacts = read_contacts(*contacts, language_);
    }
  }

  void read_identifiers() {
    auto const identifiers = properties_.member("externalIds");
    if (!identifiers) return;
    for (auto const element : identifiers->elements()) {
      auto const value = trimmed(element.string("value").value_or(""));
      auto const scheme = trimmed(element.string("scheme").value_or(""));
      if (!value.empty()) add_identifier(parts_, stated_identifier(scheme, value));
    }
  }

  void read_rights() {
    auto const licence = trimmed(properties_.string("license").value_or(""));
    if (!licence.empty()) parts_.licences.push_back(licence_of(licence));
    if (auto rights = text("rights"); !rights.empty()) {
      parts_.access_constraints.push_back(std::move(rights));
    }
  }

  /// Formats may be objects, as the standard has it, or plain names, as its drafts had it.
  void read_formats() {
    auto const formats = properties_.member("formats");
    if (!formats) return;
    for (auto const element : formats->elements()) {
      auto const name = element.string() ? element.string() : element.string("name");
      auto const text = trimmed(name ? *name : element.string("mediaType").value_or(""));
      if (!text.empty()) parts_.formats.emplace_back(std::string(text));
    }
  }

  // ---- Where and when

  void read_area() {
    auto const geometry = root_.member("geometry");
    if (!geometry || geometry->is_null()) return;
    auto const raw = json::read_geometry(*geometry);
    auto footprint = raw ? geometry::normalise(*raw) : raw.error();
    if (footprint) {
      parts_.spatial.push_back({std::move(*footprint), {}});
    } else {
      findings_.add(FindingCode::geometry_unreadable, "/geometry" + footprint.error().where,
                    footprint.error().detail);
    }
  }

  void read_time_span() {
    auto const time = root_.member("time");
    if (!time || !time->is_object()) return;
    if (auto const interval = time->member("interval")) {
      read_intervals(*interval, {"/time/interval", PlainDates::allowed}, parts_, findings_);
      return;
    }
    auto const moment =
        time->member("timestamp") ? time->member("timestamp") : time->member("date");
    if (!moment) return;
    parts_.temporal.push_back(
        read_period(moment, moment, {"/time", PlainDates::allowed}, findings_));
  }

  // ---- Links

  void read_links() {
    auto const links = root_.member("links");
    if (!links) return;
    std::size_t index = 0;
    for (auto const link : links->elements()) read_link(link, index++);
  }

  void read_link(Value const& link, std::size_t index) {
    auto const relation = link.string("rel").value_or("");
    if (is_of_catalogue(relation)) return;
    auto const written = link.string("href");
    auto const href = written ? hrefs_.link(*written) : FindingCode::href_refused;
    if (!href) {
      findings_.add(href.error(), "/links/" + std::to_string(index) + "/href",
                    written.value_or(""));
      return;
    }
    auto const language = language_tag(link.string("hreflang").value_or(""));
    LocalText title(language.empty() ? language_ : language,
                    std::string(link.string("title").value_or("")));
    if (relation == "license") {
      add_licence_link(parts_, *href, std::move(title));
    } else if (relation == "cite-as" && stated_doi(*href)) {
      // What `externalIds` say goes before.
      if (!has_doi()) add_identifier(parts_, {"doi", *stated_doi(*href)});
    } else {
      add_link(link, relation, *href, std::move(title));
    }
  }

  [[nodiscard]] bool has_doi() const noexcept {
    auto const& known = parts_.identifiers;
    return std::ranges::find(known, "doi", &model::Identifier::scheme) != known.end();
  }

  void add_link(Value const& link, std::string_view relation, std::string const& href,
                LocalText title) {
    auto const* const row = std::ranges::find(relations, relation, &RelationRow::relation);
    if (row != relations.end() && row->function.empty()) {
      parts_.relations.push_back(
          {.kind = std::string(row->kind), .id = {}, .href = href, .title = std::move(title)});
      return;
    }
    parts_.online.push_back({
        .href = href,
        .name = std::move(title),
        .description = {},
        .protocol = std::string(link.string("protocol").value_or("")),
        .function = std::string(row == relations.end() ? std::string_view() : row->function),
        .media_type = std::string(link.string("type").value_or("")),
    });
  }

  Value root_;
  Value properties_;
  HrefReader hrefs_;
  std::string language_; ///< of the document's texts; may be empty
  FindingList findings_;
  model::RecordParts parts_;
};

/// The record's own type and title, or its conformance classes, set it apart from other features.
bool says_record(json::Outline const& root) {
  if (root.value("conformsTo").find("/ogcapi-records-1/") != std::string_view::npos) return true;
  json::Outline const properties(root.value("properties"));
  return !properties.string("type").empty() && properties.has("title");
}

} // namespace

bool is_ogc_record(std::string_view document) {
  auto const outline = outline_of(document);
  return outline.string("type") == "Feature" && outline.has("id") && !outline.has("stac_version") &&
         says_record(outline);
}

ReadResult read_ogc_record(std::string_view document, ReadContext const& context) {
  auto const root = parse_document(document, context);
  if (!root) return root.error();
  auto const properties = root->member("properties");
  if (root->string("type") != "Feature" || !properties || !properties->is_object()) {
    return Finding{FindingCode::unexpected_root, "/type",
                   excerpt(root->string("type").value_or(""))};
  }
  return RecordReader(*root, *properties, context).read();
}

} // namespace terracat::formats

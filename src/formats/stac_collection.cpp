#include "formats/readers.hpp"

#include "formats/json/asset_text.hpp"
#include "formats/json/contact_text.hpp"
#include "formats/json/extent_text.hpp"
#include "formats/json/identifier_text.hpp"
#include "formats/json/json_document.hpp"
#include "formats/json/json_outline.hpp"
#include "formats/json/json_text.hpp"
#include "formats/json/link_text.hpp"
#include "formats/json/stac_version.hpp"
#include "formats/json/subject_text.hpp"
#include "formats/json/time_text.hpp"
#include "formats/stac_text.hpp"
#include "formats/terracat.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace terracat::formats {
namespace {

using json::Value;
using model::LocalText;

/// What a link is to ISO 19115, CI_OnLineFunctionCode.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> functions{{
    {"about", "information"},
    {"describedby", "information"},
    {"documentation", "information"},
    {"enclosure", "download"},
    {"icon", "browseGraphic"},
    {"preview", "browseGraphic"},
    {"thumbnail", "browseGraphic"},
    {"metadata", "completeMetadata"},
    {"order", "order"},
    {"service", "fileAccess"},
}};

/// What a link to another resource is to ISO 19115, DS_AssociationTypeCode.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> associations{{
    {"derived_from", "source"},
    {"related", "crossReference"},
    {"predecessor-version", "revisionOf"},
    {"latest-version", "crossReference"},
}};

template<std::size_t Size>
std::optional<std::string_view>
looked_up(std::array<std::pair<std::string_view, std::string_view>, Size> const& table,
          std::string_view name) noexcept {
  auto const* const row =
      std::ranges::find(table, name, [](auto const& entry) { return entry.first; });
  return row == table.end() ? std::nullopt : std::optional(row->second);
}

/// Reads one collection. What has no place in a record, or not all of it, is kept as text beside.
class CollectionReader {
 public:
  CollectionReader(Value const& root, ReadContext const& context)
      : root_(root), hrefs_(context, self_address(root)), language_(document_language()) {
    if (language_.empty()) language_ = context.language;
  }

  ReadResult read() {
    auto const version = root_.string("stac_version");
    auto const generation = version ? generation_of(*version) : std::nullopt;
    if (!generation) return refused(FindingCode::stac_invalid, "stac_version");
    auto const id = root_.string("id");
    if (!id && root_.member("id")) return refused(FindingCode::stac_invalid, "id");
    if (!id || id->empty()) return refused(FindingCode::no_identifier, "id");
    if (auto overlong = find_overlong_list()) return std::move(*overlong);
    generation_ = *generation;
    parts_.native_id = *id;
    parts_.type = "dataset";
    read_inferences();
    read_members();
    keep_extensions();
    read_links();
    complete();
    auto record = model::Record::make(std::move(parts_));
    if (!record) return refused(FindingCode::stac_invalid, "id");
    return Reading{std::move(*record), findings_.take()};
  }

 private:
  using Read = void (CollectionReader::*)(Value const& value);

  static std::string_view self_address(Value const& root) {
    auto const links = root.member("links");
    return links ? self_of(*links) : std::string_view();
  }

  [[nodiscard]] std::optional<Finding> find_overlong_list() const {
    auto overlong = find_overlong(root_, "");
    for (auto const* const part : {"spatial", "temporal"}) {
      auto const extent = root_.member("extent");
      auto const object = extent ? extent->member(part) : std::nullopt;
      if (!overlong && object) overlong = find_overlong(*object, std::string("/extent/") + part);
    }
    return overlong;
  }

  [[nodiscard]] std::string document_language() const {
    auto const language = root_.member("language");
    if (!language) return {};
    return language_tag(language->string().value_or(language->string("code").value_or("")));
  }

  [[nodiscard]] Finding refused(FindingCode code, std::string_view name) const {
    auto const value = root_.member(name);
    return {code, "/" + std::string(name), value ? excerpt(value->text()) : std::string()};
  }

  // ---- Member by member

  /// What another site of this software made up is not what the source said.
  void read_inferences() {
    auto const inferences = root_.member(inferred_member);
    if (!inferences) return;
    for (auto const inference : inferences->elements()) {
      if (auto const member = inference.string("member")) made_up_.emplace_back(*member);
    }
  }

  [[nodiscard]] bool is_made_up(std::string_view member) const {
    return std::ranges::find(made_up_, member) != made_up_.end();
  }

  void read_members() {
    std::vector<std::string_view> seen;
    for (auto const [name, value] : root_.members()) {
      // Of a name that occurs twice the first member counts.
      if (is_made_up(name) || std::ranges::find(seen, name) != seen.end()) continue;
      seen.push_back(name);
      if (auto const read = reader_of(name)) {
        if (*read != nullptr && !value.is_null()) (this->**read)(value);
      } else {
        keep(name, value.text());
      }
    }
  }

  /// \return  nothing for a member that is kept as it is; null for one that is read elsewhere
  static std::optional<Read> reader_of(std::string_view name) noexcept {
    struct Row {
      std::string_view name;
      Read read;
    };

    using Self = CollectionReader;
    static constexpr std::array<Row, 27> rows{{
        {"type", nullptr},
        {"stac_version", nullptr},
        {"id", nullptr},
        {"links", nullptr},
        {"title", &Self::read_title},
        {"description", &Self::read_description},
        {"keywords", &Self::read_keyword_list},
        {"license", &Self::read_licence},
        {"extent", &Self::read_extents},
        {"created", &Self::read_created},
        {"updated", &Self::read_updated},
        {"sci:doi", &Self::read_doi},
        {"sci:publications", &Self::read_publications},
        {"providers", &Self::read_provider_list},
        {"contacts", &Self::read_contact_list},
        {"themes", &Self::read_theme_list},
        {"summaries", &Self::read_summaries},
        {"assets", &Self::read_assets},
        {"stac_extensions", &Self::read_extension_list},
        {"language", &Self::read_language},
        {"languages", &Self::read_languages},
        {"deprecated", &Self::read_deprecated},
        {"cube:variables", &Self::read_variables},
        {via_member, &Self::read_via},
        {inferred_member, nullptr},
        {corrected_member, nullptr}, // to us it is what that site says
        {original_interval_member, nullptr},
    }};
    auto const* const row = std::ranges::find(rows, name, &Row::name);
    return row == rows.end() ? std::nullopt : std::optional(row->read);
  }

  void keep(std::string_view name, std::string text) {
    parts_.stac_members.emplace_back(name, std::move(text));
  }

  void read_title(Value const& value) { parts_.title = text_of(value); }

  void read_description(Value const& value) { parts_.description = text_of(value); }

  /// Blanks alone are no text.
  [[nodiscard]] LocalText text_of(Value const& value) const {
    auto const text = value.string().value_or("");
    return trimmed(text).empty() ? LocalText() : LocalText(language_, std::string(text));
  }

  void read_keyword_list(Value const& value) { add(read_keywords(value, language_)); }

  void read_theme_list(Value const& value) {
    auto sets = read_themes(value, language_);
    take_topics(sets, parts_.topics);
    add(std::move(sets));
    keep("themes", value.text());
  }

  void add(std::vector<model::KeywordSet> sets) {
    std::ranges::move(sets, std::back_inserter(parts_.keyword_sets));
  }

  void read_licence(Value const& value) {
    auto const text = trimmed(value.string().value_or(""));
    if (!text.empty()) parts_.licences.insert(parts_.licences.begin(), licence_of(text));
  }

  void read_extents(Value const& value) {
    auto const spatial = value.member("spatial");
    if (spatial && !is_made_up("extent.spatial")) read_spatial_extent(*spatial, parts_, findings_);
    if (auto const original = root_.member(original_interval_member)) {
      read_intervals(*original, {"/terracat:original_interval", PlainDates::allowed}, parts_,
                     findings_);
    } else if (!is_made_up("extent.temporal")) {
      read_interval_of(value);
    }
  }

  void read_interval_of(Value const& extent) {
    auto const temporal = extent.member("temporal");
    if (!temporal) return;
    // Drafts had the interval in place of the object.
    auto const interval = temporal->is_array() ? temporal : temporal->member("interval");
    if (!interval) return;
    read_intervals(*interval, {"/extent/temporal/interval", PlainDates::repaired}, parts_,
                   findings_);
  }

  void read_created(Value const& value) { parts_.created = read_date("/created", value); }

  void read_updated(Value const& value) { parts_.updated = read_date("/updated", value); }

  model::Bound read_date(std::string_view where, Value const& value) {
    auto const written = read_time(value.string().value_or(""));
    if (written) return written->at;
    findings_.add(FindingCode::date_unreadable, std::string(where), value.text());
    return model::Bound::unknown();
  }

  void read_doi(Value const& value) {
    if (auto doi = stated_doi(value.string().value_or(""))) {
      add_identifier(parts_, {"doi", std::move(*doi)});
    } else {
      findings_.add(FindingCode::identifier_placeholder, "/sci:doi", value.text());
    }
  }

  /// Publications about the data. Their DOIs are not the data's own.
  void read_publications(Value const& value) {
    for (auto const publication : value.elements()) {
      auto const doi = stated_doi(publication.string("doi").value_or(""));
      auto const citation = publication.string("citation").value_or("");
      if (!doi && citation.empty()) continue;
      parts_.relations.push_back({.kind = "crossReference",
                                  .id = doi.value_or(""),
                                  .href = doi ? "https://doi.org/" + *doi : std::string(),
                                  .title = LocalText(language_, std::string(citation))});
    }
    keep("sci:publications", value.text());
  }

  void read_provider_list(Value const& value) {
    add(read_providers(value, language_, findings_));
    keep("providers", value.text());
  }

  void read_contact_list(Value const& value) {
    add(read_contacts(value, language_));
    keep("contacts", value.text());
  }

  void add(std::vector<model::Contact> contacts) {
    std::ranges::move(contacts, std::back_inserter(parts_.contacts));
  }

  void read_language(Value const& value) {
    if (auto tag = document_language(); !tag.empty()) parts_.metadata_languages.push_back(tag);
    keep("language", value.text());
  }

  void read_languages(Value const& value) { keep("languages", value.text()); }

  void read_deprecated(Value const& value) {
    if (value.boolean().value_or(false)) parts_.status = "deprecated";
    keep("deprecated", value.text());
  }

  void read_variables(Value const& value) {
    for (auto const [name, variable] : value.members()) {
      auto const description = trimmed(variable.string("description").value_or(""));
      parts_.variables.emplace_back(language_,
                                    std::string(description.empty() ? name : description));
    }
    keep("cube:variables", value.text());
  }

  void read_via(Value const& value) {
    if (auto const chain = read_chain(value); !chain.empty()) {
      keep(via_member, chain_text(chain));
    }
  }

  // ---- Summaries, assets, extensions

  void read_summaries(Value const& value) {
    std::string text = "{";
    for (auto const [name, summary] : value.members()) {
      read_summary(name, summary);
      auto const least = summary.member("min");
      auto const most = summary.member("max");
      begin_member(text, name);
      if (generation_ < StacGeneration::v1_0 && least && most) {
        // Named as in JSON Schema since 1.0.0-rc.1.
        text += R"({"minimum":)" + least->text() + R"(,"maximum":)" + most->text() + "}";
      } else {
        summary.append_to(text);
      }
    }
    keep("summaries", text + "}");
  }

  void read_summary(std::string_view name, Value const& summary) {
    if (name != "platform" && name != "instruments" && name != "gsd") return;
    for (auto const element : summary.elements()) {
      if (auto const number = element.number(); number && name == "gsd") {
        parts_.resolutions.push_back({*number, "m"});
      }
      auto const text = trimmed(element.string().value_or(""));
      if (text.empty() || name == "gsd") continue;
      auto& list = name == "platform" ? parts_.platforms : parts_.instruments;
      list.emplace_back(std::string(text));
    }
  }

  void read_assets(Value const& value) {
    if (is_item_assets()) {
      keep("item_assets", value.text());
      return;
    }
    std::string text;
    has_projection_ = append_assets(text, value, hrefs_, findings_).has_projection;
    keep("assets", std::move(text));
    for (auto const [key, asset] : value.members()) {
      auto const href = hrefs_.asset(asset.string("href").value_or(""));
      if (href) parts_.assets.push_back(asset_of(key, *href, asset));
    }
  }

  /// Before 1.0.0-beta.1 `assets` of a collection described those of its items.
  [[nodiscard]] bool is_item_assets() const {
    auto const extensions = root_.member("stac_extensions");
    if (generation_ > StacGeneration::v0_9 || !extensions) return false;
    for (auto const name : extensions->elements()) { // NOLINT: no range of the standard library
      if (name.string() == "asset") return true;
    }
    return false;
  }

  static model::Asset asset_of(std::string_view key, std::string href, Value const& asset) {
    auto const text = [&asset](std::string_view name) {
      return std::string(asset.string(name).value_or(""));
    };
    model::Asset out{.key = std::string(key),
                     .href = std::move(href),
                     .title = text("title"),
                     .description = text("description"),
                     .type = text("type"),
                     .roles = {}};
    if (auto const roles = asset.member("roles")) {
      for (auto const role : roles->elements()) {
        if (auto const name = role.string()) out.roles.emplace_back(*name);
      }
    }
    return out;
  }

  void read_extension_list(Value const& value) { schemas_ = read_extensions(value, hrefs_); }

  /// Once the assets are known.
  void keep_extensions() {
    if (has_projection_) use_projection_schema(schemas_);
    std::string text = "[";
    for (auto const& schema : schemas_) {
      begin_element(text);
      append_quoted(text, schema);
    }
    keep("stac_extensions", text + "]");
  }

  // ---- Links

  void read_links() {
    std::string text = "[";
    if (auto const links = root_.member("links")) {
      append_links(text, *links, hrefs_, findings_);
      for (auto const link : links->elements()) read_link(link);
    }
    keep("links", text + "]");
  }

  void read_link(Value const& link) {
    auto const relation = link.string("rel").value_or("");
    auto const href = hrefs_.link(link.string("href").value_or(""));
    if (!href || relation.empty() || is_structural(relation)) return;
    LocalText const title(language_, std::string(link.string("title").value_or("")));
    if (relation == "license") add_licence_link(parts_, *href, title);
    if (relation == "cite-as") read_citation(*href);
    if (auto const kind = looked_up(associations, relation)) {
      parts_.relations.push_back(
          {.kind = std::string(*kind), .id = {}, .href = *href, .title = title});
    }
    if (auto const function = looked_up(functions, relation)) {
      parts_.online.push_back({.href = *href,
                               .name = title,
                               .description = {},
                               .protocol = {},
                               .function = std::string(*function),
                               .media_type = std::string(link.string("type").value_or(""))});
    }
  }

  /// The data's own DOI, unless `sci:doi` said another one or it is that of a publication.
  void read_citation(std::string const& href) {
    auto doi = stated_doi(href);
    auto const& known = parts_.identifiers;
    if (!doi || std::ranges::find(known, "doi", &model::Identifier::scheme) != known.end()) return;
    bool const is_publication =
        std::ranges::find(parts_.relations, *doi, &model::Relation::id) != parts_.relations.end();
    if (!is_publication) add_identifier(parts_, {"doi", std::move(*doi)});
  }

  // ---- What nobody said

  void complete() {
    if (parts_.title.empty()) {
      parts_.title = LocalText(parts_.native_id);
      parts_.inferences.push_back(
          {"title", "the source gives no title; its identifier stands for it"});
    }
    if (parts_.description.empty()) {
      findings_.add(FindingCode::abstract_missing, "/description", "");
    }
  }

  Value root_;
  HrefReader hrefs_;
  std::string language_; ///< of the document's texts; may be empty
  StacGeneration generation_ = StacGeneration::v1_1;
  std::vector<std::string> schemas_; ///< of extensions
  bool has_projection_ = false;      ///< `proj:epsg` or `proj:code` is in an asset
  std::vector<std::string> made_up_; ///< members that say what their source did not
  FindingList findings_;
  model::RecordParts parts_;
};

} // namespace

bool is_stac_collection(std::string_view document) {
  auto const outline = outline_of(document);
  if (!outline.has("stac_version")) return false;
  if (outline.has("type")) return outline.string("type") == "Collection";
  // Before 1.0.0-rc.1 a collection was a catalogue with an extent.
  return outline.has("extent") && outline.has("id");
}

ReadResult read_stac_collection(std::string_view document, ReadContext const& context) {
  auto const root = parse_document(document, context);
  if (!root) return root.error();
  auto const type = root->string("type");
  bool const is_collection = type ? *type == "Collection" : root->member("extent").has_value();
  if (!is_collection) {
    return Finding{FindingCode::unexpected_root, "/type", excerpt(type.value_or(""))};
  }
  return CollectionReader(*root, context).read();
}

} // namespace terracat::formats

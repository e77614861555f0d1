#include "formats/json/contact_text.hpp"
#include "formats/json/extent_text.hpp"
#include "formats/json/href.hpp"
#include "formats/json/identifier_text.hpp"
#include "formats/json/online_text.hpp"
#include "formats/json/stac_version.hpp"
#include "formats/json/subject_text.hpp"
#include "formats/json/time_text.hpp"
#include "formats/readers.hpp"
#include "formats/stac_text.hpp"
#include "formats/terracat.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace terracat::formats {
namespace {

constexpr std::string_view contacts_schema =
    "https://stac-extensions.github.io/contacts/v0.1.1/schema.json";
constexpr std::string_view language_schema =
    "https://stac-extensions.github.io/language/v1.0.0/schema.json";
constexpr std::string_view scientific_schema =
    "https://stac-extensions.github.io/scientific/v1.0.0/schema.json";
constexpr std::string_view themes_schema =
    "https://stac-extensions.github.io/themes/v1.0.0/schema.json";

/// Kept members that are written with what stands elsewhere in the record.
constexpr std::array<std::string_view, 11> written_elsewhere{
    "assets",        "contacts",  "itemType",        "language",  "languages", "links",
    "linkTemplates", "providers", "stac_extensions", "summaries", "themes"};

/// Writes one collection. What a STAC source gave as a whole (providers, contacts, assets, links)
/// is answered as it came; the rest is made of the record.
class CollectionWriter {
 public:
  CollectionWriter(model::Record const& record, std::span<std::string const> languages)
      : record_(record), languages_(languages), inferences_(record->inferences) {}

  CollectionText write() {
    auto const extent = write_extent(record_);
    out_.begin_object();
    out_.member("type", "Collection").member("stac_version", stac_version);
    write_description();
    write_subjects();
    write_licence();
    write_people();
    write_identity();
    write_assets();
    write_language();
    write_kept_members();
    write_marks(extent);
    write_extensions();
    write_links();
    out_.end_object();
    return {open_text(out_.take()), extent.extent, summaries_text()};
  }

 private:
  /// The members between the outer braces, with the array of links left open at the end.
  static std::string open_text(std::string const& object) {
    constexpr std::string_view closing = "]}";
    return object.substr(1, object.size() - 1 - closing.size());
  }

  [[nodiscard]] std::string const* kept(std::string_view name) const noexcept {
    auto const found = std::ranges::find(record_->stac_members, name,
                                         [](auto const& entry) { return entry.first; });
    return found == record_->stac_members.end() ? nullptr : &found->second;
  }

  void infer(std::string_view member, std::string_view rule) {
    inferences_.push_back({std::string(member), std::string(rule)});
  }

  // ---- What it is

  void write_description() {
    auto const title = record_->title.best(languages_);
    out_.member("title", title);
    auto const description = record_->description.best(languages_);
    out_.member("description", description.empty() ? title : description);
    if (description.empty()) {
      infer("description", "the source gives no description; the title stands for it");
    }
  }

  void write_subjects() {
    auto const* const themes = kept("themes");
    auto const concepts = themes != nullptr ? concepts_of(*themes) : ConceptSet();
    auto const labels = keyword_labels(record_->keyword_sets, languages_, concepts);
    if (!labels.empty()) {
      out_.name("keywords").begin_array();
      for (auto const& label : labels) out_.string(label);
      out_.end_array();
    }
    write_theme_list(themes, concepts);
  }

  void write_theme_list(std::string const* original, ConceptSet const& concepts) {
    json::Writer list;
    list.begin_array();
    auto written = write_themes(list, record_->keyword_sets, languages_, concepts);
    written += write_themes(list, topic_set(record_->topics), languages_, concepts);
    if (original != nullptr) {
      auto const document = json::Document::parse(*original);
      auto const elements = document ? document->root().size() : 0;
      written += elements;
      if (elements > 0) {
        for (auto const theme : document->root().elements()) list.value(theme);
      }
    }
    list.end_array();
    if (written == 0) return;
    out_.name("themes").raw(list.take());
    if (original == nullptr) extensions_.emplace_back(themes_schema);
  }

  void write_licence() {
    auto const code = licence_code(*record_);
    out_.member("license", code.empty() ? "other" : code);
    if (code.empty()) infer("license", "the source names no licence");
  }

  void write_people() {
    auto const* const providers = kept("providers");
    auto const* const contacts = kept("contacts");
    if (providers != nullptr) {
      out_.name("providers").raw(*providers);
    } else if (has_providers(record_->contacts)) {
      out_.name("providers");
      write_providers(out_, record_->contacts, languages_);
    }
    if (contacts != nullptr) {
      out_.name("contacts").raw(*contacts);
    } else if (providers == nullptr && has_contacts(record_->contacts)) {
      out_.name("contacts");
      write_contacts(out_, record_->contacts, ContactSchema::stac_v0_1_1, languages_);
      extensions_.emplace_back(contacts_schema);
    }
  }

  void write_identity() {
    auto const& identifiers = record_->identifiers;
    auto const doi = std::ranges::find(identifiers, "doi", &model::Identifier::scheme);
    if (doi != identifiers.end() && stated_doi(doi->value)) {
      doi_ = doi->value;
      // The schema knows no registrant with a part behind a dot.
      if (doi_.find('.', 3) > doi_.find('/')) {
        out_.member("sci:doi", doi_);
        extensions_.emplace_back(scientific_schema);
      }
    }
    if (auto const created = first_second(record_->created)) out_.member("created", *created);
    if (auto const updated = first_second(record_->updated)) out_.member("updated", *updated);
  }

  /// The language that the title is given in, if one is known and the source did not say its own,
  /// and the others that it can be asked for in.
  void write_language() {
    auto const* const language = kept("language");
    auto const* const languages = kept("languages");
    if (language != nullptr) out_.name("language").raw(*language);
    if (languages != nullptr) out_.name("languages").raw(*languages);
    if (language != nullptr || languages != nullptr) return;
    auto const* const shown = record_->title.told(languages_);
    auto const tag = shown == nullptr ? std::string() : language_tag(shown->language);
    if (tag.empty()) return;
    out_.name("language").begin_object().member("code", tag).end_object();
    extensions_.emplace_back(language_schema);
    auto const others = record_->title.others(languages_);
    if (others.empty()) return;
    out_.name("languages").begin_array();
    for (auto const& other : others) out_.begin_object().member("code", other).end_object();
    out_.end_array();
  }

  // ---- Files and summaries

  void write_assets() {
    if (auto const* const assets = kept("assets")) {
      out_.name("assets").raw(*assets);
      return;
    }
    auto const assets = assets_of(*record_, languages_);
    if (assets.empty()) return;
    out_.name("assets").begin_object();
    for (auto const& asset : assets) write_asset(asset);
    out_.end_object();
  }

  void write_asset(model::Asset const& asset) {
    out_.name(asset.key).begin_object();
    out_.member("href", asset.href).member("title", asset.title);
    out_.member("description", asset.description).member("type", asset.type);
    if (!asset.roles.empty()) {
      out_.name("roles").begin_array();
      for (auto const& role : asset.roles) out_.string(role);
      out_.end_array();
    }
    out_.end_object();
  }

  std::string summaries_text() {
    if (auto const* const summaries = kept("summaries")) {
      return *summaries == "{}" ? std::string() : *summaries;
    }
    auto const& record = *record_;
    if (record.platforms.empty() && record.instruments.empty() && record.variables.empty()) {
      return {};
    }
    json::Writer out;
    out.begin_object();
    write_summary(out, "platform", record.platforms);
    write_summary(out, "instruments", record.instruments);
    // cube:variables asks for the dimensions of each, which records do not have.
    write_summary(out, "variables", record.variables);
    out.end_object();
    return out.take();
  }

  void write_summary(json::Writer& out, std::string_view name,
                     std::vector<model::LocalText> const& values) {
    if (values.empty()) return;
    out.name(name).begin_array();
    for (auto const& value : values) out.string(value.best(languages_));
    out.end_array();
  }

  // ---- What else the source said, and what terracat adds

  void write_kept_members() {
    for (auto const& [name, text] : record_->stac_members) {
      if (std::ranges::find(written_elsewhere, name) != written_elsewhere.end()) continue;
      out_.name(name).raw(text);
    }
  }

  void write_marks(ExtentText const& extent) {
    if (!extent.original_interval.empty()) {
      out_.name(original_interval_member).raw(extent.original_interval);
    }
    if (extent.area_is_unknown) {
      infer("extent.spatial", "the source names no area; it is the one of the items, or the world");
    }
    if (extent.time_is_unknown) {
      infer("extent.temporal",
            "the source names no period; it is the one of the items, or open on both ends");
    }
    if (!record_->corrected.empty()) {
      out_.name(corrected_member).raw(corrected_text(record_->corrected));
    }
    if (inferences_.empty()) return;
    out_.name(inferred_member).begin_array();
    for (auto const& [member, rule] : inferences_) {
      out_.begin_object().member("member", member).member("rule", rule).end_object();
    }
    out_.end_array();
  }

  void write_extensions() {
    std::vector<std::string> schemas;
    if (auto const* const original = kept("stac_extensions")) {
      auto const document = json::Document::parse(*original);
      if (document) {
        for (auto const schema : document->root().elements()) {
          schemas.emplace_back(schema.string().value_or(""));
        }
      }
    }
    for (auto const schema : extensions_) {
      if (std::ranges::find(schemas, schema) == schemas.end()) schemas.emplace_back(schema);
    }
    out_.name("stac_extensions").begin_array();
    for (auto const& schema : schemas) out_.string(schema);
    out_.end_array();
  }

  // ---- Links

  void write_links() {
    out_.name("links").begin_array();
    auto const* const original = kept("links");
    if (original != nullptr) write_original_links(*original);
    for (auto const& licence : record_->licences) {
      write_link("license", licence.url, licence_title(licence), {});
    }
    // DOIs do not tell upper case from lower.
    bool const is_cited = std::ranges::any_of(
        linked_, [this](std::string const& href) { return stated_doi(href) == doi_; });
    if (!doi_.empty() && !is_cited) write_link("cite-as", "https://doi.org/" + doi_, {}, {});
    if (original == nullptr) write_record_links();
    for (auto const& station : chain_of(*record_)) {
      auto const address = address_at(station);
      if (!address.empty()) write_link("via", address, model::LocalText(station.title), {});
    }
    out_.end_array();
  }

  void write_original_links(std::string const& links) {
    auto const document = json::Document::parse(links);
    if (!document) return;
    for (auto const link : document->root().elements()) {
      linked_.emplace(link.string("href").value_or(""));
      out_.value(link);
    }
  }

  void write_record_links() {
    for (auto const& resource : record_->online) {
      if (use_of(resource) != OnlineUse::link) continue;
      write_link(relation_of(resource), resource.href, resource.name, resource.media_type,
                 resource.protocol);
    }
    for (auto const& relation : record_->relations) {
      write_link(relation_of(relation), relation.href, relation.title, {});
    }
  }

  /// Each address is linked once.
  void write_link(std::string_view relation, std::string const& address,
                  model::LocalText const& title, std::string_view type,
                  std::string_view protocol = {}) {
    auto const href = answerable_href(address);
    if (href.empty() || !linked_.insert(href).second) return;
    out_.begin_object().member("rel", relation).member("href", href).member("type", type);
    out_.member("title", title.best(languages_)).member("protocol", protocol).end_object();
  }

  model::Record const& record_;
  std::span<std::string const> languages_;
  std::vector<model::Inference> inferences_;
  std::vector<std::string_view> extensions_; ///< that the written members need
  std::unordered_set<std::string> linked_;   ///< addresses
  std::string doi_;
  json::Writer out_;
};

} // namespace

CollectionText collection_text(model::Record const& record,
                               std::span<std::string const> languages) {
  return CollectionWriter(record, languages).write();
}

std::string write_stac_collection(model::Record const& record, std::string_view id) {
  auto const text = collection_text(record, {});
  std::string out;
  append_collection(out, text.body, id, {.extent = text.extent, .summaries = text.summaries}, {});
  return out;
}

} // namespace terracat::formats

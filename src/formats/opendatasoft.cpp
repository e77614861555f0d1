#include "formats/readers.hpp"

#include "formats/json/json_document.hpp"
#include "formats/json/json_node.hpp"
#include "formats/json/json_outline.hpp"
#include "formats/words/collect.hpp"
#include "formats/words/frequencies.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/languages.hpp"
#include "formats/words/links.hpp"
#include "formats/words/media_types.hpp"
#include "formats/words/rights.hpp"
#include "formats/words/text.hpp"
#include "geometry/normalise.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::formats {
namespace opendatasoft {
namespace {

/// Versions 2.0 wrap what 2.1 answers.
JsonNode dataset_of(json::Value const& root) {
  JsonNode const whole(root);
  auto const wrapped = whole.member("dataset");
  return wrapped ? wrapped : whole;
}

/// Reads one data set of a catalogue. What it says of itself stands in templates: `default` has
/// what each portal asks for, `dcat` and `inspire` what some do, `custom` anything.
class DatasetReader {
 public:
  DatasetReader(JsonNode dataset, ReadContext const& context)
      : dataset_(std::move(dataset)),
        metas_(dataset_.member("metas")),
        default_(metas_.member("default")),
        dcat_(metas_.member("dcat")),
        draft_(context) {}

  ReadResult read() {
    auto& parts = draft_.parts;
    parts.native_id = dataset_.member("dataset_id").line();
    if (!is_name(parts.native_id)) {
      return refusal(FindingCode::no_identifier, dataset_.member("dataset_id"), parts.native_id);
    }
    if (auto overlong = find_overlong(*default_.value(), default_.pointer())) {
      return std::move(*overlong);
    }
    read_languages();
    parts.type = "dataset";
    parts.title = name_of(default_.member("title"), draft_);
    if (parts.title.empty()) {
      return refusal(FindingCode::no_title, default_.member("title"), parts.native_id);
    }
    parts.description = prose_of(default_.member("description"), draft_);
    if (parts.description.empty()) {
      draft_.note(FindingCode::abstract_missing, default_.member("description"));
    }
    parts.lineage = prose_of(dcat_.member("dataquality"), draft_);
    parts.frequency = read_frequency(dcat_.member("accrualperiodicity").line());
    read_dates();
    read_subjects();
    read_contacts();
    read_places();
    read_times();
    read_rights();
    read_identifiers();
    read_links();
    return draft_.take();
  }

 private:
  void read_languages() {
    read_language_list("metadata_languages", draft_.parts.metadata_languages);
    read_language_list("language", draft_.parts.resource_languages);
    auto const& parts = draft_.parts;
    if (parts.metadata_languages.size() == 1) {
      draft_.language = parts.metadata_languages.front();
    } else if (parts.resource_languages.size() == 1) {
      draft_.language = parts.resource_languages.front();
    } else {
      draft_.language = draft_.context().language;
    }
  }

  void read_language_list(std::string_view name, std::vector<std::string>& out) {
    for (auto const& node : default_.member(name).each()) {
      auto const text = node.line();
      auto language = read_language(text);
      if (!language.empty()) {
        constexpr std::size_t most = 100;
        draft_.add_new(out, std::move(language), most);
      } else if (!says_nothing(text)) {
        draft_.note(FindingCode::language_unknown, node, text);
      }
    }
  }

  void read_dates() {
    auto const modified = default_.member("modified");
    draft_.parts.updated = draft_.date(modified, modified.line());
    add_date(modified, "revision");
    add_date(dcat_.member("created"), "creation");
    add_date(dcat_.member("issued"), "publication");
  }

  void add_date(JsonNode const& node, std::string_view kind) {
    draft_.add_date(node, node.line(), kind);
  }

  // ---- Subjects

  void read_subjects() {
    add_keywords(default_.member("keyword"), {});
    model::KeywordSet theme;
    theme.kind = "theme";
    add_keywords(default_.member("theme"), theme);
    theme.thesaurus = model::LocalText("en", "GEMET - INSPIRE themes, version 1.0");
    add_keywords(metas_.member("inspire").member("theme"), theme);
  }

  void add_keywords(JsonNode const& list, model::KeywordSet const& heading) {
    for (auto const& node : list.each()) {
      model::Keyword keyword{.label = without_path(name_of(node, draft_)), .uri = {}};
      if (keyword.label.first().starts_with("http")) keyword.uri = node.line();
      if (!keyword.label.empty()) draft_.keywords.add(heading, std::move(keyword));
    }
  }

  // ---- Who

  void read_contacts() {
    model::Contact contact;
    contact.name = name_of(dcat_.member("contact_name"), draft_).first();
    auto const address = dcat_.member("contact_email");
    if (auto email = email_of(address); !email.empty()) contact.emails.push_back(std::move(email));
    contact.roles = {"pointOfContact"};
    draft_.contacts.add(std::move(contact));
    add_organisation(default_.member("publisher"), "publisher");
    add_organisation(dcat_.member("creator"), "author");
    add_organisation(dcat_.member("contributor"), "contributor");
  }

  void add_organisation(JsonNode const& list, std::string_view role) {
    for (auto const& node : list.each()) {
      model::Contact contact;
      contact.organisation = name_of(node, draft_);
      contact.roles.emplace_back(role);
      draft_.contacts.add(std::move(contact));
    }
  }

  std::string email_of(JsonNode const& node) {
    auto text = node.line();
    if (text.starts_with("mailto:")) text.erase(0, 7);
    if (text.empty() || says_nothing(text)) return {};
    auto const at = text.find('@');
    bool const is_one = at != std::string::npos && at > 0 && at + 1 < text.size() &&
                        text.find_first_of(" ,;<>\"") == std::string::npos;
    if (is_one) return text;
    draft_.note(FindingCode::email_unreadable, node, text);
    return {};
  }

  // ---- Where and when

  /// The area that somebody drew, else that of the data.
  void read_places() {
    for (auto const* const name : {"geographic_area", "bbox"}) {
      if (!draft_.parts.spatial.empty()) break;
      for (auto const& node : default_.member(name).each()) read_area(node);
    }
    for (auto const& node : default_.member("territory").each()) add_place(node);
    add_place(dcat_.member("spatial"));
  }

  void read_area(JsonNode const& node) {
    auto const within = node.member("geometry");
    auto const geometry = within ? within : node;
    if (!geometry.value()->is_object()) return;
    auto const raw = json::read_geometry(*geometry.value());
    auto area = raw ? geometry::normalise(*raw) : raw.error();
    if (area) {
      draft_.add_area({std::move(*area), {}});
    } else {
      draft_.note(FindingCode::geometry_unreadable, geometry, area.error().detail);
    }
  }

  void add_place(JsonNode const& node) {
    if (node.text().starts_with("http")) return; // of a gazetteer, which names nothing here
    draft_.add_area({std::nullopt, name_of(node, draft_)});
  }

  void read_times() {
    auto const start = dcat_.member("temporal_coverage_start");
    auto const end = dcat_.member("temporal_coverage_end");
    if (start || end) {
      draft_.add_period(start ? start : end, read_period(start.line(), end.line()));
      return;
    }
    auto const temporal = dcat_.member("temporal");
    auto const text = temporal.line();
    if (!says_nothing(text)) draft_.add_period(temporal, read_period(text));
  }

  // ---- Rights, names and ways to the data

  void read_rights() {
    auto const text = default_.member("license");
    auto const address = default_.member("license_url");
    auto href = draft_.link(address, address.line());
    auto words = name_of(text, draft_);
    if (words.empty() && href.empty()) return;
    add_statement(draft_, std::move(words), std::move(href), About::use);
  }

  /// A template of the portal may have a field for the DOI.
  void read_identifiers() {
    auto const file = metas_.member("inspire").member("file_identifier");
    draft_.add_identifier(file, file.line(), {});
    for (auto const& group : metas_.members()) {
      auto const doi = group.member("doi");
      if (auto const found = read_doi(doi.line())) draft_.add_identifier(doi, *found, "doi");
    }
  }

  void read_links() {
    for (auto const& node : default_.member("references").each()) {
      auto const text = node.line();
      if (auto const doi = read_doi(text)) draft_.add_identifier(node, *doi, "doi");
      if (!text.starts_with("http")) continue;
      add_link(draft_.link(node, text), {}, "information", {});
    }
    add_own_links();
  }

  /// What the portal has for each data set, if the document came from its API.
  void add_own_links() {
    constexpr std::string_view api = "/api/explore/";
    std::string const address(draft_.context().address);
    auto const at = address.find(api);
    auto const list = address.find("/catalog/datasets/");
    if (!is_web_address(address) || at == std::string::npos || list == std::string::npos) return;
    add_link(address.substr(0, at) + "/explore/dataset/" + percent_encoded(draft_.parts.native_id) +
                 '/',
             {}, "information", "text/html");
    for (auto const& node : dataset_.member("attachments").each()) {
      auto const id = node.member("id").line();
      if (id.empty()) continue;
      add_link(address + "/attachments/" + percent_encoded(id),
               name_of(node.member("title"), draft_), "download",
               media_type_in(node.member("mimetype").line()));
    }
    auto const has_records = dataset_.member("has_records");
    if (!has_records || !has_records.value()->boolean().value_or(false)) return;
    add_link(address + "/exports/csv", {}, "download", "text/csv");
    auto const features = dataset_.member("features").each();
    auto const is_geo = [](JsonNode const& feature) { return feature.text() == "geo"; };
    if (std::ranges::any_of(features, is_geo)) {
      add_link(address + "/exports/geojson", {}, "download", "application/geo+json");
    }
  }

  void add_link(std::string href, model::LocalText name, std::string_view function,
                std::string_view media_type) {
    draft_.add_online({.href = std::move(href),
                       .name = std::move(name),
                       .description = {},
                       .protocol = {},
                       .function = std::string(function),
                       .media_type = std::string(media_type)});
  }

  JsonNode dataset_;
  JsonNode metas_;
  JsonNode default_;
  JsonNode dcat_;
  Draft draft_;
};

} // namespace
} // namespace opendatasoft

bool is_opendatasoft(std::string_view document) {
  auto const outline = outline_of(document);
  auto const is_one = [](json::Outline const& dataset) {
    return dataset.has("dataset_id") && dataset.has("metas");
  };
  return is_one(outline) || is_one(json::Outline(outline.value("dataset")));
}

ReadResult read_opendatasoft(std::string_view document, ReadContext const& context) {
  auto const root = parse_document(document, context);
  if (!root) return root.error();
  auto const dataset = opendatasoft::dataset_of(*root);
  auto const texts = dataset.member("metas").member("default");
  if (!texts || !texts.value()->is_object()) {
    return Finding{FindingCode::unexpected_root, texts.pointer(), {}};
  }
  return opendatasoft::DatasetReader(dataset, context).read();
}

} // namespace terracat::formats

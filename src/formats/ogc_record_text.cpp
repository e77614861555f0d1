#include "formats/json/contact_text.hpp"
#include "formats/json/extent_text.hpp"
#include "formats/json/href.hpp"
#include "formats/json/identifier_text.hpp"
#include "formats/json/online_text.hpp"
#include "formats/json/subject_text.hpp"
#include "formats/json/time_text.hpp"
#include "formats/ogc_text.hpp"
#include "formats/readers.hpp"
#include "formats/stac_text.hpp"
#include "formats/terracat.hpp"

#include <algorithm>
#include <unordered_set>

namespace terracat::formats {
namespace {

using model::Bound;
using model::Geometry;
using model::GeometryType;
using model::Precision;
using model::RawGeometry;

constexpr std::string_view record_core =
    "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core";

bool is_polygonal(Geometry const& geometry) noexcept {
  return geometry.type() == GeometryType::polygon || geometry.type() == GeometryType::multi_polygon;
}

bool are_apart(std::vector<Geometry const*> const& geometries) {
  for (std::size_t i = 0; i < geometries.size(); ++i) {
    for (std::size_t j = i + 1; j < geometries.size(); ++j) {
      if (geometries[i]->bbox().intersects(geometries[j]->bbox())) return false;
    }
  }
  return true;
}

/// All areas as one geometry: a multi-polygon if it would be a valid one.
RawGeometry joined(std::vector<Geometry const*> const& geometries) {
  if (geometries.size() == 1) return model::from_wkb(geometries.front()->wkb());
  bool const is_multi_polygon =
      are_apart(geometries) &&
      std::ranges::all_of(geometries, [](auto const* geometry) { return is_polygonal(*geometry); });
  RawGeometry all;
  all.type = is_multi_polygon ? GeometryType::multi_polygon : GeometryType::geometry_collection;
  for (auto const* const geometry : geometries) {
    auto raw = model::from_wkb(geometry->wkb());
    if (is_multi_polygon) {
      std::ranges::move(raw.parts, std::back_inserter(all.parts));
    } else {
      all.members.push_back(std::move(raw));
    }
  }
  return all;
}

bool is_date(Bound const& bound) noexcept {
  return bound.precision() != Precision::second && bound.precision() != Precision::millisecond;
}

/// `time` has dates for what is no more precise than a day.
std::optional<std::string> end_text(Bound const& bound, bool is_last) {
  auto text = is_last ? last_second(bound) : first_second(bound);
  if (text && is_date(bound)) text->resize(std::string_view("2004-12-31").size());
  return text;
}

class RecordWriter {
 public:
  RecordWriter(model::Record const& record, std::string_view id,
               std::span<std::string const> languages, std::string_view links)
      : record_(record), id_(id), languages_(languages), given_links_(links) {}

  std::string write() {
    out_.begin_object();
    out_.name("id").string(id_).member("type", "Feature");
    out_.name("conformsTo").begin_array().string(record_core).end_array();
    write_time();
    write_geometry();
    write_properties();
    write_link_templates();
    write_links();
    out_.end_object();
    return out_.take();
  }

 private:
  // ---- When and where

  void write_time() {
    out_.name("time");
    auto const period = record_.period();
    auto const start = period ? end_text(known_start(*period), false) : std::nullopt;
    auto const end = period ? end_text(known_end(*period), true) : std::nullopt;
    if (!start && !end) {
      out_.null();
      return;
    }
    out_.begin_object();
    if (period->start() == period->end() && start && start == end) {
      out_.member(is_date(period->start()) ? "date" : "timestamp", *start);
    } else {
      out_.name("interval").begin_array();
      out_.string(start.value_or("..")).string(end.value_or(".."));
      out_.end_array();
    }
    out_.end_object();
  }

  void write_geometry() {
    std::vector<Geometry const*> geometries;
    for (auto const& extent : record_->spatial) {
      if (extent.geometry) geometries.push_back(&*extent.geometry);
    }
    out_.name("geometry");
    if (geometries.empty()) {
      out_.null();
    } else {
      json::write_geometry(out_, joined(geometries));
    }
  }

  // ---- Properties

  void write_properties() {
    out_.name("properties").begin_object();
    out_.member("type", record_->type).member("title", record_->title.best(languages_));
    out_.member("description", record_->description.best(languages_));
    out_.member("created", first_second(record_->created).value_or(""));
    out_.member("updated", first_second(record_->updated).value_or(""));
    write_languages();
    write_strings("keywords", keyword_labels(record_->keyword_sets, languages_, {}));
    write_theme_list();
    write_identifiers();
    write_formats();
    if (has_contacts(record_->contacts)) {
      out_.name("contacts");
      write_contacts(out_, record_->contacts, ContactSchema::ogc_record, languages_);
    }
    write_licence();
    write_rights();
    write_marks();
    out_.end_object();
  }

  /// `other` stands only beside the link that says what it is (req/record-core/license).
  void write_licence() {
    auto const code = licence_code(*record_);
    bool const is_linked =
        std::ranges::any_of(record_->licences, [](auto const& one) { return !one.url.empty(); });
    if (code != "other" || is_linked) out_.member("license", code);
  }

  void write_strings(std::string_view name, std::vector<std::string> const& strings) {
    if (strings.empty()) return;
    out_.name(name).begin_array();
    for (auto const& string : strings) out_.string(string);
    out_.end_array();
  }

  void write_languages() {
    auto const& tags = record_->metadata_languages;
    auto const shown = language_of(record_, languages_);
    if (!shown.empty()) {
      out_.name("language").begin_object().member("code", shown).end_object();
    }
    if (languages_.empty()) { // as it is kept elsewhere: nothing can be asked for in another one
      if (tags.size() > 1) write_language_list("languages", tags);
    } else {
      write_language_list("languages", record_->title.others(languages_));
    }
    write_language_list("resourceLanguages", record_->resource_languages);
  }

  void write_language_list(std::string_view name, std::vector<std::string> const& tags) {
    if (tags.empty()) return;
    out_.name(name).begin_array();
    for (auto const& tag : tags) out_.begin_object().member("code", tag).end_object();
    out_.end_array();
  }

  void write_theme_list() {
    json::Writer list;
    list.begin_array();
    auto written = write_themes(list, record_->keyword_sets, languages_, {});
    written += write_themes(list, topic_set(record_->topics), languages_, {});
    list.end_array();
    if (written > 0) out_.name("themes").raw(list.take());
  }

  void write_identifiers() {
    if (record_->identifiers.empty()) return;
    out_.name("externalIds").begin_array();
    for (auto const& [scheme, value] : record_->identifiers) {
      out_.begin_object().member("scheme", scheme).member("value", value).end_object();
    }
    out_.end_array();
  }

  void write_formats() {
    if (record_->formats.empty()) return;
    out_.name("formats").begin_array();
    for (auto const& format : record_->formats) {
      if (!format.empty()) out_.begin_object().member("name", format.best(languages_)).end_object();
    }
    out_.end_array();
  }

  /// The standard has one string for all that is said beside the licence.
  void write_rights() {
    std::string rights;
    for (auto const& constraint : record_->access_constraints) {
      if (!rights.empty()) rights += '\n';
      rights += constraint.best(languages_);
    }
    out_.member("rights", rights);
  }

  void write_marks() {
    chain_ = chain_of(*record_);
    if (!chain_.empty()) out_.name(via_member).raw(chain_text(chain_));
    auto const extent = write_extent(record_);
    if (!extent.original_interval.empty()) {
      out_.name(original_interval_member).raw(extent.original_interval);
    }
    if (!record_->corrected.empty()) {
      out_.name(corrected_member).raw(corrected_text(record_->corrected));
    }
    if (record_->inferences.empty()) return;
    out_.name(inferred_member).begin_array();
    for (auto const& [member, rule] : record_->inferences) {
      out_.begin_object().member("member", member).member("rule", rule).end_object();
    }
    out_.end_array();
  }

  // ---- Links

  void write_link_templates() {
    for (auto const& [name, text] : record_->stac_members) {
      if (name == "linkTemplates") out_.name(name).raw(text);
    }
  }

  void write_links() {
    out_.name("links").begin_array();
    if (!given_links_.empty()) out_.raw(given_links_);
    for (auto const& licence : record_->licences) {
      write_link("license", licence.url, licence_title(licence));
    }
    for (auto const& identifier : record_->identifiers) {
      if (identifier.scheme == "doi") {
        write_link("cite-as", "https://doi.org/" + identifier.value, {});
      }
    }
    for (auto const& asset : record_->assets) {
      write_link(relation_of(asset), asset.href, model::LocalText(asset.title), asset.type);
    }
    for (auto const& resource : record_->online) {
      bool const is_search = resource.function == "search";
      write_link(is_search ? "search" : relation_of(resource), resource.href, resource.name,
                 resource.media_type, resource.protocol);
    }
    for (auto const& relation : record_->relations) {
      write_link(relation_of(relation), relation.href, relation.title);
    }
    for (auto const& station : chain_) {
      auto const address = address_at(station);
      if (!address.empty()) write_link("via", address, model::LocalText(station.title));
    }
    out_.end_array();
  }

  /// Each address is linked once.
  void write_link(std::string_view relation, std::string const& address,
                  model::LocalText const& title, std::string_view type = {},
                  std::string_view protocol = {}) {
    auto const href = answerable_href(address);
    if (href.empty() || !linked_.insert(href).second) return;
    out_.begin_object().member("rel", relation).member("href", href).member("type", type);
    out_.member("title", title.best(languages_)).member("protocol", protocol).end_object();
  }

  model::Record const& record_;
  std::string_view id_;
  std::span<std::string const> languages_;
  std::string_view given_links_;
  std::unordered_set<std::string> linked_; ///< addresses
  Chain chain_;                            ///< of catalogues that it came through
  json::Writer out_;
};

} // namespace

std::string ogc_record_text(model::Record const& record, std::string_view id,
                            std::span<std::string const> languages, std::string_view links) {
  return RecordWriter(record, id, languages, links).write();
}

std::string language_of(model::Record const& record, std::span<std::string const> languages) {
  auto const& tags = record->metadata_languages;
  auto const* const shown = record->title.told(languages);
  if (!languages.empty() && shown != nullptr && !shown->language.empty()) return shown->language;
  return tags.empty() ? std::string() : tags.front();
}

std::string write_ogc_record(model::Record const& record, std::string_view id) {
  return ogc_record_text(record, id, {}, {});
}

} // namespace terracat::formats

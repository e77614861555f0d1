#include "formats/schema_org.hpp"

#include "formats/json/online_text.hpp"
#include "formats/json/subject_text.hpp"
#include "formats/json/time_text.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::formats {
namespace {

using model::Bound;
using model::Contact;

// Google refuses descriptions outside these bounds.
constexpr std::size_t shortest_description = 50;
constexpr std::size_t longest_description = 5'000;
constexpr std::size_t most_keywords = 100;

struct TypeRow {
  std::string_view type;
  std::string_view schema;
};

constexpr std::array types{
    TypeRow{"dataset", "Dataset"},
    TypeRow{"series", "Dataset"},
    TypeRow{"service", "WebAPI"},
    TypeRow{"software", "SoftwareApplication"},
    TypeRow{"application", "WebSite"},
    TypeRow{"document", "CreativeWork"},
    TypeRow{"tutorial", "LearningResource"},
};

/// The licences that open data have.
bool is_open(std::string_view spdx) noexcept {
  return spdx.starts_with("CC-BY-3") || spdx.starts_with("CC-BY-4") ||
         spdx.starts_with("CC-BY-SA") || spdx.starts_with("CC0") || spdx.starts_with("etalab") ||
         spdx.starts_with("ODbL") || spdx.starts_with("ODC-By") || spdx.starts_with("PDDL");
}

/// The day that a bound names, as far as its author was precise: "2015", "2015-03", "2015-03-15".
std::string day_of(Bound const& bound) {
  auto text = first_second(bound).value_or("");
  if (bound.precision() == model::Precision::year)
    text.resize(std::min<std::size_t>(4, text.size()));
  if (bound.precision() == model::Precision::month)
    text.resize(std::min<std::size_t>(7, text.size()));
  if (bound.precision() == model::Precision::day)
    text.resize(std::min<std::size_t>(10, text.size()));
  return text;
}

/// Cut where a character begins.
std::string_view cut(std::string_view text, std::size_t most) noexcept {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0U) == 0x80U) --most;
  return text.substr(0, most);
}

class Writer {
 public:
  Writer(model::Record const& record, SchemaOrgPage const& page,
         std::span<std::string const> languages)
      : record_(record), page_(page), languages_(languages) {}

  std::string write() {
    auto const* const row = std::ranges::find(types, record_->type, &TypeRow::type);
    out_.begin_object().member("@context", "https://schema.org/");
    out_.member("@type", row == types.end() ? std::string_view("CreativeWork") : row->schema);
    out_.member("@id", page_.id).member("url", page_.url);
    out_.member("name", record_->title.best(languages_));
    out_.member("alternateName", record_->alternate_title.best(languages_));
    out_.member("description", description());
    write_texts("inLanguage", record_->resource_languages);
    write_identifiers();
    write_subjects();
    write_licence();
    write_people();
    write_dates();
    if (record_.is_collection()) write_coverage();
    write_catalogue();
    if (record_.is_collection()) write_distribution();
    return out_.end_object().take();
  }

 private:
  /// A short one is completed by what else is known, never by what is not.
  [[nodiscard]] std::string description() const {
    std::string text(cut(record_->description.best(languages_), longest_description));
    if (characters_in(text) >= shortest_description) return text;
    std::string out;
    auto const add = [&](std::string_view part) {
      if (part.empty()) return;
      if (!out.empty()) out += out.ends_with('.') ? " " : ". ";
      out += part;
    };
    for (auto const part :
         {record_->title.best(languages_), std::string_view(text), page_.catalogue}) {
      add(part);
    }
    for (auto const& word : keyword_labels(record_->keyword_sets, languages_, {})) {
      if (characters_in(out) < shortest_description) add(word);
    }
    if (characters_in(out) < shortest_description) add(page_.url);
    return out;
  }

  static std::size_t characters_in(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
  }

  void write_texts(std::string_view name, std::vector<std::string> const& texts) {
    if (texts.empty()) return;
    out_.name(name).begin_array();
    for (auto const& text : texts) out_.string(text);
    out_.end_array();
  }

  void write_texts(std::string_view name, std::vector<model::LocalText> const& texts) {
    std::vector<std::string> best;
    for (auto const& text : texts) {
      if (!text.empty()) best.emplace_back(text.best(languages_));
    }
    write_texts(name, best);
  }

  void write_identifiers() {
    std::vector<std::string> same;
    if (!record_->identifiers.empty()) {
      out_.name("identifier").begin_array();
      for (auto const& [scheme, value] : record_->identifiers) {
        out_.begin_object().member("@type", "PropertyValue");
        out_.member("propertyID", scheme).member("value", value);
        if (scheme == "doi") {
          same.push_back("https://doi.org/" + percent_encoded(value, "-._~/()"));
          out_.member("url", same.back());
        }
        out_.end_object();
      }
      out_.end_array();
    }
    write_texts("sameAs", same);
  }

  void write_subjects() {
    auto keywords = keyword_labels(record_->keyword_sets, languages_, {});
    if (keywords.size() > most_keywords) keywords.resize(most_keywords);
    write_texts("keywords", keywords);
    if (!record_.is_collection()) return;
    write_texts("variableMeasured", record_->variables);
    write_texts("measurementTechnique", record_->instruments);
  }

  void write_licence() {
    for (auto const& licence : record_->licences) {
      if (licence.url.empty() && licence.spdx.empty()) continue;
      out_.member("license",
                  licence.url.empty() ? "https://spdx.org/licenses/" + licence.spdx : licence.url);
      if (is_open(licence.spdx)) out_.name("isAccessibleForFree").boolean(true);
      return;
    }
  }

  void write_contact(Contact const& contact) {
    auto const organisation = contact.organisation.best(languages_);
    bool const is_person = !contact.name.empty();
    out_.begin_object().member("@type", is_person ? "Person" : "Organization");
    out_.member("name", is_person ? std::string_view(contact.name) : organisation);
    if (!contact.orcid.empty()) out_.member("@id", "https://orcid.org/" + contact.orcid);
    if (!is_person && !contact.ror.empty()) out_.member("@id", contact.ror);
    out_.member("url", contact.url);
    if (is_person && !organisation.empty()) {
      out_.name("affiliation").begin_object().member("@type", "Organization");
      out_.member("name", organisation).end_object();
    }
    out_.end_object();
  }

  template<std::size_t Count>
  void write_contacts(std::string_view name, std::array<std::string_view, Count> const& roles) {
    auto const has_role = [&](Contact const& contact) {
      bool const is_named = !contact.name.empty() || !contact.organisation.empty();
      return is_named && std::ranges::any_of(contact.roles, [&](std::string const& role) {
               return std::ranges::find(roles, role) != roles.end();
             });
    };
    if (std::ranges::none_of(record_->contacts, has_role)) return;
    out_.name(name).begin_array();
    for (auto const& contact : record_->contacts) {
      if (has_role(contact)) write_contact(contact);
    }
    out_.end_array();
  }

  void write_people() {
    write_contacts("creator", std::array<std::string_view, 5>{"author", "originator", "owner",
                                                              "principalInvestigator", "producer"});
    write_contacts("publisher", std::array<std::string_view, 2>{"publisher", "distributor"});
    write_contacts("provider",
                   std::array<std::string_view, 3>{"resourceProvider", "custodian", "host"});
    write_contacts("funder", std::array<std::string_view, 2>{"funder", "sponsor"});
  }

  void write_dates() {
    for (auto const& [kind, name] :
         {std::pair<std::string_view, std::string_view>{"creation", "dateCreated"},
          {"publication", "datePublished"},
          {"revision", "dateModified"}}) {
      auto const found = std::ranges::find(record_->dates, kind, &model::ResourceDate::kind);
      if (found != record_->dates.end()) out_.member(name, day_of(found->at));
    }
  }

  void write_coverage() {
    if (auto const period = record_.period()) {
      auto const start = day_of(period->start());
      auto const end = day_of(period->end());
      if (!start.empty() || !end.empty()) {
        out_.member("temporalCoverage",
                    (start.empty() ? ".." : start) + "/" + (end.empty() ? ".." : end));
      }
    }
    auto const box = record_.bbox();
    if (!box) return;
    out_.name("spatialCoverage").begin_object().member("@type", "Place");
    for (auto const& extent : record_->spatial) {
      if (extent.place.empty()) continue;
      out_.member("name", extent.place.best(languages_));
      break;
    }
    out_.name("geo").begin_object();
    if (box->west() == box->east() && box->south() == box->north()) {
      out_.member("@type", "GeoCoordinates");
      out_.name("latitude").number(box->south()).name("longitude").number(box->west());
    } else {
      std::string text;
      for (auto const value : {box->south(), box->west(), box->north(), box->east()}) {
        json::Writer number;
        text += (text.empty() ? "" : " ") + number.number(value).take();
      }
      out_.member("@type", "GeoShape").member("box", text);
    }
    out_.end_object().end_object();
  }

  void write_catalogue() {
    out_.name("includedInDataCatalog").begin_object().member("@type", "DataCatalog");
    out_.member("name", page_.catalogue).member("url", page_.catalogue_url).end_object();
  }

  void write_distribution() {
    std::vector<model::Asset> files;
    for (auto& asset : assets_of(*record_, languages_)) {
      bool const is_file =
          asset.href.starts_with("http") &&
          (asset.roles.empty() || std::ranges::find(asset.roles, "data") != asset.roles.end());
      if (is_file) files.push_back(std::move(asset));
    }
    if (files.empty()) return;
    out_.name("distribution").begin_array();
    for (auto const& file : files) {
      out_.begin_object().member("@type", "DataDownload").member("contentUrl", file.href);
      out_.member("encodingFormat", file.type).member("name", file.title).end_object();
    }
    out_.end_array();
  }

  model::Record const& record_;
  SchemaOrgPage const& page_;
  std::span<std::string const> languages_;
  json::Writer out_;
};

} // namespace

std::string schema_org_text(model::Record const& record, SchemaOrgPage const& page,
                            std::span<std::string const> languages) {
  return Writer(record, page, languages).write();
}

} // namespace terracat::formats

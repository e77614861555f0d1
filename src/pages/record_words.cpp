#include "pages/record_words.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace terracat::pages {
namespace {

using model::Record;

struct Named {
  std::string_view code;
  Message name;
};

constexpr std::array types{
    Named{"dataset", {"Jeu de données", "Data set"}},
    Named{"series", {"Série de données", "Data series"}},
    Named{"service", {"Service", "Service"}},
    Named{"software", {"Logiciel", "Software"}},
    Named{"document", {"Document", "Document"}},
    Named{"model", {"Modèle", "Model"}},
    Named{"application", {"Application", "Application"}},
    Named{"tutorial", {"Tutoriel", "Tutorial"}},
};
constexpr Message any_type{"Ressource", "Resource"};

constexpr std::array accesses{
    Named{"open", {"Accès libre", "Open access"}},
    Named{"account", {"Avec un compte", "With an account"}},
    Named{"request", {"Sur demande", "On request"}},
    Named{"restricted", {"Accès restreint", "Restricted access"}},
};

constexpr std::array resolutions{
    Named{"below-1m", {"Moins de 1 m", "Below 1 m"}},
    Named{"1m-10m", {"1 à 10 m", "1 to 10 m"}},
    Named{"10m-30m", {"10 à 30 m", "10 to 30 m"}},
    Named{"30m-100m", {"30 à 100 m", "30 to 100 m"}},
    Named{"100m-1km", {"100 m à 1 km", "100 m to 1 km"}},
    Named{"1km-10km", {"1 à 10 km", "1 to 10 km"}},
    Named{"10km-50km", {"10 à 50 km", "10 to 50 km"}},
    Named{"from-50km", {"50 km et plus", "50 km and more"}},
};

// MD_MaintenanceFrequencyCode
constexpr std::array frequencies{
    Named{"continual", {"En continu", "Continual"}},
    Named{"daily", {"Chaque jour", "Daily"}},
    Named{"weekly", {"Chaque semaine", "Weekly"}},
    Named{"fortnightly", {"Toutes les deux semaines", "Every two weeks"}},
    Named{"monthly", {"Chaque mois", "Monthly"}},
    Named{"quarterly", {"Chaque trimestre", "Quarterly"}},
    Named{"biannually", {"Deux fois par an", "Twice a year"}},
    Named{"annually", {"Chaque année", "Yearly"}},
    Named{"asNeeded", {"Quand il le faut", "As needed"}},
    Named{"irregular", {"Irrégulier", "Irregular"}},
    Named{"semimonthly", {"Deux fois par mois", "Twice a month"}},
    Named{"biennially", {"Tous les deux ans", "Every two years"}},
    Named{"notPlanned", {"Aucune mise à jour prévue", "No update planned"}},
};

/// Licences that people know by another name than SPDX gives them, and those that are open.
struct LicenceRow {
  std::string_view spdx;
  std::string_view name;
  std::string_view url;
};

constexpr std::array open_licences{
    LicenceRow{"CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"},
    LicenceRow{"CC-BY-3.0", "CC BY 3.0", "https://creativecommons.org/licenses/by/3.0/"},
    LicenceRow{"CC-BY-SA-4.0", "CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"},
    LicenceRow{"CC-BY-SA-3.0", "CC BY-SA 3.0", "https://creativecommons.org/licenses/by-sa/3.0/"},
    LicenceRow{"CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"},
    LicenceRow{"etalab-2.0", "Licence ouverte Etalab 2.0",
               "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"},
    LicenceRow{"ODbL-1.0", "ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"},
    LicenceRow{"ODC-By-1.0", "ODC-By 1.0", "https://opendatacommons.org/licenses/by/1-0/"},
    LicenceRow{"PDDL-1.0", "PDDL 1.0", "https://opendatacommons.org/licenses/pddl/1-0/"},
};

// What STAC has for a licence that it cannot name.
constexpr std::array unnamed_licences{
    Named{"other",
          {"Autre : voir les conditions du producteur", "Other: see the producer’s terms"}},
    Named{"various", {"Plusieurs licences", "Several licences"}},
    Named{"proprietary", {"Licence particulière du producteur", "The producer’s own licence"}},
};

LicenceRow const* open_licence(std::string_view spdx) noexcept {
  auto const* const found = std::ranges::find(open_licences, spdx, &LicenceRow::spdx);
  return found == open_licences.end() ? nullptr : found;
}

void add_once(std::vector<std::string>& list, std::string_view text) {
  text = trimmed(text);
  auto const same = [&](std::string const& one) { return equal_ignoring_case(one, text); };
  if (!text.empty() && std::ranges::none_of(list, same)) list.emplace_back(text);
}

std::string resolution_text(model::Resolution const& resolution, Language language) {
  auto const& [value, unit] = resolution;
  if (!(value > 0) || !std::isfinite(value)) return {};
  if (unit == "scale")
    return "1:" + number(static_cast<std::size_t>(std::llround(value)), language);
  if (unit == "degree") return decimal(value, 4, language) + "°";
  if (unit == "m" && value >= 10'000) return decimal(value / 1'000, 1, language) + "\u00a0km";
  return decimal(value, 2, language) + (unit.empty() ? "" : "\u00a0" + unit);
}

} // namespace

Message type_name(std::string_view type) noexcept {
  auto const* const found = std::ranges::find(types, type, &Named::code);
  return found == types.end() ? any_type : found->name;
}

std::vector<std::string> variables_of(Record const& record, Language language, std::size_t most) {
  std::vector<std::string> out;
  for (auto const& variable : record->variables) {
    if (out.size() < most) add_once(out, best(variable, language).text);
  }
  return out;
}

std::string plain_summary(model::Record const& record) {
  // A member that catalogues of STAC Collections have for it; it comes as it was written.
  auto const& members = record->stac_members;
  auto const member = std::ranges::find(members, "msft:short_description",
                                        &std::pair<std::string, std::string>::first);
  if (member == members.end()) return {};
  auto const document = json::Document::parse(member->second);
  if (!document) return {};
  constexpr std::size_t longest = 400;
  return shortened(trimmed(document->root().string().value_or("")), longest);
}

std::vector<std::string> places_of(Record const& record, Language language) {
  std::vector<std::string> out;
  for (auto const& extent : record->spatial) add_once(out, best(extent.place, language).text);
  for (auto const& set : record->keyword_sets) {
    if (set.kind != "place") continue;
    for (auto const& keyword : set.keywords) add_once(out, best(keyword.label, language).text);
  }
  return out;
}

std::string where(Record const& record, Language language) {
  auto const bbox = record.bbox();
  if (bbox && is_global(*bbox)) return place(*bbox, language);
  auto places = places_of(record, language);
  if (places.size() > 3) places.resize(3);
  if (!places.empty()) return listed(places);
  return bbox ? place(*bbox, language) : std::string();
}

std::string when(Record const& record, Language language) {
  auto const interval = record.period();
  return interval ? period(*interval, language) : std::string();
}

std::string detail(Record const& record, Language language) {
  std::vector<std::string> out;
  for (auto const& resolution : record->resolutions) {
    if (out.size() < 3) add_once(out, resolution_text(resolution, language));
  }
  return listed(out);
}

std::string frequency(Record const& record, Language language) {
  auto const* const found = std::ranges::find(frequencies, record->frequency, &Named::code);
  return found == frequencies.end() ? std::string() : std::string(found->name.in(language));
}

std::vector<std::string> makers_of(Record const& record, Language language) {
  constexpr std::array<std::string_view, 8> roles{
      "author",    "principalInvestigator", "originator", "owner", "resourceProvider", "publisher",
      "custodian", "pointOfContact"};
  std::vector<std::string> out;
  for (auto const role : roles) {
    for (auto const& contact : record->contacts) {
      if (std::ranges::find(contact.roles, role) == contact.roles.end()) continue;
      auto const organisation = best(contact.organisation, language).text;
      add_once(out, organisation.empty() ? std::string_view(contact.name) : organisation);
    }
  }
  return out;
}

std::string licence_name(Record const& record, Language language) {
  for (auto const& licence : record->licences) {
    if (auto const* const row = open_licence(licence.spdx)) return std::string(row->name);
    if (!licence.spdx.empty()) return licence.spdx;
  }
  for (auto const& licence : record->licences) {
    auto const text = best(licence.text, language).text;
    auto const* const unnamed = std::ranges::find(unnamed_licences, text, &Named::code);
    if (unnamed != unnamed_licences.end()) return std::string(unnamed->name.in(language));
    if (!text.empty()) return shortened(text, 80);
    if (!licence.url.empty()) return licence.url;
  }
  return {};
}

std::optional<Url> licence_url(Record const& record) {
  for (auto const& licence : record->licences) {
    if (auto const* const row = open_licence(licence.spdx)) return Url::elsewhere(row->url);
    if (auto url = Url::elsewhere(licence.url)) return url;
  }
  return std::nullopt;
}

bool is_open(Record const& record) noexcept {
  return std::ranges::any_of(
      record->licences, [](auto const& licence) { return open_licence(licence.spdx) != nullptr; });
}

std::vector<std::string> formats_of(Record const& record, Language language) {
  std::vector<std::string> out;
  for (auto const& format : record->formats) add_once(out, best(format, language).text);
  return out;
}

std::string_view doi_of(Record const& record) noexcept {
  auto const found = std::ranges::find(record->identifiers, "doi", &model::Identifier::scheme);
  return found == record->identifiers.end() ? std::string_view() : found->value;
}

std::optional<model::Bound> updated(Record const& record) noexcept {
  std::optional<model::Bound> last;
  auto const note = [&](model::Bound const& bound) {
    if (bound.earliest() && (!last || *last->earliest() < *bound.earliest())) last = bound;
  };
  for (auto const& date : record->dates) {
    if (date.kind == "revision" || date.kind == "publication" || date.kind == "creation") {
      note(date.at);
    }
  }
  if (!last) note(record->updated);
  return last;
}

std::string listed(std::vector<std::string> const& texts) {
  std::string out;
  for (auto const& text : texts) out += (out.empty() ? "" : ", ") + text;
  return out;
}

std::string_view words_of_access(std::string_view name, Language language) noexcept {
  auto const* const found = std::ranges::find(accesses, name, &Named::code);
  return found == accesses.end() ? std::string_view() : found->name.in(language);
}

std::string_view words_of_resolution(std::string_view name, Language language) noexcept {
  auto const* const found = std::ranges::find(resolutions, name, &Named::code);
  return found == resolutions.end() ? std::string_view() : found->name.in(language);
}

} // namespace terracat::pages

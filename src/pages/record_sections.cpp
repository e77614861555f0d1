#include "pages/record_sections.hpp"

#include "formats/citation.hpp"
#include "pages/enrichment.hpp"
#include "pages/items_page.hpp"
#include "pages/key_facts.hpp"
#include "pages/map.hpp"
#include "pages/quality.hpp"
#include "pages/record_words.hpp"
#include "pages/signs.hpp"
#include "pages/timeline.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

using Ways = std::vector<Way>;

constexpr std::size_t brief_length = 400;
constexpr std::size_t most_keywords = 60;
constexpr std::size_t most_variables = 200;
// Of long lists, the first ones stand open.
constexpr std::size_t words_seen = 20;
constexpr std::size_t contacts_seen = 6;

constexpr Message no_summary{"Pas encore de résumé en clair.", "No plain-language summary yet."};
constexpr Message opening{" Voici le début du texte du producteur.",
                          " This is the opening of the producer’s own text."};
constexpr Message nothing_written{" Le producteur n’a pas écrit de description.",
                                  " The producer wrote no description."};
constexpr Message text_in_other_language{"texte en {0}", "text in {0}"};
constexpr Message in_french{"français", "French"};
constexpr Message in_english{"anglais", "English"};

template<class Write>
void write_block(Sheet& sheet, Section const& section, Write&& write) {
  auto& html = sheet.html;
  html.element(
      "section",
      {{"class", "block"}, {"id", section.id}, {"aria-labelledby", "h-" + std::string(section.id)}},
      [&] {
        html.element("h2", {{"id", "h-" + std::string(section.id)}}, sheet.in(section.title));
        write();
      });
}

/// Says in which language a text is if it is not the reader's.
void write_language_note(Sheet& sheet, Shown const& shown) {
  if (!sheet.lang(shown)) return;
  auto const base = shown.language.substr(0, 2);
  auto const name = base == "fr"   ? sheet.in(in_french)
                    : base == "en" ? sheet.in(in_english)
                                   : shown.language;
  sheet.html.element("p", {{"class", "micro dim"}}, sheet.filled(text_in_other_language, {name}));
}

// ---- In brief

void write_key_facts(Sheet& sheet, RecordPageFacts const& facts, Ways const& ways) {
  auto& html = sheet.html;
  html.element("dl", {{"class", "kf"}}, [&] {
    for (auto const& fact : key_facts_of(sheet, facts.resource, ways)) {
      html.element("div", {}, [&] {
        html.element("dt", {}, sheet.in(fact.label));
        if (fact.value.empty()) {
          html.element("dd", {{"class", "none"}}, sheet.in(not_stated));
        } else {
          html.element("dd", {}, shortened(fact.value, 110));
        }
      });
    }
  });
}

void write_brief(Sheet& sheet, Section const& section, RecordPageFacts const& facts,
                 Ways const& ways) {
  auto& html = sheet.html;
  auto const& record = facts.resource.record;
  html.element("section", {{"id", section.id}, {"aria-labelledby", "h-brief"}}, [&] {
    html.element("h2", {{"class", "vh"}, {"id", "h-brief"}}, sheet.in(section.title));
    auto const text = best(record->description, sheet.language());
    auto const summary = plain_summary(record);
    if (!summary.empty()) {
      Shown const plain{summary, text.language};
      html.element("div", {{"class", "brief"}}, [&] {
        sheet.element("p", std::nullopt, plain);
        write_language_note(sheet, plain);
      });
      write_key_facts(sheet, facts, ways);
      return;
    }
    html.element("p", {{"class", "note warn"}}, [&] {
      html.markup(sign::warning).text(" ");
      html.element("b", {}, sheet.in(no_summary));
      html.text(sheet.in(text.text.empty() ? nothing_written : opening));
    });
    if (!text.text.empty()) {
      html.element("div", {{"class", "brief"}}, [&] {
        sheet.element("p", std::nullopt, {shortened(text.text, brief_length), text.language});
        write_language_note(sheet, text);
      });
    }
    write_key_facts(sheet, facts, ways);
  });
}

void write_start(Sheet& sheet, Section const& section, RecordPageFacts const& facts, Ways const&) {
  write_block(sheet, section, [&] { write_snippets(sheet, facts.snippets); });
}

// ---- Access

constexpr Message items_text{
    "Le catalogue en liste {0}, que l’on peut chercher par date et par lieu.",
    "The catalogue lists {0} of it, which can be searched by date and place."};
constexpr Counted files{{"{0} image ou fichier", "{0} image or file"},
                        {"{0} images ou fichiers", "{0} images or files"}};
constexpr Message items_link{"Voir les images et fichiers", "See the images and files"};
constexpr Message items_api_link{"Les mêmes par l’API STAC", "The same by the STAC API"};
constexpr Message formats_label{"Formats : {0}", "Formats: {0}"};

void write_access(Sheet& sheet, Section const& section, RecordPageFacts const& facts,
                  Ways const& ways) {
  auto& html = sheet.html;
  write_block(sheet, section, [&] {
    if (facts.resource.items > 0) {
      auto const count = sheet.counted(files, static_cast<std::size_t>(facts.resource.items));
      html.element("p", {}, sheet.filled(items_text, {count}));
      html.element("p", {{"class", "row"}}, [&] {
        html.element("a", {{"class", "btn"}, {"href", sheet.page(path_of_items(facts.resource))}},
                     sheet.in(items_link));
        html.element(
            "a", {{"class", "small"}, {"href", sheet.own(std::string(facts.stac_path) + "/items")}},
            sheet.in(items_api_link));
      });
    }
    write_ways(sheet, ways);
    auto const formats = formats_of(facts.resource.record, sheet.language());
    if (!formats.empty()) {
      html.element("p", {{"class", "small dim"}}, sheet.filled(formats_label, {listed(formats)}));
    }
  });
}

// ---- The whole text

constexpr Message purpose_label{"Pourquoi ces données", "Why these data"};
constexpr Message lineage_label{"Comment elles sont faites", "How they are made"};

void write_said(Sheet& sheet, std::optional<Message> const& label, Shown const& shown) {
  if (shown.text.empty()) return;
  auto& html = sheet.html;
  if (label) html.element("h3", {}, sheet.in(*label));
  write_language_note(sheet, shown);
  sheet.element("p", "said", shown);
}

void write_description(Sheet& sheet, Section const& section, RecordPageFacts const& facts,
                       Ways const&) {
  auto const& record = facts.resource.record;
  auto const language = sheet.language();
  write_block(sheet, section, [&] {
    sheet.html.element("div", {{"class", "prose"}}, [&] {
      write_said(sheet, std::nullopt, best(record->description, language));
      write_said(sheet, purpose_label, best(record->purpose, language));
      write_said(sheet, lineage_label, best(record->lineage, language));
    });
  });
}

// ---- What it is about

constexpr Message variables_label{"Variables", "Variables"};
constexpr Message platforms_label{"Plateformes", "Platforms"};
constexpr Message instruments_label{"Instruments", "Instruments"};
constexpr Message keywords_label{"Mots-clés", "Keywords"};

/// Words that lead to the concept that they stand for, else to what else has them.
void write_words(Sheet& sheet, Message label, std::vector<Shown> const& words,
                 std::span<TermLink const> terms) {
  auto& html = sheet.html;
  if (words.empty()) return;
  html.element("h3", {{"class", "label-head"}}, sheet.in(label));
  write_folding(sheet, "chips", words.size(), words_seen, [&](std::size_t place) {
    auto const& word = words[place];
    html.element("li", {}, [&] {
      auto const known = std::ranges::find(terms, word.text, &TermLink::text);
      auto const path = known == terms.end()
                            ? "/search?q=" + percent_encoded("\"" + std::string(word.text) + "\"")
                            : known->path;
      html.element("a", {{"class", "chip"}, {"href", sheet.page(path)}, {"lang", sheet.lang(word)}},
                   word.text);
    });
  });
}

std::vector<Shown> shown(std::vector<model::LocalText> const& texts, Language language,
                         std::size_t most) {
  std::vector<Shown> out;
  for (auto const& text : texts) {
    if (!text.empty() && out.size() < most) out.push_back(best(text, language));
  }
  return out;
}

std::vector<Shown> keywords_of(model::Record const& record, Language language) {
  std::vector<Shown> out;
  for (auto const& set : record->keyword_sets) {
    for (auto const& keyword : set.keywords) {
      auto const word = best(keyword.label, language);
      bool const is_known = std::ranges::any_of(
          out, [&](Shown const& one) { return equal_ignoring_case(one.text, word.text); });
      if (!word.text.empty() && !is_known && out.size() < most_keywords) out.push_back(word);
    }
  }
  return out;
}

void write_subjects(Sheet& sheet, Section const& section, RecordPageFacts const& facts,
                    Ways const&) {
  auto const& record = facts.resource.record;
  auto const language = sheet.language();
  write_block(sheet, section, [&] {
    write_words(sheet, variables_label, shown(record->variables, language, most_variables),
                facts.terms);
    write_words(sheet, platforms_label, shown(record->platforms, language, most_keywords),
                facts.terms);
    write_words(sheet, instruments_label, shown(record->instruments, language, most_keywords),
                facts.terms);
    write_words(sheet, keywords_label, keywords_of(record, language), facts.terms);
  });
}

// ---- Where and when

constexpr Message box_label{"Rectangle", "Box"};
constexpr Message places_label{"Lieux", "Places"};
constexpr Message period_label{"Période", "Period"};
constexpr Message height_label{"Altitude ou profondeur", "Height or depth"};
constexpr Message range{"{0} à {1} {2}", "{0} to {1} {2}"};
constexpr Message global_note{"Ce jeu de données couvre le monde entier.",
                              "This data set covers the whole world."};

void write_fact(Sheet& sheet, Message label, std::string_view value) {
  if (value.empty()) return;
  sheet.html.element("dt", {}, sheet.in(label)).element("dd", {}, value);
}

void write_extents(Sheet& sheet, RecordPageFacts const& facts) {
  auto const& record = facts.resource.record;
  auto const language = sheet.language();
  if (record->spatial.empty() && record->temporal.empty()) return;
  sheet.html.element("dl", {{"class", "dl"}}, [&] {
    write_fact(sheet, places_label, listed(places_of(record, language)));
    if (auto const box = record.bbox()) write_fact(sheet, box_label, place(*box, language));
    if (facts.enrichment != nullptr)
      write_fact(sheet, near_label, near_of(sheet, *facts.enrichment));
    for (auto const& extent : record->temporal) {
      auto const text =
          extent.interval
              ? period(*extent.interval, language)
              : extent.start_text + (extent.end_text.empty() ? "" : " – ") + extent.end_text;
      write_fact(sheet, period_label, text);
    }
    for (auto const& vertical : record->vertical) {
      auto const& [low, high] = vertical.range;
      write_fact(sheet, height_label,
                 sheet.filled(range, {decimal(low, 2, language), decimal(high, 2, language),
                                      vertical.unit}));
    }
  });
}

void write_where(Sheet& sheet, Section const& section, RecordPageFacts const& facts, Ways const&) {
  auto& html = sheet.html;
  auto const& record = facts.resource.record;
  write_block(sheet, section, [&] {
    auto const box = record.bbox();
    if (box && is_global(*box)) {
      html.element("p", {{"class", "note"}},
                   [&] { html.markup(sign::globe).text(" ").text(sheet.in(global_note)); });
    } else {
      write_map(sheet, record);
    }
    if (facts.enrichment != nullptr) write_guessed_area(sheet, facts.enrichment->area);
    write_timeline(sheet, record, model::Instant::now());
    write_extents(sheet, facts);
    write_items_over_time(sheet, facts.resource, facts.items_over_time);
  });
}

// ---- Rights, people, relations

constexpr Message conditions_label{"Conditions d’accès", "Conditions of access"};

void write_rights(Sheet& sheet, Section const& section, RecordPageFacts const& facts, Ways const&) {
  auto& html = sheet.html;
  auto const& record = facts.resource.record;
  write_block(sheet, section, [&] {
    auto const name = licence_name(record, sheet.language());
    html.element("p", {}, [&] {
      auto const url = licence_url(record);
      if (name.empty()) {
        html.text(sheet.in(not_stated));
      } else if (url) {
        html.element("a", {{"href", *url}, {"rel", "license"}}, name);
      } else {
        html.text(name);
      }
    });
    html.element("div", {{"class", "prose"}}, [&] {
      for (auto const& licence : record->licences) {
        auto const text = best(licence.text, sheet.language());
        bool const is_code = text.text.find(' ') == std::string_view::npos;
        if (text.text != name && !is_code) write_said(sheet, std::nullopt, text);
      }
      if (record->access_constraints.empty()) return;
      html.element("h3", {}, sheet.in(conditions_label));
      for (auto const& text : record->access_constraints) {
        write_said(sheet, std::nullopt, best(text, sheet.language()));
      }
    });
  });
}

constexpr std::array roles{
    std::pair{std::string_view("author"), Message{"auteur", "author"}},
    std::pair{std::string_view("principalInvestigator"),
              Message{"responsable scientifique", "principal investigator"}},
    std::pair{std::string_view("originator"), Message{"créateur", "originator"}},
    std::pair{std::string_view("owner"), Message{"propriétaire", "owner"}},
    std::pair{std::string_view("publisher"), Message{"éditeur", "publisher"}},
    std::pair{std::string_view("distributor"), Message{"diffuseur", "distributor"}},
    std::pair{std::string_view("custodian"), Message{"gestionnaire", "custodian"}},
    std::pair{std::string_view("resourceProvider"), Message{"fournisseur", "provider"}},
    std::pair{std::string_view("processor"), Message{"traitement", "processor"}},
    std::pair{std::string_view("funder"), Message{"financeur", "funder"}},
    std::pair{std::string_view("pointOfContact"), Message{"contact", "contact"}},
    std::pair{std::string_view("metadataContact"),
              Message{"contact pour cette fiche", "contact for this description"}},
};

std::string roles_of(model::Contact const& contact, Language language) {
  std::vector<std::string> out;
  for (auto const& role : contact.roles) {
    auto const* const found =
        std::ranges::find(roles, role, [](auto const& row) { return row.first; });
    out.push_back(found == roles.end() ? role : std::string(found->second.in(language)));
  }
  return listed(out);
}

/// \param identities  of the contact
void write_contact(Sheet& sheet, model::Contact const& contact,
                   std::vector<enrich::Identity const*> const& identities) {
  auto& html = sheet.html;
  auto const organisation = best(contact.organisation, sheet.language());
  html.element("li", {}, [&] {
    html.element("b", {}, contact.name.empty() ? organisation.text : contact.name);
    if (!contact.name.empty() && !organisation.text.empty()) {
      html.text(", ");
      sheet.element("span", std::nullopt, organisation);
    }
    auto const said = roles_of(contact, sheet.language());
    if (!said.empty()) html.element("span", {{"class", "micro dim"}}, said);
    html.element("span", {{"class", "row small"}}, [&] {
      for (auto const& email : contact.emails) {
        auto const url = Url::elsewhere("mailto:" + email);
        if (url) html.element("a", {{"href", *url}}, email);
      }
      for (auto const* const identity : identities) write_identity(sheet, *identity);
      bool const is_told = std::ranges::any_of(
          identities, [](auto const* one) { return one->rule == enrich::IdentityRule::address; });
      if (!contact.url.empty() && !is_told) write_address(html, contact.url);
    });
  });
}

bool has_name(model::Contact const& contact) noexcept {
  return !contact.name.empty() || !contact.organisation.empty();
}

void write_contacts(Sheet& sheet, Section const& section, RecordPageFacts const& facts,
                    Ways const&) {
  write_block(sheet, section, [&] {
    auto const& contacts = facts.resource.record->contacts;
    std::vector<std::size_t> named;
    for (std::size_t i = 0; i < contacts.size(); ++i) {
      if (has_name(contacts[i])) named.push_back(i);
    }
    write_folding(sheet, "lines contacts", named.size(), contacts_seen, [&](std::size_t place) {
      auto const i = named[place];
      std::vector<enrich::Identity const*> own;
      if (facts.enrichment != nullptr) own = identities_of(*facts.enrichment, i);
      write_contact(sheet, contacts[i], own);
    });
  });
}

void write_cite(Sheet& sheet, Section const& section, RecordPageFacts const& facts, Ways const&) {
  auto& html = sheet.html;
  auto const& resource = facts.resource;
  std::vector<std::string> const preferred{std::string(code(sheet.language())),
                                           std::string(code(other(sheet.language())))};
  auto const permanent = std::string(sheet.site().url) + "/d/" + percent_encoded(resource.id);
  auto const citation = formats::citation_of(resource.record, permanent, preferred);
  write_block(sheet, section, [&] {
    html.element("div", {{"data-copy", true}}, [&] {
      html.element("blockquote", {{"class", "quote"}}, formats::to_text(citation));
    });
    auto const folded = [&](std::string_view name, std::string const& text) {
      html.element("details", {{"class", "folded"}, {"data-copy", true}}, [&] {
        html.element("summary", {}, name);
        html.element("pre", {{"tabindex", "0"}}, [&] { html.element("code", {}, text); });
      });
    };
    folded("BibTeX", formats::to_bibtex(citation, resource.id));
    folded("RIS", formats::to_ris(citation));
  });
}

void write_relations(Sheet& sheet, Section const& section, RecordPageFacts const& facts,
                     Ways const&) {
  write_block(sheet, section, [&] { write_related(sheet, facts.related); });
}

void write_likeness(Sheet& sheet, Section const& section, RecordPageFacts const& facts,
                    Ways const&) {
  write_block(sheet, section, [&] { write_similar(sheet, facts.similar); });
}

void write_completeness(Sheet& sheet, Section const& section, RecordPageFacts const& facts,
                        Ways const&) {
  write_block(sheet, section,
              [&] { write_quality(sheet, facts.enrichment->quality, facts.resource.id); });
}

constexpr Section brief{"brief", {"En bref", "In brief"}, write_brief};
constexpr Section start{"start", {"Commencer", "Start"}, write_start};
constexpr Section access{"access", {"Accès aux données", "Access to the data"}, write_access};
constexpr Section subjects{
    "subjects", {"Variables et mots-clés", "Variables and keywords"}, write_subjects};
constexpr Section place_and_time{"where", {"Où et quand", "Where and when"}, write_where};
constexpr Section description{"description", {"Description", "Description"}, write_description};
constexpr Section rights{
    "rights", {"Licence et conditions", "Licence and conditions"}, write_rights};
constexpr Section people{"contacts", {"Contacts", "Contacts"}, write_contacts};
constexpr Section cite{"cite", {"Citer", "Cite"}, write_cite};
constexpr Section relations{
    "related", {"Ressources associées", "Related resources"}, write_relations};
constexpr Section likeness{"similar", {"Jeux ressemblants", "Similar data sets"}, write_likeness};

constexpr Section completeness{
    "quality", {"Qualité de cette description", "Quality of this description"}, write_completeness};

} // namespace

std::vector<Section> sections_of(RecordPageFacts const& facts, std::vector<Way> const& ways) {
  auto const& record = facts.resource.record;
  bool const has_subjects = !record->variables.empty() || !record->keyword_sets.empty() ||
                            !record->platforms.empty() || !record->instruments.empty();
  bool const has_place = !record->spatial.empty() || !record->temporal.empty() ||
                         !facts.items_over_time.parts.empty() ||
                         (facts.enrichment != nullptr && facts.enrichment->area);
  bool const has_text =
      !record->description.empty() || !record->purpose.empty() || !record->lineage.empty();
  std::vector<Section> out{brief};
  if (!facts.snippets.empty()) out.push_back(start);
  if (!ways.empty() || facts.resource.items > 0) out.push_back(access);
  if (has_subjects) out.push_back(subjects);
  if (has_place) out.push_back(place_and_time);
  if (has_text) out.push_back(description);
  out.push_back(rights);
  if (std::ranges::any_of(record->contacts, has_name)) out.push_back(people);
  out.push_back(cite);
  if (!facts.related.empty()) out.push_back(relations);
  if (!facts.similar.empty()) out.push_back(likeness);
  if (facts.enrichment != nullptr) out.push_back(completeness);
  return out;
}

} // namespace terracat::pages

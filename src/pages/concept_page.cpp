#include "pages/concept_page.hpp"

#include "pages/frame.hpp"
#include "pages/guide_pages.hpp"
#include "pages/signs.hpp"

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

constexpr Message guides_title{"Tutoriels et outils", "Tutorials and tools"};
constexpr Message vocabularies_title{"Vocabulaires", "Vocabularies"};
constexpr Message vocabularies_about{
    "Les mots par lesquels ce catalogue comprend les données : notions, synonymes, équivalences.",
    "The words by which this catalogue understands data: concepts, synonyms, equivalents."};
constexpr Message no_vocabularies{"Ce catalogue n’a pas de vocabulaire.",
                                  "This catalogue has no vocabulary."};
constexpr Message top_concepts{"Premières notions", "Top concepts"};
constexpr Message concept_about{"Notion du vocabulaire « {0} ».",
                                "Concept of the vocabulary “{0}”."};
constexpr Message in_vocabulary{"Notion de {0}", "Concept of {0}"};
constexpr Message deprecated{"Cette notion n’est plus employée.",
                             "This concept is no longer used."};
constexpr Message replaced_by{"Elle est remplacée par :", "It is replaced by:"};
constexpr Message resources_title{"Données et ressources", "Data and resources"};
constexpr Message none_here{"Aucune ressource du catalogue n’en parle.",
                            "No resource of the catalogue is about it."};
constexpr Message not_counted{"Les ressources ne sont pas encore comptées.",
                              "The resources have not been counted yet."};
constexpr Message place_title{"Place dans le vocabulaire", "Place in the vocabulary"};
constexpr Message words_title{"Mots", "Words"};
constexpr Message synonyms_label{"Aussi appelé", "Also called"};
constexpr Message related_label{"Voisin de", "Related to"};
constexpr Message elsewhere_title{"Dans d’autres vocabulaires", "In other vocabularies"};
constexpr Message data_title{"Pour les programmes", "For programs"};
constexpr Message address_label{"Adresse", "Address"};
constexpr Message see_all{"Chercher dans les données", "Search the data"};
constexpr Counted concepts_count{{"{0} notion", "{0} concept"}, {"{0} notions", "{0} concepts"}};

Shown shown(Term const& term) noexcept {
  return {.text = term.text, .language = term.language};
}

void write_link(Sheet& sheet, ConceptLink const& link) {
  auto& html = sheet.html;
  html.element("a", {{"href", sheet.page(link.path)}, {"lang", sheet.lang(shown(link.label))}},
               link.label.text);
  if (!link.count) return;
  html.text(" ").element("span", {{"class", "count"}}, number(*link.count, sheet.language()));
}

void write_links(Sheet& sheet, std::vector<ConceptLink> const& links) {
  auto& html = sheet.html;
  html.element("ul", {{"class", "plain"}}, [&] {
    for (auto const& link : links) html.element("li", {}, [&] { write_link(sheet, link); });
  });
}

/// The way to a concept, each step within the one before, then what lies below it.
void write_tree(Sheet& sheet, ConceptFacts const& facts, std::size_t step) {
  auto& html = sheet.html;
  html.element("ul", {}, [&] {
    html.element("li", {}, [&] {
      if (step < facts.way.size()) {
        write_link(sheet, facts.way[step]);
        return write_tree(sheet, facts, step + 1);
      }
      html.element("span", {{"aria-current", "true"}, {"lang", sheet.lang(shown(facts.label))}},
                   facts.label.text);
      if (!facts.narrower.empty()) write_links(sheet, facts.narrower);
    });
  });
}

void write_terms(Sheet& sheet, std::string_view label, std::vector<Term> const& terms) {
  auto& html = sheet.html;
  html.element("dt", {}, label);
  html.element("dd", {}, [&] {
    for (std::size_t place = 0; place < terms.size(); ++place) {
      if (place > 0) html.text(", ");
      sheet.element("span", std::nullopt, shown(terms[place]));
    }
  });
}

void write_words(Sheet& sheet, ConceptFacts const& facts) {
  auto& html = sheet.html;
  html.element("div", {{"class", "box"}}, [&] {
    html.element("h2", {{"class", "sm"}}, sheet.in(words_title));
    html.element("dl", {{"class", "dl"}}, [&] {
      if (!facts.synonyms.empty()) {
        write_terms(sheet, sheet.in(synonyms_label), facts.synonyms);
      }
      for (auto const& term : facts.translations) write_terms(sheet, term.language, {term});
      if (!facts.related.empty()) {
        html.element("dt", {}, sheet.in(related_label));
        html.element("dd", {}, [&] {
          for (std::size_t place = 0; place < facts.related.size(); ++place) {
            if (place > 0) html.text(", ");
            write_link(sheet, facts.related[place]);
          }
        });
      }
      html.element("dt", {}, sheet.in(address_label));
      html.element("dd", {}, [&] { html.element("code", {}, facts.uri); });
    });
  });
}

void write_mappings(Sheet& sheet, ConceptFacts const& facts) {
  auto& html = sheet.html;
  if (facts.mappings.empty()) return;
  html.element("div", {{"class", "box"}}, [&] {
    html.element("h2", {{"class", "sm"}}, sheet.in(elsewhere_title));
    html.element("ul", {{"class", "plain"}}, [&] {
      for (auto const& mapping : facts.mappings) {
        html.element("li", {}, [&] {
          html.text(std::string(sheet.in(mapping.kind)) + " ");
          if (mapping.here) return write_link(sheet, *mapping.here);
          if (auto const address = Url::elsewhere(mapping.uri)) {
            html.element("a", {{"href", *address}}, mapping.uri);
          } else {
            html.element("code", {}, mapping.uri);
          }
        });
      }
    });
  });
}

void write_data(Sheet& sheet, ConceptFacts const& facts) {
  auto& html = sheet.html;
  constexpr std::array<std::array<std::string_view, 2>, 3> forms{
      {{"Turtle", "text/turtle"},
       {"JSON-LD", "application/ld%2Bjson"},
       {"RDF/XML", "application/rdf%2Bxml"}}};
  html.element("div", {{"class", "box"}}, [&] {
    html.element("h2", {{"class", "sm"}}, sheet.in(data_title));
    html.element("p", {{"class", "acts"}}, [&] {
      for (auto const& [name, type] : forms) {
        html.element("a",
                     {{"class", "btn s"},
                      {"href", sheet.own(facts.data_path + "?format=" + std::string(type))}},
                     name);
      }
    });
  });
}

void write_resources(Sheet& sheet, ConceptFacts const& facts) {
  auto& html = sheet.html;
  html.element("section", {{"class", "block"}}, [&] {
    html.element("h2", {}, sheet.in(resources_title));
    if (facts.resources.empty()) {
      html.element("p", {}, sheet.in(facts.count ? none_here : not_counted));
      return;
    }
    html.element("ol", {{"class", "cards"}}, [&] {
      for (auto const& resource : facts.resources) write_card(sheet, resource, {});
    });
  });
}

void write_head(Sheet& sheet, ConceptFacts const& facts) {
  auto& html = sheet.html;
  html.element("div", {{"class", "wrap record-head"}}, [&] {
    html.element("p", {{"class", "meta"}}, [&] {
      html.element("span", {{"class", "type"}},
                   sheet.filled(in_vocabulary, {facts.vocabulary.label.text}));
    });
    sheet.element("h1", std::nullopt, shown(facts.label));
    if (!facts.definition.text.empty()) sheet.element("p", "lead", shown(facts.definition));
    if (facts.is_deprecated) {
      html.element("p", {{"class", "lead"}}, sheet.in(deprecated));
      if (!facts.replacements.empty()) {
        html.element("p", {}, sheet.in(replaced_by));
        write_links(sheet, facts.replacements);
      }
    }
    if (facts.count && *facts.count > 0) {
      html.element("p", {{"class", "acts"}}, [&] {
        html.element("a", {{"class", "btn go"}, {"href", sheet.page(facts.search_path)}},
                     [&] { html.markup(sign::search).text(sheet.in(see_all)); });
      });
    }
  });
}

} // namespace

std::string concept_page(SiteFacts const& site, Language language, ConceptFacts const& facts) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  Frame const frame{.title = std::string(facts.label.text),
                    .description = facts.definition.text.empty()
                                       ? sheet.filled(concept_about, {facts.vocabulary.label.text})
                                       : shortened(facts.definition.text, 160),
                    .path = facts.path,
                    .json_ld = {},
                    .is_for_engines = !facts.is_deprecated};
  return framed(sheet, frame, [&] {
    std::vector<Crumb> crumbs{{std::string(sheet.in(vocabularies_title)), "/vocabularies"},
                              {std::string(facts.vocabulary.label.text), facts.vocabulary.path}};
    for (auto const& step : facts.way) crumbs.push_back({std::string(step.label.text), step.path});
    crumbs.push_back({std::string(facts.label.text), {}});
    write_crumbs(sheet, crumbs);
    write_head(sheet, facts);
    html.element("div", {{"class", "wrap two"}}, [&] {
      html.element("div", {}, [&] {
        write_resources(sheet, facts);
        if (facts.guides.empty()) return;
        html.element("section", {{"class", "block"}, {"aria-labelledby", "guides"}}, [&] {
          html.element("h2", {{"id", "guides"}}, sheet.in(guides_title));
          write_guides(sheet, facts.guides);
        });
      });
      html.element("div", {{"class", "side"}}, [&] {
        html.element("div", {{"class", "box tree"}}, [&] {
          html.element("h2", {{"class", "sm"}}, sheet.in(place_title));
          write_tree(sheet, facts, 0);
        });
        write_words(sheet, facts);
        write_mappings(sheet, facts);
        write_data(sheet, facts);
      });
    });
  });
}

std::string vocabulary_page(SiteFacts const& site, Language language,
                            VocabularyFacts const& facts) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  Frame const frame{.title = std::string(facts.title.text),
                    .description = std::string(sheet.in(vocabularies_about)),
                    .path = facts.path,
                    .json_ld = {}};
  return framed(sheet, frame, [&] {
    std::array const crumbs{Crumb{std::string(sheet.in(vocabularies_title)), "/vocabularies"},
                            Crumb{std::string(facts.title.text), {}}};
    write_crumbs(sheet, crumbs);
    html.element("div", {{"class", "wrap record-head"}}, [&] {
      sheet.element("h1", std::nullopt, shown(facts.title));
      html.element("p", {{"class", "lead"}}, sheet.counted(concepts_count, facts.concepts));
    });
    html.element("div", {{"class", "wrap"}}, [&] {
      if (facts.tops.empty()) return;
      html.element("h2", {}, sheet.in(top_concepts));
      write_links(sheet, facts.tops);
    });
  });
}

std::string vocabularies_page(SiteFacts const& site, Language language,
                              std::span<ConceptLink const> vocabularies) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  Frame const frame{.title = std::string(sheet.in(vocabularies_title)),
                    .description = std::string(sheet.in(vocabularies_about)),
                    .path = "/vocabularies",
                    .json_ld = {}};
  return framed(sheet, frame, [&] {
    std::array const crumbs{Crumb{std::string(sheet.in(vocabularies_title)), {}}};
    write_crumbs(sheet, crumbs);
    html.element("div", {{"class", "wrap record-head"}}, [&] {
      html.element("h1", {}, sheet.in(vocabularies_title));
      html.element("p", {{"class", "lead"}},
                   sheet.in(vocabularies.empty() ? no_vocabularies : vocabularies_about));
    });
    html.element("div", {{"class", "wrap"}}, [&] {
      if (vocabularies.empty()) return;
      write_links(sheet, {vocabularies.begin(), vocabularies.end()});
    });
  });
}

} // namespace terracat::pages

#include "pages/text_pages.hpp"

#include "pages/frame.hpp"
#include "pages/lists.hpp"
#include "pages/static_files.hpp"

namespace terracat::pages {
namespace {

void write_heading(Sheet& sheet, std::string_view title, Shown const& lead) {
  auto& html = sheet.html;
  html.element("div", {{"class", "wrap page-head"}}, [&] {
    html.element("h1", {}, title);
    if (!lead.text.empty()) sheet.element("p", "lead", lead);
  });
}

void write_section(Sheet& sheet, Message heading, Message text) {
  sheet.html.element("h2", {}, sheet.in(heading));
  sheet.html.element("p", {}, sheet.in(text));
}

template<class Write>
void write_prose(Sheet& sheet, Write&& write) {
  auto& html = sheet.html;
  html.element("div", {{"class", "wrap"}}, [&] {
    html.element("div", {{"class", "prose"}}, write);
  });
}

// ---- About

constexpr Message about{"Le catalogue", "The catalogue"};
constexpr Message what_it_does{"Ce que fait ce site", "What this site does"};
constexpr Message what_it_does_text{
    "Il recueille les descriptions de jeux de données de plusieurs centres, les rend comparables "
    "et "
    "aide à les trouver. Les données restent chez ceux qui les produisent : chaque fiche y mène, "
    "et "
    "dit qui les a faites. Tout se consulte sans compte.",
    "It collects descriptions of data sets from several centres, makes them comparable and helps "
    "to "
    "find them. The data stay with those who make them: each page leads there, and says who made "
    "them. Everything can be read without an account."};
constexpr Message what_is_missing{"Quand une information manque", "When something is missing"};
constexpr Message what_is_missing_text{
    "Ce que le producteur n’a pas écrit n’est pas inventé : la fiche dit « non renseigné par le "
    "producteur ». Ce que le catalogue a déduit est signalé comme tel.",
    "What the producer did not write is not made up: the page says “not stated by the producer”. "
    "What the catalogue concluded is marked as such."};
constexpr Message centres{"Centres de données", "Data centres"};
constexpr Counted datasets{{"{0} jeu de données", "{0} data set"},
                           {"{0} jeux de données", "{0} data sets"}};

// ---- APIs

constexpr Message api{"API", "API"};
constexpr Message api_lead{
    "Tout ce que montrent les pages se lit aussi par des programmes, sans clé, selon des standards "
    "ouverts.",
    "Everything that the pages show can be read by programs as well, without a key, by open "
    "standards."};
constexpr Message addresses{"Adresses", "Addresses"};
constexpr Message name{"Nom", "Name"};
constexpr Message address{"Adresse", "Address"};
constexpr Message documentation{"Documentation", "Documentation"};
constexpr Message examples{"Exemples", "Examples"};
constexpr Message example_search{"Chercher des jeux de données dans un rectangle",
                                 "Search data sets in a box"};
constexpr Message example_records{"Chercher un mot dans les fiches",
                                  "Search a word in the records"};
constexpr Message example_items{"Lister les images et fichiers d’une période",
                                "List the images and files of a period"};
constexpr Message permanent{"Liens permanents", "Permanent links"};
constexpr Message permanent_text{
    "L’adresse /d/ suivie de l’identifiant d’un jeu de données mène à sa fiche, dans la langue du "
    "lecteur ; un programme y reçoit du JSON (application/json, application/geo+json) ou du "
    "JSON-LD "
    "schema.org (application/ld+json) selon son en-tête Accept.",
    "The address /d/ followed by the identifier of a data set leads to its page, in the reader’s "
    "language; a program gets JSON (application/json, application/geo+json) or schema.org JSON-LD "
    "(application/ld+json) there, as its Accept header asks."};

// ---- Accessibility

constexpr Message accessibility{"Accessibilité", "Accessibility"};
constexpr Message conformance{"État de conformité", "State of conformance"};
constexpr Message conformance_text{
    "Ce site n’a pas encore été évalué selon le référentiel général d’amélioration de "
    "l’accessibilité (RGAA 4) : aucun taux de conformité ne peut être donné.",
    "This site has not yet been assessed against the French reference for accessibility (RGAA 4): "
    "no rate of conformance can be given."};
constexpr Message what_was_done{"Ce qui a été fait", "What was done"};
constexpr Message what_was_done_text{
    "Les pages sont écrites par le serveur et se lisent sans JavaScript, au clavier et par un "
    "lecteur d’écran. Elles suivent la langue, le thème clair ou sombre et la taille du texte "
    "choisis "
    "par le lecteur, jusqu’à 320 pixels de large. Une carte n’est jamais le seul moyen de savoir : "
    "l’emprise est toujours dite en mots.",
    "The pages are written by the server and can be read without JavaScript, by keyboard and with "
    "a "
    "screen reader. They follow the language, the light or dark scheme and the size of text that "
    "the "
    "reader chose, down to 320 pixels of width. A map is never the only way to know: the extent is "
    "always told in words."};
constexpr Message report{"Signaler un obstacle", "Report an obstacle"};
constexpr Message report_text{
    "Si une page ne peut pas être lue ou utilisée, écrivez à l’adresse indiquée dans les mentions "
    "légales. Sans réponse, le Défenseur des droits peut être saisi.",
    "If a page cannot be read or used, write to the address in the legal notice. If nobody "
    "answers, "
    "the French Defender of Rights can be asked."};

// ---- Legal notice

constexpr Message legal{"Mentions légales", "Legal notice"};
constexpr Message publisher{"Éditeur", "Publisher"};
constexpr Message contact{"Contact", "Contact"};
constexpr Message not_stated{"non renseigné par l’exploitant de ce site",
                             "not stated by the operator of this site"};
constexpr Message rights{"Droits sur les données", "Rights in the data"};
constexpr Message rights_text{
    "Chaque jeu de données a sa licence, indiquée sur sa fiche par son producteur. Ce site ne "
    "l’étend ni ne la restreint.",
    "Each data set has its licence, which its producer states on its page. This site neither "
    "widens "
    "nor narrows it."};
constexpr Message privacy{"Vie privée", "Privacy"};
constexpr Message privacy_text{
    "Ce site ne dépose aucun cookie, ne mesure pas l’audience et ne fait appel à aucun autre "
    "serveur. Le panier, l’historique, que vous choisissez de garder ou non, et le choix des "
    "couleurs "
    "restent dans votre navigateur. Le journal technique garde l’adresse des pages demandées pour "
    "la sécurité du "
    "service.",
    "This site sets no cookie, does not track its readers and calls no other server. The basket, "
    "the "
    "history, which you choose to keep or not, and the choice of colours stay in your browser. The "
    "technical "
    "log keeps the addresses of pages that were asked for, for the safety of the service."};

void write_stated(Sheet& sheet, Message heading, std::string_view value) {
  auto& html = sheet.html;
  html.element("h2", {}, sheet.in(heading));
  html.element("p", {}, [&] {
    auto const url = Url::elsewhere(value);
    if (url) {
      html.element("a", {{"href", *url}}, value);
    } else {
      html.text(value.empty() ? sheet.in(not_stated) : value);
    }
  });
}

constexpr Message software{"Logiciels", "Software"};
constexpr Message software_text{"Le script des pages contient des logiciels libres : ",
                                "The script of the pages contains free software: "};
constexpr Message their_licences{"leurs licences", "its licences"};

void write_licences(Sheet& sheet) {
  auto& html = sheet.html;
  auto const path = licences_path();
  if (path.empty()) return;
  html.element("h2", {}, sheet.in(software));
  html.element("p", {}, [&] {
    html.text(sheet.in(software_text));
    html.element("a", {{"href", sheet.own(path)}}, sheet.in(their_licences));
    html.text(".");
  });
}

void write_example(Sheet& sheet, Message heading, std::string_view path) {
  auto& html = sheet.html;
  html.element("h3", {}, sheet.in(heading));
  html.element("div", {{"data-copy", true}}, [&] {
    html.element("pre", {{"tabindex", "0"}}, [&] {
      html.element("code", {}, "curl '" + std::string(sheet.site().url) + std::string(path) + "'");
    });
  });
}

void write_apis(Sheet& sheet, std::span<ApiFacts const> apis) {
  auto& html = sheet.html;
  html.element("table", {{"class", "table"}}, [&] {
    html.element("thead", {}, [&] {
      html.element("tr", {}, [&] {
        for (auto const head : {name, address, documentation}) {
          html.element("th", {{"scope", "col"}}, sheet.in(head));
        }
      });
    });
    html.element("tbody", {}, [&] {
      for (auto const& one : apis) {
        html.element("tr", {}, [&] {
          html.element("th", {{"scope", "row"}}, one.title);
          html.element("td", {{"data-label", sheet.in(address)}}, [&] {
            html.element("a", {{"href", sheet.own(one.path)}}, [&] {
              html.element("code", {}, std::string(sheet.site().url) + std::string(one.path));
            });
          });
          html.element("td", {{"data-label", sheet.in(documentation)}}, [&] {
            html.element("a", {{"href", sheet.own(std::string(one.path) + "/api.html")}}, [&] {
              html.text(sheet.in(documentation)).text(" " + std::string(one.title));
            });
          });
        });
      }
    });
  });
}

} // namespace

std::string about_page(SiteFacts const& site, Language language, std::span<PoleFacts const> poles) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  Frame const frame{.title = std::string(sheet.in(about)),
                    .description = std::string(sheet.in(what_it_does_text)),
                    .path = "/about",
                    .json_ld = {},
                    .section = "/about"};
  return framed(sheet, frame, [&] {
    write_heading(sheet, sheet.in(about), {site.description, site.language});
    write_prose(sheet, [&] {
      write_section(sheet, what_it_does, what_it_does_text);
      write_section(sheet, what_is_missing, what_is_missing_text);
      if (poles.empty()) return;
      html.element("h2", {}, sheet.in(centres));
      html.element("ul", {}, [&] {
        for (auto const& pole : poles) {
          html.element("li", {}, [&] {
            write_pole_link(sheet, pole.name, pole.title);
            html.text(" – " + sheet.counted(datasets, pole.datasets) + ". ");
            sheet.element("span", std::nullopt, {pole.description, site.language});
          });
        }
      });
    });
  });
}

std::string api_page(SiteFacts const& site, Language language, std::span<ApiFacts const> apis) {
  Sheet sheet(site, language);
  Frame const frame{.title = std::string(sheet.in(api)),
                    .description = std::string(sheet.in(api_lead)),
                    .path = "/api",
                    .json_ld = {}};
  return framed(sheet, frame, [&] {
    write_heading(sheet, sheet.in(api), {sheet.in(api_lead), {}});
    write_prose(sheet, [&] {
      sheet.html.element("h2", {}, sheet.in(addresses));
      write_apis(sheet, apis);
      sheet.html.element("h2", {}, sheet.in(examples));
      write_example(sheet, example_search, "/stac/collections?bbox=5,43,8,46");
      write_example(sheet, example_records, "/records/collections/all/items?q=ocean");
      write_example(sheet, example_items,
                    "/stac/search?datetime=2024-06-01T00:00:00Z/2024-06-30T23:59:59Z&limit=10");
      write_section(sheet, permanent, permanent_text);
    });
  });
}

std::string accessibility_page(SiteFacts const& site, Language language) {
  Sheet sheet(site, language);
  Frame const frame{.title = std::string(sheet.in(accessibility)),
                    .description = std::string(sheet.in(conformance_text)),
                    .path = "/accessibility",
                    .json_ld = {}};
  return framed(sheet, frame, [&] {
    write_heading(sheet, sheet.in(accessibility), {});
    write_prose(sheet, [&] {
      write_section(sheet, conformance, conformance_text);
      write_section(sheet, what_was_done, what_was_done_text);
      write_section(sheet, report, report_text);
    });
  });
}

std::string legal_page(SiteFacts const& site, Language language) {
  Sheet sheet(site, language);
  Frame const frame{.title = std::string(sheet.in(legal)),
                    .description = std::string(sheet.in(rights_text)),
                    .path = "/legal",
                    .json_ld = {}};
  return framed(sheet, frame, [&] {
    write_heading(sheet, sheet.in(legal), {});
    write_prose(sheet, [&] {
      write_stated(sheet, publisher, site.publisher);
      write_stated(sheet, contact, site.contact);
      write_section(sheet, rights, rights_text);
      write_section(sheet, privacy, privacy_text);
      write_licences(sheet);
    });
  });
}

} // namespace terracat::pages

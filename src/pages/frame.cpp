#include "pages/frame.hpp"

#include "pages/signs.hpp"
#include "pages/static_files.hpp"
#include "pages/strata.hpp"

#include <array>

namespace terracat::pages {
namespace {

constexpr Message skip{"Aller au contenu", "Skip to content"};
constexpr Message home_of{"{0}, accueil", "{0}, home"};
constexpr Message menu{"Menu", "Menu"};
constexpr Message close{"Fermer", "Close"};
constexpr Message main_navigation{"Navigation principale", "Main navigation"};
constexpr Message language_choice{"Langue", "Language"};
constexpr Message own_space{"Sur cet appareil", "On this device"};
constexpr Message basket{"Panier", "Basket"};
constexpr Message history{"Historique", "History"};
constexpr Message foot_navigation{"À propos du site", "About the site"};
constexpr Message question_label{"Votre question", "Your question"};
constexpr Message question_hint{"par exemple : neige Pyrénées", "for example: snow Pyrenees"};
constexpr Message search{"Chercher", "Search"};
constexpr Message boundaries{"Servi par terracat. Traits de côte et lieux : Natural Earth ; "
                             "régions de France : IGN ; les limites représentées n’ont pas de "
                             "valeur juridique.",
                             "Served by terracat. Coastlines and places: Natural Earth; regions of "
                             "France: IGN; the boundaries shown have no legal value."};

struct Entry {
  std::string_view path;
  Message label;
};

constexpr std::array bar{
    Entry{"/search", {"Données", "Data"}},
    Entry{"/themes", {"Compartiments", "Compartments"}},
    Entry{"/tools", {"Outils", "Tools"}},
    Entry{"/tutorials", {"Tutoriels", "Tutorials"}},
    Entry{"/about", {"Le catalogue", "The catalogue"}},
};

constexpr std::array foot{
    Entry{"/about", {"Le catalogue", "The catalogue"}},
    Entry{"/centres", {"Centres de données", "Data centres"}},
    Entry{"/vocabularies", {"Vocabulaires", "Vocabularies"}},
    Entry{"/api", {"API", "API"}},
    Entry{"/status", {"État du service", "Service status"}},
    Entry{"/accessibility", {"Accessibilité : non évaluée", "Accessibility: not assessed"}},
    Entry{"/legal", {"Mentions légales", "Legal notice"}},
};

/// By which machines find from any page the catalog that it belongs to (OGC API Records,
/// autodiscovery).
constexpr std::string_view catalog_rel = "http://www.opengis.net/def/rel/ogc/1.0/ogc-catalog";

void write_meta(Html& html, Attribute::Name key, std::string_view name, std::string_view value) {
  html.empty("meta", {{key, name}, {"content", value}});
}

void write_alternates(Sheet& sheet, Frame const& frame) {
  auto& html = sheet.html;
  auto const link = [&](std::string_view rel, std::optional<std::string_view> language,
                        std::string const& address) {
    if (auto const url = Url::elsewhere(address)) {
      html.empty("link", {{"rel", rel}, {"hreflang", language}, {"href", *url}});
    }
  };
  if (!frame.path) return;
  link("canonical", std::nullopt, sheet.public_page(*frame.path, sheet.language()));
  for (auto const language : languages) {
    link("alternate", code(language), sheet.public_page(*frame.path, language));
  }
  link("alternate", "x-default", sheet.public_page(*frame.path, Language::en));
}

/// The sheets and the mark: what is shipped, then the site's own.
void write_look(Sheet& sheet) {
  auto& html = sheet.html;
  auto const* const look = sheet.site().look;
  auto const mark = look == nullptr ? std::string_view() : look->mark();
  auto const icon = mark.empty() ? static_path("mark.svg") : look->path_of(mark);
  auto const icon_type = look_type(mark).value_or("image/svg+xml");
  html.empty("link", {{"rel", "icon"}, {"type", icon_type}, {"href", sheet.own(icon)}});
  html.empty("link", {{"rel", "stylesheet"}, {"href", sheet.own(static_path("style.css"))}});
  auto const own = look == nullptr ? std::string() : look->path_of("style.css");
  if (!own.empty()) html.empty("link", {{"rel", "stylesheet"}, {"href", sheet.own(own)}});
}

/// In the bar, beside the name of the site.
void write_mark(Sheet& sheet) {
  auto const* const look = sheet.site().look;
  if (look == nullptr || look->mark().empty()) {
    sheet.html.markup(sign::mark);
    return;
  }
  sheet.html.empty(
      "img", {{"class", "mark"}, {"src", sheet.own(look->path_of(look->mark()))}, {"alt", ""}});
}

void write_head(Sheet& sheet, Frame const& frame) {
  auto& html = sheet.html;
  auto const& site = sheet.site();
  auto const title =
      frame.title.empty() ? std::string(site.title) : frame.title + " · " + std::string(site.title);
  html.element("head", {}, [&] {
    html.empty("meta", {{"charset", "utf-8"}});
    write_meta(html, "name", "viewport", "width=device-width, initial-scale=1");
    html.element("title", {}, title);
    write_meta(html, "name", "description", frame.description);
    if (!frame.is_for_engines) write_meta(html, "name", "robots", "noindex, follow");
    write_alternates(sheet, frame);
    html.empty("link", {{"rel", catalog_rel},
                        {"type", "application/ogc-catalog+json"},
                        {"href", sheet.own("/records/collections/all")}});
    write_meta(html, "property", "og:title", frame.title.empty() ? site.title : frame.title);
    write_meta(html, "property", "og:description", frame.description);
    write_meta(html, "property", "og:site_name", site.title);
    write_look(sheet);
    if (!frame.json_ld.empty()) html.json_ld(frame.json_ld);
    if (auto const script = script_path(); !script.empty()) html.script(sheet.own(script));
  });
}

void write_languages(Sheet& sheet, Frame const& frame) {
  auto& html = sheet.html;
  html.element("div",
               {{"class", "lang"},
                {"role", "group"},
                {"aria-label", sheet.in(language_choice)},
                {"data-region", "languages"}},
               [&] {
                 for (auto const language : languages) {
                   bool const is_own = language == sheet.language();
                   html.element("a",
                                {{"href", sheet.page(frame.path.value_or(""), language)},
                                 {"hreflang", code(language)},
                                 {"lang", code(language)},
                                 {"title", own_name(language)},
                                 {"aria-current",
                                  is_own ? std::optional<std::string_view>("true") : std::nullopt}},
                                language == Language::fr ? "FR" : "EN");
                 }
               });
}

/// What the script keeps on the reader's device, and shows.
void write_own_space(Sheet& sheet, Frame const& frame) {
  auto& html = sheet.html;
  auto const current = [&](std::string_view path) {
    return frame.path == path ? std::optional<std::string_view>("page") : std::nullopt;
  };
  if (script_path().empty()) return;
  html.element(
      "div", {{"class", "me"}, {"role", "group"}, {"aria-label", sheet.in(own_space)}}, [&] {
        html.element("a",
                     {{"href", sheet.page("/history")},
                      {"hidden", true},
                      {"data-script-only", true},
                      {"aria-current", current("/history")}},
                     [&] { html.markup(sign::clock).element("span", {}, sheet.in(history)); });
        html.element("a",
                     {{"href", sheet.page("/basket")},
                      {"hidden", true},
                      {"data-basket", true},
                      {"aria-current", current("/basket")}},
                     [&] { html.markup(sign::basket).element("span", {}, sheet.in(basket)); });
        html.element("button", {{"type", "button"}, {"hidden", true}, {"data-theme-switch", true}},
                     [&] { html.markup(sign::scheme); });
      });
}

void write_bar(Sheet& sheet, Frame const& frame) {
  auto& html = sheet.html;
  html.element("header", {{"class", "top"}}, [&] {
    html.element("div", {{"class", "wrap"}}, [&] {
      html.element("a",
                   {{"class", "brand"},
                    {"href", sheet.page("")},
                    {"aria-label", sheet.filled(home_of, {sheet.site().title})}},
                   [&] {
                     write_mark(sheet);
                     html.text(sheet.site().title);
                   });
      // Where the window is narrow the navigation opens over the page, without the script too.
      html.element("button",
                   {{"type", "button"}, {"class", "btn s menu"}, {"popovertarget", "navigation"}},
                   [&] { html.markup(sign::menu).text(sheet.in(menu)); });
      html.element("nav",
                   {{"class", "nav"},
                    {"id", "navigation"},
                    {"popover", ""},
                    {"aria-label", sheet.in(main_navigation)}},
                   [&] {
                     html.element("button",
                                  {{"type", "button"},
                                   {"class", "btn s menu"},
                                   {"popovertarget", "navigation"},
                                   {"popovertargetaction", "hide"}},
                                  [&] { html.markup(sign::cross).text(sheet.in(close)); });
                     for (auto const& [path, label] : bar) {
                       bool const is_here = path == frame.section;
                       html.element(
                           "a",
                           {{"href", sheet.page(path)},
                            {"aria-current",
                             is_here ? std::optional<std::string_view>("page") : std::nullopt}},
                           sheet.in(label));
                     }
                   });
      write_own_space(sheet, frame);
      write_languages(sheet, frame);
    });
  });
}

void write_foot(Sheet& sheet) {
  auto& html = sheet.html;
  html.element("footer", {{"class", "foot"}}, [&] {
    html.element("div", {{"class", "wrap"}}, [&] {
      html.element("nav", {{"aria-label", sheet.in(foot_navigation)}}, [&] {
        html.element("ul", {{"class", "links"}}, [&] {
          for (auto const& entry : foot) {
            html.element("li", {}, [&] {
              html.element("a", {{"href", sheet.page(entry.path)}}, sheet.in(entry.label));
            });
          }
        });
      });
      html.element("p", {}, sheet.in(boundaries));
    });
  });
}

} // namespace

std::string framed(Sheet& sheet, Frame const& frame, std::function<void()> const& write_main) {
  auto& html = sheet.html;
  html.doctype().element("html", {{"lang", code(sheet.language())}}, [&] {
    write_head(sheet, frame);
    html.element("body", {}, [&] {
      html.element("a", {{"class", "skip"}, {"href", Url::own("#main")}}, sheet.in(skip));
      write_bar(sheet, frame);
      html.element("main", {{"id", "main"}, {"tabindex", "-1"}}, [&] { write_main(); });
      write_foot(sheet);
      write_patterns(sheet);
    });
  });
  return html.take();
}

void write_question(Sheet& sheet, std::string_view question) {
  auto& html = sheet.html;
  html.element("div", {{"class", "bar"}}, [&] {
    html.element("label", {{"class", "vh"}, {"for", "q"}}, sheet.in(question_label));
    html.empty("input", {{"type", "search"},
                         {"id", "q"},
                         {"name", "q"},
                         {"value", question},
                         {"placeholder", sheet.in(question_hint)},
                         {"maxlength", "500"},
                         {"autocomplete", "off"}});
    html.element("button", {{"type", "submit"}, {"class", "btn go"}}, [&] {
      html.markup(sign::search);
      html.element("span", {{"class", "word"}}, sheet.in(search));
    });
  });
}

Url suggest_address(Sheet const& sheet) {
  return sheet.own("/api/v1/suggest?lang=" + std::string(code(sheet.language())));
}

Url dataset_address(Sheet const& sheet) {
  return sheet.page("/datasets/");
}

void write_search_form(Sheet& sheet, Message label) {
  sheet.html.element("form",
                     {{"class", "find"},
                      {"role", "search"},
                      {"aria-label", sheet.in(label)},
                      {"action", sheet.page("/search")},
                      {"data-suggest", suggest_address(sheet).text()},
                      {"data-datasets", dataset_address(sheet).text()}},
                     [&] { write_question(sheet, {}); });
}

std::string security_policy(std::span<std::string const> picture_origins) {
  std::string pictures = "img-src 'self'";
  for (auto const& origin : picture_origins) pictures += " " + origin;
  return "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; " + pictures +
         "; connect-src 'self'; form-action 'self'; base-uri 'none'; "
         "frame-ancestors 'none'; "
         "require-trusted-types-for 'script'; trusted-types svelte-trusted-html terracat";
}

} // namespace terracat::pages

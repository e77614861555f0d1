#include "pages/guide_pages.hpp"

#include "pages/frame.hpp"
#include "pages/markdown.hpp"

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

struct KindRow {
  GuideKind kind;
  Message title;
  Message lead;
};

constexpr std::array kinds{
    KindRow{
        GuideKind::tutorial,
        {"Tutoriels", "Tutorials"},
        {"Pas à pas, de la question aux données.", "Step by step, from a question to the data."}},
    KindRow{GuideKind::tool,
            {"Outils scientifiques", "Scientific tools"},
            {"Avec quoi lire, traiter et cartographier ce que l’on a trouvé.",
             "With what to read, process and map what was found."}},
};

constexpr Message none{"Il n’y en a pas encore.", "There are none yet."};
constexpr Message about_label{"De quoi il s’agit", "What it is about"};
constexpr Message other_language{"Ce texte n’existe qu’en {0}.", "This text exists only in {0}."};
constexpr Message in_french{"français", "French"};
constexpr Message in_english{"anglais", "English"};

KindRow const& row_of(GuideKind kind) noexcept {
  return *std::ranges::find(kinds, kind, &KindRow::kind);
}

std::string list_path(GuideKind kind) {
  return "/" + std::string(segment_of(kind));
}

Shown shown(std::string const& text, Guide const& guide) noexcept {
  return {text, code(guide.language)};
}

void write_concepts(Sheet& sheet, std::span<ConceptLink const> concepts) {
  auto& html = sheet.html;
  if (concepts.empty()) return;
  html.element("section", {{"class", "block"}, {"aria-labelledby", "about"}}, [&] {
    html.element("h2", {{"id", "about"}}, sheet.in(about_label));
    html.element("ul", {{"class", "chips"}}, [&] {
      for (auto const& link : concepts) {
        html.element("li", {}, [&] {
          html.element("a",
                       {{"class", "chip"},
                        {"href", sheet.page(link.path)},
                        {"lang", sheet.lang({link.label.text, link.label.language})}},
                       link.label.text);
        });
      }
    });
  });
}

} // namespace

std::string path_of(Guide const& guide) {
  return list_path(guide.kind) + "/" + guide.name;
}

void write_guides(Sheet& sheet, std::span<Guide const* const> guides) {
  auto& html = sheet.html;
  if (guides.empty()) return;
  html.element("ul", {{"class", "centres"}}, [&] {
    for (auto const* const guide : guides) {
      html.element("li", {}, [&] {
        html.element("a", {{"href", sheet.page(path_of(*guide))}},
                     [&] { sheet.element("b", std::nullopt, shown(guide->title, *guide)); });
        if (!guide->summary.empty()) {
          sheet.element("p", std::nullopt, shown(guide->summary, *guide));
        }
      });
    }
  });
}

std::string guides_page(SiteFacts const& site, Language language, GuideKind kind,
                        std::span<Guide const* const> guides) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  auto const& row = row_of(kind);
  auto const path = list_path(kind);
  Frame const frame{.title = std::string(sheet.in(row.title)),
                    .description = std::string(sheet.in(row.lead)),
                    .path = path,
                    .json_ld = {},
                    .section = path};
  return framed(sheet, frame, [&] {
    html.element("div", {{"class", "wrap page-head"}}, [&] {
      html.element("h1", {}, sheet.in(row.title));
      html.element("p", {{"class", "lead"}}, sheet.in(row.lead));
    });
    html.element("div", {{"class", "wrap"}}, [&] {
      if (guides.empty()) html.element("p", {}, sheet.in(none));
      write_guides(sheet, guides);
    });
  });
}

std::string guide_page(SiteFacts const& site, Language language, Guide const& guide,
                       std::span<ConceptLink const> concepts) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  auto const path = list_path(guide.kind);
  auto const title = shown(guide.title, guide);
  Frame const frame{.title = guide.title,
                    .description = guide.summary.empty() ? guide.title : guide.summary,
                    .path = path_of(guide),
                    .json_ld = {},
                    .section = path};
  return framed(sheet, frame, [&] {
    std::array<Crumb, 2> const crumbs{
        {{std::string(sheet.in(row_of(guide.kind).title)), path}, {guide.title, {}}}};
    write_crumbs(sheet, crumbs);
    html.element("article", {{"class", "wrap guide"}}, [&] {
      sheet.element("h1", std::nullopt, title);
      if (guide.language != language) {
        auto const name = sheet.in(guide.language == Language::fr ? in_french : in_english);
        html.element("p", {{"class", "note"}}, sheet.filled(other_language, {name}));
      }
      if (!guide.summary.empty()) sheet.element("p", "lead", shown(guide.summary, guide));
      html.element("div", {{"class", "prose"}, {"lang", sheet.lang(title)}},
                   [&] { write_markdown(sheet, guide.text); });
      write_concepts(sheet, concepts);
    });
  });
}

} // namespace terracat::pages

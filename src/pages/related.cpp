#include "pages/related.hpp"

#include "pages/ways.hpp"

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

struct Kind {
  std::string_view kind; ///< of model::Relation
  Message title;
};

constexpr Message part_of{"Fait partie de", "Part of"};
constexpr Message versions{"Autres versions", "Other versions"};
constexpr Message others{"Publications et autres ressources", "Publications and other resources"};

// THE table, in the order of the page; kinds that are not in it stand under the last title.
constexpr std::array table{
    Kind{"parent", part_of},
    Kind{"largerWorkCitation", part_of},
    Kind{"series", part_of},
    Kind{"isComposedOf", {"Se compose de", "Composed of"}},
    Kind{"operates-on", {"Données que sert ce service", "Data that this service serves"}},
    Kind{"service", {"Services", "Services"}},
    Kind{"source", {"Tiré de", "Derived from"}},
    Kind{"revisionOf", versions},
    Kind{"dependency", {"Va avec", "Goes with"}},
    Kind{"crossReference", others},
};

constexpr Message as_said{
    "Ce que le producteur cite lui-même. Ce que le catalogue trouve semblable est à part.",
    "What the producer names. What the catalogue finds to be similar stands apart."};
constexpr Message more{"{0} de plus dans la fiche pour les machines.",
                       "{0} more in the record for machines."};

constexpr std::size_t most = 30; ///< under one title
constexpr std::size_t longest_title = 240;

Message title_of(RelatedResource const& one) noexcept {
  auto const* const row = std::ranges::find(table, one.relation->kind, &Kind::kind);
  return row == table.end() ? others : row->title;
}

/// What the record calls it, else what it is called here, else its name or address.
Shown name_of(RelatedResource const& one, Language language) {
  auto const& relation = *one.relation;
  for (auto const* const text : {&relation.title, &one.title}) {
    auto const shown = best(*text, language);
    if (!shown.text.empty()) return shown;
  }
  return {relation.id.empty() ? relation.href : relation.id, {}};
}

void write_one(Sheet& sheet, RelatedResource const& one) {
  auto& html = sheet.html;
  auto const name = name_of(one, sheet.language());
  auto const text = shortened(name.text, longest_title);
  auto const url = one.path.empty() ? url_of(sheet, one.relation->href) : sheet.page(one.path);
  html.element("li", {}, [&] {
    if (url) {
      html.element("a", {{"href", *url}, {"lang", sheet.lang(name)}}, text);
    } else {
      html.element("span", {{"lang", sheet.lang(name)}}, text);
    }
    if (one.path.empty() && url && name.text != one.relation->href) {
      html.element("span", {{"class", "micro dim"}}, one.relation->href);
    }
  });
}

} // namespace

void write_related(Sheet& sheet, std::span<RelatedResource const> related) {
  auto& html = sheet.html;
  html.element("p", {{"class", "small dim"}}, sheet.in(as_said));
  std::vector<std::string_view> written;
  for (auto const& row : table) {
    auto const title = sheet.in(row.title);
    if (std::ranges::find(written, title) != written.end()) continue;
    written.push_back(title);
    std::vector<RelatedResource const*> members;
    for (auto const& one : related) {
      if (sheet.in(title_of(one)) == title) members.push_back(&one);
    }
    if (members.empty()) continue;
    html.element("h3", {{"class", "label-head"}}, title);
    html.element("ul", {{"class", "lines"}}, [&] {
      for (std::size_t i = 0; i < std::min(members.size(), most); ++i)
        write_one(sheet, *members[i]);
    });
    if (members.size() > most) {
      auto const left = number(members.size() - most, sheet.language());
      html.element("p", {{"class", "small"}}, sheet.filled(more, {left}));
    }
  }
}

} // namespace terracat::pages

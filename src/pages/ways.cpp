#include "pages/ways.hpp"

#include "formats/json/online_text.hpp"
#include "pages/lists.hpp"
#include "pages/record_words.hpp"
#include "pages/signs.hpp"

#include <terracat/item.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

constexpr Message go_home{"Site de {0}", "Site of {0}"};

constexpr std::size_t seen_at_once = 10; // of one kind

struct Group {
  Way::Kind kind;
  Message title;
};

constexpr std::array groups{
    Group{Way::Kind::file, {"Télécharger", "Download"}},
    Group{Way::Kind::service, {"Services", "Services"}},
    Group{Way::Kind::page, {"Chez le producteur", "At the producer"}},
    Group{Way::Kind::document, {"Documentation", "Documentation"}},
};

/// The last part of a path, for what has no name.
std::string_view name_in(std::string_view address) noexcept {
  address = address.substr(0, address.find_first_of("?#"));
  while (address.ends_with('/')) address.remove_suffix(1);
  auto const slash = address.rfind('/');
  return slash == std::string_view::npos ? address : address.substr(slash + 1);
}

std::string_view host_in(std::string_view address) noexcept {
  auto const from = address.find("://");
  if (from == std::string_view::npos) return address;
  auto const host = address.substr(from + 3);
  return host.substr(0, host.find_first_of("/?#"));
}

bool has_role(model::Asset const& asset, std::string_view role) noexcept {
  return std::ranges::find(asset.roles, role) != asset.roles.end();
}

/// Pictures show nothing that the page does not say.
bool is_picture(model::Asset const& asset) noexcept {
  return has_role(asset, "thumbnail") || has_role(asset, "overview");
}

/// "application/x-netcdf" and the like say little to people, but something to who knows.
std::string short_type(std::string_view type) {
  auto const plain = type.substr(0, type.find(';'));
  return std::string(plain == "text/html" ? std::string_view() : plain);
}

class Collector {
 public:
  explicit Collector(Sheet const& sheet) : sheet_(sheet) {}

  void add(Way way) {
    bool const is_known =
        std::ranges::any_of(ways_, [&](Way const& one) { return one.address == way.address; });
    if (way.address.empty() || is_known) return;
    way.url = url_of(sheet_, way.address);
    if (way.title.empty()) {
      way.title = way.kind == Way::Kind::file ? name_in(way.address) : host_in(way.address);
      way.language.clear();
    }
    if (way.title.empty()) way.title = way.address;
    ways_.push_back(std::move(way));
  }

  std::vector<Way> take() {
    std::ranges::stable_sort(ways_, {}, &Way::kind);
    return std::move(ways_);
  }

 private:
  Sheet const& sheet_;
  std::vector<Way> ways_;
};

Way way_to(model::OnlineResource const& resource, Language language) {
  auto const name = best(resource.name, language);
  auto const description = best(resource.description, language);
  auto const& said = name.text.empty() ? description : name;
  auto const relation = formats::relation_of(resource);
  auto const kind = relation == "service" ? Way::Kind::service : Way::Kind::page;
  return {.kind = kind,
          .title = shortened(said.text, 120),
          .language = std::string(said.language),
          .url = {},
          .address = resource.href,
          .note = kind == Way::Kind::service ? resource.protocol : std::string()};
}

void write_way(Sheet& sheet, Way const& way) {
  auto& html = sheet.html;
  html.element("li", {}, [&] {
    auto const lang = sheet.lang({way.title, way.language});
    if (way.url) {
      html.element("a", {{"href", *way.url}, {"lang", lang}}, way.title);
    } else {
      html.element("span", {{"lang", lang}}, way.title).text(" ");
      html.element("code", {}, way.address);
    }
    auto const host = host_in(way.address);
    auto const note = way.note.empty() || !way.url ? way.note : way.note + " · ";
    html.element("span", {{"class", "micro dim"}}, way.url ? note + std::string(host) : note);
  });
}

} // namespace

std::optional<Url> url_of(Sheet const& sheet, std::string_view address) {
  if (address.starts_with(model::local_asset_scheme)) {
    return sheet.own("/assets/" + std::string(address.substr(model::local_asset_scheme.size())));
  }
  if (address.starts_with("doi:")) {
    return Url::elsewhere("https://doi.org/" + percent_encoded(address.substr(4), "-._~/()"));
  }
  return Url::elsewhere(address);
}

std::vector<Way> ways_of(Sheet const& sheet, model::Record const& record) {
  auto const language = sheet.language();
  std::vector<std::string> const preferred{std::string(code(language)),
                                           std::string(code(other(language)))};
  Collector collector(sheet);
  for (auto const& asset : formats::assets_of(*record, preferred)) {
    if (is_picture(asset)) continue;
    collector.add({.kind = has_role(asset, "metadata") ? Way::Kind::document : Way::Kind::file,
                   .title = asset.title,
                   .language = {},
                   .url = {},
                   .address = asset.href,
                   .note = short_type(asset.type)});
  }
  for (auto const& resource : record->online) {
    if (formats::use_of(resource) == formats::OnlineUse::link) {
      collector.add(way_to(resource, language));
    }
  }
  return collector.take();
}

std::optional<Url> home_of(model::Record const& record, std::vector<Way> const& ways) {
  auto const page = std::ranges::find_if(
      ways, [](Way const& way) { return way.kind == Way::Kind::page && way.url; });
  if (page != ways.end()) return page->url;
  auto const doi = doi_of(record);
  if (doi.empty()) return std::nullopt;
  return Url::elsewhere("https://doi.org/" + percent_encoded(doi, "-._~/()"));
}

void write_site_of(Sheet& sheet, std::string_view home, std::string_view title) {
  auto const url = Url::elsewhere(home);
  if (!url) return;
  auto& html = sheet.html;
  html.element("a", {{"class", "btn"}, {"href", *url}},
               [&] { html.markup(sign::outside).text(sheet.filled(go_home, {title})); });
}

void write_ways(Sheet& sheet, std::vector<Way> const& ways) {
  auto& html = sheet.html;
  if (ways.empty()) return;
  html.element("div", {{"class", "ways"}}, [&] {
    for (auto const& group : groups) {
      std::vector<Way const*> own;
      for (auto const& way : ways) {
        if (way.kind == group.kind) own.push_back(&way);
      }
      if (own.empty()) continue;
      html.element("div", {}, [&] {
        html.element("h3", {{"class", "label-head"}}, sheet.in(group.title));
        write_folding(sheet, "lines", own.size(), seen_at_once,
                      [&](std::size_t place) { write_way(sheet, *own[place]); });
      });
    }
  });
}

void write_address(Html& html, std::string_view address) {
  if (auto const url = Url::elsewhere(address)) {
    html.element("a", {{"class", "as-is"}, {"href", *url}}, address);
  } else {
    html.text(address);
  }
}

} // namespace terracat::pages

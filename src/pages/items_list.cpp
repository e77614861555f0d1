#include "pages/items_list.hpp"

#include "pages/signs.hpp"
#include "pages/ways.hpp"

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

constexpr Message date_label{"Date", "Date"};
constexpr Message platform_label{"Satellite ou plateforme", "Satellite or platform"};
constexpr Message files_label{"Fichiers", "Files"};
constexpr Message picture_of{"Aperçu de {0}", "Preview of {0}"};
constexpr Message no_picture{"sans aperçu", "no preview"};
constexpr Message no_files{"aucun fichier à télécharger", "no file to download"};
constexpr Message cloud_words{"nuages {0} %", "clouds {0}%"};
constexpr Message percent{"{0} %", "{0}%"};
constexpr Message clouds{"Nuages", "Clouds"};

/// As many files of an item are seen at once.
constexpr std::size_t seen_at_once = 2;

/// "3,1 Mo", "3.1 MB"
std::string size_of(std::uint64_t bytes, Language language) {
  static constexpr std::array units{Message{"octets", "bytes"}, Message{"ko", "kB"},
                                    Message{"Mo", "MB"}, Message{"Go", "GB"}, Message{"To", "TB"}};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 1000 && unit + 1 < units.size(); ++unit) value /= 1000;
  return decimal(value, unit == 0 ? 0 : 1, language) + "\u00a0" +
         std::string(units.at(unit).in(language));
}

std::string name_of(Sheet const& sheet, ShownItem const& item) {
  if (item.period) return period(*item.period, sheet.language());
  return item.title.empty() ? item.id : item.title;
}

/// What tells it from others of the same date.
std::string_view own_words(ShownItem const& item) noexcept {
  return item.title.empty() || !item.period ? item.id : item.title;
}

void write_name(Sheet& sheet, ShownItem const& item) {
  sheet.html.element("a", {{"href", sheet.own(item.address)}}, name_of(sheet, item));
}

std::string clouds_of(Sheet const& sheet, ShownItem const& item, Message words) {
  return item.cloud ? sheet.filled(words, {decimal(*item.cloud, 0, sheet.language())})
                    : std::string();
}

void write_file(Sheet& sheet, ShownItem const& item, ItemFile const& file) {
  auto& html = sheet.html;
  if (auto const url = url_of(sheet, file.address)) {
    html.element("a", {{"href", *url}}, [&] {
      html.markup(sign::download).text(file.title);
      html.element("span", {{"class", "vh"}}, " – " + std::string(own_words(item)));
    });
  } else {
    html.text(file.title + " ").element("code", {}, file.address);
  }
  auto note = file.type.substr(0, file.type.find(';'));
  if (file.bytes) note += (note.empty() ? "" : " · ") + size_of(*file.bytes, sheet.language());
  if (!note.empty()) html.text(" ").element("span", {{"class", "micro dim"}}, note);
}

void write_files(Sheet& sheet, ShownItem const& item) {
  auto& html = sheet.html;
  if (item.files.empty()) {
    html.element("p", {{"class", "micro dim"}}, sheet.in(no_files));
    return;
  }
  auto const write_all = [&] {
    html.element("ul", {{"class", "files small"}}, [&] {
      for (auto const& file : item.files) {
        html.element("li", {}, [&] { write_file(sheet, item, file); });
      }
    });
  };
  if (item.files.size() <= seen_at_once) return write_all();
  html.element("details", {}, [&] {
    html.element("summary", {{"class", "small"}},
                 std::string(sheet.in(files_label)) + " (" +
                     number(item.files.size(), sheet.language()) + ")");
    write_all();
  });
}

void write_picture_card(Sheet& sheet, ShownItem const& item) {
  auto& html = sheet.html;
  auto const url = item.picture.empty() ? std::nullopt : url_of(sheet, item.picture);
  if (url) {
    html.empty("img", {{"src", *url},
                       {"alt", sheet.filled(picture_of, {own_words(item)})},
                       {"loading", "lazy"},
                       {"width", "256"},
                       {"height", "256"}});
  } else {
    html.element("p", {{"class", "no-picture micro dim"}}, sheet.in(no_picture));
  }
  html.element("h3", {}, [&] { write_name(sheet, item); });
  html.element("p", {{"class", "micro dim"}}, own_words(item));
  auto const cover = clouds_of(sheet, item, cloud_words);
  bool const has_both = !item.platform.empty() && !cover.empty();
  auto const facts = item.platform + (has_both ? " · " : "") + cover;
  if (!facts.empty()) html.element("p", {{"class", "micro dim"}}, facts);
  write_files(sheet, item);
}

struct Columns {
  bool platform;
  bool clouds;
  bool files;
};

void write_row(Sheet& sheet, ShownItem const& item, Columns columns) {
  auto& html = sheet.html;
  html.element("tr", {{"data-record", item.id}, {"data-bbox", item.boxes}}, [&] {
    html.element("th", {{"scope", "row"}}, [&] {
      write_name(sheet, item);
      html.element("span", {{"class", "micro dim"}}, own_words(item));
    });
    if (columns.platform) {
      html.element("td", {{"data-label", sheet.in(platform_label)}}, item.platform);
    }
    if (columns.clouds) {
      html.element("td", {{"class", "n"}, {"data-label", sheet.in(clouds)}},
                   clouds_of(sheet, item, percent));
    }
    if (!columns.files) return;
    html.element("td", {{"data-label", sheet.in(files_label)}}, [&] { write_files(sheet, item); });
  });
}

/// Of the site, without its path.
std::string_view origin_of(SiteFacts const& site) noexcept {
  auto const host = site.url.find("://");
  return site.url.substr(0, site.url.find('/', host == std::string_view::npos ? 0 : host + 3));
}

} // namespace

void write_pictures(Sheet& sheet, std::span<ShownItem const> items) {
  auto& html = sheet.html;
  html.element("ul", {{"class", "pictures"}}, [&] {
    for (auto const& item : items) {
      html.element("li", {{"data-record", item.id}, {"data-bbox", item.boxes}},
                   [&] { write_picture_card(sheet, item); });
    }
  });
}

void write_table(Sheet& sheet, std::span<ShownItem const> items, bool has_clouds) {
  auto& html = sheet.html;
  Columns const columns{
      .platform =
          std::ranges::any_of(items, [](ShownItem const& one) { return !one.platform.empty(); }),
      .clouds = has_clouds,
      .files = std::ranges::any_of(items, [](ShownItem const& one) { return !one.files.empty(); })};
  html.element("table", {{"class", "table items"}}, [&] {
    html.element("thead", {}, [&] {
      html.element("tr", {}, [&] {
        html.element("th", {{"scope", "col"}}, sheet.in(date_label));
        if (columns.platform) html.element("th", {{"scope", "col"}}, sheet.in(platform_label));
        if (columns.clouds) {
          html.element("th", {{"scope", "col"}, {"class", "n"}}, sheet.in(clouds));
        }
        if (columns.files) html.element("th", {{"scope", "col"}}, sheet.in(files_label));
      });
    });
    html.element("tbody", {}, [&] {
      for (auto const& item : items) write_row(sheet, item, columns);
    });
  });
}

std::string file_list(Sheet const& sheet, std::span<ShownItem const> items) {
  std::string out;
  for (auto const& item : items) {
    for (auto const& file : item.files) {
      auto const url = url_of(sheet, file.address);
      if (!url) continue;
      if (url->text().starts_with('/')) out += origin_of(sheet.site());
      out += url->text() + "\n";
    }
  }
  return out;
}

} // namespace terracat::pages

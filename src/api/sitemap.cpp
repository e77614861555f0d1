#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/tags.hpp"
#include "pages/centre_pages.hpp"
#include "pages/guide_pages.hpp"
#include "pages/html.hpp"
#include "pages/theme_page.hpp"
#include "vocabulary/thesaurus.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

/// What search engines read before they look at pages.
namespace terracat::api {
namespace {

constexpr std::size_t most_addresses = 50'000; ///< in one file, by the protocol
constexpr std::array<std::string_view, 11> fixed_pages{
    "/",          "/search", "/themes", "/vocabularies",  "/centres", "/tools",
    "/tutorials", "/about",  "/api",    "/accessibility", "/legal"};

} // namespace

Reply get_sitemap(Exchange& exchange) {
  auto view = view_of_pages(exchange);
  auto tag = list_tag(exchange, view.revision(), view.last_record_change());
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  pages::Html xml;
  xml.markup("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  xml.element("urlset", {{"xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"}}, [&] {
    std::size_t count = 0;
    auto const add = [&](std::string const& path) {
      for (auto const language : pages::languages) {
        if (++count > most_addresses) return;
        auto const address =
            exchange.site().public_url + "/" + std::string(pages::code(language)) + path;
        xml.element("url", {}, [&] { xml.element("loc", {}, address); });
      }
    };
    for (auto const path : fixed_pages) add(std::string(path));
    auto const& all = *exchange.site().thesaurus;
    for (auto const number : all.compartments()) {
      add(pages::path_of(pages::Theme{.name = vocabulary::local_name(all.at(number).uri())}));
    }
    for (auto const& pole : poles_of(exchange.site())) add(pages::path_of_centre(pole.name));
    for (auto const kind : {pages::GuideKind::tutorial, pages::GuideKind::tool}) {
      for (auto const* const guide :
           pages::guides_in(*exchange.site().guides, kind, pages::Language::en)) {
        add(pages::path_of(*guide));
      }
    }
    for (auto const& collection : view.collections()) {
      add("/datasets/" + percent_encoded(collection.id));
    }
  });
  return tagged(xml.take(), "application/xml", std::move(tag));
}

Reply get_robots(Exchange& exchange) {
  // Searches have no end of addresses; all data sets are in the sitemap.
  std::string text = "User-agent: *\n";
  for (auto const language : pages::languages) {
    text += "Disallow: /" + std::string(pages::code(language)) + "/search?\n";
  }
  text += "Disallow: /stac/search\nDisallow: /poles/\nSitemap: " + exchange.site().public_url +
          "/sitemap.xml\n";
  return lasting(exchange, std::move(text), "text/plain; charset=utf-8");
}

} // namespace terracat::api

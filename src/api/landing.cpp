#include "api/conformance.hpp"
#include "api/handlers.hpp"
#include "api/html.hpp"
#include "api/links.hpp"
#include "api/tags.hpp"

#include <algorithm>

namespace terracat::api {
namespace {

/// Beyond this a landing page links to no child collections: clients that open it would load
/// megabytes before they ask for anything. `data` leads to all of them.
constexpr std::size_t most_children = 1'000;

/// The site's own page may be read by a person: when HTML is accepted before JSON.
bool prefers_html(std::string_view accept) noexcept {
  auto const html = accept.find("text/html");
  auto const json = accept.find("json");
  return html != std::string_view::npos && html < json;
}

Links root_links(Exchange const& exchange) {
  Links links;
  links.add("self", exchange.url(""), json_type);
  links.add("root", exchange.url(""), json_type);
  links.add("conformance", exchange.url("/conformance"), json_type, "Conformance classes");
  links.add("service-desc", exchange.url("/api"), openapi_type, "OpenAPI");
  links.add("service-doc", exchange.url("/api.html"), html_type, "The API for people");
  links.add("data", exchange.url("/collections"), json_type, "Collections");
  links.add(queryables_rel, exchange.url("/queryables"), schema_type, "Queryables");
  links.add(sortables_rel, exchange.url("/sortables"), schema_type, "Sortables");
  for (auto const& route : routes()) {
    if (route.path == "/search" && belongs(route, &exchange.root())) {
      links.add_with_method("search", method_name(route.method), exchange.url(route.path),
                            route.media_type);
    }
  }
  return links;
}

} // namespace

Reply get_site(Exchange& exchange) {
  auto const& site = exchange.site();
  if (prefers_html(exchange.request().head.accept)) {
    auto page = site_page(site);
    page.headers.emplace_back("Vary", "Accept");
    return page;
  }
  Links links;
  links.add("self", site.public_url + "/", json_type);
  links.add("service-desc", site.public_url + "/api", openapi_type, "OpenAPI");
  links.add("service-doc", site.public_url + "/api.html", html_type, "The site for people");
  for (auto const& root : site.roots) {
    links.add("child", site.public_url + root.prefix, json_type, root.title);
  }
  links.add("status", site.public_url + "/health/ready", json_type, "Readiness");
  json::Writer out;
  out.begin_object().name("title").string(site.title);
  out.name("description").string(site.description);
  out.name("links").raw("[" + links.text() + "]").end_object();
  return {.status = 200,
          .content_type = std::string(json_type),
          .headers = {{"Cache-Control", "no-cache"}, {"Vary", "Accept"}},
          .content = Text{out.take()}};
}

Reply get_landing(Exchange& exchange) {
  auto view = exchange.view();
  auto tag = list_tag(exchange, view.revision(), view.last_record_change());
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto const& root = exchange.root();
  auto links = root_links(exchange);
  auto const collections = view.collections();
  if (collections.size() <= most_children) {
    for (auto const& collection : collections) {
      links.add("child", collection_url(exchange, collection.id), json_type,
                collection.entry->title);
    }
  }
  json::Writer out;
  out.begin_object().name("type").string("Catalog").name("stac_version").string("1.1.0");
  out.name("id").string(root.id).name("title").string(root.title);
  out.name("description").string(root.description);
  out.name("conformsTo");
  write_conformance(out, root.family);
  out.name("links").raw("[" + links.text() + "]").end_object();
  return tagged(out.take(), json_type, std::move(tag));
}

Reply get_conformance(Exchange& exchange) {
  json::Writer out;
  out.begin_object().name("conformsTo");
  write_conformance(out, exchange.root().family);
  out.end_object();
  return lasting(exchange, out.take(), json_type);
}

} // namespace terracat::api

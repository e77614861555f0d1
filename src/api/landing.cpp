#include "api/collections.hpp"
#include "api/conformance.hpp"
#include "api/handlers.hpp"
#include "api/languages.hpp"
#include "api/links.hpp"
#include "api/pages.hpp"
#include "api/tags.hpp"

#include <algorithm>

namespace terracat::api {
namespace {

/// Beyond this a landing page links to no child collections: clients that open it would load
/// megabytes before they ask for anything. `data` leads to all of them, `/browse` page by page.
constexpr std::size_t most_children = 1'000;

constexpr std::string_view language_schema =
    "https://stac-extensions.github.io/language/v1.0.0/schema.json";

Links root_links(Exchange const& exchange) {
  auto links = landing_links(exchange, "Collections");
  for (auto const& route : routes()) {
    if (route.path == "/search" && belongs(route, exchange.site(), &exchange.root())) {
      links.add_with_method("search", method_name(route.method), exchange.url(route.path),
                            route.media_type);
    }
  }
  if (exchange.root().family == Family::stac) {
    links.add("children", exchange.url("/children"), json_type, "Children");
    add_aggregation_links(links, exchange.url(""));
    links.add("tilejson", exchange.url("/search/tiles"), json_type, "Footprints for maps");
  } else {
    links.add(catalog_rel, exchange.url("/collections"), json_type, "Collections");
  }
  return links;
}

} // namespace

Reply get_site(Exchange& exchange) {
  auto const& site = exchange.site();
  if (exchange.form() == Form::html) {
    auto const language = pages::code(language_of(exchange));
    return {.status = 302,
            .content_type = {},
            .headers = {{"Location", site.public_url + "/" + std::string(language) + "/"},
                        {"Vary", "Accept, Accept-Language"},
                        {"Cache-Control", "no-cache"}},
            .content = Text{}};
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
  auto const languages = wanted_languages(exchange);
  auto tag = list_tag(exchange, view.revision(), view.last_record_change(), languages.front());
  if (auto reply = known_answer(exchange, tag)) return std::move(*reply);
  auto const& root = exchange.root();
  auto links = root_links(exchange);
  std::span const others(languages.begin() + 1, languages.end());
  add_languages(links, others, exchange.url(""), json_type);
  auto collections = view.collections();
  if (collections.size() <= most_children) {
    catalogue::sort_by_title(collections);
    for (auto const& collection : collections) {
      add_child(links, exchange, view, collection, languages);
    }
  } else if (root.family == Family::stac) {
    links.add("child", exchange.url("/browse"), json_type, "Collections");
  }
  json::Writer out;
  out.begin_object().name("type").string("Catalog").name("stac_version").string("1.1.0");
  out.name("stac_extensions").begin_array().string(language_schema).end_array();
  out.name("language").begin_object().member("code", languages.front()).end_object();
  out.name("languages").begin_array();
  for (auto const& other : others) out.begin_object().member("code", other).end_object();
  out.end_array();
  out.name("id").string(root.id).name("title").string(root.title);
  out.name("description").string(root.description);
  out.name("conformsTo");
  write_conformance(out, root);
  out.name("links").raw("[" + links.text() + "]").end_object();
  auto reply = tagged(out.take(), json_type, std::move(tag));
  AnswerLanguage told;
  told.note(languages.front());
  told.append_to(reply);
  return reply;
}

Reply get_conformance(Exchange& exchange) {
  auto tag = resource_tag(exchange, Revision{}, 0, json_type); // it is a matter of settings alone
  if (auto known = known_answer(exchange, tag)) return std::move(*known);
  json::Writer out;
  out.begin_object().name("conformsTo");
  write_conformance(out, exchange.root());
  out.end_object();
  return tagged(out.take(), json_type, std::move(tag));
}

} // namespace terracat::api

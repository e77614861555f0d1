#include "api/handlers.hpp"
#include "api/html.hpp"
#include "api/links.hpp"
#include "api/routes.hpp"
#include "api/tags.hpp"

#include <algorithm>
#include <array>

namespace terracat::api {
namespace {

/// What a document is about: an API, or what the site has beside its APIs.
struct Subject {
  std::string_view title;
  std::string_view description;
  std::string_view prefix;
  Root const* root; ///< null: the site
};

Subject subject_of(Exchange const& exchange) {
  auto const& site = exchange.site();
  if (!exchange.has_root()) return {site.title, site.description, {}, nullptr};
  auto const& root = exchange.root();
  return {root.title, root.description, root.prefix, &root};
}

/// The routes of the subject, those of one path together.
struct PathRoutes {
  std::string path; ///< as OpenAPI has it: "/collections/{collection}"
  std::vector<Route const*> routes;
};

/// A place for several segments is a place like any other there.
std::string openapi_path(std::string_view pattern) {
  std::string out(pattern.empty() ? "/" : pattern);
  if (auto const dots = out.find("...}"); dots != std::string::npos) out.erase(dots, 3);
  return out;
}

std::vector<PathRoutes> paths_of(Subject const& subject) {
  std::vector<PathRoutes> out;
  for (auto const& route : routes()) {
    if (!belongs(route, subject.root)) continue;
    auto path = openapi_path(route.path);
    auto known = std::ranges::find(out, path, &PathRoutes::path);
    if (known == out.end()) known = out.insert(out.end(), {std::move(path), {}});
    known->routes.push_back(&route);
  }
  return out;
}

/// The names between braces.
std::vector<std::string_view> path_parameters(std::string_view path) {
  std::vector<std::string_view> out;
  for (auto open = path.find('{'); open != std::string_view::npos;
       open = path.find('{', open + 1)) {
    out.push_back(path.substr(open + 1, path.find('}', open) - open - 1));
  }
  return out;
}

/// Lists in a query string are separated by commas, not repeated.
bool is_array(std::string_view schema) noexcept {
  return schema.find(R"("type":"array")") != std::string_view::npos;
}

void write_limit(json::Writer& out, std::size_t standard, std::size_t most) {
  out.begin_object().name("type").string("integer").name("minimum").integer(1);
  out.name("maximum").integer(static_cast<std::int64_t>(most));
  out.name("default").integer(static_cast<std::int64_t>(standard)).end_object();
}

void write_parameter(json::Writer& out, Site const& site, ParameterRow const& row) {
  out.begin_object().name("name").string(row.name).name("in").string("query");
  out.name("required").boolean(false).name("description").string(row.summary);
  if (is_array(row.schema)) out.name("style").string("form").name("explode").boolean(false);
  out.name("schema");
  if (row.schema == limit_of_items) {
    write_limit(out, site.default_limit, site.max_limit);
  } else if (row.schema == limit_of_collections) {
    write_limit(out, most_collections, most_collections);
  } else {
    out.raw(row.schema);
  }
  out.end_object();
}

void write_response(json::Writer& out, std::string_view status, std::string_view description,
                    std::string_view media_type, std::string_view schema) {
  out.name(status).begin_object().name("description").string(description);
  out.name("content").begin_object().name(media_type).begin_object();
  out.name("schema").begin_object().name("$ref").string("#/components/schemas/" +
                                                        std::string(schema));
  out.end_object().end_object().end_object().end_object();
}

/// Names of operations are small there.
std::string operation_name(Method method) {
  std::string out(method_name(method));
  for (auto& c : out) c = static_cast<char>(c - 'A' + 'a');
  return out;
}

void write_operation(json::Writer& out, Site const& site, std::string_view path,
                     Route const& route) {
  out.name(operation_name(route.method)).begin_object();
  out.name("operationId").string(route.id).name("summary").string(route.summary);
  out.name("parameters").begin_array();
  for (auto const name : path_parameters(path)) {
    out.begin_object().name("name").string(name).name("in").string("path");
    out.name("required").boolean(true).name("schema").raw(R"({"type":"string"})").end_object();
  }
  for (auto const& row : route.parameters) write_parameter(out, site, row);
  out.end_array();
  if (route.takes_json) {
    out.name("requestBody")
        .raw(R"({"required":true,"content":{"application/json":{"schema":)"
             R"({"$ref":"#/components/schemas/search"}}}})");
  }
  out.name("responses").begin_object();
  write_response(out, "200", "The answer", route.media_type, route.schema);
  write_response(out, "default", "A problem", problem_type, "problem");
  out.end_object().end_object();
}

// The schemas are told in full: a document that refers to other hosts cannot be read offline.
constexpr std::string_view schemas = R"({
"object":{"type":"object"},
"text":{"type":"string"},
"file":{"type":"string","format":"binary"},
"problem":{"type":"object","required":["title","status","code"],"properties":{
"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},
"detail":{"type":"string"},"where":{"type":"string"},"code":{"type":"string"},
"description":{"type":"string"},"request_id":{"type":"string"}}},
"link":{"type":"object","required":["href","rel"],"properties":{"href":{"type":"string"},
"rel":{"type":"string"},"type":{"type":"string"},"title":{"type":"string"},
"method":{"type":"string"},"body":{"type":"object"}}},
"geometry":{"type":"object","nullable":true,"required":["type"],"properties":{
"type":{"type":"string","enum":["Point","LineString","Polygon","MultiPoint","MultiLineString",
"MultiPolygon","GeometryCollection"]}}},
"item":{"type":"object","required":["type","stac_version","id","links"],"properties":{
"type":{"type":"string","enum":["Feature"]},"stac_version":{"type":"string"},
"stac_extensions":{"type":"array","items":{"type":"string"}},"id":{"type":"string"},
"collection":{"type":"string"},"geometry":{"$ref":"#/components/schemas/geometry"},
"bbox":{"type":"array","items":{"type":"number"}},"properties":{"type":"object"},
"assets":{"type":"object","additionalProperties":{"type":"object"}},
"links":{"type":"array","items":{"$ref":"#/components/schemas/link"}}}},
"itemCollection":{"type":"object","required":["type","features"],"properties":{
"type":{"type":"string","enum":["FeatureCollection"]},
"features":{"type":"array","items":{"type":"object"}},
"links":{"type":"array","items":{"$ref":"#/components/schemas/link"}},
"numberMatched":{"type":"integer"},"numberReturned":{"type":"integer"}}},
"search":{"type":"object","properties":{
"ids":{"type":"array","items":{"type":"string"}},
"collections":{"type":"array","items":{"type":"string"}},
"bbox":{"type":"array","items":{"type":"number"},"minItems":4,"maxItems":6},
"intersects":{"$ref":"#/components/schemas/geometry"},
"datetime":{"type":"string"},"limit":{"type":"integer","minimum":1},
"token":{"type":"string"},"query":{"type":"object"},"filter":{"type":"object"},
"filter-lang":{"type":"string","enum":["cql2-json"]},
"sortby":{"type":"array","items":{"type":"object","required":["field"],"properties":{
"field":{"type":"string"},"direction":{"type":"string","enum":["asc","desc"]}}}},
"fields":{"type":"object","properties":{
"include":{"type":"array","nullable":true,"items":{"type":"string"}},
"exclude":{"type":"array","nullable":true,"items":{"type":"string"}}}}}}
})";

/// The text is laid out for reading here; answers have no line ends.
std::string compact(std::string_view text) {
  std::string out(text);
  std::erase(out, '\n');
  return out;
}

} // namespace

Reply get_openapi(Exchange& exchange) {
  auto const subject = subject_of(exchange);
  json::Writer out;
  out.begin_object().name("openapi").string("3.0.3");
  out.name("info").begin_object().name("title").string(subject.title);
  out.name("description").string(subject.description).name("version").string("1.0.0");
  out.end_object();
  out.name("servers").begin_array().begin_object().name("url").string(exchange.url(""));
  out.end_object().end_array();
  out.name("paths").begin_object();
  for (auto const& [path, routes] : paths_of(subject)) {
    out.name(path).begin_object();
    for (auto const* const route : routes) write_operation(out, exchange.site(), path, *route);
    out.end_object();
  }
  out.end_object();
  out.name("components").begin_object().name("schemas").raw(compact(schemas)).end_object();
  out.end_object();
  return lasting(exchange, out.take(), openapi_type);
}

Reply get_openapi_page(Exchange& exchange) {
  auto const subject = subject_of(exchange);
  std::string content = "<p>" + escaped_html(subject.description) +
                        "</p><p>Machines read <a href=\"" + escaped_html(exchange.url("/api")) +
                        "\">the OpenAPI document</a>.</p>";
  for (auto const& [path, routes] : paths_of(subject)) {
    auto const address = std::string(subject.prefix) + (path == "/" ? "" : path);
    for (auto const* const route : routes) {
      content += "<h2><code>" + std::string(method_name(route->method)) + " " +
                 escaped_html(address.empty() ? "/" : address) + "</code></h2><p>" +
                 escaped_html(route->summary) + ". Answers <code>" +
                 escaped_html(route->media_type) + "</code>.</p>";
      if (route->parameters.empty()) continue;
      content += "<table><tr><th>Parameter</th><th>Meaning</th></tr>";
      for (auto const& row : route->parameters) {
        content += "<tr><td><code>" + escaped_html(row.name) + "</code></td><td>" +
                   escaped_html(row.summary) + "</td></tr>";
      }
      content += "</table>";
    }
  }
  return html_page(subject.title, content);
}

} // namespace terracat::api

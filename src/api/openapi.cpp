#include "api/handlers.hpp"
#include "api/links.hpp"
#include "api/openapi_schemas.hpp"
#include "api/pages.hpp"
#include "api/routes.hpp"
#include "api/tags.hpp"
#include "pages/frame.hpp"

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

std::vector<PathRoutes> paths_of(Subject const& subject, Site const& site) {
  std::vector<PathRoutes> out;
  for (auto const& route : routes()) {
    if (!belongs(route, site, subject.root)) continue;
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

void write_limit(json::Writer& out, std::size_t standard, std::size_t most) {
  out.begin_object().name("type").string("integer").name("minimum").integer(1);
  out.name("maximum").integer(static_cast<std::int64_t>(most));
  out.name("default").integer(static_cast<std::int64_t>(standard)).end_object();
}

void write_forms(json::Writer& out, Forms others) {
  out.begin_object().name("type").string("string").name("enum").begin_array();
  out.string(row_of(Form::json).name);
  for (auto const& row : forms()) {
    if (others.has(row.form)) out.string(row.name);
  }
  out.end_array().end_object();
}

/// \param others  forms of the answer besides JSON
void write_parameter(json::Writer& out, Site const& site, Forms others, ParameterRow const& row) {
  bool const is_any = row.name == any_property; // OpenAPI has an object spread over names
  out.begin_object().member("name", is_any ? "properties" : row.name).member("in", "query");
  out.name("required").boolean(false).name("allowEmptyValue").boolean(true);
  out.name("description").string(row.summary);
  if (is_list(row) || is_any) out.member("style", "form").name("explode").boolean(is_any);
  out.name("schema");
  if (row.schema == limit_of_items) {
    write_limit(out, site.default_limit, site.max_limit);
  } else if (row.schema == limit_of_footprints) {
    write_limit(out, std::min(standard_footprints, site.max_limit), site.max_limit);
  } else if (row.schema == limit_of_collections) {
    write_limit(out, most_collections, most_collections);
  } else if (row.schema == forms_of_route) {
    write_forms(out, others);
  } else {
    out.raw(row.schema);
  }
  out.end_object();
}

void write_media_type(json::Writer& out, std::string_view media_type, std::string_view schema) {
  out.name(media_type).begin_object().name("schema").begin_object().name("$ref");
  out.string("#/components/schemas/" + std::string(schema)).end_object().end_object();
}

/// A problem, which who wants pages is told by one.
void write_problem(json::Writer& out, bool may_be_page) {
  out.begin_object().name("description").string("A problem");
  out.name("content").begin_object();
  write_media_type(out, problem_type, "problem");
  if (may_be_page) write_media_type(out, html_type, "text");
  out.end_object().end_object();
}

bool is_change(Route const& route) noexcept {
  return route.method == Method::put || route.method == Method::patch;
}

void write_answer(json::Writer& out, int status, Route const& route, Forms others) {
  constexpr int no_content = 204;
  out.name(std::to_string(status)).begin_object().name("description").string("The answer");
  if (status != no_content) {
    out.name("content").begin_object();
    write_media_type(out, route.media_type, route.schema);
    for (auto const& row : forms()) {
      if (others.has(row.form)) write_media_type(out, row.media_type, "text");
    }
    out.end_object();
  }
  out.end_object();
}

void write_responses(json::Writer& out, Route const& route, Forms others) {
  constexpr int ok = 200;
  out.name("responses").begin_object();
  if (route.written == 0 || is_change(route)) write_answer(out, ok, route, others);
  if (route.written != 0) write_answer(out, route.written, route, others);
  out.name("default");
  write_problem(out, route.media_type == html_type || others.has(Form::html));
  out.end_object();
}

/// The ways to bring a key.
constexpr std::array<std::string_view, 2> key_schemes{"key", "bearer"};
constexpr std::string_view security_schemes =
    R"({"key":{"type":"apiKey","in":"header","name":"X-API-Key"},)"
    R"("bearer":{"type":"http","scheme":"bearer"}})";
constexpr std::string_view if_match_parameter =
    R"({"name":"If-Match","in":"header","required":false,"schema":{"type":"string"},)"
    R"("description":"Only if the entity tag is still one of these"})";
constexpr std::string_view prefer_parameter =
    R"({"name":"Prefer","in":"header","required":false,"schema":{"type":"string"},)"
    R"("description":"return=representation: 200 with what was changed instead of 204"})";

/// Names of operations are small there.
std::string operation_name(Method method) {
  std::string out(method_name(method));
  for (auto& c : out) c = static_cast<char>(c - 'A' + 'a');
  return out;
}

void write_operation(json::Writer& out, Site const& site, Root const* root, std::string_view path,
                     Route const& route) {
  auto const others = forms_of(route, root);
  out.name(operation_name(route.method)).begin_object();
  out.name("operationId").string(route.id).name("summary").string(route.summary);
  out.name("parameters").begin_array();
  for (auto const name : path_parameters(path)) {
    out.begin_object().name("name").string(name).name("in").string("path");
    out.name("required").boolean(true).name("schema").raw(R"({"type":"string"})").end_object();
  }
  for (auto const& row : route.parameters) write_parameter(out, site, others, row);
  bool const is_there = route.written != 0 && route.method != Method::post;
  if (is_there) out.raw(if_match_parameter);
  if (is_change(route)) out.raw(prefer_parameter);
  out.end_array();
  if (route.written != 0 || route.is_for_operators) {
    out.name("security")
        .raw(R"([{")" + std::string(key_schemes[0]) + R"(":[]},{")" + std::string(key_schemes[1]) +
             R"(":[]}])");
  }
  if (!route.body.empty()) {
    out.name("requestBody").begin_object().name("required").boolean(true);
    out.name("content").begin_object();
    write_media_type(out, json_type, route.body);
    if (route.method == Method::patch) {
      write_media_type(out, merge_patch_type, route.body);
      write_media_type(out, json_patch_type, "jsonPatch");
    }
    out.end_object().end_object();
  }
  write_responses(out, route, others);
  out.end_object();
}

/// A route for people to read.
void write_route(pages::Html& html, std::string_view address, Route const& route) {
  html.element("h2", {{"class", "route"}}, [&] {
    html.element("code", {}, std::string(method_name(route.method)) + " " + std::string(address));
  });
  html.element("p", {}, [&] {
    html.text(route.summary).text(". Answers ");
    html.element("code", {}, route.media_type).text(".");
  });
  if (route.parameters.empty()) return;
  html.element("table", {{"class", "table"}}, [&] {
    html.element("thead", {}, [&] {
      html.element("tr", {}, [&] {
        html.element("th", {{"scope", "col"}}, "Parameter");
        html.element("th", {{"scope", "col"}}, "Meaning");
      });
    });
    html.element("tbody", {}, [&] {
      for (auto const& row : route.parameters) {
        html.element("tr", {}, [&] {
          html.element("th", {{"scope", "row"}}, [&] { html.element("code", {}, row.name); });
          html.element("td", {}, row.summary);
        });
      }
    });
  });
}

/// The text is laid out for reading here; answers have no line ends.
std::string compact(std::string_view text) {
  std::string out(text);
  std::erase(out, '\n');
  return out;
}

} // namespace

Reply get_openapi(Exchange& exchange) {
  if (exchange.form() == Form::html) return get_openapi_page(exchange);
  auto const subject = subject_of(exchange);
  json::Writer out;
  out.begin_object().name("openapi").string("3.0.3");
  out.name("info").begin_object().name("title").string(subject.title);
  out.name("description").string(subject.description).name("version").string("1.0.0");
  out.end_object();
  out.name("servers").begin_array().begin_object().name("url").string(exchange.url(""));
  out.end_object().end_array();
  out.name("paths").begin_object();
  for (auto const& [path, routes] : paths_of(subject, exchange.site())) {
    out.name(path).begin_object();
    for (auto const* const route : routes) {
      write_operation(out, exchange.site(), subject.root, path, *route);
    }
    out.end_object();
  }
  out.end_object();
  out.name("components").begin_object().name("schemas").raw(compact(openapi_schemas()));
  auto const& operators_key = exchange.site().operators_key;
  if (subject.root == nullptr ? !operators_key.empty() : subject.root->takes_transactions) {
    out.name("securitySchemes").raw(security_schemes);
  }
  out.end_object();
  out.end_object();
  return lasting(exchange, out.take(), openapi_type);
}

Reply get_openapi_page(Exchange& exchange) {
  auto const subject = subject_of(exchange);
  auto const facts = facts_of(exchange.site());
  pages::Sheet sheet(facts, pages::Language::en);
  auto& html = sheet.html;
  pages::Frame const frame{.title = std::string(subject.title) + ", API",
                           .description = std::string(subject.description),
                           .path = std::nullopt,
                           .json_ld = {}};
  auto page = pages::framed(sheet, frame, [&] {
    html.element("div", {{"class", "wrap page-head"}}, [&] {
      html.element("h1", {}, subject.title);
      html.element("p", {{"class", "lead"}}, subject.description);
      html.element("p", {}, [&] {
        html.text("Machines read ");
        auto const document = sheet.own(std::string(subject.prefix) + "/api");
        html.element("a", {{"href", document}}, "the OpenAPI document").text(".");
      });
    });
    html.element("div", {{"class", "wrap"}}, [&] {
      for (auto const& [path, routes] : paths_of(subject, exchange.site())) {
        auto const address = std::string(subject.prefix) + (path == "/" ? "" : path);
        for (auto const* const route : routes) {
          write_route(html, address.empty() ? "/" : std::string_view(address), *route);
        }
      }
    });
  });
  return page_reply(pages::Language::en, std::move(page));
}

} // namespace terracat::api

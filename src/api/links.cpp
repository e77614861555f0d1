#include "api/links.hpp"

#include "api/families.hpp"
#include "formats/json/json_text.hpp"

namespace terracat::api {
namespace {

using formats::append_member;

/// Bytes of a query that is linked: a line of a request has 65,536, method and path among them
/// (net/settings.hpp), and behind a proxy the path may be longer here than there.
constexpr std::size_t longest_query = 65'000;

/// Begins the next link.
void begin(std::string& text, std::string_view rel, std::string_view type) {
  text += text.empty() ? "{" : ",{";
  append_member(text, "rel", rel);
  if (!type.empty()) append_member(text, "type", type);
}

/// \param type  of the answer as JSON
std::string_view type_of(Form form, std::string_view type) {
  return form == Form::json ? type : row_of(form).media_type;
}

/// The body of a request with a token in it, in the place of one that it has.
/// \param text  of the body, which is an object
std::string with_token(std::string_view text, json::Value const& body, std::string const& token) {
  if (body.member("token")) {
    json::Writer out;
    out.begin_object();
    for (auto const [name, value] : body.members()) {
      if (name != "token") out.name(name).value(value);
    }
    return out.name("token").string(token).end_object().take();
  }
  // As it was sent: to write large geometries anew takes its time.
  auto const begin = text.find('{');
  std::string out(text.substr(begin, text.rfind('}') - begin));
  out += body.size() == 0 ? R"("token":)" : R"(,"token":)";
  formats::append_quoted(out, token);
  return out + '}';
}

} // namespace

Links& Links::add(std::string_view rel, std::string_view href, std::string_view type,
                  std::string_view title) {
  return add_told_in({}, rel, href, type, title);
}

Links& Links::add_told_in(std::string_view language, std::string_view rel, std::string_view href,
                          std::string_view type, std::string_view title) {
  begin(text_, rel, type);
  append_member(text_, "href", href);
  if (!language.empty()) append_member(text_, "hreflang", language);
  if (!title.empty()) append_member(text_, "title", title);
  text_ += '}';
  return *this;
}

Links& Links::add_with_method(std::string_view rel, std::string_view method, std::string_view href,
                              std::string_view type, std::string_view body) {
  begin(text_, rel, type);
  append_member(text_, "method", method);
  append_member(text_, "href", href);
  if (!body.empty()) formats::append_raw_member(text_, "body", body);
  text_ += '}';
  return *this;
}

Links& Links::add(Links const& others) {
  if (!text_.empty() && !others.text_.empty()) text_ += ',';
  text_ += others.text_;
  return *this;
}

Links landing_links(Exchange const& exchange, std::string_view data) {
  Links links;
  add_self(links, exchange, exchange.url(""), json_type);
  links.add("root", exchange.url(""), json_type);
  links.add("conformance", exchange.url("/conformance"), json_type, "Conformance classes");
  links.add("service-desc", exchange.url("/api"), openapi_type, "OpenAPI");
  links.add("service-doc", exchange.url("/api.html"), html_type, "The API for people");
  links.add("data", exchange.url("/collections"), json_type, data);
  links.add(queryables_rel, exchange.url("/queryables"), schema_type, "Queryables");
  links.add(sortables_rel, exchange.url("/sortables"), schema_type, "Sortables");
  links.add(functions_rel, exchange.url("/functions"), json_type, "Functions");
  return links;
}

void add_other_forms(Links& links, Exchange const& exchange, std::string_view address,
                     std::string_view type) {
  if (exchange.route().method != Method::get) return;
  std::string const bare(address.substr(0, address.find('?')));
  auto const add = [&](Form form) {
    if (form == exchange.form()) return;
    auto const query = exchange.parameters().with(format_parameter, row_of(form).name);
    links.add("alternate", bare + "?" + query, type_of(form, type));
  };
  add(Form::json);
  for (auto const& row : forms()) {
    if (exchange.forms().has(row.form)) add(row.form);
  }
}

void add_self(Links& links, Exchange const& exchange, std::string_view address,
              std::string_view type) {
  links.add("self", address, type_of(exchange.form(), type));
  add_other_forms(links, exchange, address, type);
}

void add_languages(Links& links, std::span<std::string const> languages, std::string const& address,
                   std::string_view type) {
  for (auto const& language : languages) {
    links.add_told_in(language, "alternate", address + "?language=" + encode(language), type);
  }
}

void add_pages(Links& links, Exchange const& exchange, std::string const& address,
               std::string_view type, Around const& around) {
  auto const add = [&](std::string_view rel, std::optional<std::string> const& token) {
    if (!token) return;
    auto const query = exchange.parameters().with("token", *token, "offset");
    if (query.size() > longest_query) {
      throw ProblemError({.kind = ProblemKind::invalid_parameter,
                          .detail =
                              "the addresses of further pages would be too long; ask by POST, "
                              "or for less",
                          .where = {}});
    }
    links.add(rel, address + "?" + query, type_of(exchange.form(), type));
  };
  add("prev", around.previous);
  add("next", around.next);
}

void add_pages(Links& links, Exchange const& exchange, std::string const& address,
               std::string_view type, json::Value const& body, Around const& around) {
  auto const text = exchange.request().body;
  auto const add = [&](std::string_view rel, std::optional<std::string> const& token) {
    if (token) links.add_with_method(rel, "POST", address, type, with_token(text, body, *token));
  };
  add("prev", around.previous);
  add("next", around.next);
}

void add_aggregation_links(Links& links, std::string const& address) {
  links.add_with_method("aggregate", "GET", address + "/aggregate", json_type);
  links.add_with_method("aggregate", "POST", address + "/aggregate", json_type);
  links.add("aggregations", address + "/aggregations", json_type, "Aggregations");
}

std::string collection_url(Exchange const& exchange, std::string_view collection) {
  return exchange.url("/collections/" + encode(collection));
}

std::string stac_url(Exchange const& exchange, std::string_view collection) {
  auto const& root = exchange.root();
  auto const own = segment_of(root.family);
  auto prefix = root.prefix.substr(0, root.prefix.size() - own.size());
  prefix += segment_of(Family::stac);
  return exchange.site().public_url + prefix + "/collections/" + encode(collection);
}

} // namespace terracat::api

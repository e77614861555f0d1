#include "kinds/stac_api/paging.hpp"

#include "kinds/url.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::kinds::stac_api {
namespace {

bool may_be_json(json::Value const& link) {
  auto const type = link.string("type").value_or("");
  return type.empty() || type.find("json") != std::string_view::npos;
}

/// The first one to JSON; else the first one.
std::optional<json::Value> link(json::Value const& page, std::string_view relation) {
  auto const links = page.member("links");
  if (!links) return std::nullopt;
  std::optional<json::Value> other;
  for (auto const candidate : links->elements()) {
    if (candidate.string("rel") != relation) continue;
    if (may_be_json(candidate)) return candidate;
    if (!other) other = candidate;
  }
  return other;
}

/// Headers of a link that the request states itself.
bool is_stated(std::string_view name) {
  constexpr std::array<std::string_view, 5> stated{"accept", "content-type", "content-length",
                                                   "host", "connection"};
  return std::ranges::find(stated, lowered(name)) != stated.end();
}

void add_headers(fetch::Request& request, json::Value const& headers) {
  for (auto const& [name, value] : headers.members()) {
    if (is_stated(name)) continue;
    if (auto const text = value.string()) request.headers.emplace_back(name, *text);
    for (auto const element : value.elements()) {
      if (auto const text = element.string()) request.headers.emplace_back(name, *text);
    }
  }
}

bool is_true(std::optional<json::Value> const& value) {
  return value && value->boolean().value_or(false);
}

} // namespace

std::string link_url(json::Value const& page, std::string_view relation, std::string_view base) {
  auto const found = link(page, relation);
  auto const href = found ? found->string("href") : std::nullopt;
  return href ? link_target(base, *href) : std::string();
}

fetch::Request get(std::string url) {
  return {.url = std::move(url), .accept = "application/geo+json, application/json"};
}

fetch::Request post(std::string url, std::string body) {
  auto request = get(std::move(url));
  request.method = "POST";
  request.body = std::move(body);
  request.content_type = "application/json";
  return request;
}

std::optional<fetch::Request> next_by_link(json::Value const& page, fetch::Request const& asked,
                                           std::string_view base) {
  auto const next = link(page, "next");
  if (!next) return std::nullopt;
  auto const href = next->string("href");
  auto url = href ? link_target(base, *href) : std::string(base);
  if (url.empty()) return std::nullopt;
  auto const method = next->string("method").value_or("GET");
  auto request = get(std::move(url));
  if (method == "POST" || method == "post") {
    auto const body = next->member("body");
    auto text = body ? body->text() : std::string("{}");
    if (is_true(next->member("merge"))) text = merged(asked.body, text);
    request = post(std::move(request.url), std::move(text));
  }
  if (auto const headers = next->member("headers")) add_headers(request, *headers);
  return request;
}

fetch::Request with_page(fetch::Request request, std::size_t page) {
  auto const number = std::to_string(page);
  if (request.method == "POST") {
    request.body = merged(request.body, R"({"page":)" + number + '}');
  } else {
    request.url = with_parameters(request.url, {{"page", number}});
  }
  return request;
}

std::string merged(std::string_view lower, std::string_view upper) {
  auto const under = json::Document::parse(lower);
  auto const over = json::Document::parse(upper);
  json::Writer out;
  out.begin_object();
  if (under) {
    for (auto const& [name, value] : under->root().members()) {
      if (!over || !over->root().member(name)) out.name(name).value(value);
    }
  }
  if (over) {
    for (auto const& [name, value] : over->root().members()) out.name(name).value(value);
  }
  return out.end_object().take();
}

std::string to_json(fetch::Request const& request) {
  json::Writer out;
  out.begin_object().member("method", request.method).member("url", request.url);
  out.member("body", request.body);
  if (!request.headers.empty()) {
    out.name("headers").begin_array();
    for (auto const& [name, value] : request.headers) {
      out.begin_array().string(name).string(value).end_array();
    }
    out.end_array();
  }
  return out.end_object().take();
}

std::optional<fetch::Request> from_json(json::Value const& value) {
  auto const url = value.string("url");
  if (!url) return std::nullopt;
  auto request = get(std::string(*url));
  if (value.string("method") == "POST") {
    request = post(std::move(request.url), std::string(value.string("body").value_or("")));
  }
  if (auto const headers = value.member("headers")) {
    for (auto const pair : headers->elements()) {
      std::vector<std::string> parts;
      for (auto const part : pair.elements()) parts.emplace_back(part.string().value_or(""));
      if (parts.size() == 2) request.headers.emplace_back(parts[0], parts[1]);
    }
  }
  return request;
}

} // namespace terracat::kinds::stac_api

#include "api/html.hpp"

namespace terracat::api {
namespace {

constexpr std::string_view style =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b2a33;background:#fff}"
    "h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}a{color:#005b8f}"
    "code{background:#eef3f6;padding:.1rem .3rem;border-radius:.2rem}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;"
    "padding:.3rem .6rem;border-bottom:1px solid #d5dfe5}"
    "@media(prefers-color-scheme:dark){body{color:#dde6eb;background:#12191e}a{color:#7cc4ee}"
    "code{background:#1f2a31}td,th{border-color:#2c3942}}";

} // namespace

std::string escaped_html(std::string_view text) {
  std::string out;
  for (auto const c : text) {
    switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    case '\'':
      out += "&#39;";
      break;
    default:
      out += c;
    }
  }
  return out;
}

Reply html_page(std::string_view title, std::string_view content) {
  auto const heading = escaped_html(title);
  std::string page = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                     "<meta name=\"viewport\" content=\"width=device-width\"><title>";
  page += heading;
  page += "</title><style>";
  page += style;
  page += "</style></head><body><h1>";
  page += heading;
  page += "</h1>";
  page += content;
  page += "</body></html>";
  return {.status = 200,
          .content_type = "text/html; charset=utf-8",
          .headers = {{"Cache-Control", "no-cache"},
                      {"Content-Security-Policy",
                       "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
                       "frame-ancestors 'none'; form-action 'none'"}},
          .content = Text{std::move(page)}};
}

Reply site_page(Site const& site) {
  std::string content = "<p>" + escaped_html(site.description) + "</p><h2>APIs</h2><table>";
  for (auto const& root : site.roots) {
    auto const address = escaped_html(site.public_url + root.prefix);
    content += "<tr><td><a href=\"" + address + "\">" + escaped_html(root.title) +
               "</a></td><td><code>" + address + "</code></td><td><a href=\"" + address +
               "/api.html\">documentation</a></td></tr>";
  }
  content += "</table>";
  return html_page(site.title, content);
}

} // namespace terracat::api

#include "net/cors.hpp"

#include "net/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::net {
namespace {

/// What scripts may read besides the headers that they always may.
constexpr std::string_view expose_line =
    "Access-Control-Expose-Headers: Accept-Ranges, Allow, Content-Crs, Content-Disposition, "
    "Content-Encoding, Content-Language, Content-Range, ETag, Link, Location, "
    "OGC-NumberMatched, OGC-NumberReturned, Preference-Applied, RateLimit, RateLimit-Policy, "
    "Retry-After, Terracat-Plan, X-Request-Id\r\n";

/// What scripts may send besides the headers that they always may.
constexpr std::array<std::string_view, 14> request_headers{
    "accept",       "accept-language",  "authorization", "cache-control", "content-language",
    "content-type", "if-match",         "if-none-match", "if-range",      "prefer",
    "range",        "terracat-explain", "x-api-key",     "x-request-id"};

bool may_be_sent(std::string_view header) noexcept {
  return std::ranges::any_of(request_headers, [&](std::string_view known) {
    return is_equal_ignoring_case(known, header);
  });
}

} // namespace

Cors::Cors(std::vector<std::string> origins)
    : origins_(std::move(origins)),
      for_everybody_(std::ranges::find(origins_, "*") != origins_.end()) {}

bool Cors::allows(std::string_view origin) const noexcept {
  return for_everybody_ || std::ranges::find(origins_, origin) != origins_.end();
}

void Cors::append_to(std::string& head, std::string_view origin) const {
  if (!allows(origin)) return;
  head += "Access-Control-Allow-Origin: ";
  head += for_everybody_ ? "*" : origin; // one of the settings, so nothing a client made up
  head += "\r\n";
  head += expose_line;
}

void Cors::append_preflight_to(std::string& head, RequestFields const& request,
                               std::string_view allow) const {
  if (!allows(request.origin)) return;
  if (!allow.empty()) {
    head += "Access-Control-Allow-Methods: ";
    head += allow;
    head += "\r\n";
  }
  std::string headers;
  for (auto wanted = request.preflight_headers; !wanted.empty();) {
    auto const header = take_element(wanted);
    if (!may_be_sent(header)) continue;
    headers += headers.empty() ? "" : ", ";
    headers += header;
  }
  if (!headers.empty()) head += "Access-Control-Allow-Headers: " + headers + "\r\n";
  head += "Access-Control-Max-Age: 7200\r\n"; // browsers keep it no longer
}

} // namespace terracat::net

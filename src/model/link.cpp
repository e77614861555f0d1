#include <terracat/link.hpp>
#include <terracat/text.hpp>

#include <boost/url.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace terracat::model {
namespace {

bool is_hex(std::string_view text) noexcept {
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  });
}

/// Sources write blanks, braces and UTF-8 into their links; everything that a URL may not hold is
/// percent-encoded, and what is encoded already stays. Brackets may stand in a host only.
std::string encoded(std::string_view reference) {
  constexpr std::string_view allowed = "-._~:/?#@!$&'()*+,;=";
  auto const authority = reference.find("://");
  auto const path = authority == std::string_view::npos ? 0 : reference.find('/', authority + 3);
  std::string out;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    auto const c = reference[i];
    bool const is_escape =
        c == '%' && i + 2 < reference.size() && is_hex(reference.substr(i + 1, 2));
    bool const is_host_bracket = (c == '[' || c == ']') && i < path;
    if (is_escape || is_host_bracket || is_alphanumeric(c) ||
        allowed.find(c) != std::string_view::npos) {
      out += c;
    } else {
      append_percent_encoded(out, c);
    }
  }
  return out;
}

/// What names of parameters hold that are better not shown.
bool may_be_a_key(std::string_view name) {
  constexpr std::array<std::string_view, 7> hints{"key", "token", "pass",      "secret",
                                                  "sig", "auth",  "credential"};
  auto const small = lowered(name);
  return std::ranges::any_of(hints,
                             [&small](auto hint) { return small.find(hint) != std::string::npos; });
}

} // namespace

bool is_public_href(std::string_view href) noexcept {
  constexpr std::array<std::string_view, 7> schemes{"http", "https", "ftp",  "mailto",
                                                    "doi",  "s3",    "irods"};
  auto const colon = href.find(':');
  if (colon == std::string_view::npos) return false;
  auto const same = [scheme = href.substr(0, colon)](std::string_view known) {
    return std::ranges::equal(scheme, known, [](char a, char b) { return (a | 0x20) == b; });
  };
  return std::ranges::any_of(schemes, same);
}

std::string resolve_href(std::string_view base, std::string_view reference) {
  auto target_text = encoded(trimmed(reference));
  auto const target = boost::urls::parse_uri_reference(target_text);
  if (!target) return {};
  if (target->has_scheme()) return target_text;
  auto const base_text = encoded(trimmed(base));
  auto const base_url = boost::urls::parse_uri(base_text);
  boost::urls::url resolved;
  if (!base_url || !boost::urls::resolve(*base_url, *target, resolved)) return {};
  return std::string(resolved.buffer());
}

std::string_view credentials_in(std::string_view url) noexcept {
  auto const slashes = url.find("://");
  if (slashes == std::string_view::npos) return {};
  auto const authority =
      url.substr(slashes + 3, url.find_first_of("/?#", slashes + 3) - slashes - 3);
  auto const at = authority.rfind('@');
  return at == std::string_view::npos ? std::string_view() : authority.substr(0, at);
}

std::string masked(std::string_view url) {
  if (url.find("://") == std::string_view::npos || url.find(' ') != std::string_view::npos) {
    return std::string(url);
  }
  auto const question = url.find('?');
  std::string out(url.substr(0, question));
  if (auto const secret = credentials_in(url); !secret.empty()) {
    out.replace(url.find("://") + 3, secret.size(), "***");
  }
  if (question == std::string_view::npos) return out;
  auto separator = '?';
  for (auto rest = url.substr(question + 1); !rest.empty();) {
    auto const parameter = rest.substr(0, rest.find('&'));
    auto const name = parameter.substr(0, parameter.find('='));
    out += separator;
    out += name.size() < parameter.size() && may_be_a_key(name) ? std::string(name) + "=***"
                                                                : std::string(parameter);
    rest.remove_prefix(std::min(parameter.size() + 1, rest.size()));
    separator = '&';
  }
  return out;
}

} // namespace terracat::model

#include <terracat/link.hpp>

#include <boost/url.hpp>

#include <algorithm>
#include <array>
#include <cctype>
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
  constexpr std::string_view digits = "0123456789ABCDEF";
  auto const authority = reference.find("://");
  auto const path = authority == std::string_view::npos ? 0 : reference.find('/', authority + 3);
  std::string out;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    auto const c = reference[i];
    auto const byte = static_cast<unsigned char>(c);
    bool const is_escape =
        c == '%' && i + 2 < reference.size() && is_hex(reference.substr(i + 1, 2));
    bool const is_host_bracket = (c == '[' || c == ']') && i < path;
    if (is_escape || is_host_bracket || (byte < 0x80 && std::isalnum(byte) != 0) ||
        allowed.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  return out;
}

std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view blanks = " \t\r\n";
  auto const first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

} // namespace

bool is_public_href(std::string_view href) noexcept {
  constexpr std::array<std::string_view, 6> schemes{"http", "https", "ftp", "mailto", "doi", "s3"};
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

} // namespace terracat::model

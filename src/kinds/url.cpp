#include "kinds/url.hpp"

#include "fetch/url.hpp"

#include <terracat/link.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <charconv>

namespace terracat::kinds {
namespace {

bool has_default_port(fetch::Url const& url) {
  return url.port() == (url.is_https() ? 443 : 80);
}

} // namespace

std::string_view origin_of(std::string_view url) {
  auto const slashes = url.find("://");
  if (slashes == std::string_view::npos) return {};
  return url.substr(0, url.find_first_of("/?#", slashes + 3));
}

bool is_same_host(std::string_view a, std::string_view b) {
  auto const one = fetch::Url::parse(a);
  auto const other = fetch::Url::parse(b);
  if (!one || !other) return false;
  bool const both_default = has_default_port(*one) && has_default_port(*other);
  return one->is_same_server(*other) || (both_default && one->host() == other->host());
}

std::string encoded(std::string_view text) {
  return percent_encoded(text);
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char byte = 0;
    auto const* const digits = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      out += static_cast<char>(byte);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string with_parameters(std::string_view url, Parameters const& parameters) {
  url = url.substr(0, url.find('#'));
  auto const question = std::min(url.find('?'), url.size());
  std::string out(url.substr(0, question));
  auto separator = '?';
  auto const append = [&out, &separator](std::string_view parameter) {
    out += separator;
    out += parameter;
    separator = '&';
  };
  for (auto rest = url.substr(std::min(question + 1, url.size())); !rest.empty();) {
    auto const given = rest.substr(0, rest.find('&'));
    auto const name = given.substr(0, given.find('='));
    auto const is_replaced = [name](auto const& parameter) {
      return equal_ignoring_case(parameter.first, name);
    };
    if (!given.empty() && std::ranges::none_of(parameters, is_replaced)) append(given);
    rest.remove_prefix(std::min(given.size() + 1, rest.size()));
  }
  for (auto const& [name, value] : parameters) append(name + '=' + encoded(value));
  return out;
}

std::string below(std::string_view address, std::string_view path) {
  address = address.substr(0, address.find_first_of("?#"));
  while (address.ends_with('/')) address.remove_suffix(1);
  return std::string(address) + '/' + std::string(path);
}

std::string link_target(std::string_view base, std::string_view href) {
  constexpr std::string_view plain = "http://";
  constexpr std::string_view secure = "https://";
  auto target = model::resolve_href(base, href);
  if (!target.starts_with(plain) && !target.starts_with(secure)) return {};
  bool const is_downgrade = target.starts_with(plain) && base.starts_with(secure);
  if (is_downgrade &&
      origin_of(target).substr(plain.size()) == origin_of(base).substr(secure.size())) {
    target.replace(0, plain.size(), secure);
  }
  return target;
}

std::string without_credentials(std::string_view url) {
  std::string out(url);
  auto const secret = model::credentials_in(url);
  if (!secret.empty()) out.erase(out.find("://") + 3, secret.size() + 1);
  return out;
}

std::string with_credentials_of(std::string_view source, std::string_view url) {
  auto const secret = model::credentials_in(source);
  if (secret.empty()) return std::string(url);
  auto const from = fetch::Url::parse(source);
  auto const to = fetch::Url::parse(url);
  if (!from || !to || !to->is_same_origin(*from)) return std::string(url);
  auto out = without_credentials(url);
  out.insert(out.find("://") + 3, std::string(secret) + '@');
  return out;
}

} // namespace terracat::kinds

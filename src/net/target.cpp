#include "net/target.hpp"

#include "net/text.hpp"

#include <algorithm>
#include <optional>

namespace terracat::net {
namespace {

using Parsed = boost::system::result<Target, Refusal>;

Refusal bad_target(std::string_view detail) {
  return {.status = 400, .reason = Reason::malformed, .detail = detail};
}

bool is_hex(char character) noexcept {
  return is_digit(character) || (character >= 'a' && character <= 'f') ||
         (character >= 'A' && character <= 'F');
}

bool is_broken_encoding(std::string_view path) noexcept {
  for (auto at = path.find('%'); at != std::string_view::npos; at = path.find('%', at + 1)) {
    auto const digits = path.substr(at + 1, 2);
    if (digits.size() < 2 || !std::ranges::all_of(digits, is_hex) || digits == "00") return true;
  }
  return false;
}

/// True for one or two dots, each written as itself or as %2e.
bool is_dots(std::string_view segment) noexcept {
  int dots = 0;
  while (!segment.empty() && dots < 3) {
    if (segment.front() == '.') {
      segment.remove_prefix(1);
    } else if (is_equal_ignoring_case(segment.substr(0, 3), "%2e")) {
      segment.remove_prefix(3);
    } else {
      return false;
    }
    ++dots;
  }
  return dots == 1 || dots == 2;
}

std::optional<Refusal> check_segments(std::string_view path) {
  auto rest = path.substr(1);
  for (bool is_last = false; !is_last;) {
    auto const end = rest.find('/');
    is_last = end == std::string_view::npos;
    auto const segment = rest.substr(0, end);
    if (segment.empty() && !is_last) return bad_target("the path has an empty segment");
    if (is_dots(segment)) return bad_target("the path has a segment of dots");
    if (!is_last) rest.remove_prefix(end + 1);
  }
  return std::nullopt;
}

Parsed parse_origin_form(std::string_view text) {
  auto const mark = text.find('?');
  Target const target{.path = text.substr(0, mark),
                      .query = mark == std::string_view::npos ? std::string_view()
                                                              : text.substr(mark + 1)};
  if (target.path.find_first_of("\\#") != std::string_view::npos) {
    return bad_target("the path has a character that no path may have");
  }
  if (is_broken_encoding(target.path)) return bad_target("the path is badly percent-encoded");
  if (auto const refusal = check_segments(target.path)) return *refusal;
  return target;
}

/// \param rest  behind "scheme://"
Parsed parse_absolute_form(std::string_view rest) {
  auto const end = std::min(rest.find_first_of("/?"), rest.size());
  auto const authority = rest.substr(0, end);
  if (authority.empty() || !is_authority(authority)) {
    return bad_target("the target names no proper host");
  }
  auto const origin_form = rest.substr(end);
  if (origin_form.empty()) return Target{.path = "/", .query = {}};
  if (origin_form.front() == '?') return Target{.path = "/", .query = origin_form.substr(1)};
  return parse_origin_form(origin_form);
}

} // namespace

Parsed parse_target(std::string_view text) {
  if (text.starts_with('/')) return parse_origin_form(text);
  if (text == "*") return Target{.path = "/", .query = {}};
  for (std::string_view const scheme : {"http://", "https://"}) {
    if (is_equal_ignoring_case(text.substr(0, scheme.size()), scheme)) {
      return parse_absolute_form(text.substr(scheme.size()));
    }
  }
  return bad_target("the target is neither a path nor an http address");
}

} // namespace terracat::net

#include "api/router.hpp"

#include "api/parameters.hpp"
#include "api/pattern.hpp"
#include "pages/language.hpp"

#include <algorithm>
#include <span>

namespace terracat::api {
namespace {

std::size_t depth_of(std::string_view path) noexcept {
  return static_cast<std::size_t>(std::ranges::count(path, '/'));
}

/// True if the segment can be decoded.
bool is_readable(std::string_view sent) {
  bool const is_plain = std::ranges::all_of(
      sent, [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != '%' && c != '\0'; });
  return is_plain || decode_segment(sent);
}

/// A path taken apart, as far as patterns go.
struct Sent {
  std::string_view path;
  std::array<std::string_view, Segments::most> segments;
  std::size_t depth = 0; ///< how many segments there are
  bool has_escapes = false;

  explicit Sent(std::string_view whole)
      : path(whole),
        depth(depth_of(whole)),
        has_escapes(whole.find('%') != std::string_view::npos) {
    auto const known = std::span(segments).first(std::min(depth, segments.size()));
    for (auto& segment : known) segment = take_segment(whole);
  }

  /// True if the segment, one of these, means the literal.
  [[nodiscard]] bool means(std::string_view sent, std::string_view literal) const {
    return sent == literal || (has_escapes && decode_segment(sent) == literal);
  }

  /// \pre the pattern has as many segments, or a rest
  /// \return  whether it fits the pattern; then `captures` has what stood in its places
  bool fits(Segments const& pattern, Captures& captures) const {
    std::size_t place = 0;
    for (std::size_t i = 0; i < pattern.count; ++i) {
      auto const wanted = pattern.all[i];
      auto given = segments[i];
      if (!pattern.are_places[i]) {
        if (!means(given, wanted)) return false;
        continue;
      }
      if (pattern.has_rest && i + 1 == pattern.count) {
        captures[place] = path.substr(static_cast<std::size_t>(given.data() - path.data()));
        return true;
      }
      auto const ending = ending_of(wanted);
      if (!given.ends_with(ending)) return false;
      given.remove_suffix(ending.size());
      if (given.empty() || !is_readable(given)) return false;
      captures[place++] = given;
    }
    return true;
  }
};

} // namespace

Route const* Address::route(Method method) const noexcept {
  if (method == Method::head) method = Method::get;
  auto const found = std::ranges::find(routes, method, &Route::method);
  return found == routes.end() ? nullptr : *found;
}

Router::Router(Site const& site) {
  add(site, {}, nullptr, routes());
  add(site, {}, nullptr, leading_routes(), true);
  for (auto const& root : site.roots) add(site, root.prefix, &root, routes());
  for (auto const language : pages::languages) {
    add(site, "/" + std::string(pages::code(language)), nullptr, page_routes(), true);
  }
}

void Router::add(Site const& site, std::string const& prefix, Root const* root,
                 std::span<Route const> rows, bool are_pages) {
  Group group{.prefix = prefix, .addresses = {}, .by_depth = {}};
  for (auto const& route : rows) {
    if (!belongs(route, site, root)) continue;
    auto const whole = prefix + std::string(route.path);
    auto address = std::ranges::find(group.addresses, whole, &Address::pattern);
    if (address == group.addresses.end()) {
      group.addresses.push_back(
          {.pattern = whole, .root = root, .is_page = are_pages, .routes = {}, .allow = {}});
      address = std::prev(group.addresses.end());
    }
    address->routes.push_back(&route);
  }
  for (auto& address : group.addresses) {
    for (auto const* const route : address.routes) {
      address.allow += std::string(method_name(route->method)) + ", ";
      if (route->method == Method::get) address.allow += "HEAD, ";
    }
    address.allow += method_name(Method::options);
  }
  // Views into the patterns, which stay where they are from here on.
  for (auto& address : group.addresses) {
    address.segments = segments_of(address.pattern);
    auto const depth = address.segments.count;
    auto const end = address.segments.has_rest ? depths : depth + 1;
    for (auto at = depth; at < end; ++at) group.by_depth.at(at).push_back(&address);
  }
  groups_.push_back(std::move(group));
}

std::string_view Router::Found::captured(std::string_view name) const noexcept {
  std::string_view rest = address->pattern;
  for (auto const& capture : captures) {
    rest.remove_prefix(std::min(rest.find('{'), rest.size()));
    if (rest.empty()) break;
    rest.remove_prefix(1);
    if (rest.substr(0, rest.find_first_of(".}")) == name) return capture;
  }
  return {};
}

Router::Found Router::find(std::string_view path) const {
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  if (!path.starts_with('/')) return {};
  Sent const sent(path);
  Found out;
  for (auto const& group : groups_) {
    if (!path.starts_with(group.prefix)) continue;
    for (auto const* const address : group.by_depth[std::min(sent.depth, depths - 1)]) {
      if (!sent.fits(address->segments, out.captures)) continue;
      out.address = address;
      return out;
    }
  }
  return out;
}

} // namespace terracat::api

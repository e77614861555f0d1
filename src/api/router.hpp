#pragma once

#include "api/pattern.hpp"
#include "api/routes.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::api {

/// One address of the site, made of a path of the route table and, unless it is the site's own, of
/// a root: all that 404, 405, `Allow`, `OPTIONS`, log and metrics need to know.
struct Address {
  std::string pattern;              ///< "/stac/collections/{collection}"
  Root const* root = nullptr;       ///< null: the site's own
  bool is_page = false;             ///< for people
  std::vector<Route const*> routes; ///< one for each method
  std::string allow;                ///< "GET, HEAD, OPTIONS"
  Segments segments;                ///< of the pattern

  /// \return  null if the address has no such method; HEAD is as good as GET
  [[nodiscard]] Route const* route(Method method) const noexcept;
};

/// What stood in the places of a pattern: views into the path, percent-encoded as sent.
using Captures = std::array<std::string_view, most_places>;

/// Finds the address that a path means. Thread-safe: nothing changes after the construction.
class Router {
 public:
  /// \param site  outlives the router
  explicit Router(Site const& site);
  Router(Router const&) = delete; // addresses have views into themselves
  Router(Router&&) = delete;
  Router& operator=(Router const&) = delete;
  Router& operator=(Router&&) = delete;
  ~Router() = default;

  struct Found {
    Address const* address = nullptr; ///< null: there is none
    Captures captures;

    /// What stood in the place of `{name}`; empty if the address has no such place.
    [[nodiscard]] std::string_view captured(std::string_view name) const noexcept;
  };

  /// \param path  percent-encoded as sent; a slash at its end is passed by
  [[nodiscard]] Found find(std::string_view path) const;

 private:
  static constexpr std::size_t depths = Segments::most + 2; ///< the last: of all deeper paths

  /// The addresses below one prefix.
  struct Group {
    std::string prefix;
    std::vector<Address> addresses;
    /// Those that a path of so many segments may mean, in their order.
    std::array<std::vector<Address const*>, depths> by_depth;
  };

  void add(Site const& site, std::string const& prefix, Root const* root,
           std::span<Route const> rows, bool are_pages = false);

  std::vector<Group> groups_;
};

} // namespace terracat::api

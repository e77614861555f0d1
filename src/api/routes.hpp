#pragma once

#include "api/exchange.hpp"

#include <span>

namespace terracat::api {

/// A parameter of a route, as OpenAPI describes it.
struct ParameterRow {
  std::string_view name;
  std::string_view schema; ///< JSON Schema
  std::string_view summary;
};

/// Which roots have a route: those of a family, all of them, or none because it is the site's own.
enum class Owner : std::uint8_t { site, every_root, stac_roots };

/// One row of the route table.
struct Route {
  Method method; ///< get stands for HEAD, too
  Owner owner;
  /// Below the root: "" is the root itself; `{name}` stands for one segment, `{name...}` for the
  /// rest.
  std::string_view path;
  Reply (*handle)(Exchange& exchange);
  std::string_view id; ///< operationId
  std::string_view summary;
  std::string_view media_type; ///< of the answer
  std::span<ParameterRow const> parameters = {};
  bool is_light = false; ///< cheap enough for the threads that read sockets (Plan::is_light)
  bool has_body = false;
};

/// THE table of routes. 404, 405, `Allow`, `OPTIONS`, the OpenAPI documents and the check of
/// parameters are drawn from it.
[[nodiscard]] std::span<Route const> routes() noexcept;

/// What the table says of a path.
struct Match {
  Route const* route = nullptr; ///< null: none with that method
  Root const* root = nullptr;
  std::map<std::string, std::string, std::less<>> captures;
  std::string allow; ///< the methods of the path; empty: there is no such path
};

/// \param path  percent-encoded as sent
[[nodiscard]] Match match(Site const& site, Method method, std::string_view path);

/// The whole pattern, for log and metrics: "/stac/collections/{collection}".
[[nodiscard]] std::string pattern(Route const& route, Root const* root);

} // namespace terracat::api

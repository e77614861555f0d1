#pragma once

#include "api/http.hpp"
#include "api/site.hpp"

#include <span>
#include <string_view>

namespace terracat::api {

/// The parameter that names a representation, as OGC APIs have it.
inline constexpr std::string_view format_parameter = "f";

/// No pattern has more places.
inline constexpr std::size_t most_places = 2;

/// Stands for the schema of a number of items, whose bounds are settings of the site.
inline constexpr std::string_view limit_of_site = "limit of the site";

/// A parameter of a route, as OpenAPI describes it.
struct ParameterRow {
  std::string_view name;
  std::string_view schema; ///< JSON Schema, or limit_of_site
  std::string_view summary;
};

/// Which roots have a route: those of a family, all of them, or none because it is the site's own.
enum class Owner : std::uint8_t { site, every_root, stac_roots };

class Exchange;

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
/// parameters are drawn from it (router.hpp).
[[nodiscard]] std::span<Route const> routes() noexcept;

/// True if the route is one of this root. \param root  null: of the site itself
[[nodiscard]] bool belongs(Route const& route, Root const* root) noexcept;

} // namespace terracat::api

#pragma once

#include "api/families.hpp"
#include "api/http.hpp"
#include "api/representations.hpp"
#include "api/site.hpp"

#include <span>
#include <string_view>

namespace terracat::api {

/// The parameter that names a representation, as OGC APIs have it.
inline constexpr std::string_view format_parameter = "f";

/// Names of parameters begin so that say what the items of a collection match.
inline constexpr std::string_view items_prefix = "items-";

/// No pattern has more places (pattern.hpp).
inline constexpr std::size_t most_places = 3;

/// Clients read the list of collections once: all of it is the default, and the most, on a page
/// (design.md 17.5).
inline constexpr std::size_t most_collections = 10'000;

/// Children, items or records that one page of `/browse` links to.
inline constexpr std::size_t most_links = 1'000;

/// Stands for the schema of `f`, which has the names of the route's forms.
inline constexpr std::string_view forms_of_route = "forms of the route";

/// Footprints in a tile unless a limit is given: as many as a map can show without a pause.
inline constexpr std::size_t standard_footprints = 5'000;

/// Stand for the schemas of a number of items or footprints, whose bounds are settings of the site,
/// and of a number of collections.
inline constexpr std::string_view limit_of_items = "limit of items";
inline constexpr std::string_view limit_of_footprints = "limit of footprints";
inline constexpr std::string_view limit_of_collections = "limit of collections";

/// A parameter of a route, as OpenAPI describes it.
struct ParameterRow {
  std::string_view name;
  std::string_view schema; ///< JSON Schema, or one of the above
  std::string_view summary;
};

/// In the place of a name: any other name is taken for that of a property, whose value is wanted.
/// The handler refuses what is none.
inline constexpr std::string_view any_property = "*";

/// Lists in a query string are separated by commas; who repeats the parameter is understood, too.
[[nodiscard]] constexpr bool is_list(ParameterRow const& row) noexcept {
  return row.schema.find(R"("type":"array")") != std::string_view::npos;
}

class Exchange;

/// What it costs to answer.
enum class Work : std::uint8_t {
  heavy,
  light, ///< done by threads that read sockets, or says that it takes more (Plan::is_light)
  vital, ///< light, and never refused (Plan::is_vital)
};

/// One row of the route table.
struct Route {
  Method method;  ///< get stands for HEAD, too
  Families roots; ///< whose roots have it; none: it is the site's own
  /// A pattern (pattern.hpp) below the root: "" is the root itself.
  std::string_view path;
  Reply (*handle)(Exchange& exchange);
  std::string_view id; ///< operationId
  std::string_view summary;
  std::string_view media_type; ///< of the answer
  std::string_view schema;     ///< of the answer, as OpenAPI documents name it (openapi.cpp)
  std::span<ParameterRow const> parameters = {};
  Work work = Work::heavy;
  std::string_view body = {}; ///< schema of the JSON that a request has; empty: it has none
  Forms forms = {};           ///< other forms of the answer, but for pages (forms_of)
  /// Status of what was written: the route is one of roots that take transactions, and wants the
  /// key. 0: it only reads.
  int written = 0;
  bool is_for_operators = false; ///< the route wants their key
  bool is_kept = false;          ///< its answers are kept under their tags (kept_answers.hpp)
};

/// THE table of routes. 404, 405, `Allow`, `OPTIONS`, the OpenAPI documents and the check of
/// parameters are drawn from it (router.hpp). Of two rows that a path fits, the first answers.
[[nodiscard]] std::span<Route const> routes() noexcept;

/// THE table of pages for people: paths below that of each language ("/fr"). They stand in no
/// OpenAPI document, and parameters that they do not know are passed over, for people come by links
/// to which others have added theirs.
[[nodiscard]] std::span<Route const> page_routes() noexcept;

/// Addresses without a language that lead people to the same in theirs, as "/" does.
[[nodiscard]] std::span<Route const> leading_routes() noexcept;

/// True if the site has the route, and it is one of this root. \param root  null: of the site
/// itself
[[nodiscard]] bool belongs(Route const& route, Site const& site, Root const* root) noexcept;

/// The forms that a root has its answer in besides its own (Exchange::form). \param root  as above
[[nodiscard]] Forms forms_of(Route const& route, Root const* root) noexcept;

/// "GET".
[[nodiscard]] std::string_view method_name(Method method) noexcept;

} // namespace terracat::api

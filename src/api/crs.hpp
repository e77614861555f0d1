#pragma once

#include "api/exchange.hpp"
#include "api/search_input.hpp"
#include "geometry/crs.hpp"
#include "query/cql2_syntax.hpp"

#include <string>
#include <string_view>

/// Coordinate reference systems by reference (OGC API Features part 2): of what is answered, of the
/// box and of the filter that are asked with.
namespace terracat::api {

inline constexpr std::string_view crs_parameter = "crs";
inline constexpr std::string_view bbox_crs_parameter = "bbox-crs";
inline constexpr std::string_view filter_crs_parameter = "filter-crs";

/// The way to the CRS that a parameter names. \return  null if it is CRS84, or absent
/// \throws ProblemError
[[nodiscard]] geometry::Projection const*
named_projection(Exchange const& exchange, SearchInput const& input, std::string_view parameter);

/// The header that says in which CRS an answer is. \param crs  as asked for; empty: CRS84
void add_content_crs(Reply& reply, std::string_view crs);

/// The members `crs` and `storageCrs` of a collection, with a comma behind them.
[[nodiscard]] std::string crs_members();

/// A GeoJSON feature with `geometry` and `bbox` in another CRS; heights stay. A geometry that
/// cannot be told there is null, and the box is then left out.
[[nodiscard]] std::string in_crs(json::Value const& feature,
                                 geometry::Projection const& projection);

/// A filter whose boxes and geometries are in another CRS, with all of them in CRS84.
/// \throws ProblemError  one of them means no place on Earth
void from_crs(query::Cql2& filter, geometry::Projection const& projection);

} // namespace terracat::api

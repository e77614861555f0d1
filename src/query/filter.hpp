#pragma once

#include "query/queryables.hpp"

#include <terracat/json.hpp>

namespace terracat::query {

/// How large a filter may be (design.md 8).
struct FilterLimits {
  std::size_t depth = 32;
  std::size_t nodes = 1'000;
  std::size_t positions = 10'000; ///< of all geometries together
};

/// Reads a filter of CQL2 JSON (OGC 21-065r2): comparisons of a property with a literal, `and`,
/// `or`, `not`, `in`, `between`, `like`, `isNull` and `s_intersects`.
///
/// Literals take the type of the property they are compared with: clients send numbers as strings.
/// \param where  JSON pointer or parameter name of the filter, for problems
[[nodiscard]] Result<Expression> read_cql2_json(json::Value const& filter,
                                                Queryables const& queryables,
                                                std::string const& where, FilterLimits limits = {});

/// Reads the object of the STAC query extension 1.0.0: `{"eo:cloud_cover": {"lte": 30}}`, with the
/// same reading of literals. On a list, `eq` with a scalar asks whether the list has it.
[[nodiscard]] Result<Expression> read_query_extension(json::Value const& query,
                                                      Queryables const& queryables,
                                                      std::string const& where,
                                                      FilterLimits limits = {});

} // namespace terracat::query

#pragma once

#include "query/cql2_syntax.hpp"
#include "query/queryables.hpp"

#include <terracat/json.hpp>

namespace terracat::query {

/// How large a filter may be (design.md 8).
struct FilterLimits {
  std::size_t depth = 32;
  std::size_t nodes = 1'000;
  std::size_t positions = 10'000; ///< of all geometries together
  std::size_t bytes = 1'000'000;  ///< of a text
};

/// Bytes of a pattern of LIKE, and of a text that another has to have: comparing them costs the
/// product of both lengths, and SQLite takes no pattern above 50,000.
inline constexpr std::size_t longest_pattern = 1'000;

/// Reads a filter of CQL2 JSON (OGC 21-065r2), whatever its names and operators mean.
/// \param where  JSON pointer or parameter name of the filter, for problems
[[nodiscard]] Result<Cql2> parse_cql2_json(json::Value const& filter, std::string const& where,
                                           FilterLimits const& limits = {});

/// The same for CQL2 text.
[[nodiscard]] Result<Cql2> parse_cql2_text(std::string_view filter, std::string const& where,
                                           FilterLimits const& limits = {});

/// Prints a filter as text, or as JSON; either is read again as the same filter.
[[nodiscard]] std::string to_cql2_text(Cql2 const& filter);
[[nodiscard]] std::string to_cql2_json(Cql2 const& filter);

/// The condition that the filter means.
///
/// Literals take the type of the property they are compared with: clients send numbers as strings.
[[nodiscard]] Result<Expression> bind(Cql2 const& filter, Queryables const& queryables);

/// Parses and binds.
[[nodiscard]] Result<Expression> read_cql2_json(json::Value const& filter,
                                                Queryables const& queryables,
                                                std::string const& where, FilterLimits limits = {});
[[nodiscard]] Result<Expression> read_cql2_text(std::string_view filter,
                                                Queryables const& queryables,
                                                std::string const& where, FilterLimits limits = {});

/// Reads the object of the STAC query extension 1.0.0: `{"eo:cloud_cover": {"lte": 30}}`, with the
/// same reading of literals. On a list, `eq` with a scalar asks whether the list has it.
[[nodiscard]] Result<Expression> read_query_extension(json::Value const& query,
                                                      Queryables const& queryables,
                                                      std::string const& where,
                                                      FilterLimits limits = {});

} // namespace terracat::query

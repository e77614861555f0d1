#pragma once

#include "footprint.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace terracat::bench {

/// A filter of CQL2, or a part of one, in both of its spellings.
struct Filter {
  std::string text;
  std::string json;
};

[[nodiscard]] Filter property(std::string_view name);
/// \param value  without quotes and what JSON would have to escape
[[nodiscard]] Filter literal(std::string_view value);
[[nodiscard]] Filter literal(double value);
[[nodiscard]] Filter polygon(Ring const& ring);
/// \param first, last  moments as STAC writes them
[[nodiscard]] Filter interval(std::string_view first, std::string_view last);

/// What stands between its parts: `AND`, `=`, `LIKE`, `+`. \param name  as text has it
[[nodiscard]] Filter infix(std::string_view name, std::vector<Filter> const& parts);
/// What stands before its parts: `NOT`, `CASEI`, `S_INTERSECTS`. \param name  as text has it
[[nodiscard]] Filter call(std::string_view name, std::vector<Filter> const& parts);
[[nodiscard]] Filter is_one_of(Filter const& value, std::vector<Filter> const& values);
[[nodiscard]] Filter is_between(Filter const& value, Filter const& least, Filter const& most);
[[nodiscard]] Filter is_null(Filter const& value);

/// As the value of a parameter in an address.
[[nodiscard]] std::string escaped(std::string_view text);

} // namespace terracat::bench

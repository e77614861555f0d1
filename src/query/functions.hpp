#pragma once

#include "query/datum.hpp"

#include <span>

namespace terracat::query {

using Arguments = std::span<Datum const>;

/// What an operator or a function of CQL2 means: what it takes, what it gives, and how.
struct Function {
  std::string_view name; ///< as in query/cql2_syntax.cpp
  Kinds gives;
  Kinds takes; ///< each argument

  /// Of arguments of the kinds that it takes, of which none is missing unless `sees_missing`.
  Datum (*apply)(Arguments arguments);

  bool sees_missing = false; ///< others are missing where an argument is
  Kinds takes_next = takes;  ///< the second argument and those behind it

  /// What it does, for people; empty: it is not listed.
  std::string_view description = {};
};

/// \pre `datum` is a number, as `takes` ensures
[[nodiscard]] inline double number(Datum const& datum) {
  return std::get<double>(datum.value);
}

/// The parts of THE table of functions, each in the file that bears its name.
[[nodiscard]] std::span<Function const> logic_functions() noexcept;
[[nodiscard]] std::span<Function const> scalar_functions() noexcept;
[[nodiscard]] std::span<Function const> spatial_functions() noexcept;
[[nodiscard]] std::span<Function const> temporal_functions() noexcept;
[[nodiscard]] std::span<Function const> list_functions() noexcept;
[[nodiscard]] std::span<Function const> named_functions() noexcept;

/// \param name  as in the table
/// \return  null if there is none
[[nodiscard]] Function const* function(std::string_view name) noexcept;

/// Those that have a description, by name: what a client may look up.
[[nodiscard]] std::vector<Function const*> discoverable_functions();

} // namespace terracat::query

#pragma once

#include <terracat/json.hpp>
#include <terracat/kind.hpp>
#include <terracat/problem.hpp>

#include <cstddef>
#include <string_view>

namespace terracat::kinds {

/// Checks `Source::options` against the schema of its kind.
/// \return  invalid_parameter with a JSON pointer to the option, and what was expected there
[[nodiscard]] Result<void> check_options(Kind const& kind, std::string_view options_json);

/// The options of a source as a parsed text that fits the schema, with the schema's defaults for
/// those that were not given.
/// \throws ProtocolError  if they do not
[[nodiscard]] json::Document read_options(std::string_view schema, std::string_view options_json);

/// An option that the schema says is a whole number above 0: `50`, but also `5e1`.
[[nodiscard]] std::size_t whole_number(json::Value const& value);

} // namespace terracat::kinds

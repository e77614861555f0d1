#pragma once

#include <terracat/json.hpp>
#include <terracat/kind.hpp>
#include <terracat/problem.hpp>

#include <string_view>

namespace terracat::kinds {

/// Checks `Source::options` against the schema of its kind.
/// \return  invalid_parameter with a JSON pointer to the option, and what was expected there
[[nodiscard]] Result<void> check_options(Kind const& kind, std::string_view options_json);

/// The options of a source as a parsed text that fits the schema.
/// \throws ProtocolError  if they do not
[[nodiscard]] json::Document read_options(std::string_view schema, std::string_view options_json);

} // namespace terracat::kinds

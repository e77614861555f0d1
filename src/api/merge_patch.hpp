#pragma once

#include <terracat/json.hpp>

#include <string>

namespace terracat::api {

/// The target as a JSON Merge Patch changes it (RFC 7396).
/// \param patch  not from the same Parser
[[nodiscard]] std::string merged(json::Value const& target, json::Value const& patch);

} // namespace terracat::api

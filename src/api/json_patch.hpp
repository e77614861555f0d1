#pragma once

#include <terracat/json.hpp>

#include <string>

namespace terracat::api {

/// The target as a JSON Patch changes it (RFC 6902): all of its operations.
/// \param patch  not from the same Parser
/// \throws ProblemError  with a JSON pointer into the patch to the first operation that cannot be
///                       done; conflict if that is a test
[[nodiscard]] std::string json_patched(json::Value const& target, json::Value const& patch);

} // namespace terracat::api

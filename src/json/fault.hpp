#pragma once

#include <terracat/problem.hpp>

#include <string_view>

namespace terracat::json {

/// Where and why `text`, which simdjson refused without saying where, is no JSON.
[[nodiscard]] Problem fault_of(std::string_view text);

} // namespace terracat::json

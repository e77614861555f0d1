#pragma once

#include <terracat/finding.hpp>

#include <optional>

namespace terracat {

/// The code with this name. \return  nothing if there is none
[[nodiscard]] std::optional<FindingCode> finding_code(std::string_view name) noexcept;

} // namespace terracat

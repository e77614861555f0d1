#pragma once

#include <terracat/record.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace terracat::formats {

/// What it takes to get data, the more the later it stands here.
enum class Access : std::uint8_t {
  open,       ///< anybody has them at once
  account,    ///< whoever signs in or registers
  request,    ///< whoever asks, and is allowed
  restricted, ///< not everybody, and the record does not say who
};

/// "open", "account", "request", "restricted".
[[nodiscard]] std::string_view name_of(Access access) noexcept;

/// As statements about access say it in French, in English, or in the codes of INSPIRE, of COAR, of
/// OpenAIRE and of the European Union. What one grants another one of the same record may limit:
/// the strictest counts. A licence says nothing of access.
/// \return  nothing if no statement says it in words that are known
[[nodiscard]] std::optional<Access> access_of(model::Record const& record);

/// Likewise of one statement.
[[nodiscard]] std::optional<Access> access_of_text(std::string_view statement);

} // namespace terracat::formats

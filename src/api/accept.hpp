#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace terracat::api {

/// Which of the media types a client wants most (RFC 9110 12.5.1); among equals the first one.
/// \param accept  its header; empty: it takes anything
/// \return  the place in `offers`; the first one if it wants none of them
[[nodiscard]] std::size_t preferred_type(std::string_view accept,
                                         std::span<std::string_view const> offers) noexcept;

} // namespace terracat::api

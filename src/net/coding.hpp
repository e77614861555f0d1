#pragma once

#include "api/http.hpp"

#include <string_view>

namespace terracat::net {

/// The coding that a client prefers by its Accept-Encoding (RFC 9110 12.5.3). Among equals zstd
/// goes before br and br before gzip: most bytes saved for the time spent. A wildcard stands for
/// gzip, which everybody reads. \return  identity where the field is absent, empty, or allows
/// nothing else
[[nodiscard]] api::Coding preferred_coding(std::string_view accept_encoding) noexcept;

/// As in Content-Encoding; empty for identity.
[[nodiscard]] std::string_view token(api::Coding coding) noexcept;

/// True for media types whose content gets smaller: texts, JSON, XML. Parameters are ignored.
[[nodiscard]] bool is_compressible(std::string_view media_type) noexcept;

} // namespace terracat::net

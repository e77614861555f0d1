#pragma once

#include "config/config.hpp"

namespace terracat::config {

/// Adds what the settings get wrong among themselves: names, references, addresses. What the kinds
/// of sources ask of their options is checked by run/.
void check(Config const& config, std::vector<std::string>& faults);

/// "https://tiles.example" of an address there. \return  empty for what has no host
[[nodiscard]] std::string_view origin_of(std::string_view address) noexcept;

/// Host and port of `server.listen`.
struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
};

/// \return  nothing if the text is not "host:port" or "[IPv6]:port"
[[nodiscard]] bool parse_endpoint(std::string_view text, Endpoint& out);

} // namespace terracat::config

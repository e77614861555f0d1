#pragma once

#include "api/site.hpp"
#include "config/config.hpp"
#include "net/settings.hpp"

#include <cstdint>
#include <string>

/// What the configuration means to those who answer.
namespace terracat::cli {

[[nodiscard]] net::Settings settings_of(config::Config const& config);

/// What is asked of the running site (readiness, metrics) is left open.
[[nodiscard]] api::Site site_of(config::Config const& config);

/// Lets the site be written to, if the configuration wants it.
void open_for_transactions(api::Site& site, config::Config const& config);

/// Where the site is found that has no public address of its own.
[[nodiscard]] std::string local_url(net::Settings const& settings, std::uint16_t port);

} // namespace terracat::cli

#pragma once

#include "api/site.hpp"
#include "config/config.hpp"
#include "net/settings.hpp"
#include "run/notifier.hpp"
#include "run/pauses.hpp"

#include <terracat/store_reader.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// What the configuration means to those who answer.
namespace terracat::cli {

[[nodiscard]] net::Settings settings_of(config::Config const& config);

/// What is asked of the running site (readiness, metrics) is left open.
[[nodiscard]] api::Site site_of(config::Config const& config);

/// The schemas of extensions as they lie on the disc now. \return null: the configuration has none
/// \throws config::ConfigError  for a file that cannot be read, or a schema that cannot be applied
[[nodiscard]] std::shared_ptr<json::SchemaSet const> read_schemas(config::Config const& config);

/// Tutorials and tools: those that are shipped, and those of the configuration's folder as they lie
/// there now. \throws config::ConfigError  for a file that is none
[[nodiscard]] std::shared_ptr<std::vector<pages::Guide> const>
read_guides(config::Config const& config);

/// What pages look like beside what is shipped: the files of the configuration's folder as they lie
/// there now. \throws config::ConfigError  for a file that is none of a look
[[nodiscard]] std::shared_ptr<pages::Look const> read_look(config::Config const& config);

/// The sources that the schedule leaves alone now. \pre the reader has a state
[[nodiscard]] std::vector<api::Standstill>
standstills_of(config::Config const& config, run::Pauses const& pauses, store::Reader& reader);

/// Lets the site be written to, if the configuration wants it.
void open_for_transactions(api::Site& site, config::Config const& config,
                           std::shared_ptr<json::SchemaSet const> schemas);

/// Where the site is found that has no public address of its own.
[[nodiscard]] std::string local_url(net::Settings const& settings, std::uint16_t port);

/// Whom the configuration wants to be told how sources are.
[[nodiscard]] run::Notifier::Settings notify_settings_of(config::Config const& config);

} // namespace terracat::cli

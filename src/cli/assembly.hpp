#pragma once

#include "cli/signals.hpp"

#include "catalogue/catalogue.hpp"
#include "config/config.hpp"
#include "helper/data_client.hpp"
#include "helper/rdf_client.hpp"
#include "log/logger.hpp"
#include "metrics/metrics.hpp"
#include "run/harvest.hpp"
#include "run/pauses.hpp"
#include "run/timetable.hpp"
#include "store/stores.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace terracat::cli {

/// Who reads what the program says while it works.
enum class Audience : std::uint8_t {
  operators, ///< the log says everything that it is configured to say
  caller,    ///< at a terminal the command says it itself; the log keeps to warnings
};

/// What commands that write have in common, put together from the configuration.
class Assembly {
 public:
  /// Opens the catalogue. For reading, one that is not there counts as empty.
  /// \throws store::StoreError, config::ConfigError
  Assembly(config::Config const& config, Audience audience,
           store::Access access = store::Access::write);

  [[nodiscard]] log::Logger& log() noexcept { return log_; }

  [[nodiscard]] metrics::Metrics& metrics() noexcept { return metrics_; }

  [[nodiscard]] rdf::Parser& rdf() noexcept { return rdf_; }

  [[nodiscard]] catalogue::Catalogue& catalogue() noexcept { return catalogue_; }

  [[nodiscard]] run::Harvest& harvest() noexcept { return harvest_; }

  [[nodiscard]] run::Pauses& pauses() noexcept { return pauses_; }

 private:
  /// What a pool of helpers does when one has ended.
  [[nodiscard]] std::function<void(std::string const&)> mourner(std::string_view helper);

  log::Logger log_;
  metrics::Metrics metrics_;
  helper::RdfClient rdf_;
  helper::DataClient data_;
  catalogue::Catalogue catalogue_;
  run::Harvest harvest_;
  run::Pauses pauses_;
};

/// What the configuration says of whose and in which language records are.
[[nodiscard]] catalogue::Rules rules_of(config::Config const& config);

/// What the configuration says to sources of the site.
[[nodiscard]] fetch::Site fetch_site_of(config::Config const& config);

/// What the configuration says of when sources are left alone. \pre check_sources
[[nodiscard]] run::Manners manners_of(config::Config const& config);

/// Everything that kinds, formats and schedules object to in the sources of a configuration.
/// \throws config::ConfigError  if there is anything
void check_sources(config::Config const& config);

/// The source that owns what is imported under a name, always of the kind `push`.
/// \throws config::ConfigError  if the configuration has one of that name which is harvested
[[nodiscard]] Source import_source(config::Config const& config, std::string const& name);

} // namespace terracat::cli

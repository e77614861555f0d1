#pragma once

#include "api/families.hpp"
#include "catalogue/scope.hpp"
#include "log/logger.hpp"

#include <terracat/instant.hpp>
#include <terracat/store_error.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace terracat::api {

/// One API root: an address and what it shows.
struct Root {
  std::string prefix; ///< "/stac", "/poles/aeris/features"
  Family family = Family::stac;
  std::string id; ///< of the catalogue that it is
  std::string title;
  std::string description;
  catalogue::Scope scope = catalogue::Scope::everything();
};

/// An owner of sources that has roots of its own.
struct Pole {
  std::string name; ///< as in addresses
  std::string title;
  std::string description; ///< empty: the title
  std::vector<std::string> sources;
};

/// The roots of a site, one of each family for everything and for each pole.
[[nodiscard]] std::vector<Root> roots_of(std::string const& title, std::string const& description,
                                         std::vector<Pole> const& poles);

/// Files of one source that the site serves.
struct AssetFolder {
  std::string source;
  std::string path;
};

/// One check of readiness that failed.
struct Unready {
  std::string check;
  std::string reason;
};

/// Copies of the catalogue that the site keeps.
struct Backups {
  std::optional<model::Instant> newest;
};

/// What an API needs to know of the site that it speaks for. Fixed while it serves.
struct Site {
  std::string version; ///< of the program: another one may answer in other words
  std::string title;
  std::string description;
  std::string public_url;  ///< without a slash at the end; may have a path
  std::vector<Root> roots; ///< see roots_of()
  std::vector<AssetFolder> asset_folders;
  std::vector<std::string> sources; ///< names of those in the configuration

  // Keys of the configuration, where their defaults are.
  std::size_t default_limit;
  std::size_t max_limit;
  std::size_t max_body_bytes;
  std::chrono::milliseconds answer_timeout;
  std::size_t scan_items;             ///< more than this to look into is a scan
  bool lenient_datetime;              ///< for all clients, not only QGIS
  std::vector<std::string> sortables; ///< as in the catalogue's rules

  /// What keeps the site from being ready; empty: nothing.
  std::function<std::vector<Unready>()> readiness;

  /// \return  nothing if the site keeps none. May be null, which says the same
  std::function<std::optional<Backups>()> backups;

  /// Told of each fault of the store that a request met. May be null.
  std::function<void(store::StoreError const&)> on_store_fault;

  /// The text of `/metrics`.
  std::function<std::string()> metrics;
};

} // namespace terracat::api

#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace terracat {

/// When what a source does not list any more goes.
struct Deletion {
  std::chrono::days grace{7};     ///< that it must have been missing
  std::uint32_t grace_sweeps = 2; ///< complete sweeps that must have missed it, one after another

  // The brake: if more than the greater of the two is missing, nothing goes until somebody says so.
  std::uint32_t brake_count = 20;
  std::uint32_t brake_share = 10; ///< percent of what is kept of the source
};

/// One place that is harvested, as the configuration declares it.
struct Source {
  std::string name;      ///< `[a-z][a-z0-9-]*`, unique
  std::string title;     ///< for people; the name if empty
  std::string kind;      ///< how it is fetched: a row of kinds/kinds.cpp
  std::string address;   ///< URL, or the folder or file of the kind `files`
  std::string format;    ///< of its documents; empty: found out from each document
  std::string pole;      ///< owner: the name of a pole of the configuration; may be empty
  std::string language;  ///< BCP 47, of texts whose document does not say; may be empty
  std::string id_prefix; ///< before the public ids of its records; may be empty
  /// Beginnings of addresses behind which the same lies: identifiers that begin with another one
  /// are kept as if they began with the first.
  std::vector<std::string> same_addresses;

  std::string schedule; ///< cron expression; empty: only by hand
  bool enabled = true;

  /// A folder whose files the site serves under `/assets/{name}/…`; empty: none.
  std::string asset_folder;

  /// File with rules by which its records are mapped otherwise than their format does; empty: none.
  std::string mapping;
  std::string mapping_rules; ///< what the file says, as JSON (formats/rules/rule_set.hpp)

  /// Private networks that may be reached, as CIDR; else public addresses only.
  std::vector<std::string> allow_networks;

  std::chrono::milliseconds delay{100}; ///< between two requests to one host
  std::chrono::seconds timeout{120};    ///< for one request, its retries apart
  std::uint32_t retries = 5;
  std::string user_agent; ///< empty: the one of the site

  /// Options of the kind, a JSON object that fits the kind's schema.
  std::string options = "{}";

  /// So long after a complete run only what has changed since is asked for, if the source can be
  /// asked so; 0: never.
  std::chrono::days changes{0};

  Deletion deletion;

  /// Its place in the configuration; the earlier of two sources wins a clash of ids.
  std::uint32_t order = 0;
};

} // namespace terracat

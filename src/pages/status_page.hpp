#pragma once

#include "pages/sheet.hpp"

#include <terracat/harvest_log.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace terracat::pages {

/// One source, as the status page tells of it.
struct SourceFacts {
  std::string name;
  std::string_view pole_title; ///< may be empty
  bool is_configured = true;   ///< false: it is not harvested any more, or was imported
  std::optional<model::Instant> last_complete;
  std::vector<Run> runs; ///< newest first
  std::size_t records = 0;
  std::size_t items = 0;
  // What keeps runs from beginning by themselves; told to operators alone.
  std::optional<model::Instant> paused_since = {};
  std::string pause_reason = {};                  ///< may be empty
  std::optional<model::Instant> rests_until = {}; ///< its host, whose runs fail
};

struct StatusFacts {
  bool is_ready = true;
  model::Instant now{0};
  std::size_t datasets = 0;
  std::size_t items = 0;
  std::span<SourceFacts const> sources;
  bool has_operators = false; ///< the site has pages for them
};

/// True if the last run that has ended saw everything.
[[nodiscard]] bool is_up_to_date(SourceFacts const& source) noexcept;

/// The sources as a table, under a heading.
void write_sources(Sheet& sheet, StatusFacts const& facts);

[[nodiscard]] std::string status_page(SiteFacts const& site, Language language,
                                      StatusFacts const& facts);

} // namespace terracat::pages

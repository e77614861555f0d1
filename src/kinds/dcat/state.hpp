#pragma once

#include "kinds/seen.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace terracat::kinds::dcat {

/// Where a run stands: all that a checkpoint holds.
struct State {
  std::string next; ///< address of the next page; empty: there is none
  std::size_t pages = 0;
  std::size_t idle_pages = 0; ///< in a row, that brought nothing new
  std::optional<std::size_t> total;
  std::size_t received = 0; ///< resources, each once
  std::size_t services = 0; ///< of these
  std::size_t met = 0;      ///< of what is listed, what was described
  bool unproven = false;    ///< something failed or did not come to its end
  bool has_repeats = false;

  SeenIds seen;          ///< what was described, by all names that it has
  SeenIds listed;        ///< addresses that catalogues name as their data sets
  bool knows_all = true; ///< false once there were too many ids for a checkpoint

  /// \param query  what the pages are of; another one makes the checkpoint useless
  [[nodiscard]] std::string to_checkpoint(std::string_view query) const;

  /// \throws StaleCheckpoint  if the text is none of to_checkpoint, or of another query
  [[nodiscard]] static State from_checkpoint(std::string_view text, std::string_view query);
};

} // namespace terracat::kinds::dcat

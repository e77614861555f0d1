#pragma once

#include "kinds/seen.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace terracat::kinds::csw {

/// Where a run stands: all that a checkpoint holds.
struct State {
  std::size_t position = 1; ///< of the next record to ask for
  std::size_t window = 0;   ///< how many to ask for; fewer than a page after a failure
  std::size_t suspect = 0; ///< somewhere before this position a record makes its page fail; 0: none

  bool sorted = true;
  std::optional<std::size_t> matched; ///< as last announced
  bool count_changed = false;
  std::size_t passed_over = 0; ///< records that could not be had
  std::size_t idle_pages = 0;  ///< in a row, that brought nothing new
  bool done = false;

  SeenIds seen;
  bool seen_all = true; ///< false once there were too many ids for a checkpoint

  /// \param query  what the positions refer to; another one makes the checkpoint useless
  [[nodiscard]] std::string to_checkpoint(std::string_view query) const;

  /// \throws StaleCheckpoint  if the text is none of to_checkpoint, or of another query
  [[nodiscard]] static State from_checkpoint(std::string_view text, std::string_view query);
};

} // namespace terracat::kinds::csw

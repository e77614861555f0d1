#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds::waf {

/// Where a run stands: all that a checkpoint holds.
struct State {
  std::vector<std::string> folders; ///< still to be listed, the next one last
  std::string after;    ///< the file of that folder that was fetched last; empty: none was
  bool started = false; ///< the first list came
  bool given = false;   ///< a file was had
  std::size_t failed = 0;

  /// \param query  what the run is over; another one makes the checkpoint useless
  /// \return       empty if there are too many folders for one: such a run begins again
  [[nodiscard]] std::string to_checkpoint(std::string_view query) const;

  /// \throws StaleCheckpoint  if the text is none of to_checkpoint, or of another query
  [[nodiscard]] static State from_checkpoint(std::string_view text, std::string_view query);
};

} // namespace terracat::kinds::waf

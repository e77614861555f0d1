#pragma once

#include "kinds/seen.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds::sitemap {

/// Where a run stands: all that a checkpoint holds.
struct State {
  std::vector<std::string> maps; ///< still to be read, the next one last
  std::string after;             ///< the page of that map that was looked at last
  std::size_t pages = 0;         ///< that were asked for
  std::size_t failed = 0;
  std::size_t unwanted = 0; ///< pages of other hosts, and those that robots.txt forbids
  bool started = false;     ///< the first map came
  bool given = false;       ///< a data set was had
  SeenIds seen;             ///< data sets

  /// \param query  what the run is over; another one makes the checkpoint useless
  /// \return       empty if there are too many maps or ids for one: such a run begins again
  [[nodiscard]] std::string to_checkpoint(std::string_view query) const;

  /// \throws StaleCheckpoint  if the text is none of to_checkpoint, or of another query
  [[nodiscard]] static State from_checkpoint(std::string_view text, std::string_view query);
};

} // namespace terracat::kinds::sitemap

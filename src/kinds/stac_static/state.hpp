#pragma once

#include "kinds/seen.hpp"
#include "kinds/stac_static/document.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds::stac_static {

/// A list on the way from the root to where the run stands.
struct Level {
  std::string address;
  Step last; ///< the step from it that was taken last; none yet: without an address
};

/// Where a run stands: all that a checkpoint holds.
struct State {
  std::vector<Level> path; ///< the root first
  bool started = false;    ///< the root came
  bool given = false;      ///< a collection or an item was had
  std::size_t failed = 0;
  SeenIds seen; ///< lists by address, collections by address and by id

  [[nodiscard]] bool is_done() const noexcept { return started && path.empty(); }

  /// \param query  what the run is over; another one makes the checkpoint useless
  /// \return       empty if too much was seen for one: such a run begins again
  [[nodiscard]] std::string to_checkpoint(std::string_view query) const;

  /// \throws StaleCheckpoint  if the text is none of to_checkpoint, or of another query
  [[nodiscard]] static State from_checkpoint(std::string_view text, std::string_view query);
};

} // namespace terracat::kinds::stac_static

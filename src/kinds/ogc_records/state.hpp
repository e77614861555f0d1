#pragma once

#include "kinds/counted_list.hpp"
#include "kinds/seen.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace terracat::kinds::ogc_records {

/// Where a run stands: all that a checkpoint holds.
struct State {
  std::optional<std::string> catalogue; ///< that is read, or was read last
  CountedList list;                     ///< of its records; its places are addresses
  std::size_t unproven = 0;             ///< catalogues whose lists prove nothing
  bool done = false;
  SeenIds seen; ///< of all catalogues, if there are several

  [[nodiscard]] std::string to_checkpoint(std::string_view query) const;

  /// \throws StaleCheckpoint  if the text is none of to_checkpoint, or of another query
  [[nodiscard]] static State from_checkpoint(std::string_view text, std::string_view query);
};

} // namespace terracat::kinds::ogc_records

#pragma once

#include "kinds/seen.hpp"

#include <terracat/fetch.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terracat::kinds::stac_api {

enum class Phase : std::uint8_t { collections, items, done };

/// How far one list has been read.
struct Progress {
  std::size_t pages = 0;
  std::size_t received = 0;           ///< without repetitions
  std::size_t idle_pages = 0;         ///< in a row, that were empty
  std::optional<std::size_t> matched; ///< as last announced
  std::uint64_t last_page = 0;        ///< hash of the ids of the last page that was not empty
};

/// Where a run stands: all that a checkpoint holds.
struct State {
  Phase phase = Phase::collections;
  std::string collection; ///< whose items are read, or were read last
  std::optional<fetch::Request>
      request; ///< for the next page of the list; none: begin the next list
  Progress progress;
  std::size_t failed = 0; ///< documents and lists that could not be had
  bool unproven = false;  ///< a list ended otherwise than the protocol says
  SeenIds seen;           ///< ids of collections, while they are listed

  [[nodiscard]] std::string to_checkpoint(std::string_view query) const;

  /// \throws StaleCheckpoint  if the text is none of to_checkpoint, or of another query
  [[nodiscard]] static State from_checkpoint(std::string_view text, std::string_view query);
};

} // namespace terracat::kinds::stac_api

#pragma once

#include <terracat/harvest_log.hpp>

#include <string>
#include <string_view>

/// Where a source is to be asked for changes from, after a walk that was complete. It is kept in
/// the place of the checkpoint, which there is none of then, behind a mark that none begins with.
namespace terracat::catalogue {

inline constexpr char cursor_mark = '>';

/// \param cursor  of kinds::Harvester::cursor; empty: the kind has none
[[nodiscard]] inline std::string kept_cursor(std::string_view cursor) {
  return cursor.empty() ? std::string() : cursor_mark + std::string(cursor);
}

/// \return  empty if none is kept
[[nodiscard]] inline std::string cursor_of(SourceState const& state) {
  bool const is_cursor = state.checkpoint.starts_with(cursor_mark);
  return is_cursor ? state.checkpoint.substr(1) : std::string();
}

/// True if a run was interrupted, and goes on from its checkpoint.
[[nodiscard]] inline bool is_interrupted(SourceState const& state) noexcept {
  return !state.checkpoint.empty() && !state.checkpoint.starts_with(cursor_mark);
}

} // namespace terracat::catalogue

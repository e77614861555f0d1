#pragma once

#include <terracat/store.hpp>

#include <string>

namespace terracat::store {

enum class Access : std::uint8_t {
  write, ///< the one process that writes; makes the store if there is none
  read,  ///< beside whoever writes; the store must be there
};

/// Opens the store that a configuration names: `memory:`, or the path of a catalogue file.
/// \throws StoreError  with a sentence for the operator
[[nodiscard]] std::unique_ptr<Store> open_store(std::string const& name, Access access);

/// Of the SQLite library that is in use.
[[nodiscard]] std::string_view sqlite_version() noexcept;

} // namespace terracat::store

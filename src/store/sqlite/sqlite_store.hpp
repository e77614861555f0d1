#pragma once

#include <terracat/store.hpp>

#include <string>

namespace terracat::store {

enum class Access : std::uint8_t {
  write, ///< holds the instance lock; makes the file if there is none
  read,  ///< beside whoever writes; the file must be there
};

/// A catalogue in one SQLite file with SpatiaLite's tables.
/// \throws StoreError  with a sentence for the operator: in use, damaged, newer, not a catalogue, on
///         a network file system, not readable
[[nodiscard]] std::unique_ptr<Store> open_sqlite_store(std::string const& path, Access access);

} // namespace terracat::store

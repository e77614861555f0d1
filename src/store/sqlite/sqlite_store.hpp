#pragma once

#include "store/stores.hpp"

namespace terracat::store {

/// A catalogue in one SQLite file with SpatiaLite's tables.
/// \throws StoreError  with a sentence for the operator: in use, damaged, newer, not a catalogue,
/// on
///         a network file system, not readable
[[nodiscard]] std::unique_ptr<Store> open_sqlite_store(std::string const& path, Access access);

} // namespace terracat::store

#pragma once

#include "store/sqlite/database.hpp"

namespace terracat::store {

/// Copies one state of a catalogue file into an empty file, page by page within one read
/// transaction: who writes is not hindered, only the log grows meanwhile. Nothing is synced.
/// \param use  inspect or inspect_still
/// \throws StoreError  naming the side that failed
[[nodiscard]] Revision copy_catalogue(std::string const& from, Connection::Use use,
                                      std::string const& to,
                                      std::function<void(double)> const& progress);

} // namespace terracat::store

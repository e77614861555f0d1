#pragma once

#include "store/sqlite/database.hpp"

namespace terracat::store {

/// Proves the file: what SQLite sees of its own structure in one pass; every checksum; SQLite's
/// whole integrity check, every key that must lead somewhere, and rows and footprints against each
/// other. Reads only.
[[nodiscard]] std::vector<Fault> check_catalogue(std::string const& path, Connection::Use use,
                                                 Depth depth,
                                                 std::function<void(double)> const& progress);

} // namespace terracat::store

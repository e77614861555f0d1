#pragma once

#include "store/sqlite/database.hpp"

namespace terracat::store {

/// Proves the file: SQLite's own integrity check, every checksum, every key that must lead
/// somewhere, and rows and footprints against each other. Reads only.
[[nodiscard]] std::vector<Fault> check_catalogue(std::string const& path, Connection::Use use,
                                                 std::function<void(double)> const& progress);

/// Only the checksums, and what SQLite sees of its own structure in one pass.
[[nodiscard]] std::vector<Fault>
check_catalogue_values(std::string const& path, Connection::Use use,
                       std::function<void(double)> const& progress);

} // namespace terracat::store

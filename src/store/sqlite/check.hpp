#pragma once

#include <terracat/store.hpp>

namespace terracat::store {

/// Proves the file: SQLite's own integrity check, every checksum, every key that must lead
/// somewhere, and rows and footprints against each other. Reads only.
[[nodiscard]] std::vector<Fault> check_catalogue(std::string const& path,
                                                 std::function<void(double)> const& progress);

} // namespace terracat::store

#pragma once

#include "store/stores.hpp"

namespace terracat::store {

/// The place of a catalogue file, locked against every other terracat.
///
/// A copy is made ready beside the catalogue under the name FILE.restored. From the moment it has
/// that name it is the catalogue, and what is left to do is done by whoever comes next: at no
/// instant is the place without one, and never does the log of the old one meet the new.
/// \throws StoreError  locked, naming who holds it
[[nodiscard]] std::unique_ptr<HeldPlace> hold_sqlite_place(std::string const& path);

/// True if a copy waits to become the catalogue: the process that restored it died.
[[nodiscard]] bool is_half_replaced(std::string const& path);

/// Lets the copy become the catalogue and sets aside what was there. \pre is_half_replaced, and the
/// place is locked \return  the name of what was set aside; empty: nothing was
std::string finish_replacement(std::string const& path);

} // namespace terracat::store

#pragma once

#include <terracat/store.hpp>

namespace terracat::store {

/// Everything in maps: the reference that says what a store does, and the store of tests. A commit
/// costs a copy of the maps, a search looks at every item.
[[nodiscard]] std::unique_ptr<Store> make_memory_store();

} // namespace terracat::store

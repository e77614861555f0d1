#include "store/stores.hpp"

#include "store/memory/memory_store.hpp"
#include "store/sqlite/held_place.hpp"
#include "store/sqlite/sqlite_store.hpp"

#include <algorithm>
#include <array>

namespace terracat::store {
namespace {

struct Row {
  std::string_view scheme; ///< what the name begins with; empty: any path
  std::string_view summary;
  std::unique_ptr<Store> (*open)(std::string const& name, Access access);
  std::unique_ptr<HeldPlace> (*hold)(std::string const& name); ///< null: it has no place
};

// THE table of stores.
constexpr std::array rows{
    Row{"memory:", "everything in memory, forgotten at the end",
        [](std::string const&, Access) { return make_memory_store(); }, nullptr},
    Row{"", "a catalogue file of SQLite and SpatiaLite", &open_sqlite_store, &hold_sqlite_place},
};

Row const& row_of(std::string const& name) {
  if (name.find("://") != std::string::npos) {
    std::string known;
    for (auto const& row : rows) {
      known += (known.empty() ? "" : ", or ");
      known += row.scheme.empty() ? std::string("a path") : std::string(row.scheme);
      known += " (" + std::string(row.summary) + ")";
    }
    throw StoreError(StoreError::Reason::other,
                     "there is no store for '" + name + "'; a store is " + known);
  }
  return *std::ranges::find_if(rows, [&](Row const& one) { return name.starts_with(one.scheme); });
}

} // namespace

std::unique_ptr<Store> open_store(std::string const& name, Access access) {
  return row_of(name).open(name, access);
}

std::unique_ptr<HeldPlace> hold_place(std::string const& name) {
  auto const& row = row_of(name);
  if (row.hold == nullptr) {
    throw StoreError(StoreError::Reason::other,
                     name + " is " + std::string(row.summary) + ": nothing can be put there");
  }
  return row.hold(name);
}

} // namespace terracat::store

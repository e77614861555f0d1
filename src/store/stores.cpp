#include "store/stores.hpp"

#include "store/memory/memory_store.hpp"
#include "store/sqlite/sqlite_store.hpp"

#include <algorithm>
#include <array>

namespace terracat::store {
namespace {

struct Row {
  std::string_view scheme; ///< what the name begins with; empty: any path
  std::string_view summary;
  std::unique_ptr<Store> (*open)(std::string const& name, Access access);
};

// THE table of stores.
constexpr std::array rows{
    Row{"memory:", "everything in memory, forgotten at the end",
        [](std::string const&, Access) { return make_memory_store(); }},
    Row{"", "a catalogue file of SQLite and SpatiaLite", &open_sqlite_store},
};

} // namespace

std::unique_ptr<Store> open_store(std::string const& name, Access access) {
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
  auto const* const row =
      std::ranges::find_if(rows, [&](Row const& one) { return name.starts_with(one.scheme); });
  return row->open(name, access);
}

} // namespace terracat::store

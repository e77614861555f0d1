#pragma once

#include <terracat/store.hpp>

#include <string>
#include <vector>

namespace terracat::test {

/// A way to make an empty store, for suites that run over all of them.
struct StoreUnderTest {
  std::string name;
  std::function<std::unique_ptr<store::Store>()> make;
};

[[nodiscard]] std::vector<StoreUnderTest> stores();

/// An item with a body of the given `properties` (JSON members without braces).
struct ItemSketch {
  std::string id;
  std::string properties;
  std::optional<model::Geometry> footprint;
  std::optional<model::HeightRange> heights;
  std::optional<model::Instant> datetime;
  std::optional<model::Instant> start;
  std::optional<model::Instant> end;
  std::string native_id; ///< empty: the id
  bool has_local_assets = false;
};

[[nodiscard]] store::ItemWrite item_write(RecordNumber collection, ItemSketch const& sketch);

[[nodiscard]] store::RecordWrite record_write(std::string const& id, std::string const& title = {});

/// Of the items on a page, in order. \pre the reader has the state that they were found in
[[nodiscard]] std::vector<std::string> ids_of(store::Reader& reader, store::ItemPage const& page);

} // namespace terracat::test

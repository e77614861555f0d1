#include "support/stores.hpp"

#include "store/memory/memory_store.hpp"

namespace terracat::test {

std::vector<StoreUnderTest> stores() {
  return {
      {"memory", [] { return store::make_memory_store(); }},
  };
}

store::ItemWrite item_write(RecordNumber collection, ItemSketch const& sketch) {
  auto const item = model::Item::make(
      {.native_id = sketch.native_id.empty() ? sketch.id : sketch.native_id,
       .collection = {},
       .datetime = sketch.datetime,
       .start = sketch.start,
       .end = sketch.end,
       .footprint = sketch.footprint,
       .heights = sketch.heights,
       .body = R"("type":"Feature","properties":{)" + sketch.properties + R"(},"links":[)"});
  return {.number = {},
          .collection = collection,
          .id = sketch.id,
          .source = "source-a",
          .hash = 0,
          .item = item.value()};
}

store::RecordWrite record_write(std::string const& id, std::string const& title) {
  return {.number = {},
          .id = id,
          .source = "source-a",
          .native_id = "native-" + id,
          .type = "dataset",
          .title = title.empty() ? id : title,
          .footprint = {},
          .period = {},
          .texts = {.record = "{}", .body = "", .extent = "", .summaries = ""}};
}

} // namespace terracat::test

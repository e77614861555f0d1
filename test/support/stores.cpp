#include "support/stores.hpp"

#include "store/memory/memory_store.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "support/temporary_folder.hpp"

namespace terracat::test {

namespace {

/// A store in a folder of its own, which goes with it.
class TemporaryStore : public store::Store {
 public:
  std::unique_ptr<store::Reader> reader() override { return store_->reader(); }

  std::unique_ptr<store::Writer> writer() override { return store_->writer(); }

  std::unique_ptr<store::Preparer> preparer() override { return store_->preparer(); }

  store::Figures figures() const override { return store_->figures(); }

  std::vector<store::Fault> check(store::Depth depth,
                                  std::function<void(double)> const& progress) override {
    return store_->check(depth, progress);
  }

  std::optional<Revision> copy_to(std::string const& path,
                                  std::function<void(double)> const& progress) override {
    return store_->copy_to(path, progress);
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_ =
      store::open_sqlite_store(folder_.path() / "test.sqlite", store::Access::write);
};

} // namespace

std::vector<StoreUnderTest> stores() {
  return {
      {"memory", [] { return store::make_memory_store(); }},
      {"sqlite", [] { return std::make_unique<TemporaryStore>(); }},
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
       .body = R"("type":"Feature","properties":{)" + sketch.properties + R"(},"links":[)",
       .has_local_assets = sketch.has_local_assets});
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

std::vector<std::string> ids_of(store::Reader& reader, store::ItemPage const& page) {
  std::vector<std::string> out;
  for (auto const& row : page.rows) out.push_back(reader.item(row.number).value().id);
  return out;
}

} // namespace terracat::test

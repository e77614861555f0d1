#include "store/stores.hpp"

#include "support/catalogues.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace terracat;

namespace {

/// A catalogue file that is opened again and again.
struct File {
  test::TemporaryFolder folder;
  std::string path = (folder.path() / "c.sqlite").string();
  test::StoreUnderTest store{"sqlite",
                             [this] { return store::open_store(path, store::Access::write); }};
  catalogue::Rules rules{.sources = {{.name = "first"}}};
};

} // namespace

TEST_CASE("a catalogue that is opened again is what it was") {
  File const file;
  Revision before;
  {
    test::CatalogueUnderTest under_test(file.store, file.rules);
    under_test.submit("first", test::record("first", "c", "Rain"),
                      test::item("c", {.id = "i",
                                       .properties = R"("n":4)",
                                       .datetime = model::Instant(3 * 86'400'000)}));
    before = under_test.view().revision();
  }
  test::CatalogueUnderTest under_test(file.store, file.rules);
  CHECK(under_test.view().revision() == before);
  auto view = under_test.view();
  auto const collection = view.collection("c").value();
  CHECK(collection.entry->derived.properties.at("n").highest == 4);
  CHECK(view.last_item_change({collection}) == 2);
  CHECK(under_test.items(catalogue::Scope::everything()) == std::vector<std::string>{"c/i"});
}

TEST_CASE("the last change of a list stays what it was when a removal was the last") {
  File const file;
  Sequence records = 0;
  Sequence items = 0;
  {
    test::CatalogueUnderTest under_test(file.store, file.rules);
    under_test.submit("first", test::record("first", "c"), test::record("first", "d"),
                      test::item("c", {.id = "i", .properties = ""}),
                      test::item("d", {.id = "j", .properties = ""}));
    catalogue::Batch batch{.source = "first", .run = {.source = "first", .mode = "test"}};
    batch.removed = {RecordNumber{1}};
    under_test.submit(std::move(batch));
    records = under_test.view().last_record_change();
    items = under_test.view().last_item_change({});
  }
  test::CatalogueUnderTest under_test(file.store, file.rules);
  CHECK(under_test.view().last_record_change() >= records);
  CHECK(under_test.view().last_item_change({}) >= items);
}

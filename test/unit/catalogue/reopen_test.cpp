#include "store/stores.hpp"

#include "support/catalogues.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace terracat;

TEST_CASE("a catalogue that is opened again is what it was") {
  catalogue::Rules rules;
  rules.sources = {{.name = "first"}};
  test::TemporaryFolder const folder;
  auto const path = (folder.path() / "c.sqlite").string();
  test::StoreUnderTest const file{"sqlite",
                                  [&] { return store::open_store(path, store::Access::write); }};
  Revision before;
  {
    test::CatalogueUnderTest under_test(file, rules);
    under_test.submit("first", test::record("first", "c", "Rain"),
                      test::item("c", {.id = "i",
                                       .properties = R"("n":4)",
                                       .datetime = model::Instant(3 * 86'400'000)}));
    before = under_test.view().revision();
  }
  test::CatalogueUnderTest under_test(file, rules);
  CHECK(under_test.view().revision() == before);
  auto view = under_test.view();
  auto const collection = view.collection("c").value();
  CHECK(collection.entry->derived.properties.at("n").highest == 4);
  CHECK(view.last_item_change({collection}) == 2);
  CHECK(under_test.items(catalogue::Scope::everything()) == std::vector<std::string>{"c/i"});
}

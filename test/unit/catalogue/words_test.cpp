// Words of records that other rules made.

#include "catalogue/catalogue.hpp"
#include "formats/record_json.hpp"
#include "index/record_words.hpp"
#include "store/sqlite/database.hpp"
#include "store/stores.hpp"

#include "support/catch.hpp"
#include "support/stores.hpp"
#include "support/temporary_folder.hpp"

#include <thread>

using namespace terracat;

namespace {

void put_record(store::Writer& writer, std::string const& native_id) {
  model::RecordParts parts;
  parts.native_id = native_id;
  parts.type = "dataset";
  parts.title = model::LocalText("en", "Sea ice");
  auto write = test::record_write(native_id, "Sea ice");
  write.native_id = native_id;
  write.texts.record = formats::to_record_json(model::Record::make(std::move(parts)).value());
  writer.put(write);
}

} // namespace

TEST_CASE("records whose words other rules made are found by new ones after a while") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  auto store = under_test.make();
  {
    auto const writer = store->writer();
    writer->begin();
    for (int number = 0; number < 450; ++number) put_record(*writer, "n" + std::to_string(number));
    auto broken = test::record_write("broken");
    broken.texts.record = "{";
    writer->put(broken);
    writer->commit();
  }
  auto* const kept = store.get();
  catalogue::Catalogue catalogue(std::move(store), {},
                                 [](std::string const& reason) { FAIL(reason); });
  auto const reader = kept->reader();
  std::size_t left = 451;
  // Nothing tells that it is done: it is no change of the catalogue.
  for (int patience = 0; left > 1 && patience < 1'000; ++patience) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    reader->begin();
    left = reader->records_of_other_words(index::word_rules, {}, 1'000).size();
    reader->end();
  }
  CHECK(left == 1); // what cannot be read stays as it is
  reader->begin();
  CHECK(reader->find_words({.phrases = {"sea ice"}, .field = {}}).size() == 450);
}

TEST_CASE("a damaged record keeps its old words, and no other with it") {
  test::TemporaryFolder const folder;
  auto const path = (folder.path() / "c.sqlite").string();
  {
    auto const store = store::open_store(path, store::Access::write);
    auto const writer = store->writer();
    writer->begin();
    for (auto const* const id : {"a", "b", "c"}) put_record(*writer, id);
    writer->commit();
  }
  store::Connection(path, store::Connection::Use::write)
      .execute("UPDATE record_text SET whole = CAST(substr(whole, 1, length(whole) - 4) || "
               "x'00000000' AS BLOB) WHERE record = 2");
  auto store = store::open_store(path, store::Access::write);
  auto* const kept = store.get();
  std::promise<std::size_t> told;
  catalogue::Catalogue catalogue(std::move(store), {},
                                 [](std::string const& reason) { FAIL(reason); });
  catalogue.on_damage([&](std::size_t count) { told.set_value(count); });
  CHECK(told.get_future().get() == 1); // and the others are done with
  auto const reader = kept->reader();
  reader->begin();
  CHECK(reader->records_of_other_words(index::word_rules, {}, 10) ==
        std::vector<RecordNumber>{RecordNumber{2}});
  CHECK(reader->find_words({.phrases = {"sea ice"}, .field = {}}).size() == 2);
}

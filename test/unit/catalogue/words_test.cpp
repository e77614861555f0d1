// Words of records that other rules made.

#include "catalogue/catalogue.hpp"
#include "formats/record_json.hpp"
#include "index/record_words.hpp"

#include "support/catch.hpp"
#include "support/stores.hpp"

#include <thread>

using namespace terracat;

TEST_CASE("records whose words other rules made are found by new ones after a while") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  auto store = under_test.make();
  {
    auto const writer = store->writer();
    writer->begin();
    for (int number = 0; number < 450; ++number) {
      model::RecordParts parts;
      parts.native_id = "n" + std::to_string(number);
      parts.type = "dataset";
      parts.title = model::LocalText("en", "Sea ice");
      auto write = test::record_write(parts.native_id, "Sea ice");
      write.native_id = parts.native_id;
      write.texts.record = formats::to_record_json(model::Record::make(std::move(parts)).value());
      writer->put(write);
    }
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

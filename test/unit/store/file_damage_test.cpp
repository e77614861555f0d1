// What is damaged in a file that is opened all the same: who learns of it, and when.

#include "catalogue_file.hpp"

using namespace terracat;
using namespace terracat::store;
using Catch::Matchers::Contains;

TEST_CASE("who serves learns of a broken structure afterwards") {
  File const file;
  file.fill();
  auto const root = Connection(file.path(), Connection::Use::inspect)
                        .integer("SELECT rootpage FROM sqlite_schema WHERE name = 'document'");
  file.forget_log();
  auto const sound = bytes_of(file.path());
  auto const begin = static_cast<std::size_t>(root - 1) * 8192;
  auto const nothing = [](double) {};
  CHECK(file.open(Access::serve)->check(Depth::structure, nothing).empty());
  file.overwrite(sound.substr(0, begin) + noise(8192) + sound.substr(begin + 8192));
  CHECK_THROWS_WITH(file.open(Access::write), Contains("is damaged"));
  auto const store = file.open(Access::serve);
  CHECK_FALSE(store->check(Depth::structure, nothing).empty());
  auto const reader = store->reader();
  reader->begin();
  CHECK(reader->items({.limit = 10}).rows.size() == 3);
}

TEST_CASE("what its progress throws ends a check") {
  File const file;
  file.fill();

  struct Ended {};

  auto const store = file.open(Access::serve);
  for (auto const depth : {Depth::structure, Depth::values, Depth::whole}) {
    CHECK_THROWS_AS(store->check(depth, [](double) { throw Ended{}; }), Ended);
  }
}

TEST_CASE("a value that was damaged is an error where it is read, and nowhere else") {
  File const file;
  auto const collection = file.fill();
  auto const damage = [&](std::string const& table, std::string const& column) {
    file.change("UPDATE " + table + " SET " + column + " = CAST(substr(" + column + ", 1, length(" +
                column + ") - 5) || x'ff' || substr(" + column + ", -4) AS BLOB) " +
                "WHERE rowid = (SELECT min(rowid) FROM " + table + ")");
  };
  std::string out;
  auto const corrupt = [](auto const& read) {
    try {
      read();
    } catch (StoreError const& error) {
      CHECK(error.reason() == StoreError::Reason::corrupt);
      return std::string(error.what());
    }
    return std::string("read");
  };
  SECTION("a body") {
    damage("item_body", "body");
    auto const store = file.open(Access::read);
    auto const reader = store->reader();
    reader->begin();
    auto const first = reader->item(collection, "a")->number;
    CHECK(corrupt([&] { reader->body(first, out); }) == "item_body 1: the checksum differs");
    CHECK(out.empty());
    CHECK_NOTHROW(reader->body(reader->item(collection, "b")->number, out));
    CHECK(reader->items({.limit = 10}).rows.size() == 3);
    query::Property const n{.name = "n", .type = query::Type::number};
    CHECK_THAT(corrupt([&] { (void)reader->items({.where = {query::IsNull{n}}}); }),
               Contains("item_body 1: the checksum differs"));
    CHECK(store->check(Depth::whole, [](double) {}) ==
          std::vector<Fault>{"item_body 1: the checksum differs"});
  }
  SECTION("a document") {
    damage("document", "bytes");
    auto const store = file.open(Access::read);
    auto const reader = store->reader();
    reader->begin();
    CHECK(corrupt([&] { (void)reader->document("source-a", "fr/1"); }) ==
          "document source-a fr/1: the checksum differs");
    CHECK(store->check(Depth::whole, [](double) {}) ==
          std::vector<Fault>{"document 1: the checksum differs"});
  }
  SECTION("a record") {
    damage("record_text", "whole");
    auto const store = file.open(Access::read);
    auto const reader = store->reader();
    reader->begin();
    CHECK(corrupt([&] { (void)reader->record_texts(collection); }) ==
          "record_text 1: the checksum differs");
    CHECK(reader->record(collection));
    CHECK(store->check(Depth::whole, [](double) {}) ==
          std::vector<Fault>{"record_text.whole 1: the checksum differs"});
  }
  SECTION("a correction, which a repair drops, for nobody else has it") {
    {
      auto const store = file.open();
      auto const writer = store->writer();
      writer->begin();
      writer->put_correction({.key = {"source-a", "native-c", "title", ""}, .value = "Rain"});
      writer->put_correction({.key = {"source-a", "native-c", "title", "fr"}, .value = "Pluie"});
      writer->commit();
    }
    damage("correction", "value");
    auto const store = file.open();
    auto const reader = store->reader();
    reader->begin();
    CHECK(corrupt([&] { (void)reader->corrections(); }) == "correction 1: the checksum differs");
    reader->end();
    CHECK(store->check(Depth::whole, [](double) {}) ==
          std::vector<Fault>{"correction 1: the checksum differs"});
    auto const writer = store->writer();
    writer->begin();
    CHECK(writer->mend([] {}).back() ==
          "the correction of title of native-c was damaged and is dropped");
    CHECK(writer->reader().corrections().at(0).value == "Pluie");
    writer->commit();
    CHECK(store->check(Depth::whole, [](double) {}).empty());
  }
}

TEST_CASE("check finds what does not fit together") {
  File const file;
  file.fill();
  auto const faults_after = [&](std::string const& sql) {
    file.change(sql);
    return file.open(Access::read)->check(Depth::whole, [](double) {});
  };
  using Faults = std::vector<Fault>;
  double last = 0;
  CHECK(file.open(Access::read)->check(Depth::whole, [&](double done) { last = done; }).empty());
  CHECK(last == 1);
  CHECK(faults_after("DELETE FROM item_body WHERE item = 2") == Faults{"item without body: 2"});
  CHECK(faults_after("DELETE FROM item WHERE number = 2") == Faults{"change of no item: 3"});
  CHECK(faults_after("DELETE FROM change WHERE sequence = 3").empty());
  CHECK(faults_after("INSERT INTO item_body VALUES (9, (SELECT body FROM item_body), NULL)") ==
        Faults{"body without item: 9"});
  CHECK(faults_after("DELETE FROM item_body WHERE item = 9").empty());
  CHECK(faults_after("UPDATE item_body SET id = NULL WHERE item = 3").empty());
  CHECK(faults_after("UPDATE item_body SET id = 'x' WHERE item = 3") ==
        Faults{"body with another id: 3"});
  CHECK(faults_after("UPDATE item_body SET id = NULL WHERE item = 3").empty());
  CHECK(faults_after("UPDATE item SET has_local_assets = 1 WHERE number = 1") ==
        Faults{"body with another id: 1"});
  CHECK(faults_after("UPDATE item SET has_local_assets = 0 WHERE number = 1").empty());
  CHECK(faults_after("UPDATE item SET collection = 5 WHERE number = 3") ==
        Faults{"item without collection: 3", "item whose change is that of another: 3"});
  CHECK(faults_after("UPDATE item SET collection = 1 WHERE number = 3").empty());
  CHECK(faults_after("INSERT INTO identifier VALUES ('x', 5, 'id', 0)") ==
        Faults{"identifier of no record: 5"});
  CHECK(faults_after("DELETE FROM identifier").empty());
  CHECK(faults_after("UPDATE catalogue SET sequence = sequence - 1") ==
        Faults{"change beyond the last sequence: 4"});
  CHECK(faults_after("UPDATE catalogue SET sequence = sequence + 1").empty());
  CHECK(faults_after("UPDATE item SET west = 1, east = 2, south = 2, north = 2, "
                     "geometry = MakePoint(2, 2, 4326) WHERE number = 3") ==
        Faults{"item whose box is not that of its footprint: 3"});
}

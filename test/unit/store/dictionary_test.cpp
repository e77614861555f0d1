// Bodies that are compressed with dictionaries: when these are learned, what names them, and what
// becomes of bodies whose dictionary is lost.

#include "store/sqlite/body_reader.hpp"
#include "store/stores.hpp"

#include "support/catch.hpp"
#include "support/stores.hpp"
#include "support/temporary_folder.hpp"

#include <array>
#include <fstream>

using namespace terracat;
using namespace terracat::store;
using Catch::Matchers::Contains;

namespace {

/// Letters that look like chance and are always the same. \param state  of what makes them
std::string letters(std::uint64_t state, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) {
    state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    out += static_cast<char>('a' + (state >> 60U));
  }
  return out;
}

/// Members of which an eighth is the item's own, and the rest that of its kind.
std::string properties(std::string const& kind, int number) {
  auto const seed = 256 * static_cast<std::uint64_t>(kind[0]);
  std::string out;
  for (int i = 0; i < 16; ++i) {
    out += (i == 0 ? "\"" : ",\"") + kind + ":member_" + std::to_string(i * i) + "\":";
    out += i % 8 == 0 ? std::to_string(number * 7'919 % 10'007 + i)
                      : "\"" + letters(seed + static_cast<std::uint64_t>(i), 40) + "\"";
  }
  return out;
}

std::vector<std::string> bodies_of_rain() {
  std::vector<std::string> out(200);
  for (int i = 0; auto& body : out) body = properties("rain", i++);
  return out;
}

/// A catalogue file with one collection and a writer.
class Catalogue {
 public:
  Catalogue() {
    writer_->begin();
    collection_ = writer_->put(test::record_write("c"));
    writer_->commit();
  }

  [[nodiscard]] std::string path() const { return (folder_.path() / "c.sqlite").string(); }

  [[nodiscard]] Store& store() { return *store_; }

  [[nodiscard]] Writer& writer() { return *writer_; }

  [[nodiscard]] RecordNumber collection() const { return collection_; }

  /// Within the writer's transaction. \return  the number of the first one
  ItemNumber put(std::string const& kind, int first, int count) {
    ItemNumber out{};
    for (int i = first; i < first + count; ++i) {
      auto const write = test::item_write(
          collection_, {.id = kind + std::to_string(i), .properties = properties(kind, i)});
      auto const number = writer_->put(write);
      if (i == first) out = number;
    }
    return out;
  }

  ItemNumber commit(std::string const& kind, int first, int count) {
    writer_->begin();
    auto const out = put(kind, first, count);
    writer_->commit();
    return out;
  }

  /// Replaces items of the kind by others of another one, which keep their ids.
  void replace(std::string const& kind, int first, int count, std::string const& by) {
    writer_->begin();
    for (int i = first; i < first + count; ++i) {
      auto const id = kind + std::to_string(i);
      auto write = test::item_write(collection_, {.id = id, .properties = properties(by, i)});
      write.number = writer_->reader().item(collection_, id)->number;
      write.hash = 1;
      writer_->put(write);
    }
    writer_->commit();
  }

  [[nodiscard]] std::int64_t integer(std::string const& sql) const {
    return Connection(path(), Connection::Use::inspect).integer(sql);
  }

  /// What a repair did, in one text.
  std::string mend() {
    writer_->begin();
    std::string out;
    for (auto const& done : writer_->mend([] {})) out += done + '\n';
    writer_->commit();
    return out;
  }

  [[nodiscard]] std::int64_t dictionaries() const {
    return integer("SELECT count(*) FROM dictionary");
  }

  /// Runs a statement as another program would.
  void change(std::string const& sql) const {
    Connection(path(), Connection::Use::write).execute(sql);
  }

  std::vector<Fault> faults() {
    return store_->check(Depth::whole, [](double) {});
  }

  static std::string body(Reader& reader, ItemNumber number) {
    std::string out;
    reader.begin();
    reader.body(number, out);
    return out;
  }

  /// All of the kind say what was put.
  bool reads_all(Reader& reader, std::string const& kind, int first, int count) {
    reader.begin();
    for (int i = first; i < first + count; ++i) {
      auto const row = reader.item(collection_, kind + std::to_string(i));
      std::string text;
      reader.body(row->number, text);
      if (text.find(properties(kind, i)) == std::string::npos) return false;
    }
    return true;
  }

 private:
  test::TemporaryFolder folder_;
  std::unique_ptr<Store> store_ = open_store(path(), Access::write);
  std::unique_ptr<Writer> writer_ = store_->writer();
  RecordNumber collection_{};
};

ItemNumber after(ItemNumber number, int by) {
  return ItemNumber{static_cast<std::int64_t>(number) + by};
}

} // namespace

TEST_CASE("a dictionary is named by what was compressed with it, and is needed to read it") {
  auto const bodies = bodies_of_rain();
  auto const learned = learn_dictionary(bodies, 7);
  REQUIRE(learned);
  Codec codec;
  Packing const packing(*learned);
  auto const plain = codec.compress(bodies[3]);
  auto const packed = codec.compress(bodies[3], &packing);
  CHECK(packed.size() < plain.size() / 2);
  CHECK(dictionary_of(packed) == 7);
  CHECK(dictionary_of(plain) == 0);
  CHECK(dictionary_of("nothing that zstd made") == 0);
  CHECK(dictionary_of(codec.compress(bodies[3])) == 0); // the one before left nothing behind

  std::string out;
  Unpacking const unpacking(*learned);
  codec.decompress(packed, out, "body", &unpacking);
  codec.decompress(plain, out, "body");
  CHECK(out == bodies[3] + bodies[3]);
  CHECK_THROWS_AS(codec.decompress(packed, out, "body"), StoreError);
  auto const other = learn_dictionary(bodies, 8);
  Unpacking const another(*other);
  CHECK_THROWS_AS(codec.decompress(packed, out, "body", &another), StoreError);
  CHECK(out == bodies[3] + bodies[3]);
}

TEST_CASE("nothing is learned from next to nothing") {
  CHECK_FALSE(learn_dictionary({}, 1));
  CHECK_FALSE(learn_dictionary({"a"}, 1));
}

TEST_CASE("a cache lets go of dictionaries, not of those that are in use") {
  auto const bodies = bodies_of_rain();
  auto const bytes = learn_dictionary(bodies, 1).value();
  DictionaryCache cache;
  CHECK(cache.find(1) == nullptr);
  auto const used = std::make_shared<Unpacking const>(bytes);
  cache.add(1, used);
  CHECK(cache.find(1) == used);
  for (int number = 2; number < 300; ++number) cache.add(number, used);
  CHECK(cache.find(1) == nullptr);
  CHECK(cache.find(299) == used);
  cache.clear();
  CHECK(cache.find(299) == nullptr);
  CHECK(used.use_count() == 1);
}

TEST_CASE("a collection has a dictionary as soon as it has a hundred items") {
  Catalogue catalogue;
  auto const reader = catalogue.store().reader();
  auto const first = catalogue.commit("rain", 0, 100);
  CHECK(catalogue.dictionaries() == 0);
  CHECK(catalogue.reads_all(*reader, "rain", 0, 100));
  SECTION("at once") {
    catalogue.commit("rain", 100, 50);
  }
  SECTION("item by item") {
    for (int i = 0; i < 50; ++i) catalogue.commit("rain", 100 + i, 1);
  }
  CHECK(catalogue.dictionaries() == 1);
  auto const size = [&](int i) {
    return catalogue.integer("SELECT length(body) FROM item_body WHERE item = " +
                             std::to_string(static_cast<std::int64_t>(after(first, i))));
  };
  CHECK(size(149) < size(0) / 2);
  CHECK(catalogue.reads_all(*reader, "rain", 0, 150));
  CHECK(catalogue.reads_all(*catalogue.store().reader(), "rain", 0, 150));
  CHECK(catalogue.reads_all(catalogue.writer().reader(), "rain", 0, 150));
  query::Property const of_item{.name = "rain:member_0", .type = query::Type::number};
  CHECK(reader->items({.where = {query::IsNull{of_item}}}).rows.empty());
  CHECK(catalogue.faults().empty());
}

TEST_CASE("bodies that have nothing in common get no dictionary") {
  Catalogue catalogue;
  catalogue.writer().begin();
  for (std::uint64_t i = 0; i < 150; ++i) {
    catalogue.writer().put(test::item_write(
        catalogue.collection(), {.id = "n" + std::to_string(i),
                                 .properties = R"("noise":")" + letters(i + 1, 4'000) + '"'}));
  }
  catalogue.writer().commit();
  CHECK(catalogue.dictionaries() == 0);
}

TEST_CASE("a dictionary of a transaction that is rolled back is none") {
  Catalogue catalogue;
  catalogue.writer().begin();
  catalogue.put("rain", 0, 150);
  std::string ignored; // the writer has used it
  catalogue.writer().reader().body(
      catalogue.writer().reader().item(catalogue.collection(), "rain149")->number, ignored);
  catalogue.writer().rollback();
  CHECK(catalogue.dictionaries() == 0);
  catalogue.commit("wind", 0, 150); // its dictionary has the number of the one before
  CHECK(catalogue.dictionaries() == 1);
  CHECK(catalogue.reads_all(catalogue.writer().reader(), "wind", 0, 150));
  CHECK(catalogue.reads_all(*catalogue.store().reader(), "wind", 0, 150));
  CHECK(catalogue.faults().empty());
}

TEST_CASE("another dictionary is learned when bodies change, and the old one stays for old ones") {
  Catalogue catalogue;
  catalogue.commit("rain", 0, 1'500);
  auto const before = catalogue.dictionaries();
  auto const newest = [&] {
    return catalogue.integer("SELECT length(body) FROM item_body ORDER BY item DESC LIMIT 1");
  };
  auto const size_of_rain = newest();
  catalogue.commit("wind", 0, 1);
  auto const size_of_misfit = newest();
  CHECK(size_of_misfit > 2 * size_of_rain);
  catalogue.commit("wind", 1, 3'499);
  CHECK(catalogue.dictionaries() > before);
  CHECK(newest() < size_of_misfit / 2);
  auto const reader = catalogue.store().reader();
  CHECK(catalogue.reads_all(*reader, "rain", 0, 1'500));
  CHECK(catalogue.reads_all(*reader, "wind", 0, 3'500));
  CHECK(catalogue.faults().empty());

  auto const all = catalogue.dictionaries();
  CHECK_THAT(catalogue.mend(), !Contains("dictionaries")); // bodies name them all
  catalogue.replace("rain", 0, 1'500, "wind");
  catalogue.replace("wind", 0, 1'500, "wind");
  CHECK(catalogue.dictionaries() >= all);
  CHECK_THAT(catalogue.mend(),
             Contains("dictionaries removed that are damaged, or that no body names"));
  CHECK(catalogue.dictionaries() < all);
  CHECK(catalogue.reads_all(*reader, "wind", 0, 3'500));
  CHECK(catalogue.faults().empty());
}

TEST_CASE("dictionaries go with the last item of their collection") {
  Catalogue catalogue;
  catalogue.commit("rain", 0, 150);
  REQUIRE(catalogue.dictionaries() == 1);
  catalogue.writer().begin();
  catalogue.writer().remove(catalogue.collection());
  catalogue.writer().purge(149);
  catalogue.writer().commit();
  CHECK(catalogue.dictionaries() == 1);
  CHECK(catalogue.faults().empty());
  catalogue.writer().begin();
  catalogue.writer().purge(100);
  catalogue.writer().commit();
  CHECK(catalogue.dictionaries() == 0);
  CHECK(catalogue.faults().empty());
}

TEST_CASE("a lost dictionary is told of once, and what needs it can be fetched again") {
  Catalogue catalogue;
  catalogue.commit("rain", 0, 150);
  catalogue.replace("rain", 0, 150, "rain"); // all bodies name it, and have a hash
  bool const is_damaged = GENERATE(true, false);
  if (is_damaged) {
    catalogue.change("UPDATE dictionary SET bytes = CAST(substr(bytes, 1, length(bytes) - 5) || "
                     "x'ff' || substr(bytes, -4) AS BLOB)");
  } else {
    catalogue.change("DELETE FROM dictionary");
  }
  std::string const lost = is_damaged ? "the checksum differs" : "is missing";
  auto const sentence = std::string("dictionary 1") + (is_damaged ? ": " : " ") + lost;

  auto const store = open_store(catalogue.path(), Access::read);
  auto const reader = store->reader();
  reader->begin();
  auto const item = reader->item(catalogue.collection(), "rain3")->number;
  std::string out;
  CHECK_THROWS_WITH(reader->body(item, out), "item_body " +
                                                 std::to_string(static_cast<std::int64_t>(item)) +
                                                 ": " + sentence);
  CHECK(out.empty());
  CHECK(reader->items({.limit = 200}).rows.size() == 150);
  query::Property const of_item{.name = "rain:member_0", .type = query::Type::number};
  CHECK_THROWS_WITH(reader->items({.where = {query::IsNull{of_item}}}), Contains(sentence));
  CHECK(reader->item_places(ItemNumber{0}, 200, std::array{of_item}).size() == 150);
  std::vector<Fault> expected;
  if (is_damaged) expected.push_back(sentence);
  expected.emplace_back("dictionary 1, without which bodies cannot be read: 150");
  CHECK(store->check(Depth::whole, [](double) {}) == expected);
  CHECK(store->check(Depth::values, [](double) {}) == expected);
  reader->end();

  CHECK_THAT(catalogue.mend(), Contains("150 damaged values left to be fetched again"));
  CHECK(catalogue.dictionaries() == 0);
  CHECK(catalogue.integer("SELECT count(*) FROM item WHERE hash = 0") == 150);
  catalogue.replace("rain", 0, 150, "rain");
  CHECK(catalogue.reads_all(*catalogue.store().reader(), "rain", 0, 150));
  catalogue.commit("rain", 150, 400);
  CHECK(catalogue.reads_all(*catalogue.store().reader(), "rain", 0, 550));
  CHECK(catalogue.integer("SELECT min(number) FROM dictionary") == 2);
  CHECK(catalogue.faults().empty());
}

TEST_CASE("a copy of a catalogue has its dictionaries") {
  Catalogue catalogue;
  catalogue.commit("rain", 0, 150);
  test::TemporaryFolder const folder;
  auto const path = (folder.path() / "copy.sqlite").string();
  std::ofstream(path).flush();
  CHECK(catalogue.store().copy_to(path, [](double) {}));
  auto const copy = open_store(path, Access::read);
  CHECK(catalogue.reads_all(*copy->reader(), "rain", 0, 150));
  CHECK(copy->check(Depth::whole, [](double) {}).empty());
}

TEST_CASE("a body that was made ready is kept as it is, unless it would be made otherwise now") {
  Catalogue catalogue;
  auto const preparer = catalogue.store().preparer();
  REQUIRE(preparer);
  auto const write_of = [&](int number) {
    auto const id = "rain" + std::to_string(number);
    return test::item_write(catalogue.collection(),
                            {.id = id, .properties = properties("rain", number)});
  };
  auto const prepare = [&](ItemWrite& write) {
    write.prepared = preparer->prepare(catalogue.collection(), write.item->body);
    return dictionary_of(write.prepared.bytes);
  };
  auto const put = [&](ItemWrite const& write) {
    catalogue.writer().begin();
    auto const number = catalogue.writer().put(write);
    catalogue.writer().commit();
    return number;
  };
  auto const kept = [&](ItemNumber number) {
    return catalogue.integer("SELECT length(body) FROM item_body WHERE item = " +
                             std::to_string(static_cast<std::int64_t>(number)));
  };

  auto early = write_of(200);
  prepare(early);
  CHECK(early.prepared.bytes.empty()); // the writer has not looked yet
  catalogue.commit("rain", 0, 50);
  auto plain = write_of(201);
  CHECK(prepare(plain) == 0);
  CHECK_FALSE(plain.prepared.bytes.empty());
  auto stale = write_of(202);
  prepare(stale);
  CHECK(kept(put(plain)) == static_cast<std::int64_t>(plain.prepared.bytes.size()));

  catalogue.commit("rain", 50, 100);
  REQUIRE(catalogue.dictionaries() == 1);
  auto packed = write_of(203);
  CHECK(prepare(packed) == 1);
  CHECK(kept(put(packed)) == static_cast<std::int64_t>(packed.prepared.bytes.size()));
  CHECK(kept(put(stale)) < static_cast<std::int64_t>(stale.prepared.bytes.size()) / 2);
  CHECK(kept(put(early)) < static_cast<std::int64_t>(stale.prepared.bytes.size()) / 2);
  CHECK(catalogue.reads_all(*catalogue.store().reader(), "rain", 200, 4));
  CHECK(catalogue.faults().empty());
}

TEST_CASE("a body that was made ready with what is gone is made anew") {
  Catalogue catalogue;
  auto const preparer = catalogue.store().preparer();
  auto write = test::item_write(catalogue.collection(),
                                {.id = "rain200", .properties = properties("rain", 200)});
  auto const prepare = [&] {
    write.prepared = preparer->prepare(catalogue.collection(), write.item->body);
  };
  SECTION("a transaction that was rolled back had learned it") {
    catalogue.writer().begin();
    catalogue.put("rain", 0, 150);
    prepare();
    catalogue.writer().rollback();
    catalogue.commit("wind", 0, 150); // the number of the dictionary means another one
  }
  SECTION("it is of another collection") {
    catalogue.writer().begin();
    auto const other = catalogue.writer().put(test::record_write("d"));
    for (int i = 0; i < 150; ++i) {
      auto const id = "rain" + std::to_string(i);
      catalogue.writer().put(
          test::item_write(other, {.id = id, .properties = properties("rain", i)}));
    }
    catalogue.writer().commit();
    write.prepared = preparer->prepare(other, write.item->body);
  }
  REQUIRE(dictionary_of(write.prepared.bytes) == 1);
  catalogue.writer().begin();
  catalogue.writer().put(write);
  catalogue.writer().commit();
  CHECK(catalogue.reads_all(*catalogue.store().reader(), "rain", 200, 1));
  auto const size =
      catalogue.integer("SELECT length(body) FROM item_body ORDER BY item DESC LIMIT 1");
  CHECK(size != static_cast<std::int64_t>(write.prepared.bytes.size()));
  CHECK(catalogue.faults().empty());
}

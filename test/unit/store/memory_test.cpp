// Memory that SQLite is refused. It is the same error whoever notices it, and no word about the
// file.

#include "store/sqlite/database.hpp"
#include "store/stores.hpp"

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <sqlite3.h>

using namespace terracat;
using namespace terracat::store;

namespace {

/// SQLite has what it has and gets no more.
class NoMoreMemory {
 public:
  NoMoreMemory() : before_(::sqlite3_hard_heap_limit64(::sqlite3_memory_used())) {}

  NoMoreMemory(NoMoreMemory const&) = delete;
  NoMoreMemory& operator=(NoMoreMemory const&) = delete;
  NoMoreMemory(NoMoreMemory&&) = delete;
  NoMoreMemory& operator=(NoMoreMemory&&) = delete;

  ~NoMoreMemory() { ::sqlite3_hard_heap_limit64(before_); }

 private:
  sqlite3_int64 before_;
};

std::string path_in(test::TemporaryFolder const& folder) {
  return (folder.path() / "c.sqlite").string();
}

} // namespace

TEST_CASE("A statement without memory is bad_alloc, not an error of the store") {
  Connection const connection(":memory:", Connection::Use::create);
  connection.execute("CREATE TABLE t (v TEXT)");
  {
    NoMoreMemory const none;
    CHECK_THROWS_AS(connection.execute("INSERT INTO t VALUES (zeroblob(1000000))"), std::bad_alloc);
  }
  connection.execute("INSERT INTO t VALUES (zeroblob(1000000))");
  CHECK(connection.integer("SELECT count(*) FROM t") == 1);
}

TEST_CASE("No connection is opened without memory, and one is afterwards") {
  {
    NoMoreMemory const none;
    CHECK_THROWS_AS(Connection(":memory:", Connection::Use::create), std::bad_alloc);
  }
  Connection const connection(":memory:", Connection::Use::create);
  CHECK(connection.integer("SELECT ST_Intersects(MakePoint(1, 2), MakePoint(1, 2))") == 1);
}

TEST_CASE("A writer whose work found no memory goes on with the next") {
  test::TemporaryFolder const folder;
  auto const store = open_store(path_in(folder), Access::write);
  auto const writer = store->writer();
  writer->begin();
  auto const before = writer->pending();
  writer->put_source({.name = "a", .checkpoint = "kept"});
  writer->commit();
  writer->begin();
  {
    NoMoreMemory const none;
    CHECK_THROWS_AS(writer->put_source({.name = "b", .checkpoint = std::string(1'000'000, 'x')}),
                    std::bad_alloc);
    writer->rollback();
  }
  writer->begin();
  CHECK(writer->pending() == before);
  CHECK(writer->reader().source("a").checkpoint == "kept");
  CHECK(writer->reader().source("b").checkpoint.empty());
  writer->commit();
}

TEST_CASE("A reader that finds no memory to look at the newest state does so later") {
  test::TemporaryFolder const folder;
  auto const store = open_store(path_in(folder), Access::write);
  auto const reader = store->reader();
  auto const writer = store->writer();
  auto const first = reader->begin();
  {
    NoMoreMemory const none;
    reader->end();
  }
  writer->begin();
  writer->put_source({.name = "a", .checkpoint = "new"});
  writer->commit();
  CHECK(reader->begin().epoch == first.epoch);
  CHECK(reader->source("a").checkpoint == "new");
}

TEST_CASE("A look at the structure that found no memory is no finding") {
  CHECK(structure_fault("ok").empty());
  CHECK(structure_fault("row 3 missing from index x") == "row 3 missing from index x");
  CHECK(structure_fault("*** in database main ***\nTree 2 page 2: btreeInitPage() returns error "
                        "code 11") ==
        "*** in database main ***\nTree 2 page 2: btreeInitPage() returns error code 11");
  CHECK_THROWS_AS(structure_fault("*** in database main ***\n"), std::bad_alloc);
  CHECK_THROWS_AS(structure_fault("*** in database main ***\nPage 93: unable to get the page. "
                                  "error code=7"),
                  std::bad_alloc);
  CHECK_FALSE(structure_fault("Page 93: unable to get the page. error code=778").empty());
}

TEST_CASE("A page that could be had the second time is no finding") {
  using Faults = std::vector<std::string>;
  auto const found = [](Faults const& first, Faults const& second) {
    int looks = 0;
    auto faults = lasting_faults([&] { return ++looks == 1 ? first : second; });
    return std::pair(std::move(faults), looks);
  };
  std::string const page = "On tree page 222 cell 0: failed to get page 161";
  CHECK(found({}, {page}) == std::pair(Faults{}, 1));
  CHECK(found({"row 3 missing"}, {}) == std::pair(Faults{"row 3 missing"}, 1));
  CHECK(found({page}, {}) == std::pair(Faults{}, 2));
  CHECK(found({page}, {page}) == std::pair(Faults{page}, 2));
  CHECK(found({page, "row 3 missing"}, {"row 3 missing"}) == std::pair(Faults{"row 3 missing"}, 2));
  CHECK(found({page}, {"row 3 missing"}) == std::pair(Faults{"row 3 missing"}, 2));
}

// The rules of every connection (doc/design.md 7), asked of the connection itself.

#include "store/sqlite/database.hpp"
#include "store/sqlite/functions.hpp"
#include "store/sqlite/schema.hpp"

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <sqlite3.h>

#include <fstream>

using namespace terracat::store;
using Use = Connection::Use;

namespace {

/// A file with the tables of a catalogue, and an empty log.
class EmptyCatalogue {
 public:
  EmptyCatalogue() {
    Connection const connection(path(), Use::create);
    create_schema(connection);
    REQUIRE(connection.checkpoint(true));
  }

  [[nodiscard]] std::string path() const { return (folder_.path() / "c.sqlite").string(); }

 private:
  terracat::test::TemporaryFolder folder_;
};

int setting(Connection const& connection, int what) {
  int value = -1;
  sqlite3_db_config(connection.handle(), what, -1, &value);
  return value;
}

std::string text(Connection const& connection, std::string_view sql) {
  auto statement = connection.prepare(sql);
  Execution run(statement);
  return run.step() ? std::string(run.row().text(0)) : "no row";
}

} // namespace

TEST_CASE("every connection is set up by the same rules") {
  EmptyCatalogue const file;
  auto const use = GENERATE(Use::create, Use::write, Use::inspect, Use::inspect_still);
  Connection const connection(file.path(), use);
  CHECK(connection.integer("PRAGMA mmap_size") == 0);
  CHECK(connection.integer("PRAGMA cell_size_check") == 1);
  CHECK(connection.integer("PRAGMA wal_autocheckpoint") == 0);
  CHECK(connection.integer("PRAGMA busy_timeout") == 10'000);
  CHECK(connection.integer("PRAGMA temp_store") == 2); // in memory
  CHECK(setting(connection, SQLITE_DBCONFIG_DEFENSIVE) == 1);
  CHECK(setting(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE) == 1);
  CHECK(setting(connection, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION) == 0);
  CHECK(setting(connection, SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER) == 0);
  auto const limit = [&](int what) { return sqlite3_limit(connection.handle(), what, -1); };
  CHECK(limit(SQLITE_LIMIT_LENGTH) == 64 << 20);
  CHECK(limit(SQLITE_LIMIT_SQL_LENGTH) == 1 << 20);
  CHECK(limit(SQLITE_LIMIT_EXPR_DEPTH) == 200);
  CHECK(limit(SQLITE_LIMIT_VDBE_OP) == 1'000'000);
  CHECK(limit(SQLITE_LIMIT_VARIABLE_NUMBER) == 32'766);
  CHECK(limit(SQLITE_LIMIT_ATTACHED) == 0);
  bool const writes = use == Use::create || use == Use::write;
  CHECK(connection.integer("PRAGMA trusted_schema") == (writes ? 1 : 0));
  CHECK(connection.integer("PRAGMA query_only") == (writes ? 0 : 1));
}

TEST_CASE("a reader has the same settings, which nobody can ask of it") {
  EmptyCatalogue const file;
  Connection const reader(file.path(), Use::read);
  CHECK(setting(reader, SQLITE_DBCONFIG_DEFENSIVE) == 1);
  CHECK(setting(reader, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE) == 1);
  sqlite3_set_authorizer(reader.handle(), nullptr, nullptr); // so that it can be asked after all
  CHECK(reader.integer("PRAGMA trusted_schema") == 0);
  CHECK(reader.integer("PRAGMA query_only") == 1);
  CHECK(reader.integer("PRAGMA mmap_size") == 0);
  CHECK(reader.integer("PRAGMA cell_size_check") == 1);
  CHECK(reader.integer("PRAGMA wal_autocheckpoint") == 0);
}

TEST_CASE("the file says what it is, and how it is kept") {
  EmptyCatalogue const file;
  Connection const connection(file.path(), Use::write);
  CHECK(connection.integer("PRAGMA page_size") == 8192);
  CHECK(text(connection, "PRAGMA journal_mode") == "wal");
  CHECK(connection.integer("PRAGMA application_id") == 0x74636174); // "tcat"
  CHECK(connection.integer("PRAGMA user_version") == schema_version);
  CHECK(text(connection, "PRAGMA locking_mode") == "normal");
  CHECK(connection.integer("PRAGMA synchronous") == 2); // FULL
  // SpatiaLite's own tables know both layers, and only records have its index.
  CHECK(connection.integer("SELECT count(*) FROM geometry_columns WHERE srid = 4326") == 2);
  CHECK(text(connection,
             "SELECT f_table_name FROM geometry_columns WHERE spatial_index_enabled = 1") ==
        "record");
}

TEST_CASE("numbers of records, items and runs are never used twice") {
  EmptyCatalogue const file;
  Connection const connection(file.path(), Use::write);
  CHECK(connection.integer("SELECT count(*) FROM sqlite_schema WHERE name IN "
                           "('record', 'item', 'run') AND sql LIKE '%AUTOINCREMENT%'") == 3);
}

TEST_CASE("a reader reads the tables of the catalogue, and nothing else") {
  EmptyCatalogue const file;
  Connection const reader(file.path(), Use::read);
  DictionaryCache dictionaries;
  Functions const functions(reader.handle(), dictionaries);
  CHECK(reader.integer("SELECT count(*) FROM item") == 0);
  CHECK_NOTHROW(reader.execute("BEGIN; SELECT coalesce(text_key('a'), 0) FROM record; COMMIT"));
  for (auto const* const sql :
       {"SELECT * FROM sqlite_schema", "SELECT * FROM geometry_columns",
        "SELECT * FROM spatial_ref_sys", "SELECT * FROM idx_record_geometry",
        "INSERT INTO source (name) VALUES ('x')", "DELETE FROM item",
        "UPDATE catalogue SET epoch = 1", "DROP TABLE item", "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x (y)", "PRAGMA user_version", "PRAGMA query_only = OFF",
        "ATTACH ':memory:' AS x", "SELECT load_extension('x')",
        "SELECT BlobFromFile('/etc/passwd')", "SELECT writefile('x', 'y')",
        "SELECT InitSpatialMetaData()", "SELECT random()", "SAVEPOINT x"}) {
    INFO(sql);
    CHECK_THROWS_AS(reader.execute(sql), StoreError);
  }
}

TEST_CASE("whoever only inspects cannot write either") {
  EmptyCatalogue const file;
  auto const use = GENERATE(Use::inspect, Use::inspect_still);
  Connection const connection(file.path(), use);
  CHECK_THROWS_WITH(connection.execute("INSERT INTO source (name) VALUES ('x')"),
                    Catch::Matchers::Contains("readonly"));
}

TEST_CASE("not even the writer can bend the schema") {
  EmptyCatalogue const file;
  Connection const writer(file.path(), Use::write);
  writer.execute("PRAGMA writable_schema = ON"); // without effect
  CHECK_THROWS_AS(writer.execute("UPDATE sqlite_schema SET sql = ''"), StoreError);
  CHECK_THROWS_AS(writer.execute("ATTACH ':memory:' AS other"), StoreError);
  CHECK_THROWS_AS(writer.execute("SELECT load_extension('x')"), StoreError);
}

TEST_CASE("a value that is too large is an error, not a missing value") {
  EmptyCatalogue const file;
  Connection const writer(file.path(), Use::write);
  auto statement = writer.prepare("SELECT ?");
  std::string const large((std::size_t{64} << 20) + 1, 'x');
  CHECK_THROWS_AS(statement.bind(1, std::string_view(large)), StoreError);
  CHECK_THROWS_AS(statement.bind_blob(1, large), StoreError);
}

TEST_CASE("a statement that runs beyond its deadline ends") {
  EmptyCatalogue const file;
  Connection connection(file.path(), Use::inspect);
  auto endless = connection.prepare(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n");
  connection.set_deadline(std::chrono::steady_clock::now() + std::chrono::milliseconds(20));
  CHECK_THROWS_AS(Execution(endless).step(), DeadlinePassed);
}

TEST_CASE("a checkpoint waits for nobody") {
  EmptyCatalogue const file;
  Connection const writer(file.path(), Use::write);
  CHECK(writer.checkpoint(true));
  writer.execute("INSERT INTO source (name) VALUES ('x')");
  Connection const reader(file.path(), Use::read);
  reader.execute("BEGIN");
  CHECK(reader.integer("SELECT count(*) FROM source") == 1);
  CHECK_FALSE(writer.checkpoint(true)); // busy at once, or this test would take ten seconds
  reader.execute("COMMIT");
  CHECK(writer.checkpoint(true));
  CHECK(std::ifstream(file.path() + "-wal", std::ios::ate).tellg() == 0);
  CHECK(writer.integer("PRAGMA busy_timeout") == 10'000);
}

TEST_CASE("a path may hold what a URI would take apart") {
  terracat::test::TemporaryFolder const folder;
  auto const path = (folder.path() / "a?b=1#c%20d.sqlite").string();
  create_schema(Connection(path, Use::create));
  CHECK(std::filesystem::exists(path));
  { CHECK(Connection(path, Use::write).checkpoint(true)); }
  CHECK(Connection(path, Use::inspect_still).integer("PRAGMA application_id") == application_id);
}

// Files of earlier schemas, as the program of that time wrote them (test/fixtures/store), and what
// becomes of them.

#include "query/digest.hpp"
#include "store/sqlite/codec.hpp"
#include "store/sqlite/database.hpp"
#include "store/sqlite/schema.hpp"
#include "store/stores.hpp"

#include "support/catch.hpp"
#include "support/fixture.hpp"
#include "support/temporary_folder.hpp"

#include <sys/resource.h>

#include <csignal>
#include <optional>
#include <set>

using namespace terracat;
using namespace terracat::store;
using Catch::Matchers::Contains;

namespace {

/// A copy of a file of the schema, in a folder of its own.
class OldFile {
 public:
  explicit OldFile(std::int64_t version) {
    Codec codec;
    std::string bytes;
    codec.decompress(test::fixture("store/schema-" + std::to_string(version) + ".sqlite.zst"),
                     bytes, "fixture");
    std::ofstream(path(), std::ios::binary) << bytes;
  }

  [[nodiscard]] std::string path() const { return (folder_.path() / "c.sqlite").string(); }

  [[nodiscard]] std::string bytes() const {
    std::ostringstream out;
    out << std::ifstream(path(), std::ios::binary).rdbuf();
    return out.str();
  }

  [[nodiscard]] std::int64_t version() const {
    return Connection(path(), Connection::Use::inspect).integer("PRAGMA user_version");
  }

 private:
  test::TemporaryFolder folder_;
};

/// No file of this process grows beyond 64 KB: a write that would fails, like that of a bad disc.
class SmallFiles {
 public:
  SmallFiles() {
    static_cast<void>(std::signal(SIGXFSZ, SIG_IGN)); // NOLINT: a macro with a cast
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit const small{.rlim_cur = 65'536, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }

  SmallFiles(SmallFiles const&) = delete;
  SmallFiles& operator=(SmallFiles const&) = delete;
  SmallFiles(SmallFiles&&) = delete;
  SmallFiles& operator=(SmallFiles&&) = delete;

  ~SmallFiles() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

/// What the tables and indexes of terracat are made with; those of SpatiaLite are its own affair.
std::string texts_of_schema() {
  Connection const connection(":memory:", Connection::Use::create);
  create_schema(connection);
  Connection const spatialite(":memory:", Connection::Use::create);
  spatialite.execute("SELECT InitSpatialMetaData(0, 'NONE')");
  spatialite.execute("SELECT InsertEpsgSrid(4326)");
  std::set<std::string> theirs;
  auto names = spatialite.prepare("SELECT name FROM sqlite_schema");
  for (Execution run(names); run.step();) theirs.emplace(run.row().text(0));
  std::string out;
  auto pieces = connection.prepare(
      "SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL "
      "AND name NOT LIKE 'idx\\_%' ESCAPE '\\' ORDER BY name");
  for (Execution run(pieces); run.step();) {
    if (theirs.contains(std::string(run.row().text(0)))) continue;
    out.append(run.row().text(1)) += '\n';
  }
  return out;
}

} // namespace

TEST_CASE("a schema that has been given its number stays as it is") {
  // Whoever changes it raises schema_version, writes migrations, keeps a file of the version before
  // (scripts/make-store-fixture), and then writes the new figures here.
  auto const texts = texts_of_schema();
  INFO(texts);
  CHECK(schema_version == 12);
  CHECK(query::digest_of(texts) == 0x8483427e78daa50d);
}

TEST_CASE("a file of every earlier schema is brought up to date when it is opened for writing") {
  auto const version = GENERATE(range(std::int64_t{1}, schema_version));
  OldFile const file(version);
  REQUIRE(file.version() == version);
  {
    auto const store = open_store(file.path(), Access::write);
    auto const reader = store->reader();
    reader->begin();
    auto const collection = reader->record_by_id("rain");
    REQUIRE(collection);
    CHECK(reader->count_items(*collection) == 2);
    std::string body;
    reader->body(reader->item(*collection, "rain-2").value().number, body);
    CHECK_THAT(body, Contains("-01-02T00:00:00Z"));
    ShownItem shown;
    reader->shown(reader->item(*collection, "rain-2").value().number, shown);
    CHECK(shown.id == "rain-2");
    CHECK(shown.body == body);
    // The files of schema 8 and later have items with titles.
    CHECK(reader->items_saying("day 2").size() == (version < 8 ? 0 : 1));
    CHECK(reader->document("folder", "rain"));
    CHECK(reader->changes(0, 10).value().size() == 3);
    CHECK(reader->source("folder").sweep == RunNumber{});
    CHECK(reader->runs("folder", 10).at(0).counts.deleted == 0);
    CHECK(store->check(Depth::whole, [](double) {}).empty());

    auto const writer = store->writer();
    writer->begin();
    writer->note_seen("folder", RunNumber{2}, *collection);
    writer->remove(*collection);
    writer->put_correction({.key = {"folder", "rain", "title", "fr"}, .value = "Pluie"});
    writer->commit();
    reader->begin();
    CHECK(reader->corrections("folder", "rain").at(0).value == "Pluie");
    CHECK(reader->removed_record("rain")->title == "Rain");
  }
  CHECK(file.version() == schema_version);
  CHECK_NOTHROW(open_store(file.path(), Access::read));
}

TEST_CASE("words that other rules made are made anew when a file is opened for writing") {
  OldFile const file(8);
  static_cast<void>(open_store(file.path(), Access::write));
  {
    Connection const connection(file.path(), Connection::Use::write);
    connection.execute("UPDATE catalogue SET item_word_rules = 0");
    connection.execute("DELETE FROM item_words");
    REQUIRE(connection.checkpoint(true));
  }
  CHECK_THROWS_WITH(open_store(file.path(), Access::read),
                    Contains("was written by an earlier terracat"));
  auto const store = open_store(file.path(), Access::write);
  auto const reader = store->reader();
  reader->begin();
  CHECK(reader->items_saying("rain of day 2").size() == 1);
  CHECK(store->check(Depth::whole, [](double) {}).empty());
}

TEST_CASE("an item whose words somebody took away is found by none of them when it has others") {
  OldFile const file(8);
  static_cast<void>(open_store(file.path(), Access::write));
  {
    Connection const connection(file.path(), Connection::Use::write);
    connection.execute("DELETE FROM item_words");
    REQUIRE(connection.checkpoint(true));
  }
  auto const store = open_store(file.path(), Access::write);
  CHECK(store->check(Depth::whole, [](double) {}).size() == 2); // found by words not kept
  auto const writer = store->writer();
  auto const reader = store->reader();
  reader->begin();
  auto const collection = reader->record_by_id("rain").value();
  auto const number = reader->item(collection, "rain-2").value().number;
  writer->begin();
  writer->remove(number, "");
  writer->commit();
  reader->begin();
  CHECK(reader->items_saying("day 2").empty());
  CHECK(reader->items_saying("day 1").size() == 1);
  CHECK(store->check(Depth::whole, [](double) {}).empty());
}

TEST_CASE("a disc that fails while an old file is brought up to date is what is told of") {
  OldFile const file(1);
  std::optional<StoreError> told;
  {
    SmallFiles const limit;
    try {
      static_cast<void>(open_store(file.path(), Access::write));
    } catch (StoreError const& error) {
      told = error;
    }
  }
  REQUIRE(told);
  CHECK(told->reason() == StoreError::Reason::io);
  CHECK(file.version() == 1);
  CHECK_NOTHROW(open_store(file.path(), Access::write));
}

TEST_CASE("who only reads leaves an old file as it is, and says what to do") {
  OldFile const file(1);
  auto const before = file.bytes();
  CHECK_THROWS_WITH(open_store(file.path(), Access::read),
                    Contains("was written by an earlier terracat") && Contains("terracat serve"));
  CHECK((file.bytes() == before));
}

TEST_CASE("an old file that another program changed stays as it is") {
  OldFile const file(1);
  {
    Connection const connection(file.path(), Connection::Use::write);
    connection.execute("CREATE TRIGGER t AFTER INSERT ON item BEGIN DELETE FROM record; END");
    REQUIRE(connection.checkpoint(true));
  }
  CHECK_THROWS_WITH(open_store(file.path(), Access::write), Contains("trigger t"));
  CHECK(file.version() == 1);
}

TEST_CASE("of an old file nothing runs before it is known to be what terracat wrote") {
  auto const version = GENERATE(range(std::int64_t{1}, schema_version));
  auto const* const hostile = GENERATE(
      "ALTER TABLE catalogue RENAME TO truth; CREATE VIEW catalogue AS SELECT * FROM truth",
      "CREATE VIEW innocent AS SELECT abs(-9223372036854775808)",
      "CREATE TRIGGER t AFTER UPDATE ON catalogue BEGIN DELETE FROM record; END",
      "CREATE TABLE seen_too (a)", "CREATE INDEX i ON run (abs(number))");
  OldFile const file(version);
  {
    Connection const connection(file.path(), Connection::Use::write);
    std::string const statements = hostile;
    auto const end = statements.find("; CREATE VIEW");
    connection.execute(statements.substr(0, end));
    if (end != std::string::npos) connection.execute(statements.substr(end + 2));
    REQUIRE(connection.checkpoint(true));
  }
  auto const before = file.bytes();
  for (auto const access : {Access::read, Access::write, Access::still}) {
    CHECK_THROWS_WITH(open_store(file.path(), access), Contains("was changed by another program"));
  }
  CHECK((file.bytes() == before));
}

// The file as a whole: what is opened, what is refused and then left as it was, what is noticed
// when it is read, and what the disc can do to it.

#include "store/sqlite/database.hpp"
#include "store/sqlite/schema.hpp"
#include "store/stores.hpp"

#include "support/catch.hpp"
#include "support/stores.hpp"
#include "support/temporary_folder.hpp"

#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

using namespace terracat;
using namespace terracat::store;
using Catch::Matchers::Contains;

namespace {

std::string bytes_of(std::filesystem::path const& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

/// A catalogue file in a folder of its own.
class File {
 public:
  [[nodiscard]] std::string path() const { return (folder_.path() / "c.sqlite").string(); }

  [[nodiscard]] std::unique_ptr<Store> open(Access access = Access::write) const {
    return open_store(path(), access);
  }

  /// Makes the catalogue with a collection and three items. \return  the collection
  RecordNumber fill() const {
    auto const store = open();
    auto const writer = store->writer();
    writer->begin();
    auto const collection = writer->put(test::record_write("c"));
    for (auto const* const id : {"a", "b", "d"}) {
      writer->put(test::item_write(collection, {.id = id, .properties = R"("n":1)"}));
    }
    writer->put_document({.source = "source-a", .native_id = "fr/1", .bytes = "<document/>"});
    writer->commit();
    return collection;
  }

  /// Runs statements as another program would.
  void change(std::string const& sql) const {
    Connection const connection(path(), Connection::Use::write);
    connection.execute(sql);
    REQUIRE(connection.checkpoint(true));
  }

  /// As after a copy: the file alone.
  void forget_log() const {
    std::filesystem::remove(path() + "-wal");
    std::filesystem::remove(path() + "-shm");
  }

  void overwrite(std::string const& content) const {
    std::ofstream(path(), std::ios::binary | std::ios::trunc) << content;
  }

  /// Name and bytes of each file in the folder but the lock. The log's index (-shm) is memory that
  /// happens to have a name: whoever reads makes notes in it.
  [[nodiscard]] std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> out;
    for (auto const& entry : std::filesystem::directory_iterator(folder_.path())) {
      auto const name = entry.path().filename().string();
      if (name.ends_with(".lock")) continue;
      out[name] = name.ends_with("-shm") ? "" : bytes_of(entry.path());
    }
    return out;
  }

 private:
  test::TemporaryFolder folder_;
};

/// Opens in vain, for writing and for reading, and looks whether anything was touched.
/// \return  why; both ways say the same
std::string refusal(File const& file) {
  auto const before = file.files();
  std::string reason;
  for (auto const access : {Access::write, Access::read}) {
    try {
      auto const store = file.open(access);
      return "not refused";
    } catch (StoreError const& error) {
      if (!reason.empty()) CHECK(reason == error.what());
      reason = error.what();
    }
    CHECK((file.files() == before));
  }
  return reason;
}

/// Sets how long files may become, as long as it lives; longer ones fail as on a broken disc.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t limit) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit const lower{.rlim_cur = limit, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &lower);
  }

  FileSizeLimit(FileSizeLimit const&) = delete;
  FileSizeLimit& operator=(FileSizeLimit const&) = delete;
  FileSizeLimit(FileSizeLimit&&) = delete;
  FileSizeLimit& operator=(FileSizeLimit&&) = delete;

  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  void (*handler_)(int);
  rlimit before_{};
};

std::string noise(std::size_t size) {
  std::mt19937_64 engine(size);
  std::string out(size, '\0');
  for (auto& byte : out) byte = static_cast<char>(engine() >> 56U);
  return out;
}

void put_documents(Writer& writer, int count, std::size_t size) {
  auto const bytes = noise(size);
  writer.begin();
  for (int i = 0; i < count; ++i) {
    writer.put_document({.source = "source-a", .native_id = std::to_string(i), .bytes = bytes});
  }
  writer.commit();
}

} // namespace

// ---- Refused, and left as it was

TEST_CASE("a newer catalogue is refused and not touched") {
  File const file;
  file.fill();
  file.change("PRAGMA user_version = 7");
  bool const with_log_files = GENERATE(true, false);
  if (!with_log_files) file.forget_log();
  CHECK_THAT(refusal(file), Contains("was written by a newer terracat (schema 7, this program "
                                     "knows up to " +
                                     std::to_string(schema_version) + ")"));
}

TEST_CASE("a newer catalogue whose log still holds it all is refused and not touched") {
  File const file;
  file.fill();
  Connection(file.path(), Connection::Use::write).execute("PRAGMA user_version = 7");
  REQUIRE_FALSE(bytes_of(file.path() + "-wal").empty());
  CHECK_THAT(refusal(file), Contains("newer terracat"));
}

TEST_CASE("a damaged catalogue is refused and not touched") {
  File const file;
  file.fill();
  file.forget_log();
  auto const sound = bytes_of(file.path());
  REQUIRE(sound.size() > 20 * 8192);
  SECTION("cut in the middle") {
    file.overwrite(sound.substr(0, sound.size() / 2));
  }
  SECTION("cut in the middle of its first page") {
    file.overwrite(sound.substr(0, 5000));
  }
  SECTION("without its beginning") {
    file.overwrite(std::string(100, '?') + sound.substr(100));
  }
  SECTION("with a page of something else") {
    file.overwrite(sound.substr(0, 3 * 8192) + noise(8192) + sound.substr(4 * 8192));
  }
  SECTION("with nothing but zeros behind its first page") {
    file.overwrite(sound.substr(0, 8192) + std::string(sound.size() - 8192, '\0'));
  }
  CHECK_THAT(refusal(file), Contains("is damaged") && Contains("restore a backup"));
}

TEST_CASE("what is no catalogue is refused and not touched") {
  File const file;
  SECTION("a text") {
    file.overwrite("Dear diary\n" + std::string(10'000, 'x'));
    CHECK_THAT(refusal(file), Contains("is damaged or no SQLite file"));
  }
  SECTION("a file of another program") {
    Connection(file.path(), Connection::Use::create).execute("CREATE TABLE diary (text)");
    CHECK_THAT(refusal(file), Contains("is an SQLite file, but no terracat catalogue"));
  }
  SECTION("another program's empty file that says so") {
    Connection(file.path(), Connection::Use::create).execute("PRAGMA application_id = 7");
    CHECK_THAT(refusal(file), Contains("is an SQLite file, but no terracat catalogue"));
  }
}

TEST_CASE("a catalogue whose tables were changed is refused and not touched") {
  File const file;
  file.fill();
  auto const refused_after = [&](std::string const& sql) {
    file.change(sql);
    file.forget_log();
    return refusal(file);
  };
  SECTION("a trigger") {
    CHECK_THAT(refused_after("CREATE TRIGGER spy AFTER INSERT ON item BEGIN "
                             "DELETE FROM record; END"),
               Contains("it has a trigger spy that terracat did not make"));
  }
  SECTION("a view") {
    CHECK_THAT(refused_after("CREATE VIEW spy AS SELECT * FROM item"), Contains("view spy"));
  }
  SECTION("a table") {
    CHECK_THAT(refused_after("CREATE TABLE diary (text)"), Contains("table diary"));
  }
  SECTION("a column") {
    CHECK_THAT(refused_after("ALTER TABLE source ADD COLUMN secret TEXT"),
               Contains("table source"));
  }
  SECTION("an index too few") {
    CHECK_THAT(refused_after("DROP INDEX item_time"), Contains("it lacks the index item_time"));
  }
}

TEST_CASE("statistics for the planner are nobody's change") {
  File const file;
  file.fill();
  file.change("ANALYZE");
  CHECK_NOTHROW(file.open());
}

TEST_CASE("a catalogue that is not there can be made but not read") {
  File const file;
  CHECK_THROWS_WITH(file.open(Access::read), Contains("there is no catalogue at"));
  CHECK(file.files().empty());
  CHECK(file.open()->reader()->begin().sequence == 0);
}

TEST_CASE("what a first start left behind that died is no hindrance") {
  File const file;
  SECTION("an empty file") {
    file.overwrite("");
  }
  SECTION("a file without tables") {
    Connection(file.path(), Connection::Use::create)
        .execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL");
    REQUIRE(bytes_of(file.path()).size() == 8192);
    CHECK_THROWS_WITH(file.open(Access::read), Contains("is empty"));
  }
  CHECK_NOTHROW(file.fill());
  CHECK(file.open(Access::read)->check([](double) {}).empty());
}

// ---- Opened

TEST_CASE("a catalogue whose process was killed is as it was after its last commit") {
  File const file;
  auto const store = file.open();
  auto const writer = store->writer();
  writer->begin();
  writer->put(test::record_write("c"));
  auto const committed = writer->commit();
  writer->begin();
  writer->put(test::record_write("d"));
  File const copy; // what the disc holds at this moment
  for (auto const& [name, bytes] : file.files()) {
    auto const path = copy.path() + (name.ends_with("-wal") ? "-wal" : "");
    if (!name.ends_with("-shm")) std::ofstream(path, std::ios::binary) << bytes;
  }
  writer->rollback();
  auto const again = copy.open();
  auto const reader = again->reader();
  CHECK(reader->begin() == committed);
  CHECK(reader->record_by_id("c"));
  CHECK_FALSE(reader->record_by_id("d"));
  CHECK(again->check([](double) {}).empty());
}

TEST_CASE("who writes excludes who else would write, not who reads") {
  File const file;
  auto const store = file.open();
  CHECK_THROWS_WITH(file.open(), Contains("is in use by another terracat"));
  auto const reading = file.open(Access::read);
  CHECK_THROWS_WITH(reading->writer(), Contains("was opened for reading only"));
  auto const writer = store->writer();
  writer->begin();
  writer->put(test::record_write("c"));
  writer->commit();
  auto const reader = reading->reader();
  reader->begin();
  CHECK(reader->record_by_id("c"));
}

TEST_CASE("the epoch is that of the file, and differs between files") {
  File const file;
  auto const epoch = file.open()->reader()->begin().epoch;
  CHECK(file.open()->reader()->begin().epoch == epoch);
  File const other;
  CHECK(other.open()->reader()->begin().epoch != epoch);
}

// ---- Checksums

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
    CHECK(store->check([](double) {}) == std::vector<Fault>{"item_body 1: the checksum differs"});
  }
  SECTION("a document") {
    damage("document", "bytes");
    auto const store = file.open(Access::read);
    auto const reader = store->reader();
    reader->begin();
    CHECK(corrupt([&] { (void)reader->document("source-a", "fr/1"); }) ==
          "document source-a fr/1: the checksum differs");
    CHECK(store->check([](double) {}) == std::vector<Fault>{"document 1: the checksum differs"});
  }
  SECTION("a record") {
    damage("record_text", "whole");
    auto const store = file.open(Access::read);
    auto const reader = store->reader();
    reader->begin();
    CHECK(corrupt([&] { (void)reader->record_texts(collection); }) ==
          "record_text 1: the checksum differs");
    CHECK(reader->record(collection));
    CHECK(store->check([](double) {}) ==
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
    CHECK(store->check([](double) {}) == std::vector<Fault>{"correction 1: the checksum differs"});
    auto const writer = store->writer();
    writer->begin();
    CHECK(writer->mend([] {}).back() ==
          "the correction of title of native-c was damaged and is dropped");
    CHECK(writer->reader().corrections().at(0).value == "Pluie");
    writer->commit();
    CHECK(store->check([](double) {}).empty());
  }
}

TEST_CASE("check finds what does not fit together") {
  File const file;
  file.fill();
  auto const faults_after = [&](std::string const& sql) {
    file.change(sql);
    return file.open(Access::read)->check([](double) {});
  };
  using Faults = std::vector<Fault>;
  double last = 0;
  CHECK(file.open(Access::read)->check([&](double done) { last = done; }).empty());
  CHECK(last == 1);
  CHECK(faults_after("DELETE FROM item_body WHERE item = 2") == Faults{"item without body: 2"});
  CHECK(faults_after("DELETE FROM item WHERE number = 2") == Faults{"change of no item: 3"});
  CHECK(faults_after("DELETE FROM change WHERE sequence = 3").empty());
  CHECK(faults_after("INSERT INTO item_body VALUES (9, (SELECT body FROM item_body))") ==
        Faults{"body without item: 9"});
  CHECK(faults_after("DELETE FROM item_body WHERE item = 9").empty());
  CHECK(faults_after("UPDATE item SET collection = 5 WHERE number = 3") ==
        Faults{"item without collection: 3", "item whose change is that of another: 3"});
  CHECK(faults_after("UPDATE item SET collection = 1 WHERE number = 3").empty());
  CHECK(faults_after("INSERT INTO identifier VALUES ('x', 5, 'id')") ==
        Faults{"identifier of no record: 5"});
  CHECK(faults_after("DELETE FROM identifier").empty());
  CHECK(faults_after("UPDATE catalogue SET sequence = sequence - 1") ==
        Faults{"change beyond the last sequence: 4"});
  CHECK(faults_after("UPDATE catalogue SET sequence = sequence + 1").empty());
  CHECK(faults_after("UPDATE item SET west = 1, east = 2, south = 2, north = 2, "
                     "geometry = MakePoint(2, 2, 4326) WHERE number = 3") ==
        Faults{"item whose box is not that of its footprint: 3"});
}

// ---- The log, and the disc

TEST_CASE("the writer moves its log into the file when it has grown, and nobody sooner") {
  File const file;
  auto const store = file.open();
  auto const writer = store->writer();
  constexpr std::size_t megabyte = std::size_t{1} << 20;
  put_documents(*writer, 3, 4 * megabyte);
  CHECK_FALSE(writer->tidy());
  CHECK(store->figures().file_bytes < megabyte);
  CHECK(store->figures().log_bytes > 12 * megabyte);
  put_documents(*writer, 3, 4 * megabyte); // the same documents again
  CHECK(writer->tidy());
  CHECK(store->figures().file_bytes > 12 * megabyte);
  CHECK(store->figures().log_bytes > 24 * megabyte); // used again from its beginning
  put_documents(*writer, 20, 4 * megabyte);
  CHECK(writer->tidy());
  CHECK(store->figures().file_bytes > 80 * megabyte);
  CHECK(store->figures().log_bytes == 0);
}

TEST_CASE("a log that cannot be emptied stops the writing before it fills the disc") {
  File const file;
  file.fill();
  auto const store = file.open();
  auto const writer = store->writer();
  put_documents(*writer, 1, 100);
  auto const reader = store->reader();
  reader->begin();
  put_documents(*writer, 1, 200); // which the reader does not see, and so keeps in the log
  std::filesystem::resize_file(file.path() + "-wal", (std::uintmax_t{1} << 30) + 1);
  try {
    writer->begin();
    FAIL("not refused");
  } catch (StoreError const& error) {
    CHECK(error.reason() == StoreError::Reason::full);
  }
  reader->end();
  CHECK_NOTHROW(put_documents(*writer, 1, 300));
  CHECK(store->figures().log_bytes < 1'000'000);
}

TEST_CASE("a disc that refuses a write is an error of its own, and nothing is half kept") {
  File const file;
  file.fill();
  auto const store = file.open();
  auto const writer = store->writer();
  auto const reader = store->reader();
  auto const before = reader->begin();
  reader->end();
  bool failed = false;
  {
    FileSizeLimit const limit(store->figures().log_bytes + 100'000);
    try {
      put_documents(*writer, 1, 1'000'000);
    } catch (StoreError const& error) {
      failed = error.reason() == StoreError::Reason::io;
    }
    writer->rollback();
  }
  CHECK(failed);
  CHECK(reader->begin() == before);
  CHECK_FALSE(reader->document("source-a", "0"));
  CHECK(store->check([](double) {}).empty());
}

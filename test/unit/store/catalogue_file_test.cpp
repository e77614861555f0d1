// The file as a whole: what is opened, what is refused and then left as it was,
// and what the disc can do to it.

#include "catalogue_file.hpp"

#include "store/sqlite/schema.hpp"

#include <sys/resource.h>

#include <csignal>

using namespace terracat;
using namespace terracat::store;
using Catch::Matchers::Contains;

namespace {

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

void put_documents(Writer& writer, int count, std::size_t size) {
  auto const bytes = noise(size);
  writer.begin();
  for (int i = 0; i < count; ++i) {
    writer.put_document({.source = "source-a", .native_id = std::to_string(i), .bytes = bytes});
  }
  writer.commit();
}

std::string newer_version() {
  return "PRAGMA user_version = " + std::to_string(schema_version + 1);
}

} // namespace

// ---- Refused, and left as it was

TEST_CASE("a newer catalogue is refused and not touched") {
  File const file;
  file.fill();
  file.change(newer_version());
  bool const with_log_files = GENERATE(true, false);
  if (!with_log_files) file.forget_log();
  CHECK_THAT(refusal(file),
             Contains("was written by a newer terracat (schema " +
                      std::to_string(schema_version + 1) + ", this program knows up to " +
                      std::to_string(schema_version) + ")"));
}

TEST_CASE("a newer catalogue whose log still holds it all is refused and not touched") {
  File const file;
  file.fill();
  Connection(file.path(), Connection::Use::write).execute(newer_version());
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
  CHECK(file.open(Access::read)->check(Depth::whole, [](double) {}).empty());
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
  CHECK(again->check(Depth::whole, [](double) {}).empty());
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
  CHECK(store->check(Depth::whole, [](double) {}).empty());
}

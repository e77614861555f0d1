#include "backup/backup.hpp"
#include "backup/part.hpp"

#include "support/catch.hpp"
#include "support/stores.hpp"
#include "support/temporary_folder.hpp"

#include <fstream>

using namespace terracat;
using namespace terracat::backup;
using Catch::Matchers::Contains;
using store::Access;
using store::StoreError;

namespace {

auto const ignored = [](double) {};

/// A folder with a catalogue `c.sqlite`.
class Site {
 public:
  [[nodiscard]] std::string path(std::string const& name = "c.sqlite") const {
    return (folder_.path() / name).string();
  }

  [[nodiscard]] bool has(std::string const& name) const {
    return std::filesystem::exists(path(name));
  }

  /// Puts a record into the catalogue.
  void put(std::string const& id) const {
    auto const store = store::open_store(path(), Access::write);
    put(*store->writer(), id);
  }

  static void put(store::Writer& writer, std::string const& id) {
    writer.begin();
    writer.put(test::record_write(id));
    writer.commit();
  }

  [[nodiscard]] Made back_up() const { return make(path(), path("b"), "1.2.3", ignored); }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (auto const& entry : std::filesystem::directory_iterator(folder_.path())) {
      out.push_back(entry.path().filename().string());
    }
    std::ranges::sort(out);
    return out;
  }

 private:
  test::TemporaryFolder folder_;
};

struct Content {
  Revision revision;
  std::vector<std::string> ids;
};

Content content(std::string const& path, Access access) {
  auto const store = store::open_store(path, access);
  auto const reader = store->reader();
  Content out{.revision = reader->begin(), .ids = {}};
  for (auto const& row : reader->records({}).rows) out.ids.push_back(row.id);
  return out;
}

/// Flips a bit in the middle of the value of a row.
void damage(std::string const& path) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(0, std::ios::end);
  auto const middle = static_cast<std::streamoff>(file.tellg()) / 2;
  file.seekg(middle);
  auto const byte = static_cast<char>(file.get() ^ 1);
  file.seekp(middle);
  file.put(byte);
}

std::string refusal(std::function<void()> const& action) {
  try {
    action();
  } catch (StoreError const& error) {
    return error.what();
  }
  return "nothing was refused";
}

} // namespace

TEST_CASE("a backup is the state that its manifest says, in one file that needs no other") {
  Site const site;
  site.put("a");
  auto const made = site.back_up();
  site.put("b");
  CHECK(made.faults.empty());
  auto const held = content(site.path("b"), Access::still);
  CHECK(held.ids == std::vector<std::string>{"a"});
  CHECK(held.revision == made.manifest.revision);
  auto const read = read_manifest(site.path("b"));
  REQUIRE(read);
  CHECK(read->revision == made.manifest.revision);
  CHECK(read->bytes == std::filesystem::file_size(site.path("b")));
  CHECK(read->xxh128 == digest_of_file(site.path("b")));
  CHECK(read->file == "b");
  CHECK(read->terracat == "1.2.3");
  CHECK(site.names() == std::vector<std::string>{"b", "b.json", "c.sqlite", "c.sqlite-shm",
                                                 "c.sqlite-wal", "c.sqlite.lock"});
}

TEST_CASE("the digest is that of XXH3 with 128 bits") {
  Site const site;
  std::ofstream(site.path("empty")).close();
  CHECK(digest_of_file(site.path("empty")) == "99aa06d3014798d86001c324468d497f");
}

TEST_CASE("who writes while a backup is made is neither hindered nor in it") {
  Site const site;
  site.put("a");
  auto const store = store::open_store(site.path(), Access::write);
  auto const writer = store->writer();
  writer->begin(); // large enough for several steps
  for (int i = 0; i < 40; ++i) {
    std::string noise(std::size_t{2} << 20, '\0');
    for (std::size_t j = 0; j < noise.size(); ++j) {
      noise[j] = static_cast<char>((j * j + static_cast<std::size_t>(i)) * 2654435761U >> 13U);
    }
    writer->put_document({.source = "s", .native_id = std::to_string(i), .bytes = noise});
  }
  auto const before = writer->commit();
  int written = 0;
  auto const made = make(site.path(), site.path("b"), "1",
                         [&](double) { site.put(*writer, "w" + std::to_string(written++)); });
  CHECK(written > 2);
  CHECK(made.manifest.revision == before);
  CHECK(content(site.path("b"), Access::still).ids == std::vector<std::string>{"a"});
  CHECK(content(site.path(), Access::read).ids.size() == static_cast<std::size_t>(written) + 1);
}

TEST_CASE("a backup that is given up leaves what stood there, and nothing else") {
  Site const site;
  site.put("a");
  static_cast<void>(site.back_up());
  auto const before = digest_of_file(site.path("b"));
  site.put("b");

  struct Stop {};

  CHECK_THROWS_AS(make(site.path(), site.path("b"), "1", [](double) { throw Stop{}; }), Stop);
  CHECK(digest_of_file(site.path("b")) == before);
  CHECK(read_manifest(site.path("b"))->xxh128 == before);
  CHECK_FALSE(site.has("b.part"));
}

TEST_CASE("two backups of one name do not meet, and what a dead one left is in nobody's way") {
  Site const site;
  site.put("a");
  {
    Part const other(site.path("b"));
    CHECK_THAT(refusal([&] { static_cast<void>(site.back_up()); }),
               Contains("is being written by another backup"));
  }
  CHECK_FALSE(site.has("b.part"));
  std::ofstream(site.path("b.part")) << "half a page";
  CHECK_NOTHROW(site.back_up());
  CHECK_FALSE(site.has("b.part"));
}

TEST_CASE("a backup never writes over the catalogue") {
  Site const site;
  site.put("a");
  std::filesystem::create_symlink(site.path(), site.path("alias"));
  for (auto const* const name : {"c.sqlite", "c.sqlite-wal", "c.sqlite.lock", "alias"}) {
    auto const into = [&] { static_cast<void>(make(site.path(), site.path(name), "1", ignored)); };
    CHECK_THAT(refusal(into), Contains("is the catalogue itself"));
  }
  auto const into_folder = [&] {
    static_cast<void>(make(site.path(), site.path(""), "1", ignored));
  };
  CHECK_THAT(refusal(into_folder), Contains("is a folder"));
  CHECK(content(site.path(), Access::read).ids == std::vector<std::string>{"a"});
}

TEST_CASE("what is in no file cannot be backed up") {
  Site const site;
  CHECK_THAT(refusal([&] { static_cast<void>(make("memory:", site.path("b"), "1", ignored)); }),
             Contains("is in no file"));
  CHECK(site.names().empty());
}

// ---- Restored

TEST_CASE("what is restored is the backup under another epoch, and what was there is kept") {
  Site const site;
  site.put("a");
  auto const made = site.back_up();
  site.put("b");
  auto const before = content(site.path(), Access::read);
  auto const restored = restore(site.path(), site.path("b"), ignored);
  auto const after = content(site.path(), Access::read);
  CHECK(after.ids == std::vector<std::string>{"a"});
  CHECK(after.revision == restored.replaced.revision);
  CHECK(after.revision.sequence == made.manifest.revision.sequence);
  CHECK(after.revision.epoch != before.revision.epoch);
  CHECK(content(restored.replaced.kept, Access::read).ids == before.ids);
  CHECK(content(site.path("b"), Access::still).revision == made.manifest.revision);
  site.put("c");
  CHECK(content(site.path(), Access::read).ids == std::vector<std::string>{"a", "c"});
}

TEST_CASE("a backup is restored where there was nothing") {
  Site const site;
  site.put("a");
  static_cast<void>(site.back_up());
  Site const other;
  auto const restored = restore(other.path(), site.path("b"), ignored);
  CHECK(restored.replaced.kept.empty());
  CHECK(content(other.path(), Access::read).ids == std::vector<std::string>{"a"});
}

TEST_CASE("nothing is restored over a catalogue that is in use") {
  Site const site;
  site.put("a");
  static_cast<void>(site.back_up());
  auto const user = store::open_store(site.path(), Access::write);
  CHECK_THAT(refusal([&] { static_cast<void>(restore(site.path(), site.path("b"), ignored)); }),
             Contains("is in use by another terracat (pid "));
}

TEST_CASE("a backup that is not what its manifest says is not restored") {
  Site const site;
  site.put("a");
  static_cast<void>(site.back_up());
  site.put("b");
  std::string wanted;
  SECTION("damaged") {
    damage(site.path("b"));
    wanted = "its checksum is not that of the manifest";
  }
  SECTION("cut") {
    std::filesystem::resize_file(site.path("b"), 8'192);
    wanted = "has 8192 bytes, its manifest says";
  }
  SECTION("without a readable manifest") {
    std::ofstream(site.path("b.json")) << R"({"terracat_backup":1,"file":"b","bytes":"many"})";
    wanted = "/bytes: expected a whole number";
  }
  SECTION("of a catalogue that somebody changed, and without manifest") {
    std::filesystem::remove(site.path("b.json"));
    std::ofstream(site.path("b"), std::ios::trunc) << "no database";
    wanted = "is damaged or no SQLite file";
  }
  SECTION("not there") {
    std::filesystem::remove(site.path("b"));
    wanted = "there is no backup at";
  }
  CHECK_THAT(refusal([&] { static_cast<void>(restore(site.path(), site.path("b"), ignored)); }),
             Contains(wanted));
  CHECK(content(site.path(), Access::read).ids == std::vector<std::string>{"a", "b"});
  CHECK_FALSE(site.has("c.sqlite.restoring"));
}

TEST_CASE("a restore that died when its copy was ready is completed by who writes next") {
  Site const site;
  site.put("a");
  static_cast<void>(site.back_up());
  {
    auto const writing = store::open_store(site.path(), Access::write);
    auto const writer = writing->writer();
    Site::put(*writer, "b");
    // As a kill leaves it: the new one is ready, the old one has a log.
    std::filesystem::copy_file(site.path("b"), site.path("c.sqlite.restored"));
  }
  CHECK_THAT(refusal([&] { static_cast<void>(content(site.path(), Access::read)); }),
             Contains("is being restored"));
  site.put("c");
  CHECK(content(site.path(), Access::read).ids == std::vector<std::string>{"a", "c"});
  CHECK_FALSE(site.has("c.sqlite.restored"));
}

#pragma once

#include "store/sqlite/database.hpp"
#include "store/stores.hpp"

#include "support/catch.hpp"
#include "support/stores.hpp"
#include "support/temporary_folder.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string>

namespace terracat::store {

inline std::string bytes_of(std::filesystem::path const& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

inline std::string noise(std::size_t size) {
  std::mt19937_64 engine(size);
  std::string out(size, '\0');
  for (auto& byte : out) byte = static_cast<char>(engine() >> 56U);
  return out;
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

} // namespace terracat::store

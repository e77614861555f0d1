#include "store/sqlite/sqlite_store.hpp"

#include "store/files.hpp"
#include "store/sqlite/check.hpp"
#include "store/sqlite/copy.hpp"
#include "store/sqlite/held_place.hpp"
#include "store/sqlite/instance_lock.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/sqlite_writer.hpp"

#include <filesystem>

namespace terracat::store {
namespace {

class SqliteStore : public Store {
 public:
  SqliteStore(std::string path, std::unique_ptr<StillLock> still,
              std::unique_ptr<InstanceLock> lock)
      : path_(std::move(path)), still_(std::move(still)), lock_(std::move(lock)) {}

  std::unique_ptr<Reader> reader() override {
    auto const use = still_ ? Connection::Use::read_still : Connection::Use::read;
    return std::make_unique<SqliteReader>(path_, use, commits_, dictionaries_);
  }

  std::unique_ptr<Writer> writer() override {
    if (!lock_) {
      throw StoreError(StoreError::Reason::read_only, path_ + " was opened for reading only");
    }
    return std::make_unique<SqliteWriter>(path_, commits_, newest_);
  }

  std::unique_ptr<Preparer> preparer() override {
    return std::make_unique<SqlitePreparer>(newest_);
  }

  [[nodiscard]] Figures figures() const override {
    auto const size = [](std::string const& path) -> std::uint64_t {
      std::error_code error;
      auto const bytes = std::filesystem::file_size(path, error);
      return error ? 0 : bytes;
    };
    std::error_code error;
    auto const space =
        std::filesystem::space(std::filesystem::absolute(path_).parent_path(), error);
    return {.file_bytes = size(path_),
            .log_bytes = size(path_ + "-wal"),
            .free_bytes = error ? std::nullopt : std::optional(space.available)};
  }

  std::vector<Fault> check(Depth depth, std::function<void(double)> const& progress) override {
    return check_catalogue(path_, inspection(), depth, progress);
  }

  std::optional<Revision> copy_to(std::string const& path,
                                  std::function<void(double)> const& progress) override {
    return copy_catalogue(path_, inspection(), path, progress);
  }

 private:
  [[nodiscard]] Connection::Use inspection() const noexcept {
    return still_ ? Connection::Use::inspect_still : Connection::Use::inspect;
  }

  std::string path_;
  std::unique_ptr<StillLock> still_;   ///< none: others may write
  std::unique_ptr<InstanceLock> lock_; ///< none: reading only
  CommitCount commits_{0};
  DictionaryCache dictionaries_; ///< of committed states, where a number stays what it is
  NewestDictionaries newest_;    ///< of the writer
};

bool writes(Access access) noexcept {
  return access == Access::write || access == Access::serve;
}

/// How a file can be looked at so that nothing is left beside it, should it be refused.
Connection::Use look(std::string const& path, Access access) {
  if (access == Access::still) return Connection::Use::inspect_still;
  auto const log = path + "-wal";
  std::error_code ignored;
  // Who has no lock cannot know whether somebody writes, unless there is no log at all.
  bool const is_still = writes(access) ? !has_content(log) : !std::filesystem::exists(log, ignored);
  return is_still ? Connection::Use::inspect_still : Connection::Use::inspect;
}

Content content_of(std::string const& path, Access access) {
  auto const structure = access == Access::serve ? Structure::trusted : Structure::proven;
  return check_schema(Connection(path, look(path, access)), path, structure);
}

} // namespace

std::unique_ptr<Store> open_sqlite_store(std::string const& path, Access access) {
  refuse_network_file_system(path);
  std::unique_ptr<InstanceLock> lock;
  std::unique_ptr<StillLock> still;
  if (access == Access::still) {
    still = std::make_unique<StillLock>(path);
    if (has_content(path + "-wal")) {
      throw StoreError(StoreError::Reason::other,
                       path + " has a log that only a command that may write can read; make a "
                              "backup and serve that");
    }
  }
  if (writes(access)) lock = std::make_unique<InstanceLock>(path);
  if (is_half_replaced(path)) {
    if (!lock) {
      throw StoreError(StoreError::Reason::other,
                       path + " is being restored; should the process that does so have died, the "
                              "next command that writes completes it, or the server");
    }
    finish_replacement(path);
  }
  bool const is_there = has_content(path) || has_content(path + "-wal");
  if (!lock && !is_there) {
    throw StoreError(StoreError::Reason::other, "there is no catalogue at " + path);
  }
  auto const content = is_there ? content_of(path, access) : Content::nothing;
  if (content == Content::nothing) {
    if (!lock) {
      throw StoreError(StoreError::Reason::other, path + " is empty, no catalogue yet");
    }
    create_schema(Connection(path, Connection::Use::create));
  }
  if (content == Content::older) {
    if (!lock) {
      throw StoreError(StoreError::Reason::other,
                       path + " was written by an earlier terracat; `terracat serve` or any other "
                              "command that writes brings it up to date");
    }
    migrate(Connection(path, Connection::Use::write), path);
  }
  return std::make_unique<SqliteStore>(path, std::move(still), std::move(lock));
}

} // namespace terracat::store

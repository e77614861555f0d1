#include "store/sqlite/held_place.hpp"

#include "failpoint/failpoint.hpp"
#include "store/files.hpp"
#include "store/sqlite/check.hpp"
#include "store/sqlite/instance_lock.hpp"
#include "store/sqlite/schema.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace terracat::store {
namespace {

namespace fs = std::filesystem;

std::string ready_name(std::string const& path) {
  return path + ".restored";
}

/// Removes a file with what SQLite puts beside it.
void remove_with_log(std::string const& path) {
  for (auto const* const end : {"-wal", "-shm", "-journal", ""}) remove_file(path + end);
}

/// The time at which the copy was ready, as in names: the same however often the rest is tried.
std::string stamp_of(std::string const& path) {
  struct stat about {};

  if (::stat(path.c_str(), &about) != 0) throw_file_error(path, "read");
  auto text = model::to_iso8601(model::Instant(std::int64_t{about.st_mtim.tv_sec} * 1'000 +
                                               about.st_mtim.tv_nsec / 1'000'000));
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

/// Lets the old file have a second name; where the file system knows no such thing, another name.
void set_aside(std::string const& path, std::string const& kept) {
  if (::link(path.c_str(), kept.c_str()) == 0 || errno == EEXIST) return;
  if (errno != EPERM && errno != EOPNOTSUPP) throw_file_error(kept, "written");
  rename_durably(path, kept);
}

/// Who could read the old file shall be able to read the new one, whoever restores it.
void copy_rights(std::string const& from, std::string const& to) {
  struct stat about {};

  if (::stat(from.c_str(), &about) != 0) return;
  if (::chmod(to.c_str(), about.st_mode & 07777U) != 0 ||
      (::geteuid() == 0 && ::chown(to.c_str(), about.st_uid, about.st_gid) != 0)) {
    throw_file_error(to, "given to the owner of the catalogue");
  }
}

/// Its history may have been cut: what was handed out before must be known to be of another past.
Revision begin_epoch(std::string const& path) {
  Connection const connection(path, Connection::Use::write);
  renew_epoch(connection);
  auto statement = connection.prepare("SELECT epoch, sequence FROM catalogue");
  Revision revision;
  {
    Execution run(statement);
    run.step();
    revision = {.epoch = static_cast<std::uint64_t>(run.row().integer(0)),
                .sequence = run.row().integer(1)};
  }
  connection.checkpoint(true);
  return revision;
}

class SqlitePlace : public HeldPlace {
 public:
  explicit SqlitePlace(std::string const& path) : path_(path), lock_(path) {
    if (is_half_replaced(path_)) finish_replacement(path_);
  }

  Replaced replace(std::string const& copy, std::function<void(double)> const& progress) override {
    auto const part = path_ + ".restoring";
    remove_with_log(part);
    try {
      auto replaced = prepare(copy, part, progress);
      copy_rights(path_, part);
      failpoint::pass(failpoint::Point::restore_ready_begins);
      rename_durably(part, ready_name(path_));
      failpoint::pass(failpoint::Point::restore_ready_done);
      replaced.kept = finish_replacement(path_);
      return replaced;
    } catch (...) {
      remove_with_log(part);
      throw;
    }
  }

 private:
  static Replaced prepare(std::string const& copy, std::string const& part,
                          std::function<void(double)> const& progress) {
    copy_bytes(copy, part);
    progress(0.2);
    auto const content =
        check_schema(Connection(part, Connection::Use::inspect_still), copy, Structure::proven);
    if (content == Content::nothing) {
      throw StoreError(StoreError::Reason::other, copy + " is empty, no catalogue");
    }
    if (content == Content::older) migrate(Connection(part, Connection::Use::write), copy);
    progress(0.4);
    auto const revision = begin_epoch(part);
    for (auto const* const end : {"-wal", "-shm"}) remove_file(part + end);
    sync_file(part);
    return {.revision = revision,
            .kept = {},
            .faults = check_catalogue(part, Connection::Use::inspect_still, Depth::values,
                                      [&progress](double done) { progress(0.4 + 0.6 * done); })};
  }

  std::string path_;
  InstanceLock lock_;
};

} // namespace

std::unique_ptr<HeldPlace> hold_sqlite_place(std::string const& path) {
  refuse_network_file_system(path);
  return std::make_unique<SqlitePlace>(path);
}

bool is_half_replaced(std::string const& path) {
  std::error_code ignored;
  return fs::exists(ready_name(path), ignored);
}

std::string finish_replacement(std::string const& path) {
  auto const ready = ready_name(path);
  auto const kept = path + ".before-" + stamp_of(ready);
  std::error_code ignored;
  bool const is_there = fs::exists(path, ignored);
  if (is_there) set_aside(path, kept);
  if (has_content(path + "-wal")) {
    rename_durably(path + "-wal", kept + "-wal");
  } else {
    remove_file(path + "-wal");
  }
  remove_file(path + "-shm");
  sync_folder(folder_of(path));
  failpoint::pass(failpoint::Point::restore_rename_begins);
  rename_durably(ready, path);
  failpoint::pass(failpoint::Point::restore_rename_done);
  return fs::exists(kept, ignored) ? kept : std::string();
}

} // namespace terracat::store

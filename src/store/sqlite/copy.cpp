#include "store/sqlite/copy.hpp"

#include <sqlite3.h>

namespace terracat::store {
namespace {

constexpr int pages_of_a_step = 8'192; ///< 64 MB; between two of them the copy can be ended

struct BackupDeleter {
  void operator()(sqlite3_backup* backup) const noexcept { sqlite3_backup_finish(backup); }
};

/// The file that is written. It is nobody's yet, and is thrown away unless all goes well.
std::unique_ptr<sqlite3, ConnectionDeleter> open_target(std::string const& path) {
  sqlite3* connection = nullptr;
  auto const result = sqlite3_open_v2(path.c_str(), &connection,
                                      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE, nullptr);
  std::unique_ptr<sqlite3, ConnectionDeleter> target(connection);
  sqlite3_extended_result_codes(connection, 1);
  if (result != SQLITE_OK ||
      sqlite3_exec(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", nullptr,
                   nullptr, nullptr) != SQLITE_OK) {
    throw error_of(connection, "open " + path);
  }
  return target;
}

Revision state_of(Connection const& source) {
  auto statement = source.prepare("SELECT epoch, sequence FROM catalogue");
  Execution run(statement);
  if (!run.step()) throw StoreError(StoreError::Reason::corrupt, "the catalogue has no state");
  return {.epoch = static_cast<std::uint64_t>(run.row().integer(0)),
          .sequence = run.row().integer(1)};
}

/// True for what the side that is read may say.
bool is_of_source(int result) noexcept {
  return result == SQLITE_IOERR_READ || result == SQLITE_IOERR_SHORT_READ ||
         result == SQLITE_IOERR_SHMMAP || (result & 0xff) == SQLITE_CORRUPT ||
         (result & 0xff) == SQLITE_BUSY || (result & 0xff) == SQLITE_LOCKED;
}

} // namespace

Revision copy_catalogue(std::string const& from, Connection::Use use, std::string const& to,
                        std::function<void(double)> const& progress) {
  Connection const source(from, use);
  auto const target = open_target(to);
  source.execute("BEGIN"); // one state from the first page to the last: no step starts anew
  auto const revision = state_of(source);
  std::unique_ptr<sqlite3_backup, BackupDeleter> const backup(
      sqlite3_backup_init(target.get(), "main", source.handle(), "main"));
  if (!backup) throw error_of(target.get(), "copy to " + to);
  for (;;) {
    auto const result = sqlite3_backup_step(backup.get(), pages_of_a_step);
    if (result == SQLITE_DONE) break;
    if (result != SQLITE_OK) {
      throw error_of_code(result, is_of_source(result) ? "copy of " + from : "copy to " + to);
    }
    auto const all = sqlite3_backup_pagecount(backup.get());
    progress(1.0 - static_cast<double>(sqlite3_backup_remaining(backup.get())) /
                       static_cast<double>(all > 0 ? all : 1));
  }
  return revision;
}

} // namespace terracat::store

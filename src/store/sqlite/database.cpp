#include "store/sqlite/database.hpp"

#include "failpoint/failpoint.hpp"
#include "store/stores.hpp"

#include <terracat/text.hpp>

#include <sqlite3.h>

#include <spatialite.h>

#include <algorithm>
#include <array>
#include <new>

namespace terracat::store {
namespace {

constexpr int patience = 10'000; ///< milliseconds that a statement waits for a lock

StoreError::Reason reason_of(int code) noexcept {
  switch (code & 0xff) {
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
    return StoreError::Reason::io;
  case SQLITE_FULL:
    return StoreError::Reason::full;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return StoreError::Reason::corrupt;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return StoreError::Reason::locked;
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return StoreError::Reason::read_only;
  default:
    return StoreError::Reason::other;
  }
}

/// Want of memory is the same whoever notices it, and says nothing about the file.
void refuse_want_of_memory(int code) {
  if ((code & 0xff) == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM) throw std::bad_alloc();
}

void apply_limits(sqlite3* connection) {
  sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, 64 << 20);
  sqlite3_limit(connection, SQLITE_LIMIT_SQL_LENGTH, 1 << 20);
  sqlite3_limit(connection, SQLITE_LIMIT_EXPR_DEPTH, 200);
  sqlite3_limit(connection, SQLITE_LIMIT_VDBE_OP, 1'000'000);
  sqlite3_limit(connection, SQLITE_LIMIT_VARIABLE_NUMBER, 32'766);
  sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0);
}

// What statements of readers name.
constexpr std::array<std::string_view, 22> readable_tables{
    "catalogue",  "source",          "run",        "run_document", "document",
    "record",     "record_text",     "identifier", "derived",      "item",
    "item_body",  "change",          "seen",       "missing",      "item_change",
    "leaving",    "correction",      "dictionary", "segment",      "record_words",
    "item_words", "keyword_decision"};

// Of the tables of FTS5, and of those in which they keep what they have.
constexpr std::string_view word_table_prefix = "words_";

constexpr std::array<std::string_view, 15> callable_functions{
    "count",         "coalesce",  "like",       "st_intersects", "collectionextract",
    "item_property", "item_list", "item_holds", "text_key",      "json_each",
    "length",        "min",       "substr",     "bm25",          "match"};

template<std::size_t Size>
bool is_one_of(std::array<std::string_view, Size> const& names, char const* name) noexcept {
  return name != nullptr && std::ranges::any_of(names, [&](std::string_view const known) {
           return sqlite3_stricmp(known.data(), name) == 0;
         });
}

/// Readers may read the catalogue, and nothing else: a mistake in a statement cannot become a
/// write, a look at another table, or a call of what SpatiaLite can do to files.
int authorize_reads(void*, int action, char const* first, char const* second, char const*,
                    char const*) {
  bool allowed = action == SQLITE_SELECT || action == SQLITE_TRANSACTION;
  if (action == SQLITE_READ) {
    allowed = is_one_of(readable_tables, first) || is_one_of(callable_functions, first) ||
              (first != nullptr && std::string_view(first).starts_with(word_table_prefix));
  }
  // FTS5 asks whether others have written meanwhile.
  if (action == SQLITE_PRAGMA) {
    allowed = first != nullptr && second == nullptr && std::string_view(first) == "data_version";
  }
  if (action == SQLITE_FUNCTION) allowed = is_one_of(callable_functions, second);
  return allowed ? SQLITE_OK : SQLITE_DENY;
}

/// The path as a URI of SQLite, which understands parameters.
std::string still_uri(std::string const& path) {
  std::string out = "file:";
  for (auto const c : path) {
    if (c == '%' || c == '?' || c == '#') {
      append_percent_encoded(out, c);
    } else {
      out += c;
    }
  }
  return out + "?immutable=1";
}

} // namespace

void ConnectionDeleter::operator()(sqlite3* connection) const noexcept {
  sqlite3_close_v2(connection);
}

void SpatialiteDeleter::operator()(void* spatialite) const noexcept {
  spatialite_cleanup_ex(spatialite);
}

void StatementDeleter::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

StoreError error_of(sqlite3* connection, std::string_view doing) {
  auto const code = sqlite3_extended_errcode(connection);
  refuse_want_of_memory(code);
  return {reason_of(code), std::string(doing) + ": " + sqlite3_errmsg(connection) + " (" +
                               std::to_string(code) + ")"};
}

StoreError error_of_code(int code, std::string_view doing) {
  refuse_want_of_memory(code);
  return {reason_of(code),
          std::string(doing) + ": " + sqlite3_errstr(code) + " (" + std::to_string(code) + ")"};
}

void spare_memory_statistics() noexcept {
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); // NOLINT: SQLite's signature
}

std::string_view sqlite_version() noexcept {
  return sqlite3_libversion();
}

// ---- Statement

Statement::Statement(sqlite3* connection, std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  auto const result = sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()),
                                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (result != SQLITE_OK) throw error_of(connection, sql.substr(0, 200));
  statement_.reset(statement);
}

sqlite3* Statement::connection() const {
  return sqlite3_db_handle(statement_.get());
}

/// What could not be bound would be NULL, and the statement would do something else.
void Statement::check_bound(int result) const {
  if (result != SQLITE_OK) throw error_of(connection(), "bind");
}

void Statement::bind(int parameter, std::int64_t value) {
  check_bound(sqlite3_bind_int64(statement_.get(), parameter, value));
}

void Statement::bind(int parameter, double value) {
  check_bound(sqlite3_bind_double(statement_.get(), parameter, value));
}

void Statement::bind(int parameter, std::string_view text) {
  // A null pointer would bind NULL.
  auto const* const data = text.data() == nullptr ? "" : text.data();
  check_bound(sqlite3_bind_text64(statement_.get(), parameter, data, text.size(), SQLITE_STATIC,
                                  SQLITE_UTF8));
}

void Statement::bind_blob(int parameter, std::string_view bytes) {
  auto const* const data = bytes.data() == nullptr ? "" : bytes.data();
  check_bound(sqlite3_bind_blob64(statement_.get(), parameter, data, bytes.size(), SQLITE_STATIC));
}

void Statement::bind_pointer(int parameter, void const* pointer, char const* type) {
  // SQLite hands it on and leaves it alone.
  check_bound(sqlite3_bind_pointer(statement_.get(), parameter,
                                   const_cast<void*>(pointer), // NOLINT: SQLite's signature
                                   type, nullptr));
}

void Statement::bind_null(int parameter) {
  check_bound(sqlite3_bind_null(statement_.get(), parameter));
}

bool Statement::step() {
  auto const result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  if (result == SQLITE_INTERRUPT) throw DeadlinePassed();
  throw error_of(connection(), std::string_view(sqlite3_sql(statement_.get())).substr(0, 200));
}

int Statement::column_count() const {
  return sqlite3_column_count(statement_.get());
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

double Statement::number(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}

std::string_view Statement::text(int column) const {
  auto const* const bytes = static_cast<char const*>(sqlite3_column_blob(statement_.get(), column));
  auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return bytes == nullptr ? std::string_view() : std::string_view(bytes, size);
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
  return is_null(column) ? std::nullopt : std::optional(integer(column));
}

query::SortValue Statement::sort_value(int column) const {
  switch (sqlite3_column_type(statement_.get(), column)) {
  case SQLITE_INTEGER:
    return integer(column);
  case SQLITE_FLOAT:
    return number(column);
  case SQLITE_BLOB:
    return std::string(text(column));
  default:
    return std::monostate{};
  }
}

void Statement::reset() noexcept {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

// ---- Connection

Connection::Connection(std::string const& path, Use use) {
  bool const is_still = use == Use::inspect_still || use == Use::read_still;
  bool const reads_only = is_still || use == Use::read || use == Use::inspect;
  int flags = SQLITE_OPEN_NOMUTEX;
  flags |= reads_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (use == Use::create) flags |= SQLITE_OPEN_CREATE;
  if (is_still) flags |= SQLITE_OPEN_URI;
  sqlite3* connection = nullptr;
  auto const result =
      sqlite3_open_v2((is_still ? still_uri(path) : path).c_str(), &connection, flags, nullptr);
  connection_.reset(connection);
  if (result != SQLITE_OK) throw error_of(connection, "open " + path);
  sqlite3_extended_result_codes(connection, 1);
  spatialite_.reset(spatialite_alloc_connection());
  if (!spatialite_) throw std::bad_alloc();
  spatialite_init_ex(connection, spatialite_.get(), 0);
  require_spatial_functions();
  configure(use);
}

/// SpatiaLite leaves out what it has no memory for, and says nothing.
void Connection::require_spatial_functions() const {
  try {
    auto const all =
        prepare("SELECT ST_Intersects(NULL, NULL), CollectionExtract(NULL, 1), ST_IsValid(NULL), "
                "GeometryConstraints(NULL, NULL, NULL), RTreeAlign(NULL, NULL, NULL)");
  } catch (StoreError const&) {
    throw std::bad_alloc();
  }
}

void Connection::configure(Use use) {
  auto* const connection = handle();
  apply_limits(connection);
  sqlite3_busy_timeout(connection, patience); // before journal_mode, which may have to wait
  sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // Only the writer's own checkpoints report what the disc says (design.md 17.1).
  sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  execute("PRAGMA mmap_size = 0");
  execute("PRAGMA cell_size_check = ON");
  execute("PRAGMA temp_store = MEMORY");
  execute("PRAGMA wal_autocheckpoint = 0");
  execute("PRAGMA case_sensitive_like = ON");
  sqlite3_progress_handler(connection, 100, on_progress, this); // some rows of a search
  if (use == Use::create || use == Use::write) {
    // KiB. What a transaction changes is written twice if it does not fit.
    execute("PRAGMA cache_size = -32768");
    // trusted_schema stays on: SpatiaLite's triggers on footprints call what it calls unsafe.
    return execute("PRAGMA synchronous = FULL");
  }
  execute("PRAGMA trusted_schema = OFF");
  execute("PRAGMA query_only = ON");
  if (use == Use::read || use == Use::read_still) {
    // Made at their first use by what looks like a CREATE TABLE, which the authorizer would refuse.
    execute("SELECT 1 FROM json_each('[]')");
    for (auto const& name : virtual_tables()) static_cast<void>(prepare("SELECT 1 FROM " + name));
    sqlite3_set_authorizer(connection, authorize_reads, nullptr);
  }
}

/// Of the file; none in one that is no catalogue yet.
std::vector<std::string> Connection::virtual_tables() const {
  auto select = prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND "
                        "name LIKE '" +
                        std::string(word_table_prefix) +
                        "%' AND "
                        "sql LIKE 'CREATE VIRTUAL TABLE%'");
  std::vector<std::string> out;
  for (Execution run(select); run.step();) out.emplace_back(run.row().text(0));
  return out;
}

int Connection::on_progress(void* self) noexcept {
  auto& connection = *static_cast<Connection*>(self);
  auto const now = std::chrono::steady_clock::now();
  bool const goes_on = now <= connection.deadline_ && connection.ask_watcher(now);
  return goes_on ? 0 : 1;
}

/// \return  false if it wants the statement to end
bool Connection::ask_watcher(std::chrono::steady_clock::time_point now) noexcept {
  constexpr std::chrono::milliseconds pause(200);
  if (watcher_ == nullptr || now - asked_ < pause) return true;
  asked_ = now;
  try {
    (*watcher_)();
    return true;
  } catch (...) {
    thrown_ = std::current_exception();
    return false;
  }
}

void Connection::execute(std::string const& sql) const {
  if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw error_of(handle(), sql.substr(0, 200));
  }
}

std::int64_t Connection::integer(std::string_view sql) const {
  auto statement = prepare(sql);
  Execution run(statement);
  return run.step() ? run.row().integer(0) : 0;
}

void Connection::leave_transaction() const {
  if (sqlite3_get_autocommit(handle()) == 0) execute("ROLLBACK");
}

std::int64_t Connection::last_row() const noexcept {
  return sqlite3_last_insert_rowid(handle());
}

std::int64_t Connection::changed_rows() const noexcept {
  return sqlite3_changes64(handle());
}

bool Connection::checkpoint(bool truncate) const {
  failpoint::pass(failpoint::Point::checkpoint_begins);
  // The writer would stand still for as long as one reader holds an old state.
  sqlite3_busy_timeout(handle(), 0);
  auto const result = sqlite3_wal_checkpoint_v2(
      handle(), nullptr, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, nullptr,
      nullptr);
  sqlite3_busy_timeout(handle(), patience); // changes no error of the connection
  if (result != SQLITE_OK && result != SQLITE_BUSY) throw error_of_code(result, "checkpoint");
  failpoint::pass(failpoint::Point::checkpoint_done);
  return result == SQLITE_OK;
}

namespace {

/// "Page 93: unable to get the page. error code=7", "btreeInitPage() returns error code 7"
bool says_no_memory(std::string_view finding) noexcept {
  constexpr std::string_view name = "error code";
  auto const at = finding.find(name);
  if (at == std::string_view::npos) return false;
  auto const code = finding.substr(std::min(at + name.size() + 1, finding.size()));
  return code.starts_with("7") && (code.size() == 1 || code[1] < '0' || code[1] > '9');
}

} // namespace

std::string structure_fault(std::string_view row) {
  auto const text = trimmed(row);
  bool const finds_nothing = text.starts_with("*** in database") && text.ends_with("***");
  if (finds_nothing || says_no_memory(text)) throw std::bad_alloc();
  return text == "ok" ? std::string() : std::string(text);
}

std::vector<std::string> lasting_faults(std::function<std::vector<std::string>()> const& look) {
  auto faults = look();
  bool const is_sure = std::ranges::none_of(faults, [](std::string const& fault) {
    return fault.find("failed to get page") != std::string::npos;
  });
  if (is_sure) return faults;
  auto again = look();
  std::erase_if(faults, [&](std::string const& fault) {
    return std::ranges::find(again, fault) == again.end();
  });
  return faults.empty() ? again : faults;
}

} // namespace terracat::store

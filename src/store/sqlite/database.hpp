#pragma once

#include <terracat/store.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace terracat::store {

/// As it is bound to a statement.
[[nodiscard]] inline std::int64_t integer(RecordNumber number) noexcept {
  return static_cast<std::int64_t>(number);
}

struct ConnectionDeleter {
  void operator()(sqlite3* connection) const noexcept;
};

struct SpatialiteDeleter {
  void operator()(void* spatialite) const noexcept;
};

struct StatementDeleter {
  void operator()(sqlite3_stmt* statement) const noexcept;
};

/// A prepared statement, kept for reuse. Parameters are numbered from 1, columns from 0.
///
/// Text and blobs are bound without a copy: what they point to must live until `reset`. A statement
/// is run by one of the three verbs below and must be reset before its connection can leave the
/// transaction: use Execution.
class Statement {
 public:
  Statement(sqlite3* connection, std::string_view sql);

  void bind(int parameter, std::int64_t value);
  void bind(int parameter, double value);
  void bind(int parameter, std::string_view text);
  void bind_blob(int parameter, std::string_view bytes);
  void bind_null(int parameter);
  /// For functions of ours, which get it by its type. It must outlive the run.
  void bind_pointer(int parameter, void const* pointer, char const* type);

  template<class Value>
  void bind(int parameter, std::optional<Value> const& value) {
    if (value) {
      bind(parameter, *value);
    } else {
      bind_null(parameter);
    }
  }

  /// \return  false when there are no more rows
  bool step();

  [[nodiscard]] int column_count() const;
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double number(int column) const;
  /// Valid until the next step or reset.
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;
  /// The value as a sort value; blobs are collation keys.
  [[nodiscard]] query::SortValue sort_value(int column) const;

  void reset() noexcept;

 private:
  [[nodiscard]] sqlite3* connection() const;
  void check_bound(int result) const;

  std::unique_ptr<sqlite3_stmt, StatementDeleter> statement_;
};

/// Uses a statement for one run and resets it in the end, whatever happens.
class Execution {
 public:
  explicit Execution(Statement& statement) noexcept : statement_(statement) {}

  Execution(Execution const&) = delete;
  Execution& operator=(Execution const&) = delete;
  Execution(Execution&&) = delete;
  Execution& operator=(Execution&&) = delete;

  ~Execution() { statement_.reset(); }

  /// Binds the values to parameters 1, 2, 3 …
  template<class... Values>
  Execution& with(Values const&... values) {
    int parameter = 0;
    (statement_.bind(++parameter, values), ...);
    return *this;
  }

  bool step() { return statement_.step(); }

  /// Runs to the end, for statements without rows.
  void finish() {
    while (statement_.step()) {
    }
  }

  [[nodiscard]] Statement& row() noexcept { return statement_; }

 private:
  Statement& statement_;
};

/// One connection with SpatiaLite's functions, set up by the rules of design.md 17.1. One
/// thread at a time.
class Connection {
 public:
  enum class Use : std::uint8_t {
    create,        ///< a new file
    write,         ///< the one connection that writes
    read,          ///< SELECT of the catalogue's tables and nothing else
    read_still,    ///< likewise, of a file without log that nobody writes: makes no file beside it
    inspect,       ///< read-only, pragmas allowed
    inspect_still, ///< likewise, of a file without log that nobody writes
  };

  /// \throws StoreError
  Connection(std::string const& path, Use use);
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;
  Connection(Connection&&) = delete;
  Connection& operator=(Connection&&) = delete;
  ~Connection() = default;

  [[nodiscard]] sqlite3* handle() const noexcept { return connection_.get(); }

  [[nodiscard]] Statement prepare(std::string_view sql) const { return {handle(), sql}; }

  /// Runs statements without parameters and rows.
  void execute(std::string const& sql) const;

  /// The first column of the first row, as a number.
  [[nodiscard]] std::int64_t integer(std::string_view sql) const;

  /// Ends the transaction that is open, if any. One stays open that could not be ended in its time,
  /// as for want of memory.
  void leave_transaction() const;

  /// The number of the row that the last INSERT made.
  [[nodiscard]] std::int64_t last_row() const noexcept;

  /// How many rows the last INSERT, UPDATE or DELETE touched.
  [[nodiscard]] std::int64_t changed_rows() const noexcept;

  /// Statements that run longer throw DeadlinePassed.
  void set_deadline(std::chrono::steady_clock::time_point deadline) noexcept {
    deadline_ = deadline;
  }

  /// \throws DeadlinePassed  if it has
  void check_deadline() const {
    if (std::chrono::steady_clock::now() > deadline_) throw DeadlinePassed();
  }

  /// Does `work`, and calls `watcher` a few times a second while its statements run. What the
  /// watcher throws ends the statement and comes out here.
  template<class Work>
  auto watched(std::function<void()> const& watcher, Work const& work) {
    watcher_ = &watcher;
    thrown_ = nullptr;
    try {
      auto out = work();
      watcher_ = nullptr;
      return out;
    } catch (...) {
      watcher_ = nullptr;
      if (auto const thrown = std::exchange(thrown_, nullptr)) std::rethrow_exception(thrown);
      throw;
    }
  }

  /// Copies the log into the file, as far as readers let it: waits for nobody.
  /// \param truncate  also empties the log
  /// \return  false if readers were in the way
  bool checkpoint(bool truncate) const; // NOLINT: who only tries need not know

 private:
  void require_spatial_functions() const;
  void configure(Use use);
  [[nodiscard]] std::vector<std::string> virtual_tables() const;
  static int on_progress(void* self) noexcept;
  [[nodiscard]] bool ask_watcher(std::chrono::steady_clock::time_point now) noexcept;

  std::unique_ptr<void, SpatialiteDeleter> spatialite_; ///< its own state; freed last
  std::unique_ptr<sqlite3, ConnectionDeleter> connection_;
  std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();

  std::function<void()> const* watcher_ = nullptr;
  std::chrono::steady_clock::time_point asked_; ///< when the watcher was called last
  std::exception_ptr thrown_;                   ///< by the watcher
};

/// The error that the connection's last call ended with. \throws std::bad_alloc  if it is that one
[[nodiscard]] StoreError error_of(sqlite3* connection, std::string_view doing);

/// The error of a code that no connection keeps. \throws std::bad_alloc  if it is that one
[[nodiscard]] StoreError error_of_code(int code, std::string_view doing);

/// What a row of PRAGMA quick_check or integrity_check finds wrong; empty: nothing.
/// \throws std::bad_alloc  if SQLite had no memory to look: it names the database and no finding
///                         then, or a page and the code 7
[[nodiscard]] std::string structure_fault(std::string_view row);

/// What PRAGMA quick_check or integrity_check finds wrong each time: a page that could not be had
/// for want of memory is told as one that cannot be read, but only then.
/// \param look  runs the pragma and returns what structure_fault makes of its rows
[[nodiscard]] std::vector<std::string>
lasting_faults(std::function<std::vector<std::string>()> const& look);

} // namespace terracat::store

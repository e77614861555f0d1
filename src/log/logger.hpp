#pragma once

#include "log/events.hpp"

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace terracat::log {

enum class Level : std::uint8_t { debug, info, warn, error };

/// \param name  "debug", "info", "warn" or "error"
[[nodiscard]] std::optional<Level> level_of(std::string_view name) noexcept;

/// What a field says. Texts are views: they live until the call that they are given to returns.
class Value {
 public:
  Value(std::string_view text) noexcept : value_(text) {}

  Value(std::string const& text) noexcept : value_(std::string_view(text)) {}

  Value(char const* text) noexcept : value_(std::string_view(text)) {}

  template<std::integral Number>
  Value(Number number) noexcept {
    if constexpr (std::same_as<Number, bool>) {
      value_ = number;
    } else if constexpr (std::signed_integral<Number>) {
      value_ = static_cast<std::int64_t>(number);
    } else {
      value_ = static_cast<std::uint64_t>(number);
    }
  }

  Value(double number) noexcept : value_(number) {}

  /// Appends the value as JSON.
  void append_to(std::string& out) const;

 private:
  std::variant<std::string_view, bool, std::int64_t, std::uint64_t, double> value_;
};

struct Field {
  std::string_view key; ///< a constant of the program, lower snake case
  Value value;
};

using Fields = std::initializer_list<Field>;

/// The log of events: one line of JSON each, `{"ts":…,"level":…,"event":…,"msg":…,…fields}`.
///
/// Any thread may write. Lines wait in a bounded queue for a thread of the log, so that nobody who
/// writes waits for whoever reads the other end; when the queue is full the oldest line is lost.
/// The destructor writes what is left.
class Logger {
 public:
  struct Settings {
    Level level = Level::info;
    int descriptor = 2; ///< stays open as long as the logger lives, which does not close it
  };

  Logger(); ///< everything from `info` up, on standard error
  explicit Logger(Settings settings);
  Logger(Logger const&) = delete;
  Logger& operator=(Logger const&) = delete;
  Logger(Logger&&) = delete;
  Logger& operator=(Logger&&) = delete;
  ~Logger();

  // A line for which there is no memory is lost, and a line says so: nobody has to fear an
  // exception where one is told of.

  /// \param message  one sentence for the operator, without secrets and without what clients sent
  void debug(Event event, std::string_view message, Fields fields = {}) noexcept {
    write(Level::debug, event, message, fields);
  }

  void info(Event event, std::string_view message, Fields fields = {}) noexcept {
    write(Level::info, event, message, fields);
  }

  void warn(Event event, std::string_view message, Fields fields = {}) noexcept {
    write(Level::warn, event, message, fields);
  }

  void error(Event event, std::string_view message, Fields fields = {}) noexcept {
    write(Level::error, event, message, fields);
  }

  /// Lines below it are dropped from now on.
  void set_level(Level level) noexcept;

  /// Returns when the lines written before have reached the descriptor, or after a second: before a
  /// process ends itself without destructors.
  void flush();

 private:
  void write(Level level, Event event, std::string_view message, Fields fields) noexcept;
  void write_line(Level level, Event event, std::string_view message, Fields fields);

  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

} // namespace terracat::log

#pragma once

#include "run/harvest.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace terracat::cli {

/// `text` without what could steer a terminal: control characters, and marks that change the
/// direction of writing. Everything harvested passes through here before it is printed.
[[nodiscard]] std::string plain(std::string_view text);

/// The same on one line: a line end becomes a blank, so that no text can pass for another line.
[[nodiscard]] std::string plain_line(std::string_view text);

/// Shows how far long work is: one line that is rewritten when a person watches, a line every ten
/// seconds when nobody does. Writes on standard error.
class ProgressLine {
 public:
  explicit ProgressLine(std::string name);
  ProgressLine(ProgressLine const&) = delete;
  ProgressLine& operator=(ProgressLine const&) = delete;
  ProgressLine(ProgressLine&&) = delete;
  ProgressLine& operator=(ProgressLine&&) = delete;

  /// Ends the line.
  ~ProgressLine();

  void show(run::Progress const& progress);
  /// \param done  from 0 to 1
  void show(double done);

 private:
  void write(std::string const& text);
  [[nodiscard]] bool is_due();

  std::string name_;
  bool is_terminal_;
  bool is_open_ = false; ///< a line that is being rewritten stands there
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_ = start_;
};

} // namespace terracat::cli

#pragma once

#include "cli/terminal.hpp"
#include "run/harvest.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace terracat::cli {

/// Where a command says what it does: the two outputs of its own process, or those of the process
/// that handed the work over. One thread.
class Console {
 public:
  Console() = default;
  Console(Console const&) = delete;
  Console& operator=(Console const&) = delete;
  Console(Console&&) = delete;
  Console& operator=(Console&&) = delete;
  virtual ~Console() = default;

  /// On standard output. \param text  with its line ends
  virtual void say(std::string_view text) = 0;

  /// On standard error.
  virtual void complain(std::string_view text) = 0;

  /// Long work begins; what `show` says is of it. It ends with the next that is said.
  virtual void begin(std::string const& name) = 0;
  virtual void show(run::Progress const& progress) = 0;
  /// \param done  from 0 to 1
  virtual void show(double done) = 0;
};

/// The outputs of this process.
class OwnConsole : public Console {
 public:
  void say(std::string_view text) override;
  void complain(std::string_view text) override;
  void begin(std::string const& name) override;
  void show(run::Progress const& progress) override;
  void show(double done) override;

 private:
  std::optional<ProgressLine> line_;
};

} // namespace terracat::cli

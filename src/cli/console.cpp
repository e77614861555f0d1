#include "cli/console.hpp"

#include <iostream>

namespace terracat::cli {

void OwnConsole::say(std::string_view text) {
  line_.reset();
  std::cout << text << std::flush;
}

void OwnConsole::complain(std::string_view text) {
  line_.reset();
  std::cerr << text << std::flush;
}

void OwnConsole::begin(std::string const& name) {
  line_.reset();
  line_.emplace(name);
}

void OwnConsole::show(run::Progress const& progress) {
  if (line_) line_->show(progress);
}

void OwnConsole::show(double done) {
  if (line_) line_->show(done);
}

} // namespace terracat::cli

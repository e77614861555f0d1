// terracat-faulty: the libraries of the program, with failpoints that can be armed.
//
// TERRACAT_FAILPOINTS holds NAME=ACTION[@N], several separated by commas. The names stand in
// src/failpoint/failpoint.hpp. ACTION is `kill`, `throw`, `eio` (an I/O error of the store) or
// `sleep:MILLISECONDS`; it happens whenever the point is passed, or with @N the N-th time alone.

#include "cli/commands.hpp"
#include "failpoint/failpoint.hpp"

#include <terracat/store.hpp>

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <iostream>
#include <stdexcept>
#include <thread>

namespace terracat::failpoint {
namespace {

enum class Action { nothing, kill, fail, eio, sleep };

/// What was armed at one point. Written before the first thread begins.
struct Armed {
  Action action = Action::nothing;
  std::chrono::milliseconds pause{0};
  std::uint64_t turn = 0; ///< 0: each
  std::atomic<std::uint64_t> passes = 0;
};

/// Of each point. This program alone keeps anything beside its objects: a point knows nobody.
Armed& armed(Point point) {
  static std::array<Armed, rows.size()> all;
  return all.at(static_cast<std::size_t>(point));
}

std::uint64_t number(std::string_view text, std::string_view whole) {
  std::uint64_t out = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, out);
  if (error != std::errc{} || stop != end || out == 0) {
    throw std::invalid_argument(std::string(whole) + ": expected a number from 1");
  }
  return out;
}

Point point_of(std::string_view name) {
  std::string known;
  for (auto const& row : rows) {
    if (row.name == name) return row.point;
    known += (known.empty() ? "" : " ") + std::string(row.name);
  }
  throw std::invalid_argument("there is no failpoint '" + std::string(name) + "'; there are " +
                              known);
}

/// \param text  NAME=ACTION[@N]
void arm_one(std::string_view text) {
  auto const equals = text.find('=');
  auto& one = armed(point_of(text.substr(0, equals)));
  auto action = equals == std::string_view::npos ? "" : text.substr(equals + 1);
  if (auto const at = action.find('@'); at != std::string_view::npos) {
    one.turn = number(action.substr(at + 1), text);
    action = action.substr(0, at);
  }
  constexpr std::string_view sleep = "sleep:";
  if (action == "kill") {
    one.action = Action::kill;
  } else if (action == "throw") {
    one.action = Action::fail;
  } else if (action == "eio") {
    one.action = Action::eio;
  } else if (action.starts_with(sleep)) {
    one.pause = std::chrono::milliseconds(number(action.substr(sleep.size()), text));
    one.action = Action::sleep;
  } else {
    throw std::invalid_argument(std::string(text) +
                                ": expected kill, throw, eio or sleep:MILLISECONDS");
  }
}

/// \throws std::invalid_argument
void arm(std::string_view all) {
  while (!all.empty()) {
    auto const comma = all.find(',');
    arm_one(all.substr(0, comma));
    all = comma == std::string_view::npos ? "" : all.substr(comma + 1);
  }
}

} // namespace

// In the place of the empty one: the linker takes a function from a library only if it lacks it.
void pass(Point point) {
  auto& one = armed(point);
  if (one.action == Action::nothing) return;
  auto const turn = ++one.passes;
  if (one.turn != 0 && turn != one.turn) return;
  auto const name = std::string(rows.at(static_cast<std::size_t>(point)).name);
  switch (one.action) {
  case Action::kill:
    ::kill(::getpid(), SIGKILL);
    break;
  case Action::fail:
    throw std::runtime_error("failpoint " + name);
  case Action::eio:
    throw store::StoreError(store::StoreError::Reason::io, "failpoint " + name);
  default:
    std::this_thread::sleep_for(one.pause);
  }
}

} // namespace terracat::failpoint

int main(int argc, char** argv) {
  try {
    auto const* const variable = std::getenv("TERRACAT_FAILPOINTS");
    if (variable != nullptr) terracat::failpoint::arm(variable);
  } catch (std::invalid_argument const& error) {
    std::cerr << "terracat-faulty: TERRACAT_FAILPOINTS: " << error.what() << '\n';
    return terracat::cli::bad_config;
  }
  return terracat::cli::program(argc, argv);
}

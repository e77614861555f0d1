#include "cli/commands.hpp"
#include "cli/load.hpp"
#include "cli/terminal.hpp"
#include "cli/work.hpp"
#include "config/load.hpp"
#include "helper/data_client.hpp"
#include "helper/data_reader.hpp"
#include "helper/rdf_answer.hpp"
#include "helper/rdf_client.hpp"
#include "helper/serve.hpp"
#include "log/text.hpp"
#include "store/stores.hpp"

#include <terracat/problem.hpp>
#include <terracat/store.hpp>

#include <unistd.h>

#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <new>
#include <optional>
#include <span>
#include <system_error>

namespace terracat::cli {
namespace {

constexpr std::string_view no_memory = "terracat: there is no memory left\n";
constexpr auto no_thread = "there is no memory left for a thread, or too many threads run";

/// Whether `operator new` was ever refused memory. Like the handlers that use it, of the process.
std::atomic<bool>& was_refused_memory() noexcept {
  static std::atomic<bool> refused = false;
  return refused;
}

void refuse_memory() {
  was_refused_memory() = true;
  throw std::bad_alloc();
}

/// Where nothing may be thrown, or nobody catches it, want of memory ends the program: what was
/// committed is safe, and a line says why.
[[noreturn]] void end_for_want_of_memory() {
  try {
    if (auto const thrown = std::current_exception()) std::rethrow_exception(thrown);
    // Some libraries end the program in the middle of a throw, before anybody knows of what.
    if (std::uncaught_exceptions() > 0 && was_refused_memory()) throw std::bad_alloc();
  } catch (std::bad_alloc const&) {
    log::write_fully(STDERR_FILENO, no_memory);
    std::_Exit(failed);
  } catch (...) { // NOLINT: a mistake of the program
  }
  std::abort();
}

int exit_code(store::StoreError const& error) noexcept {
  switch (error.reason()) {
  case store::StoreError::Reason::locked:
    return in_use;
  case store::StoreError::Reason::io:
  case store::StoreError::Reason::full:
  case store::StoreError::Reason::read_only:
    return io_error;
  default:
    return failed;
  }
}

/// The configuration of this folder, else that of the machine. One that may not be looked for
/// counts as there: another catalogue than the site's would be worse than a complaint. \return
/// empty: there is none
std::string standard_config() {
  for (auto const* const path : {"terracat.toml", "/etc/terracat/terracat.toml"}) {
    std::error_code unknown;
    auto const status = std::filesystem::status(path, unknown);
    if (status.type() != std::filesystem::file_type::not_found) return path;
  }
  return {};
}

/// What a server starts to have strangers' documents parsed apart: `terracat parse-rdf PARENT`,
/// `terracat read-data PARENT`. It reads no configuration, and nobody types it.
std::optional<int> run_as_helper(std::span<char const* const> words) {
  if (words.size() != 3) return std::nullopt;
  bool const reads_data = words[1] == helper::data_mode;
  if (!reads_data && words[1] != helper::rdf_mode) return std::nullopt;
  std::string_view const number = words[2];
  helper::Confinement confinement;
  std::from_chars(number.data(), number.data() + number.size(), confinement.parent);
  if (reads_data) return helper::serve_files(confinement, helper::make_data_answer);
  return helper::serve(confinement, helper::make_rdf_answer);
}

} // namespace

config::Config load(Common const& common) {
  auto const variables = config::environment();
  auto const path = common.config.empty() ? standard_config() : common.config;
  auto config =
      path.empty() ? config::load("", "defaults", variables) : config::load_file(path, variables);
  if (!common.store.empty()) config.store.path = common.store;
  return config;
}

int guarded(Console& console, std::function<int()> const& command) {
  auto const complain = [&console](std::string const& message, int code) {
    console.complain("terracat: " + plain(message) + "\n");
    return code;
  };
  try {
    return command();
  } catch (config::ConfigError const& error) {
    return complain(error.what(), bad_config);
  } catch (store::StoreError const& error) {
    return complain(error.what(), exit_code(error));
  } catch (ListenError const& error) {
    return complain(error.what(), in_use);
  } catch (std::bad_alloc const&) { // then there is none for a sentence either
    console.complain(no_memory);
    return failed;
  } catch (std::system_error const& error) {
    // What a thread wants of memory, and a limit of threads, are one and the same to the system.
    bool const lacks_thread = error.code() == std::errc::resource_unavailable_try_again;
    return complain(lacks_thread ? no_thread : error.what(), failed);
  } catch (std::exception const& error) {
    return complain(error.what(), failed);
  }
}

int program(int argc, char const* const* argv) {
  if (auto const code = run_as_helper({argv, static_cast<std::size_t>(argc)})) return *code;
  std::set_new_handler(refuse_memory);
  std::set_terminate(end_for_want_of_memory);
  store::spare_memory_statistics();
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN)); // NOLINT: a macro with a cast; a client or a
                                                    // pager that goes away is an error of the write
  OwnConsole console;
  return guarded(console, [&] {
    auto const parsed = parse(argc, argv);
    if (auto const* const code = std::get_if<int>(&parsed)) return *code;
    auto options = std::get<Options>(parsed);
    auto const config = load(options.common);
    if (auto* const serve = std::get_if<Serve>(&options.command)) serve->common = options.common;
    return std::visit([&](auto const& command) { return run(config, command); }, options.command);
  });
}

} // namespace terracat::cli

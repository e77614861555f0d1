#include "cli/commands.hpp"
#include "cli/load.hpp"
#include "cli/terminal.hpp"
#include "cli/work.hpp"
#include "config/load.hpp"

#include <terracat/problem.hpp>
#include <terracat/store.hpp>

#include <csignal>
#include <filesystem>

namespace terracat::cli {
namespace {

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
  } catch (std::exception const& error) {
    return complain(error.what(), failed);
  }
}

int program(int argc, char const* const* argv) {
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

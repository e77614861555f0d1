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

} // namespace

config::Config load(Common const& common) {
  constexpr auto standard = "terracat.toml";
  auto const variables = config::environment();
  auto config = !common.config.empty()              ? config::load_file(common.config, variables)
                : std::filesystem::exists(standard) ? config::load_file(standard, variables)
                                                    : config::load("", "defaults", variables);
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

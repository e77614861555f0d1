#include "cli/assembly.hpp"
#include "cli/commands.hpp"
#include "cli/hand_over.hpp"
#include "cli/plan.hpp"
#include "cli/version.hpp"

#include "api/application.hpp"
#include "config/check.hpp"
#include "config/load.hpp"
#include "jobs/address.hpp"
#include "jobs/door.hpp"
#include "net/server.hpp"
#include "run/schedule.hpp"

#include <boost/system/system_error.hpp>

#include <atomic>
#include <csignal>
#include <fstream>
#include <iostream>

namespace terracat::cli {
namespace {

constexpr std::uint64_t least_free_bytes = std::uint64_t{100} << 20;

net::Settings settings_of(config::Config const& config) {
  auto const& server = config.server;
  config::Endpoint endpoint;
  static_cast<void>(config::parse_endpoint(server.listen, endpoint)); // checked with the rest
  return {.address = endpoint.host == "localhost" ? "127.0.0.1" : endpoint.host,
          .port = endpoint.port,
          .io_threads = server.io_threads,
          .worker_threads = server.worker_threads,
          .cors_origins = server.cors_origins,
          .trusted_proxies = config.limits.trusted_proxies,
          .forwarded_header = config.limits.forwarded_header,
          .times = {.idle = server.idle_timeout,
                    .header = server.header_timeout,
                    .body = server.body_timeout,
                    .write = server.write_timeout,
                    .shutdown = server.shutdown_timeout},
          .sizes = {.connections = server.max_connections,
                    .connections_per_address = server.max_connections_per_address,
                    .queue = server.max_queue},
          .costs = {.rate = config.limits.address_rate, .burst = config.limits.address_burst}};
}

std::vector<api::Root> roots_of(config::Config const& config) {
  std::vector<api::Pole> poles;
  for (auto const& pole : config.poles) {
    poles.push_back(
        {.name = pole.name, .title = pole.title, .description = pole.description, .sources = {}});
    for (auto const& source : config.sources) {
      if (source.pole == pole.name) poles.back().sources.push_back(source.name);
    }
  }
  return api::roots_of(config.site.title, config.site.description, poles);
}

api::Site site_of(config::Config const& config) {
  api::Site site{.version = std::string(version),
                 .title = config.site.title,
                 .description = config.site.description,
                 .public_url = config.site.public_url,
                 .roots = roots_of(config),
                 .asset_folders = {},
                 .default_limit = config.api.default_limit,
                 .max_limit = config.api.max_limit,
                 .max_body_bytes = config.api.max_body_bytes,
                 .answer_timeout = config.server.answer_timeout,
                 .lenient_datetime = config.api.lenient_datetime,
                 .sortables = config.api.sortables,
                 .readiness = {},
                 .metrics = {}};
  for (auto const& source : config.sources) {
    if (!source.asset_folder.empty()) {
      site.asset_folders.push_back({.source = source.name, .path = source.asset_folder});
    }
  }
  return site;
}

std::string local_url(net::Settings const& settings, std::uint16_t port) {
  auto const is_any = settings.address == "0.0.0.0" || settings.address == "::";
  auto const host = is_any                                            ? std::string("127.0.0.1")
                    : settings.address.find(':') != std::string::npos ? "[" + settings.address + "]"
                                                                      : settings.address;
  return "http://" + host + ":" + std::to_string(port);
}

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

/// What the site tells about itself while it serves.
class Condition {
 public:
  Condition(Assembly& assembly, backup::Plan plan) : assembly_(assembly), plan_(std::move(plan)) {}

  void drain() noexcept { is_draining_ = true; }

  [[nodiscard]] std::vector<api::Unready> unready() const {
    std::vector<api::Unready> out;
    if (is_draining_) out.push_back({"serving", "the server is stopping"});
    auto const figures = assembly_.catalogue().figures();
    if (figures.free_bytes != 0 && figures.free_bytes < least_free_bytes) {
      out.push_back({"disc", "less than 100 MB are free"});
    }
    return out;
  }

  [[nodiscard]] std::string metrics_text() {
    auto& metrics = assembly_.metrics();
    auto const figures = assembly_.catalogue().figures();
    metrics.store_file_bytes.set(static_cast<double>(figures.file_bytes));
    metrics.store_wal_bytes.set(static_cast<double>(figures.log_bytes));
    metrics.store_disk_free_bytes.set(static_cast<double>(figures.free_bytes));
    auto const newest = plan_.folder.empty() ? std::nullopt : backup::folder_of(plan_).newest();
    metrics.backup_last_success.set(newest ? static_cast<double>(newest->milliseconds()) / 1'000
                                           : 0);
    return metrics.text();
  }

 private:
  Assembly& assembly_;
  backup::Plan plan_;
  std::atomic<bool> is_draining_ = false;
};

/// Waits for SIGINT or SIGTERM: the first lets what is under way end, the second drops it. No
/// harvest begins any more, and those in progress stop at their next page.
void stop_at_signals(net::Server& server, Condition& condition, sigset_t const& signals,
                     std::function<void()> const& end_writing) {
  int signal = 0;
  sigwait(&signals, &signal);
  condition.drain();
  server.stop();
  std::jthread const impatience([&](std::stop_token const& ending) {
    timespec const pause{.tv_sec = 0, .tv_nsec = 100'000'000};
    while (!ending.stop_requested()) {
      if (sigtimedwait(&signals, nullptr, &pause) > 0) server.stop();
    }
  });
  end_writing();
  server.wait();
}

/// \throws ListenError
std::uint16_t open_port(net::Server& server, std::string const& listen) {
  try {
    return server.open();
  } catch (boost::system::system_error const& error) {
    throw ListenError("cannot listen on " + listen + ": " + error.code().message());
  }
}

/// Lets commands hand over their work. A site without that door serves all the same.
std::unique_ptr<jobs::Door> open_door(Workplace const& place, log::Logger& log) {
  auto const& catalogue = place.config.store.path;
  if (catalogue == "memory:") return nullptr;
  try {
    return std::make_unique<jobs::Door>(
        jobs::socket_of(catalogue),
        [&place, &log](std::string const& command, jobs::Caller& caller) {
          return do_job(place, command, caller, log);
        },
        log);
  } catch (store::StoreError const& error) {
    log.warn(log::event::job_refused, "commands cannot hand over work to this server",
             {{"cause", error.what()}});
    return nullptr;
  }
}

void write_port(std::string const& path, std::uint16_t port) {
  if (path.empty()) return;
  std::ofstream file(path, std::ios::trunc);
  file << port << '\n';
}

} // namespace

int run(config::Config const& given, Serve const& options) {
  auto config = given;
  if (!options.listen.empty()) config.server.listen = options.listen;
  if (!options.public_url.empty()) config.site.public_url = options.public_url;
  config::check_again(config);
  check_sources(config);
  auto const signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr); // inherited by every thread from here on

  Assembly assembly(config, Audience::operators);
  Condition condition(assembly, plan_of(config));
  auto site = site_of(config);
  site.readiness = [&] { return condition.unready(); };
  site.metrics = [&] { return condition.metrics_text(); };
  auto& metrics = assembly.metrics();
  assembly.catalogue().on_commit([&](Revision revision) {
    metrics.store_revision.set(static_cast<double>(revision.sequence));
    metrics.store_commit_duration.observe(assembly.catalogue().writer_figures().last_seconds);
  });

  log::AccessLog access_log({.descriptor = config.log.access ? 2 : -1});
  api::ApiApplication application(assembly.catalogue(), std::move(site), assembly.log());
  auto const settings = settings_of(config);
  net::Server server(settings, application, assembly.log(), access_log, metrics);
  auto const port = open_port(server, config.server.listen);
  auto const address =
      config.site.public_url.empty() ? local_url(settings, port) : config.site.public_url;
  application.learn_address(address);
  server.start();
  write_port(options.port_file, port);
  std::optional<run::Schedule> schedule(
      std::in_place, run::timetable_of(config.sources, assembly.catalogue()),
      config.harvest.parallel_runs, assembly.harvest(), assembly.log());
  Workplace const place{config, assembly.catalogue(), assembly.harvest(), &*schedule};
  auto door = open_door(place, assembly.log());
  std::cout << "serving on " << address << "/ (stop with Ctrl-C)" << std::endl;
  std::optional<backup::Schedule> backups;
  if (!config.backup.folder.empty()) backups.emplace(plan_of(config), assembly.log());
  stop_at_signals(server, condition, signals, [&] {
    door.reset();
    schedule.reset();
  });
  return success;
}

} // namespace terracat::cli

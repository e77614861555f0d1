#include "cli/site.hpp"

#include "cli/assembly.hpp"

#include "cli/version.hpp"
#include "config/check.hpp"
#include "run/rest.hpp"

namespace terracat::cli {
namespace {

std::vector<api::Root> roots_of(config::Config const& config) {
  std::vector<api::Pole> poles;
  for (auto const& pole : config.poles) {
    poles.push_back({.name = pole.name,
                     .title = pole.title,
                     .description = pole.description,
                     .sources = {},
                     .home = pole.home});
    for (auto const& source : config.sources) {
      if (source.pole == pole.name) poles.back().sources.push_back(source.name);
    }
  }
  auto out = api::roots_of(config.site.title, config.site.description, poles);
  // Where a server listens is no address of a site: nothing is said of it if it has none.
  for (auto& root : out) {
    if (root.scope.sources() == nullptr) root.home = config.site.public_url;
  }
  return out;
}

api::Storage storage_of(config::Config const& config) {
  std::vector<api::StorageRule> rules;
  for (auto const& [prefix, name, href, title] : config.storages) {
    rules.push_back({.prefix = prefix, .name = name, .href = href, .title = title});
  }
  return api::Storage(std::move(rules));
}

} // namespace

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

api::Site site_of(config::Config const& config) {
  api::Site site{.version = std::string(version),
                 .title = config.site.title,
                 .description = config.site.description,
                 .public_url = config.site.public_url,
                 .roots = roots_of(config),
                 .asset_folders = {},
                 .sources = {},
                 .publisher = config.site.publisher,
                 .contact = config.site.contact,
                 .languages = config.site.languages,
                 .picture_origins = config.site.picture_origins,
                 .default_limit = config.api.default_limit,
                 .max_limit = config.api.max_limit,
                 .max_body_bytes = config.api.max_body_bytes,
                 .answer_timeout = config.server.answer_timeout,
                 .scan_items = config.limits.scan_items,
                 .lenient_datetime = config.api.lenient_datetime,
                 .sortables = config.api.sortables,
                 .readiness = {},
                 .backups = {},
                 .on_store_fault = {},
                 .metrics = {}};
  site.operators_key = config.operators.api_key;
  site.map_tiles = config.site.map_tiles;
  site.tile_origin = config::origin_of(config.site.map_tiles);
  site.map_credit = config.site.map_credit;
  site.storage = storage_of(config);
  for (auto const& source : config.sources) {
    site.sources.push_back(source.name);
    if (source.allow_networks.empty()) site.public_sources.push_back(source.name);
    if (!source.asset_folder.empty()) {
      site.asset_folders.push_back({.source = source.name, .path = source.asset_folder});
    }
  }
  return site;
}

std::vector<api::Standstill> standstills_of(config::Config const& config, run::Pauses const& pauses,
                                            store::Reader& reader) {
  std::vector<api::Standstill> out;
  auto const rests = run::rests_of(config.sources, config.harvest.rest_after, reader);
  auto const now = model::Instant::now();
  for (auto const& source : config.sources) {
    api::Standstill standstill{.source = source.name};
    if (auto const pause = pauses.of(source.name)) {
      standstill.paused_since = pause->since;
      standstill.reason = pause->reason;
    }
    auto const rest = rests.of(run::host_of(source.address));
    if (rest.until && *rest.until > now) {
      standstill.rests_until = rest.until;
      standstill.failures = rest.failures;
    }
    if (standstill.paused_since || standstill.rests_until) out.push_back(std::move(standstill));
  }
  return out;
}

void open_for_transactions(api::Site& site, config::Config const& config,
                           std::shared_ptr<json::SchemaSet const> schemas) {
  auto const& settings = config.transactions;
  if (settings.api_key.empty()) return;
  api::Transactions transactions{.api_key = settings.api_key,
                                 .sources = {settings.source},
                                 .max_body_bytes = settings.max_body_bytes,
                                 .schemas = std::move(schemas)};
  for (auto const& source : config.sources) {
    if (source.kind == "push") transactions.sources.push_back(source.name);
  }
  api::take_transactions(site, std::move(transactions));
}

std::string local_url(net::Settings const& settings, std::uint16_t port) {
  auto const is_any = settings.address == "0.0.0.0" || settings.address == "::";
  auto const host = is_any                                            ? std::string("127.0.0.1")
                    : settings.address.find(':') != std::string::npos ? "[" + settings.address + "]"
                                                                      : settings.address;
  return "http://" + host + ":" + std::to_string(port);
}

run::Notifier::Settings notify_settings_of(config::Config const& config) {
  auto const& [webhook, allow_networks, mail_to, mail_from, mail_server] = config.notify;
  return {.webhook = webhook,
          .allow_networks = allow_networks,
          .mail_to = mail_to,
          .mail_from = mail_from,
          .mail_server = mail_server.empty() ? "smtp://127.0.0.1:25" : mail_server,
          .title = config.site.title,
          .public_url = config.operators.api_key.empty() ? "" : config.site.public_url,
          .site = fetch_site_of(config)};
}

} // namespace terracat::cli

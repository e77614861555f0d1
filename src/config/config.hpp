#pragma once

#include <terracat/source.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

/// What the operator decides: one struct, each member with its default. What a member means is said
/// once, in describe.hpp, from where the loader, the schema and the printed configuration have it.
namespace terracat::config {

struct SiteSettings {
  std::string title = "terracat";
  std::string description = "A catalogue of Earth-science data";
  std::string public_url;
  std::string publisher;
  std::string contact;
  std::vector<std::string> languages{"en", "fr"};
  std::string guides;
  std::string look;
  std::string map_tiles;
  std::string map_credit;
  std::vector<std::string> picture_origins;
};

struct ServerSettings {
  std::string listen = "127.0.0.1:8080";
  std::uint32_t io_threads = 0;
  std::uint32_t worker_threads = 0;
  std::vector<std::string> cors_origins{"*"};
  std::uint32_t max_connections = 10'000;
  std::uint32_t max_connections_per_address = 1'000;
  std::uint32_t max_queue = 256;
  std::chrono::seconds idle_timeout{60};
  std::chrono::seconds header_timeout{10};
  std::chrono::seconds body_timeout{30};
  std::chrono::seconds write_timeout{30};
  std::chrono::seconds answer_timeout{10};
  std::chrono::seconds shutdown_timeout{10};
};

struct LimitSettings {
  std::uint32_t address_rate = 500;
  std::uint32_t address_burst = 30'000;
  std::uint32_t scan_items = 5'000;
  std::vector<std::string> trusted_proxies;
  std::string forwarded_header = "X-Forwarded-For";
};

struct ApiSettings {
  std::uint32_t default_limit = 100;
  std::uint32_t max_limit = 10'000;
  std::uint32_t max_body_bytes = 1'048'576;
  bool lenient_datetime = false;
  std::vector<std::string> sortables;
};

struct TransactionSettings {
  std::string api_key;
  std::string source = "local";
  std::uint32_t max_body_bytes = 10'485'760;
  std::string schemas;
};

struct OperatorSettings {
  std::string api_key;
};

struct StoreSettings {
  std::string path = "terracat.sqlite";
  std::chrono::days keep_removals{400};
};

struct HarvestSettings {
  std::uint32_t parallel_runs = 2;
  std::string user_agent;
  std::uint32_t batch_size = 1'000;
  std::uint32_t rest_after = 3;
};

/// When sources are left alone.
struct Quiet {
  std::vector<std::string> sources;
  std::vector<std::string> hosts;
  std::vector<std::string> hours;
};

/// What lies below an address can be had by another one, too.
struct Storage {
  std::string prefix;
  std::string name;
  std::string href;
  std::string title; ///< may be empty
};

struct NotifySettings {
  std::string webhook;
  std::vector<std::string> allow_networks;
  std::vector<std::string> mail_to;
  std::string mail_from;
  std::string mail_server; ///< empty: the one of this machine
};

struct BackupSettings {
  std::string folder;
  std::chrono::minutes interval{24 * 60};
  std::uint32_t keep_days = 7;
  std::uint32_t keep_weeks = 4;
  std::uint32_t keep_months = 6;
};

struct LogSettings {
  std::string level = "info";
  bool access = true;
};

/// The owner of sources: a data centre, a pole of Data Terra. It has API roots of its own.
struct Pole {
  std::string name;
  std::string title;
  std::string description;
  std::string home;
};

/// By which records belong to a compartment although none of their words says so: what is not empty
/// has to hold, of each list one entry.
struct CompartmentRule {
  std::string name;
  std::string compartment;
  std::vector<std::string> sources;
  std::vector<std::string> poles;
  std::vector<std::string> kinds;
  std::vector<std::string> formats;
  std::vector<std::string> keywords;
};

/// A vocabulary that lies on this machine, brought there by hand or from where it is published.
struct Vocabulary {
  std::string name;
  std::string path;     ///< empty: none, not even a shipped one of that name
  std::string url;      ///< where it is published; empty: nowhere
  std::string schedule; ///< when it is fetched from there; empty: by hand
  std::vector<std::string> allow_networks;
};

struct Config {
  SiteSettings site;
  ServerSettings server;
  LimitSettings limits;
  ApiSettings api;
  TransactionSettings transactions;
  OperatorSettings operators;
  StoreSettings store;
  HarvestSettings harvest;
  NotifySettings notify;
  BackupSettings backup;
  LogSettings log;
  std::vector<Pole> poles;
  std::vector<Source> sources;
  std::vector<Quiet> quiets;
  std::vector<Storage> storages;
  std::vector<Vocabulary> vocabularies;
  std::vector<CompartmentRule> compartment_rules;
};

} // namespace terracat::config

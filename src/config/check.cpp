#include "config/check.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace terracat::config {
namespace {

bool is_name(std::string_view text) noexcept {
  auto const is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  return !text.empty() && text.size() <= 60 && is_lower(text.front()) &&
         std::ranges::all_of(
             text, [&](char c) { return is_lower(c) || (c >= '0' && c <= '9') || c == '-'; });
}

bool is_web_address(std::string_view text) noexcept {
  return text.starts_with("http://") || text.starts_with("https://");
}

/// What stands between the scheme of an address and its first slash.
/// \return  empty if there is no scheme, host or slash
std::string_view host_of(std::string_view address) noexcept {
  auto const scheme = address.find("://");
  if (scheme == std::string_view::npos || scheme == 0) return {};
  auto const rest = address.substr(scheme + 3);
  auto const slash = rest.find('/');
  return slash == std::string_view::npos ? std::string_view() : rest.substr(0, slash);
}

/// Scheme, host and perhaps a port, and nothing that would mean more in a header.
bool is_origin(std::string_view text) noexcept {
  if (!is_web_address(text)) return false;
  auto const host = text.substr(text.find("://") + 3);
  return !host.empty() && std::ranges::all_of(host, [](char c) {
    bool const is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return is_letter || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
  });
}

/// Where tiles are, on one host that a header can name.
bool is_template_of_tiles(std::string_view text) noexcept {
  auto const has = [&](std::string_view part) { return text.find(part) != std::string_view::npos; };
  return is_origin(origin_of(text)) && has("{z}") && has("{x}") && (has("{y}") || has("{-y}")) &&
         std::ranges::none_of(text, [](char c) {
           return c <= ' ' || c == '"' || c == '<' || c == '>' || c == '\x7f';
         });
}

/// An address, alone or with the length of its network.
bool is_network(std::string const& text) {
  auto const slash = text.find('/');
  auto const address = text.substr(0, slash);
  std::array<unsigned char, 16> bytes{};
  bool const is_v4 = ::inet_pton(AF_INET, address.c_str(), bytes.data()) == 1;
  if (!is_v4 && ::inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return false;
  if (slash == std::string::npos) return true;
  unsigned length = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data() + slash + 1, end, length);
  return error == std::errc{} && stop == end && length <= (is_v4 ? 32U : 128U);
}

/// Of sources that nobody harvests.
constexpr std::string_view push_kind = "push";

/// The address `/records/collections/all` is taken.
constexpr std::string_view name_of_all = "all";

class Checker {
 public:
  explicit Checker(std::vector<std::string>& faults) : faults_(faults) {}

  void run(Config const& config) {
    check_values(config);
    std::set<std::string> poles;
    for (auto const& pole : config.poles) {
      check_name("pole", pole.name, poles);
      if (!pole.home.empty() && !is_web_address(pole.home)) {
        fault("pole '" + pole.name + "'.home",
              "expected an address that begins with http:// or https://");
      }
      if (pole.name == name_of_all) {
        fault("pole 'all'", "the catalog of all records is called so; name the pole otherwise");
      }
    }
    std::set<std::string> sources;
    for (auto const& source : config.sources) {
      check_name("source", source.name, sources);
      check_source(source, poles);
    }
    check_storages(config.storages);
    check_rules(config.compartment_rules, poles);
    std::set<std::string> vocabularies;
    std::set<std::string> paths;
    for (auto const& vocabulary : config.vocabularies) {
      check_name("vocabulary", vocabulary.name, vocabularies);
      if (!vocabulary.url.empty() && !is_web_address(vocabulary.url)) {
        fault("vocabulary '" + vocabulary.name + "'.url",
              "expected an address that begins with http:// or https://");
      }
      if (vocabulary.url.empty() && !vocabulary.schedule.empty()) {
        fault("vocabulary '" + vocabulary.name + "'.schedule",
              "there is no url that it could be fetched from");
      }
      if (!vocabulary.path.empty() && !paths.insert(vocabulary.path).second) {
        fault("vocabulary '" + vocabulary.name + "'.path", "another vocabulary has the same");
      }
    }
  }

 private:
  void check_values(Config const& config) {
    Endpoint endpoint;
    if (!parse_endpoint(config.server.listen, endpoint)) {
      fault("server.listen", "expected an address and a port, such as 127.0.0.1:8080");
    }
    auto const& url = config.site.public_url;
    if (!url.empty() && !is_web_address(url)) {
      fault("site.public_url", "expected an address that begins with http:// or https://");
    }
    auto const& contact = config.site.contact;
    if (!contact.empty() && !is_web_address(contact) && !contact.starts_with("mailto:")) {
      fault("site.contact", "expected an address that begins with http://, https:// or mailto:");
    }
    check_limits(config.limits);
    check_transactions(config);
    if (!config.notify.webhook.empty() && !is_web_address(config.notify.webhook)) {
      fault("notify.webhook", "expected an address that begins with http:// or https://");
    }
    if (!std::ranges::all_of(config.site.picture_origins, is_origin)) {
      fault("site.picture_origins",
            "expected origins without a path, such as https://files.example");
    }
    auto const& tiles = config.site.map_tiles;
    if (!tiles.empty() && !is_template_of_tiles(tiles)) {
      fault("site.map_tiles", "expected an address of http:// or https:// with {z}, {x} and {y}, "
                              "such as https://tiles.example/{z}/{x}/{y}.png");
    }
    if (config.site.languages.empty()) fault("site.languages", "expected at least one language");
    if (config.api.default_limit > config.api.max_limit) {
      fault("api.default_limit", "must not exceed api.max_limit");
    }
    constexpr std::array<std::string_view, 4> levels{"debug", "info", "warn", "error"};
    if (std::ranges::find(levels, config.log.level) == levels.end()) {
      fault("log.level", R"(expected "debug", "info", "warn" or "error")");
    }
    if (config.store.path.empty()) fault("store.path", "expected the name of a file");
    if (config.store.path == "memory:" && !config.backup.folder.empty()) {
      fault("backup.folder", "a catalogue in memory has no file that could be backed up: set "
                             "store.path to a file, or no folder for backups");
    }
  }

  /// Sources need not be in the configuration: people import under other names as well.
  void check_rules(std::vector<CompartmentRule> const& rules, std::set<std::string> const& poles) {
    constexpr std::size_t most = 1'000;
    std::set<std::string> names;
    if (rules.size() > most) fault("compartment_rule", "expected 1000 rules at most");
    for (auto const& rule : rules) {
      auto const where = "compartment_rule '" + rule.name + "'";
      check_name("compartment_rule", rule.name, names);
      if (rule.compartment.empty()) fault(where + ".compartment", "expected a compartment");
      for (auto const& pole : rule.poles) {
        if (!poles.contains(pole)) fault(where + ".poles", "there is no pole '" + pole + "'");
      }
      if (rule.sources.empty() && rule.poles.empty() && rule.kinds.empty() &&
          rule.formats.empty() && rule.keywords.empty()) {
        fault(where, "it says of no record that it belongs there: name sources, poles, kinds, "
                     "formats or keywords");
      }
    }
  }

  void check_storages(std::vector<Storage> const& storages) {
    std::set<std::pair<std::string, std::string>> known;
    for (auto const& storage : storages) {
      auto const where = "storage '" + storage.name + "'.";
      if (!is_name(storage.name)) {
        fault(where + "name", "expected small letters, digits and dashes, a letter first");
      }
      if (host_of(storage.prefix).empty() || !storage.prefix.ends_with('/')) {
        fault(where + "prefix",
              "expected an address with a host and a slash at its end: s3://bucket/");
      }
      check_other_address(where + "href", storage.href);
      if (!known.insert({storage.prefix, storage.name}).second) {
        fault(where + "prefix", "another rule of that name has the same");
      }
    }
  }

  /// What follows the prefix must not decide which host is meant, and all the world reads it.
  void check_other_address(std::string const& path, std::string const& href) {
    bool const is_address = is_web_address(href) || href.starts_with("ftp://") ||
                            href.starts_with("s3://") || href.starts_with("irods://");
    if (!is_address || !std::ranges::all_of(href, [](char c) {
          return c > ' ' && c < '\x7f' && c != '<' && c != '>' && c != '"';
        })) {
      return fault(path, "expected an address of http, https, ftp, s3 or irods");
    }
    auto const host = host_of(href);
    if (host.find('@') != std::string_view::npos) {
      fault(path, "credentials would be published; leave them out");
    } else if (host.empty() || host.find_first_of("{}?#") != std::string_view::npos) {
      fault(path, "expected a host, and a slash between it and what follows the prefix");
    }
    constexpr std::string_view place = "{path}";
    auto const first = href.find(place);
    if (first != std::string::npos && href.find(place, first + 1) != std::string::npos) {
      fault(path, "expected {path} once");
    }
  }

  void check_limits(LimitSettings const& limits) {
    if (!std::ranges::all_of(limits.trusted_proxies, is_network)) {
      fault("limits.trusted_proxies", "expected addresses or networks, such as 10.2.0.0/16");
    }
    auto const& header = limits.forwarded_header;
    if (header != "X-Forwarded-For" && header != "Forwarded") {
      fault("limits.forwarded_header", R"(expected "X-Forwarded-For" or "Forwarded")");
    }
  }

  void check_key(std::string const& name, std::string_view key) {
    constexpr std::size_t shortest_key = 20;
    bool const is_visible = std::ranges::all_of(key, [](char c) { return c > ' ' && c < '\x7f'; });
    if (!key.empty() && (key.size() < shortest_key || !is_visible)) {
      fault(name, "expected 20 visible characters of ASCII or more");
    }
  }

  void check_transactions(Config const& config) {
    auto const& source = config.transactions.source;
    check_key("transactions.api_key", config.transactions.api_key);
    check_key("operators.api_key", config.operators.api_key);
    auto const owner = std::ranges::find(config.sources, source, &Source::name);
    if (!is_name(source)) {
      fault("transactions.source", "expected the name of a source");
    } else if (owner != config.sources.end() && owner->kind != push_kind) {
      fault("transactions.source", "the source '" + source +
                                       "' is harvested, and would remove what is written into it; "
                                       "name one of the kind 'push', or one that is not there");
    }
  }

  void check_name(std::string const& table, std::string const& name, std::set<std::string>& known) {
    if (!is_name(name)) {
      fault(table + " '" + name + "'",
            "expected a name of small letters, digits and dashes that begins with a letter");
    } else if (!known.insert(name).second) {
      fault(table + " '" + name + "'", "there is another one of that name");
    }
  }

  void check_source(Source const& source, std::set<std::string> const& poles) {
    auto const where = "source '" + source.name + "'.";
    if (source.kind.empty()) fault(where + "kind", "expected the name of a kind");
    if (!source.pole.empty() && !poles.contains(source.pole)) {
      fault(where + "pole", "there is no pole '" + source.pole + "'");
    }
    auto const& alike = source.same_addresses;
    bool const are_beginnings = std::ranges::all_of(
        alike, [](std::string const& one) { return !host_of(one).empty() && one.ends_with('/'); });
    if (!are_beginnings || alike.size() == 1) {
      fault(where + "same_addresses", "expected several addresses with a host and a slash at "
                                      "their ends: http://old.example/, https://new.example/");
    }
  }

  void fault(std::string const& path, std::string const& what) {
    faults_.push_back(path + ": " + what);
  }

  std::vector<std::string>& faults_;
};

} // namespace

std::string_view origin_of(std::string_view address) noexcept {
  auto const host = host_of(address);
  return host.empty() ? std::string_view()
                      : address.substr(0, address.find("://") + 3 + host.size());
}

void check(Config const& config, std::vector<std::string>& faults) {
  Checker(faults).run(config);
}

bool parse_endpoint(std::string_view text, Endpoint& out) {
  auto const colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  auto host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return false;
  }
  auto const port = text.substr(colon + 1);
  auto const [stop, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
  out.host = host;
  return error == std::errc{} && stop == port.data() + port.size() && !host.empty();
}

} // namespace terracat::config

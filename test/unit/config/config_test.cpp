#include "config/check.hpp"
#include "config/load.hpp"

#include <terracat/json.hpp>

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <algorithm>
#include <fstream>

using namespace terracat;
using namespace terracat::config;

namespace {

Config load_text(std::string_view toml, Environment const& variables = {}) {
  return load(toml, "test.toml", variables);
}

std::vector<std::string> faults_of(std::string_view toml, Environment const& variables = {}) {
  try {
    load_text(toml, variables);
    return {};
  } catch (ConfigError const& error) {
    return error.faults();
  }
}

constexpr std::string_view full = R"(
[site]
title = "Éléments"
public_url = "https://a.example/catalogue/"
languages = ["fr", "en"]
[server]
listen = "[::1]:9000"
idle_timeout = 5
[[pole]]
name = "aeris"
[[source]]
name = "zulu"
kind = "csw"
address = "https://z.example/csw"
pole = "aeris"
options = { page_size = 20, nested = { list = [1, 2.5, "x", true] } }
delay = 250
[[source]]
name = "alpha"
kind = "files"
address = "data"
enabled = false
)";

} // namespace

TEST_CASE("without a file there are defaults that can be served") {
  auto const config = load_text("");
  CHECK(config.server.listen == "127.0.0.1:8080");
  CHECK(config.store.path == "terracat.sqlite");
  CHECK(config.sources.empty());
}

TEST_CASE("a file is read over the defaults") {
  auto const config = load_text(full);
  CHECK(config.site.title == "Éléments");
  CHECK(config.site.public_url == "https://a.example/catalogue");
  CHECK(config.site.languages == std::vector<std::string>{"fr", "en"});
  CHECK(config.server.idle_timeout == std::chrono::seconds(5));
  CHECK(config.poles[0].title == "aeris");
  REQUIRE(config.sources.size() == 2);
  CHECK(config.sources[0].name == "zulu"); // the order of the file, not of the alphabet
  CHECK(config.sources[0].order == 0);
  CHECK(config.sources[1].order == 1);
  CHECK(config.sources[0].delay == std::chrono::milliseconds(250));
  CHECK(config.sources[0].options == R"({"nested":{"list":[1,2.5,"x",true]},"page_size":20})");
  CHECK(config.sources[1].options == "{}");
  CHECK_FALSE(config.sources[1].enabled);
}

TEST_CASE("the environment is read over the file") {
  auto const config = load_text(full, {{"TERRACAT_SERVER_LISTEN", "0.0.0.0:80"},
                                       {"TERRACAT_SITE_LANGUAGES", "de,en"},
                                       {"TERRACAT_API_MAX_LIMIT", "500"},
                                       {"TERRACAT_LOG_ACCESS", "false"}});
  CHECK(config.server.listen == "0.0.0.0:80");
  CHECK(config.site.languages == std::vector<std::string>{"de", "en"});
  CHECK(config.api.max_limit == 500);
  CHECK_FALSE(config.log.access);
}

TEST_CASE("proxies are addresses or networks, and their header is one of two") {
  auto const faults = [](std::string const& limits) {
    try {
      static_cast<void>(load("[limits]\n" + limits, "t.toml", {}));
      return std::string();
    } catch (ConfigError const& error) {
      return std::string(error.what());
    }
  };
  CHECK(faults(R"(trusted_proxies = ["10.2.0.7", "10.2.0.0/16", "::1", "fd00::/8"])").empty());
  CHECK(faults(R"(forwarded_header = "Forwarded")").empty());
  for (std::string const network :
       {"10.2.0.0/33", "10.2/16", "proxy.example", "::1/129", "::1/", "10.2.0.0/-1", ""}) {
    INFO(network);
    CHECK(faults("trusted_proxies = [\"" + network + "\"]").find("limits.trusted_proxies: ") !=
          std::string::npos);
  }
  CHECK(faults(R"(forwarded_header = "X-Real-IP")").find("limits.forwarded_header: ") !=
        std::string::npos);
}

TEST_CASE("what is in memory cannot be backed up") {
  auto const folder = std::string("[backup]\nfolder = \"/backups\"\n");
  CHECK(faults_of(folder).empty());
  CHECK(faults_of("[store]\npath = \"memory:\"\n").empty());
  auto const faults = faults_of("[store]\npath = \"memory:\"\n" + folder);
  REQUIRE(faults.size() == 1);
  CHECK(faults.front() == "backup.folder: a catalogue in memory has no file that could be backed "
                          "up: set store.path to a file, or no folder for backups");
}

TEST_CASE("addresses that are the same have hosts and end where a path goes on") {
  auto const faults = [](std::string const& addresses) {
    return faults_of("[[source]]\nname = \"a\"\nkind = \"waf\"\naddress = \"x\"\n"
                     "same_addresses = [" +
                     addresses + "]\n");
  };
  CHECK(faults("").empty());
  CHECK(faults(R"("http://old.example/", "https://new.example/data/")").empty());
  for (auto const* const addresses :
       {R"("http://old.example/")", R"("http://old.example/", "https://new.example")",
        R"("old.example/", "https://new.example/")", R"("http://old.example/", "")"}) {
    INFO(addresses);
    REQUIRE(faults(addresses).size() == 1);
    CHECK(faults(addresses).front().find("source 'a'.same_addresses: expected several addresses "
                                         "with a host and a slash") == 0);
  }
}

TEST_CASE("a table without a name is a fault") {
  for (auto const* const text : {"\n[=]\n", "\n[", "\n[[]]\n"}) {
    auto const faults = faults_of(text);
    REQUIRE(faults.size() == 1);
    CHECK(faults.front().find(", line 2: ") != std::string::npos);
  }
}

TEST_CASE("letters with accents and dashes outside of strings are a fault") {
  for (auto const* const text : {"\n\u00e9 = 1\n", "\na \u00e9 = 1\n", "\na = \u2e3a\n"}) {
    auto const faults = faults_of(text);
    REQUIRE(faults.size() == 1);
    CHECK(faults.front().find(", line 2: ") != std::string::npos);
  }
}

TEST_CASE("every fault is named with its key, its line and what was expected") {
  auto const faults = faults_of(R"(
nonsense = 1
[site]
titel = "x"
title = 5
[server]
listen = "nowhere"
idle_timeout = 0
io_threads = "many"
[api]
default_limit = 100
max_limit = 10
[[source]]
name = "Bad Name"
kind = "csw"
address = "x"
[[source]]
name = "a"
kind = "csw"
pole = "b"
colour = "blue"
)");
  auto const has = [&](std::string_view text) {
    return std::ranges::any_of(
        faults, [&](auto const& fault) { return fault.find(text) != std::string::npos; });
  };
  CHECK(has("nonsense: there is no such key (line 2); there are api, backup, "
            "compartment_rule, harvest, limits, log, notify, "
            "operators, pole, quiet, server, site, source, storage, store"));

  CHECK(
      has("site.titel: there is no such key (line 4); there are contact, description, "
          "guides, languages, look, map_credit, map_tiles, picture_origins, public_url, publisher, "
          "title"));
  CHECK(has("site.title: expected a text, found integer (line 5)"));
  CHECK(has("server.listen: expected an address and a port"));
  CHECK(has("server.idle_timeout (line 8): expected a whole number from 1 to 3600"));
  CHECK(has("server.io_threads (line 9): expected a whole number"));
  CHECK(has("api.default_limit: must not exceed api.max_limit"));
  CHECK(has("source 'Bad Name': expected a name"));
  CHECK(has("source 'a'.pole: there is no pole 'b'"));
  CHECK(has("source[2].colour: there is no such key (line 21)"));
}

TEST_CASE("no pole is called as the catalog of all records is") {
  CHECK(faults_of("[[pole]]\nname = \"all\"\n") ==
        std::vector<std::string>{
            "pole 'all': the catalog of all records is called so; name the pole otherwise"});
  CHECK(faults_of("[[pole]]\nname = \"alle\"\n").empty());
}

TEST_CASE("the home of a pole is an address of the web") {
  auto const faults = [](std::string_view home) {
    return faults_of("[[pole]]\nname = \"a\"\nhome = \"" + std::string(home) + "\"\n");
  };
  CHECK(faults("").empty());
  CHECK(faults("https://a.example/").empty());
  CHECK(faults("javascript:alert(1)") ==
        std::vector<std::string>{
            "pole 'a'.home: expected an address that begins with http:// or https://"});
}

TEST_CASE("pictures come from origins, which say nothing else to a header") {
  auto const faults = [](std::string_view origin) {
    return faults_of("[site]\npicture_origins = [\"" + std::string(origin) + "\"]\n");
  };
  CHECK(faults("https://files.example").empty());
  CHECK(faults("http://127.0.0.1:8000").empty());
  for (auto const* const origin : {"files.example", "https://files.example/a", "https://",
                                   "https://a; script-src *", "https://a b", "data:"}) {
    CHECK(faults(origin).size() == 1);
  }
}

TEST_CASE("tiles are named by their level, column and row, on a host that a header can name") {
  auto const faults = [](std::string_view tiles) {
    return faults_of("[site]\nmap_tiles = '" + std::string(tiles) + "'\n");
  };
  CHECK(faults("https://tiles.example/a/{z}/{x}/{y}.png?k=1").empty());
  CHECK(faults("http://127.0.0.1:8000/{z}/{x}/{-y}").empty());
  for (auto const* const tiles :
       {"/{z}/{x}/{y}.png", "https://tiles.example/{z}/{x}.png", "https://{z}.example/{x}/{y}",
        "https://a; script-src *//{z}/{x}/{y}", "https://a/{z}/{x}/{y} b", "data:{z}/{x}/{y}"}) {
    INFO(tiles);
    CHECK(faults(tiles).size() == 1);
  }
}

TEST_CASE("a file that is no TOML and variables that mean nothing are refused") {
  CHECK(faults_of("[site")[0].starts_with("test.toml, line 1: "));
  CHECK(faults_of("", {{"TERRACAT_SERVER_LISTN", "x"}})[0] ==
        "TERRACAT_SERVER_LISTN: there is no such key");
  CHECK(
      faults_of("", {{"TERRACAT_API_MAX_LIMIT", "ten"}})[0].starts_with("TERRACAT_API_MAX_LIMIT"));
  CHECK(faults_of("", {{"TERRACAT_LOG_ACCESS", "yes"}})[0].starts_with("TERRACAT_LOG_ACCESS"));
  CHECK(faults_of("", {{"TERRACAT_CONFIG", "x.toml"}}).empty());
  CHECK(faults_of("", {{"TERRACAT_PORT_8080_TCP", "tcp://10.0.0.1:8080"}}).empty());
  CHECK_THROWS_AS(load_file("/nonexistent.toml", {}), ConfigError);
}

TEST_CASE("what is printed is read back as the same configuration") {
  auto const config = load_text(full);
  auto const printed = to_toml(config);
  CHECK(to_toml(load_text(printed)) == printed);
  CHECK(printed.find(
            "# Address and port; port 0 takes a free one. A change takes effect with the next "
            "start\nlisten = \"[::1]:9000\"") != std::string::npos);
}

TEST_CASE("what is printed holds no password") {
  auto const printed = to_toml(load_text(R"(
[[source]]
name = "a"
kind = "csw"
address = "https://jane:s3cret@a.example/csw?apikey=s3cret&x=1"
options = {list = ["ftp://jane:s3cret@a.example/"], note = "ask jane@a.example"}
)"));
  CHECK(printed.find("s3cret") == std::string::npos);
  CHECK(printed.find(R"(address = "https://***@a.example/csw?apikey=***&x=1")") !=
        std::string::npos);
  CHECK(printed.find(R"({"list" = ["ftp://***@a.example/"], "note" = "ask jane@a.example"})") !=
        std::string::npos);
}

TEST_CASE("the key to writing is shown to nobody, and cannot be guessed at once") {
  std::string const table = "[transactions]\napi_key = ";
  auto const config = load_text(table + "\"abcdefghijklmnopqrst\"\n");
  CHECK(config.transactions.api_key == "abcdefghijklmnopqrst");
  auto const printed = to_toml(config);
  CHECK(printed.find("abcdefghij") == std::string::npos);
  CHECK(printed.find("api_key = \"(hidden)\"\n") != std::string::npos);
  std::string const fault = "transactions.api_key: expected 20 visible characters of ASCII or more";
  CHECK(faults_of(printed) == std::vector{fault});
  CHECK(faults_of(table + "\"abcdefghijklmnopqrs\"\n") == std::vector{fault});
  CHECK(faults_of(table + "\"abcdefghij klmnopqrst\"\n") == std::vector{fault});
  CHECK(faults_of(table + "\"\"\n").empty());
}

TEST_CASE("what is written by HTTP belongs to a source that nobody harvests") {
  std::string const source = "[transactions]\nsource = \"ours\"\n[[source]]\nname = \"ours\"\n";
  CHECK(faults_of(source + "kind = \"push\"\n").empty());
  auto const faults = faults_of(source + "kind = \"csw\"\naddress = \"https://a.example\"\n");
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].starts_with("transactions.source: the source 'ours' is harvested"));
  CHECK(faults_of("[transactions]\nsource = \"\"\n") ==
        std::vector<std::string>{"transactions.source: expected the name of a source"});
}

TEST_CASE("paths of a file are taken from its folder") {
  test::TemporaryFolder const folder;
  auto const path = folder.path() / "site.toml";
  std::ofstream(path) << full << "[[source]]\nname = \"beta\"\nkind = \"of-programs\"\n"
                      << "address = \"bin/../tell\"\n";
  auto const config = load_file(path, {});
  CHECK(config.sources[2].address == (folder.path() / "tell").string());
  CHECK(config.store.path == (folder.path() / "terracat.sqlite").string());
  CHECK(config.sources[1].address == (folder.path() / "data").string());
  CHECK(config.sources[0].address == "https://z.example/csw");
}

TEST_CASE("a file of rules is read beside the configuration") {
  test::TemporaryFolder const folder;
  auto const path = folder.path() / "site.toml";
  std::ofstream(path) << "[[source]]\nname = \"a\"\nkind = \"files\"\naddress = \"x\"\n"
                      << "mapping = \"a.toml\"\n";
  auto const fault = [&] {
    try {
      static_cast<void>(load_file(path, {}));
    } catch (ConfigError const& error) {
      return error.faults().at(0);
    }
    return std::string();
  };
  auto const rules = (folder.path() / "a.toml").string();
  CHECK(fault() == "source 'a'.mapping: " + rules + ": cannot be read");
  std::ofstream(rules) << "[[rule]]\nfield = 'title'\nvalue = 1\n";
  CHECK(fault().empty());
  auto const source = load_file(path, {}).sources.at(0);
  CHECK(source.mapping == rules);
  CHECK(source.mapping_rules == R"({"rule":[{"field":"title","value":1}]})");
  std::ofstream(rules) << "\n[[rule]\n";
  CHECK(fault().starts_with("source 'a'.mapping: " + rules + ", line 2: "));
}

TEST_CASE("the schema says every key with its meaning") {
  auto const document = json::Document::parse(schema());
  REQUIRE(document);
  auto const site = document->root().member("properties")->member("site");
  REQUIRE(site);
  auto const url = site->member("properties")->member("public_url");
  REQUIRE(url);
  CHECK(url->string("type") == "string");
  CHECK(url->string("description")->starts_with("Address that clients use"));
  auto const sources = document->root().member("properties")->member("source");
  CHECK(sources->string("type") == "array");
  CHECK(sources->member("items")->member("properties")->member("id_prefix"));
}

TEST_CASE("endpoints") {
  Endpoint endpoint;
  REQUIRE(parse_endpoint("[::1]:80", endpoint));
  CHECK(endpoint.host == "::1");
  CHECK(endpoint.port == 80);
  CHECK(parse_endpoint("localhost:0", endpoint));
  CHECK_FALSE(parse_endpoint("localhost", endpoint));
  CHECK_FALSE(parse_endpoint("::1:80", endpoint));
  CHECK_FALSE(parse_endpoint("a:99999", endpoint));
  CHECK_FALSE(parse_endpoint(":80", endpoint));
}

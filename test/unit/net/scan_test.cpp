// Requests that take a scan wait for their turn or are told that they get none.

#include "running_server.hpp"
#include "support/catch.hpp"

#include <semaphore>
#include <set>
#include <string>
#include <vector>

using namespace terracat;

namespace {

/// Scans that last until they are let go.
struct ScanningSite {
  std::counting_semaphore<> begun{0};
  std::counting_semaphore<> gate{0};
  RunningServer server;

  explicit ScanningSite(std::size_t threads, std::chrono::milliseconds time_limit = patience)
      : server(settings(threads), [&](TestApplication& application) {
          application.handle("/scan", {.handler = [this](auto const& r) { return answer(r); },
                                       .is_light = false,
                                       .answer_timeout = time_limit});
          application.handle("/light", [this](auto const& r) { return answer(r); });
          application.handle("/endless", [](api::Request const&) { return scan_reply(); });
        }) {}

  static net::Settings settings(std::size_t threads) {
    auto out = quick_settings();
    out.worker_threads = threads;
    out.trusted_proxies = {"127.0.0.1"};
    return out;
  }

  static api::Reply scan_reply() {
    return {.status = 503,
            .content_type = "application/problem+json",
            .headers = {{"Retry-After", "5"}},
            .content = api::Scan{"scan-busy"}};
  }

  api::Reply answer(api::Request const& request) {
    if (!request.may_scan) return scan_reply();
    begun.release();
    gate.acquire();
    return text_reply("found\n");
  }
};

std::string scan_for(std::string const& address, std::string const& path = "/scan") {
  return "GET " + path + " HTTP/1.1\r\nHost: test\r\nX-Forwarded-For: " + address + "\r\n\r\n";
}

} // namespace

TEST_CASE("a request that takes a scan is run again when it is its turn") {
  ScanningSite site(1);
  site.gate.release(2);
  auto client = site.server.client();
  CHECK(client.ask(scan_for("203.0.113.5")).body == "found\n");
  CHECK(client.ask(scan_for("203.0.113.5", "/light")).body == "found\n");
  CHECK(site.server.application().seen().size() == 4);
}

TEST_CASE("one address has one scan at a time") {
  ScanningSite site(4);
  auto first = site.server.client();
  first.send(scan_for("203.0.113.5"));
  REQUIRE(site.begun.try_acquire_for(patience));
  auto second = site.server.client();
  auto const refused = second.ask(scan_for("203.0.113.5"));
  CHECK(refused.status == 503);
  CHECK(refused.body == "scan-busy");
  CHECK(refused.header("retry-after") == "5");
  CHECK(refused.header("connection") != "close");
  CHECK(site.server.rejected("scan") == 1);
  second.send(scan_for("203.0.113.6")); // another address has another one
  REQUIRE(site.begun.try_acquire_for(patience));
  site.gate.release(2);
  CHECK(first.read().body == "found\n");
  CHECK(second.read().body == "found\n");
  site.gate.release();
  CHECK(second.ask(scan_for("203.0.113.5")).body == "found\n"); // who has the answer may ask again
}

TEST_CASE("as many scans wait as may run, further ones are refused, other work goes on") {
  ScanningSite site(2); // one runs
  std::vector<Client> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(site.server.client());
    clients.back().send(scan_for("203.0.113." + std::to_string(i)));
  }
  REQUIRE(site.begun.try_acquire_for(patience));
  CHECK(eventually([&] { return site.server.rejected("scan") == 3; }));
  CHECK(site.server.client().get("/heavy").body == "heavy\n");
  site.gate.release(2);
  std::multiset<std::string> bodies;
  for (auto& client : clients) bodies.insert(client.read().body);
  CHECK(bodies.count("found\n") == 2);
  CHECK(bodies.count("scan-busy") == 3);
}

TEST_CASE("a scan whose turn comes too late is refused as one") {
  ScanningSite site(2, std::chrono::milliseconds(300));
  auto first = site.server.client();
  first.send(scan_for("203.0.113.5"));
  REQUIRE(site.begun.try_acquire_for(patience));
  auto second = site.server.client();
  second.send(scan_for("203.0.113.6"));
  rest(std::chrono::milliseconds(400));
  site.gate.release();
  CHECK(first.read().body == "found\n");
  auto const late = second.read();
  CHECK(late.status == 503);
  CHECK(late.body == "scan-busy");
}

TEST_CASE("a handler that never has enough is stopped") {
  ScanningSite site(1);
  CHECK(site.server.client().get("/endless").status == 500);
}

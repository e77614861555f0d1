// Whom a request is counted for, and what it may cost.

#include "net/allowance.hpp"
#include "running_server.hpp"
#include "support/catch.hpp"

#include <ctime>
#include <string>
#include <thread>
#include <vector>

using namespace terracat;
using namespace terracat::net;
using namespace std::chrono_literals;
using boost::asio::ip::make_address;
using Role = ClientAddress::Role;

namespace {

TimePoint const start{1'000h};

ClientAddress client(std::string const& address) {
  return Proxies({}, "").classified(make_address(address));
}

/// The network that the log names for whom proxies of 10/8 and fd00::/8 speak; "-" if for nobody.
std::string behind(std::string_view header, std::string_view value) {
  Proxies const proxies({"10.0.0.0/8", "192.0.2.9", "fd00::/8"}, header);
  RequestFields fields;
  (header == "Forwarded" ? fields.forwarded : fields.x_forwarded_for) = value;
  auto const found = proxies.client_behind(fields);
  return found ? found->network : "-";
}

std::string request_for(std::string const& address, std::string const& line = "GET /heavy") {
  return line + " HTTP/1.1\r\nHost: test\r\nX-Forwarded-For: " + address + "\r\n\r\n";
}

/// Loopback speaks for others.
Settings proxied(CostLimits costs) {
  auto settings = quick_settings();
  settings.trusted_proxies = {"127.0.0.0/8"};
  settings.costs = costs;
  return settings;
}

/// Takes so much of the processor, however long that lasts.
void burn(std::chrono::milliseconds time) {
  auto const used = [] {
    timespec spent{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return std::chrono::seconds(spent.tv_sec) + std::chrono::nanoseconds(spent.tv_nsec);
  };
  auto const end = used() + time;
  while (used() < end) {
  }
}

} // namespace

TEST_CASE("addresses are cut before anybody sees them") {
  CHECK(client("192.0.2.77").network == "192.0.2.0");
  CHECK(client("::ffff:192.0.2.77").network == "192.0.2.0");
  CHECK(client("2001:db8:1:2:3:4:5:6").network == "2001:db8:1::");
}

TEST_CASE("an address is a client, a neighbour or a proxy") {
  Proxies const proxies({"10.2.0.0/15", "192.0.2.9", "2001:db8::/33"}, "X-Forwarded-For");
  auto const role = [&](std::string const& text) {
    return proxies.classified(make_address(text)).role;
  };
  CHECK(role("192.0.2.1") == Role::client);
  CHECK(role("127.0.0.53") == Role::neighbour);
  CHECK(role("::1") == Role::neighbour);
  CHECK(role("::ffff:127.0.0.1") == Role::neighbour);
  CHECK(role("10.3.255.255") == Role::proxy);
  CHECK(role("::ffff:10.2.0.1") == Role::proxy);
  CHECK(role("10.4.0.0") == Role::client);
  CHECK(role("192.0.2.9") == Role::proxy);
  CHECK(role("2001:db8:7fff::1") == Role::proxy);
  CHECK(role("2001:db8:8000::1") == Role::client);
  CHECK_THROWS(Proxies({"10.0.0.0/33"}, "X-Forwarded-For"));
}

TEST_CASE("the client is the last address that is no proxy") {
  auto const header = GENERATE(std::string("X-Forwarded-For"), std::string("Forwarded"));
  auto const node = [&](std::string const& text) {
    bool const is_plain = text.find(':') == std::string::npos;
    if (header == "X-Forwarded-For") return text;
    return is_plain ? "proto=https;for=" + text : "For=\"" + text + "\";by=10.0.0.1";
  };
  CHECK(behind(header, node("203.0.113.5")) == "203.0.113.0");
  CHECK(behind(header, node("203.0.113.5:4711")) == "203.0.113.0");
  CHECK(behind(header, node("[2001:db8:5::1]:80")) == "2001:db8:5::");
  CHECK(behind(header, node("[2001:db8:5::1]")) == "2001:db8:5::");
  CHECK(behind(header, node("198.51.100.1") + ", " + node("203.0.113.5")) == "203.0.113.0");
  CHECK(behind(header, node("198.51.100.1") + "," + node("203.0.113.5") + " ,\t" +
                           node("10.1.2.3") + ", " + node("192.0.2.9")) == "203.0.113.0");
  CHECK(behind(header, node("10.1.2.3") + ", " + node("[fd00::1]")) == "10.1.2.0");
}

TEST_CASE("what is no address ends the search") {
  CHECK(behind("X-Forwarded-For", "") == "-");
  CHECK(behind("X-Forwarded-For", "203.0.113.5, unknown") == "-");
  CHECK(behind("X-Forwarded-For", "203.0.113.5, unknown, 10.0.0.1") == "10.0.0.0");
  CHECK(behind("X-Forwarded-For", "203.0.113.5,") == "-");
  CHECK(behind("X-Forwarded-For", "[") == "-");
  CHECK(behind("Forwarded", "for=_hidden, for=\"") == "-");
  CHECK(behind("Forwarded", "by=203.0.113.5") == "-");
}

TEST_CASE("an address that has used up its allowance waits until it is paid back") {
  Allowances allowances({.rate = 500, .burst = 2'000});
  auto const one = client("203.0.113.5");
  auto const other = client("203.0.113.6");
  CHECK(allowances.admit(one, start) == 0s);
  allowances.charge(one, 2'499'960us, start); // with two base costs 500 ms more than there were
  CHECK(allowances.admit(one, start) == 1s);
  CHECK(allowances.admit(other, start) == 0s);
  CHECK(allowances.admit(one, start + 500ms) == 1s);
  CHECK(allowances.admit(one, start + 1001ms) == 0s);
}

TEST_CASE("nobody waits longer than an empty bucket takes to fill") {
  Allowances allowances({.rate = 500, .burst = 2'000});
  auto const one = client("203.0.113.5");
  for (int i = 0; i < 100; ++i) allowances.charge(one, 10s, start);
  CHECK(allowances.admit(one, start) == 4s);
  CHECK(allowances.admit(one, start + 4001ms) == 0s);
}

TEST_CASE("what is saved up is bounded, and clocks of threads may differ") {
  Allowances allowances({.rate = 1'000, .burst = 1'000});
  auto const one = client("203.0.113.5");
  CHECK(allowances.admit(one, start) == 0s);
  allowances.charge(one, 3s, start + 1h);
  CHECK(allowances.admit(one, start) == 1s); // read before the charge, and no reason to forget it
  CHECK(allowances.admit(one, start + 1h + 1001ms) == 0s);
}

TEST_CASE("proxies, neighbours and sites without limits are not counted") {
  Allowances allowances({.rate = 1, .burst = 100});
  auto const here = client("127.0.0.1");
  allowances.charge(here, 1h, start);
  CHECK(allowances.admit(here, start) == 0s);
  Allowances off({.rate = 0});
  auto const one = client("203.0.113.5");
  off.charge(one, 1h, start);
  CHECK(off.admit(one, start) == 0s);
}

TEST_CASE("a debt outlives a flood of addresses") {
  Allowances allowances({.rate = 1, .burst = 100});
  auto const debtor = client("203.0.113.5");
  allowances.charge(debtor, 1s, start);
  for (unsigned i = 0; i < 200'000; ++i) {
    ClientAddress flood = debtor;
    for (unsigned byte = 0; byte < 4; ++byte) {
      flood.key.at(byte) = static_cast<unsigned char>(i >> (8 * byte));
    }
    flood.key[5] = 1;
    allowances.charge(flood, 1ms, start);
  }
  CHECK(allowances.admit(debtor, start) == 100s);
}

TEST_CASE("an address that asked for too much gets 429 and is told for how long") {
  RunningServer server(proxied({.rate = 1, .burst = 100}), [](TestApplication& application) {
    application.handle("/busy", {.handler =
                                     [](api::Request const& request) {
                                       burn(300ms);
                                       return text_reply(std::string(request.body));
                                     },
                                 .is_light = true,
                                 .body_limit = 100});
  });
  auto client = server.client();
  CHECK(client.ask(request_for("203.0.113.5", "GET /busy")).status == 200);
  auto const refused = client.ask(request_for("203.0.113.5", "GET /hello"));
  CHECK(refused.status == 429);
  CHECK(refused.header("ratelimit-policy") ==
        "\"address\";q=100;w=100;qu=\"processor-milliseconds\"");
  CHECK(refused.header("retry-after") == "100");
  CHECK(refused.header("ratelimit") == "\"address\";r=0;t=100");
  CHECK(refused.count("retry-after") == 1);
  CHECK(server.rejected("allowance") == 1);
  // Others go on, on the same connection; so does the proxy itself.
  CHECK(client.ask(request_for("203.0.113.6", "GET /hello")).status == 200);
  CHECK(client.get("/hello").status == 200);
  // A body that is not read ends the connection.
  auto const posted = client.ask("POST /busy HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n"
                                 "X-Forwarded-For: 203.0.113.5\r\n\r\n12345");
  CHECK(posted.status == 429);
  CHECK(posted.header("connection") == "close");
  CHECK(client.is_closed());
  CHECK(eventually([&] { return server.access_lines().size() == 5; }));
  CHECK(server.access_lines().front().find("\"203.0.113.0\"") != std::string::npos);
}

TEST_CASE("work on heavy threads is charged by the processor time that it took") {
  RunningServer server(proxied({.rate = 1, .burst = 100}), [](TestApplication& application) {
    application.handle("/busy", {.handler =
                                     [](api::Request const&) {
                                       burn(150ms);
                                       return text_reply("");
                                     },
                                 .is_light = false});
  });
  auto client = server.client();
  CHECK(client.ask(request_for("203.0.113.5", "GET /busy")).status == 200);
  CHECK(client.ask(request_for("203.0.113.5", "GET /hello")).status == 429);
}

TEST_CASE("what a client says of itself is not believed") {
  auto settings = quick_settings();
  settings.trusted_proxies = {"192.0.2.1"};
  RunningServer server(settings);
  auto client = server.client();
  CHECK(client.ask(request_for("203.0.113.5")).status == 200);
  CHECK(eventually([&] { return server.access_lines().size() == 1; }));
  CHECK(server.access_lines().front().find("\"127.0.0.0\"") != std::string::npos);
}

TEST_CASE("threads that charge one address at a time lose nothing") {
  Allowances allowances({.rate = 1, .burst = 1'000});
  auto const one = client("203.0.113.5");
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 1'000; ++round) allowances.charge(one, 500us, start);
    });
  }
  threads.clear();
  CHECK(allowances.admit(one, start) == 1'000s); // 2 s were taken where 1 s was
}

TEST_CASE("what an allowance costs each request", "[.measure]") {
  Allowances allowances({.rate = 500, .burst = 30'000});
  auto const one = client("203.0.113.5");
  constexpr int rounds = 2'000'000;
  auto const begin = std::clock();
  for (int i = 0; i < rounds; ++i) {
    auto const now = Clock::now();
    static_cast<void>(allowances.admit(one, now));
    auto const after = Clock::now();
    allowances.charge(one, after - now, after);
  }
  auto const seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  WARN(seconds * 1e9 / rounds << " ns of processor time");
}

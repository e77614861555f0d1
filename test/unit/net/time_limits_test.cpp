// Each phase of a connection ends by its own limit, and by no other's.

#include "running_server.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <string>

using namespace terracat;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

/// The others are of a minute, so that only the one that a test shortens can end anything.
net::Settings with(std::chrono::milliseconds net::TimeLimits::*limit,
                   std::chrono::milliseconds value) {
  auto settings = quick_settings();
  settings.times.*limit = value;
  return settings;
}

/// Sends `bytes` again and again, a little at a time, until the server says something.
void drip(Client const& client, std::string const& bytes) {
  auto const end = Clock::now() + patience;
  while (!client.can_read(5ms) && Clock::now() < end) client.send(bytes);
}

} // namespace

TEST_CASE("a connection on which nothing is asked is closed") {
  RunningServer server(with(&net::TimeLimits::idle, 50ms));
  auto client = server.client();
  auto const start = Clock::now();
  CHECK(client.is_closed());
  CHECK(Clock::now() - start >= 40ms); // the server's clock started a little before
  auto used = server.client();
  CHECK(used.get("/hello").status == 200);
  CHECK(used.is_closed());
}

TEST_CASE("empty lines do not keep an idle connection open") {
  RunningServer server(with(&net::TimeLimits::idle, 50ms));
  auto client = server.client();
  drip(client, "\r\n");
  CHECK(client.is_closed());
}

TEST_CASE("a head that trickles in is given up at its limit") {
  RunningServer server(with(&net::TimeLimits::header, 100ms));
  auto client = server.client();
  client.send("GET /hello HTTP/1.1\r\n");
  drip(client, "X: y\r\n");
  auto const answer = client.read();
  CHECK(answer.status == 408);
  CHECK(answer.header("connection") == "close");
  CHECK(server.rejected("slow") == 1);
  CHECK(server.application().seen().empty());
}

TEST_CASE("a body that trickles in is given up at its limit") {
  RunningServer server(with(&net::TimeLimits::body, 100ms));
  auto client = server.client();
  client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 90000\r\n\r\n");
  drip(client, "b");
  CHECK(client.read().status == 408);
  CHECK(server.application().seen().empty());
}

TEST_CASE("a body that comes fast enough may take longer than the limit") {
  auto settings = with(&net::TimeLimits::body, 50ms);
  settings.times.body_rate = 1000; // so that each kilobyte gives a second
  RunningServer server(settings);
  auto client = server.client();
  client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 20000\r\n\r\n");
  auto const start = Clock::now();
  for (int piece = 0; piece < 20; ++piece) {
    rest(10ms);
    client.send(std::string(1000, 'b'));
  }
  CHECK(Clock::now() - start > 100ms);
  CHECK(client.read().status == 200);
}

TEST_CASE("a client that reads nothing of a large answer loses it") {
  RunningServer server(with(&net::TimeLimits::write, 100ms), [](TestApplication& application) {
    application.handle(
        "/large", [](api::Request const&) { return text_reply(std::string(30'000'000, 'x')); });
  });
  Client client(server.port(), {.receive_buffer = 4096});
  client.send("GET /large HTTP/1.1\r\nHost: test\r\n\r\n");
  CHECK(eventually([&] { return server.rejected("slow") == 1; }));
  auto const answer = client.read();
  CHECK(answer.status == 200);
  CHECK_FALSE(answer.is_complete);
  CHECK(eventually([&] {
    auto const lines = server.access_lines();
    return !lines.empty() && lines.back().find(R"("complete":false)") != std::string::npos;
  }));
}

TEST_CASE("a slow reader gets a large answer as long as it goes on reading") {
  RunningServer server(with(&net::TimeLimits::write, 150ms), [](TestApplication& application) {
    application.handle(
        "/large", [](api::Request const&) { return text_reply(std::string(30'000'000, 'x')); });
  });
  Client client(server.port(), {.receive_buffer = 65'536});
  client.send("GET /large HTTP/1.1\r\nHost: test\r\n\r\n");
  auto const start = Clock::now();
  std::size_t received = 0;
  while (received < 30'000'000) {
    auto const piece = client.read_some(1'000'000);
    REQUIRE_FALSE(piece.empty());
    auto const megabytes = received / 1'000'000;
    received += piece.size();
    if (received / 1'000'000 > megabytes) rest(20ms);
  }
  CHECK(Clock::now() - start > 450ms);
  CHECK(server.rejected("slow") == 0);
}

TEST_CASE("the whole of an answer has a limit too") {
  RunningServer server(with(&net::TimeLimits::delivery, 200ms), [](TestApplication& application) {
    application.handle("/endless", [](api::Request const&) {
      auto reply = text_reply("");
      reply.content = api::Stream{[](std::string& out, api::Worker&) {
        out += std::string(1000, 'x');
        return true;
      }};
      return reply;
    });
  });
  auto client = server.client();
  auto const answer = client.get("/endless");
  CHECK(answer.status == 200);
  CHECK_FALSE(answer.is_complete);
  CHECK(server.rejected("slow") == 1);
}

TEST_CASE("a handler may take longer than every limit of the connection") {
  auto settings = quick_settings();
  settings.times = {
      .idle = 40ms, .header = 40ms, .body = 40ms, .write = 40ms, .shutdown = 10s, .linger = 40ms};
  RunningServer server(settings, [](TestApplication& application) {
    application.handle("/patient", {.handler =
                                        [](api::Request const&) {
                                          auto const end = Clock::now() + 200ms;
                                          while (Clock::now() < end) std::this_thread::yield();
                                          return text_reply("done");
                                        },
                                    .is_light = false});
  });
  auto client = server.client();
  CHECK(client.get("/patient").body == "done");
}

TEST_CASE("a request whose time is over before its turn is not run") {
  std::atomic<int> runs = 0;
  std::atomic<bool> is_released = false;
  RunningServer server(quick_settings(), [&](TestApplication& application) {
    application.handle("/block", {.handler =
                                      [&](api::Request const&) {
                                        is_released.wait(false);
                                        return text_reply("free");
                                      },
                                  .is_light = false});
    application.handle("/late", {.handler =
                                     [&](api::Request const&) {
                                       ++runs;
                                       return text_reply("ran");
                                     },
                                 .is_light = false,
                                 .answer_timeout = 1ms});
  });
  auto blocking = server.client();
  blocking.send("GET /block HTTP/1.1\r\nHost: test\r\n\r\n");
  REQUIRE(eventually([&] { return server.application().seen().size() == 1; }));
  auto late = server.client();
  late.send("GET /late HTTP/1.1\r\nHost: test\r\n\r\n");
  REQUIRE(eventually([&] { return server.metric("terracat_queue_depth") == 1; }));
  auto const queued = Clock::now();
  REQUIRE(eventually([&] { return Clock::now() > queued + 1ms; }));
  is_released = true;
  is_released.notify_all();
  auto const answer = late.read();
  CHECK(answer.status == 503);
  CHECK(answer.header("retry-after") == "7");
  CHECK(runs == 0);
  CHECK(server.metric("terracat_query_deadline_exceeded_total") == 1);
  CHECK(late.get("/hello").status == 200);
  CHECK(blocking.read().body == "free");
}

TEST_CASE("what is written may take longer to arrive than the answer may take") {
  RunningServer server(quick_settings(), [&](TestApplication& application) {
    for (bool const waits : {false, true}) {
      application.handle(waits ? "/patient" : "/hasty",
                         {.handler = [](api::Request const&) { return text_reply("done"); },
                          .is_light = false,
                          .body_limit = 100,
                          .answer_timeout = 100ms,
                          .waits_for_body = waits});
    }
  });
  auto const status = [&](std::string const& path) {
    auto client = server.client();
    client.send("POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\nab");
    auto const sent = Clock::now();
    REQUIRE(eventually([&] { return Clock::now() > sent + 150ms; }));
    client.send("cd");
    return client.read().status;
  };
  CHECK(status("/hasty") == 503);
  CHECK(status("/patient") == 200);
}

TEST_CASE("workers hear of it when nothing is asked for a while") {
  auto settings = quick_settings();
  settings.times.worker_idle = 20ms;
  RunningServer server(settings);
  CHECK(eventually([&] { return server.application().idle_calls() == 3; })); // two io, one heavy
  auto client = server.client();
  client.get("/hello");
  client.get("/heavy");
  CHECK(eventually([&] { return server.application().idle_calls() == 5; }));
}

#include "running_server.hpp"
#include "support/catch.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

using namespace terracat;
using namespace std::chrono_literals;

namespace {

std::string request(std::string const& path) {
  return "GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n";
}

struct Gate {
  std::atomic<int> entered = 0;
  std::counting_semaphore<> pass{0};

  std::function<void(TestApplication&)> set_up() {
    return [this](TestApplication& application) {
      application.handle("/gate", {.handler =
                                       [this](api::Request const&) {
                                         ++entered;
                                         pass.acquire();
                                         return text_reply("passed");
                                       },
                                   .is_light = false});
    };
  }
};

} // namespace

TEST_CASE("stopping closes idle connections at once and refuses new ones") {
  RunningServer server;
  auto const port = server.port();
  auto idle = server.client();
  REQUIRE(idle.get("/hello").status == 200);
  auto fresh = server.client();
  server.server().stop();
  server.server().wait();
  CHECK(idle.is_closed());
  CHECK(fresh.is_closed());
  CHECK_FALSE(Client(port, {.connect = false}).connect());
}

TEST_CASE("a server that nobody asked anything stops too") {
  RunningServer server;
  server.server().stop();
  server.server().wait();
  CHECK(server.application().seen().empty());
}

TEST_CASE("what is under way is answered before the server stops") {
  Gate gate;
  auto settings = quick_settings();
  settings.worker_threads = 2;
  RunningServer server(settings, gate.set_up());
  auto const port = server.port();
  std::vector<Client> clients;
  for (int client = 0; client < 3; ++client) { // two run, one is queued
    clients.push_back(server.client());
    clients.back().send(request("/gate"));
  }
  auto half = server.client();
  half.send("GET /hello HTTP/1.1\r\nHo");
  REQUIRE(eventually([&] {
    return gate.entered == 2 && server.metric("terracat_queue_depth") == 1 &&
           server.metric(R"(terracat_http_connections{state="reading"})") == 1;
  }));
  auto idle = server.client();
  REQUIRE(idle.get("/hello").status == 200);
  server.server().stop();
  CHECK(idle.is_closed());
  REQUIRE(eventually([&] { return !Client(port, {.connect = false}).connect(); }));
  gate.pass.release(3);
  for (auto& client : clients) {
    auto const answer = client.read();
    CHECK(answer.body == "passed");
    CHECK(answer.header("connection") == "close");
    CHECK(client.is_closed());
  }
  auto const late = half.ask("st: test\r\n\r\n");
  CHECK(late.body == "hello\n");
  CHECK(late.header("connection") == "close");
  server.server().wait();
}

TEST_CASE("a stream under way is sent to its end") {
  std::counting_semaphore<> pass{0};
  std::atomic<bool> has_begun = false;
  RunningServer server(quick_settings(), [&](TestApplication& application) {
    application.handle("/stream", [&](api::Request const&) {
      auto reply = text_reply("");
      reply.content = api::Stream{[&, calls = 0](std::string& out, api::Worker&) mutable {
        out += std::string(100'000, 'x');
        if (++calls == 1) return true;
        has_begun = true;
        pass.acquire();
        return false;
      }};
      return reply;
    });
  });
  auto client = server.client();
  client.send(request("/stream"));
  REQUIRE(eventually([&] { return has_begun.load(); }));
  server.server().stop();
  pass.release();
  auto const answer = client.read();
  CHECK(answer.is_complete);
  CHECK(answer.body.size() == 200'000);
  server.server().wait();
}

TEST_CASE("an answer that promised to keep the connection is the last one all the same") {
  auto settings = quick_settings();
  settings.times.shutdown = 10min;
  RunningServer server(settings, [](TestApplication& application) {
    application.handle(
        "/large", [](api::Request const&) { return text_reply(std::string(30'000'000, 'x')); });
  });
  Client client(server.port(), {.receive_buffer = 4096});
  client.send(request("/large"));
  REQUIRE(client.can_read(patience));
  server.server().stop();
  auto const answer = client.read();
  CHECK(answer.body.size() == 30'000'000);
  CHECK_FALSE(answer.header("connection"));
  CHECK(client.is_closed());
  server.server().wait();
}

TEST_CASE("waiting requests are told that the server stops") {
  RunningServer server(quick_settings(), [](TestApplication& application) {
    application.handle("/feed", {.handler =
                                     [](api::Request const& request) {
                                       auto reply = text_reply("");
                                       reply.content =
                                           api::Wait{.sequence = 1, .until = request.deadline};
                                       return reply;
                                     },
                                 .answer_timeout = 60s});
  });
  auto client = server.client();
  client.send(request("/feed"));
  REQUIRE(eventually(
      [&] { return server.metric(R"(terracat_http_connections{state="waiting"})") == 1; }));
  server.server().stop();
  auto const answer = client.read();
  CHECK(answer.status == 503);
  CHECK(answer.header("connection") == "close");
  server.server().wait();
  server.end();
  server.application().commit(2); // to a server that is gone
}

TEST_CASE("what does not end in time is dropped") {
  auto settings = quick_settings();
  settings.times.shutdown = 50ms;
  RunningServer server(settings);
  auto client = server.client();
  client.send("GET /hello HTTP/1.1\r\n");
  REQUIRE(eventually(
      [&] { return server.metric(R"(terracat_http_connections{state="reading"})") == 1; }));
  server.server().stop();
  server.server().wait();
  CHECK(client.is_closed());
}

TEST_CASE("the second stop drops everything at once") {
  Gate gate;
  auto settings = quick_settings();
  settings.times.shutdown = 10min;
  RunningServer server(settings, gate.set_up());
  auto running = server.client();
  running.send(request("/gate"));
  REQUIRE(eventually([&] { return gate.entered == 1; }));
  auto queued = server.client();
  queued.send(request("/gate"));
  auto half = server.client();
  half.send("GET /hello HTTP/1.1\r\n");
  REQUIRE(eventually([&] {
    return server.metric("terracat_queue_depth") == 1 &&
           server.metric(R"(terracat_http_connections{state="reading"})") == 1;
  }));
  server.server().stop();
  server.server().stop();
  CHECK(running.is_closed());
  CHECK(queued.is_closed());
  CHECK(half.is_closed());
  gate.pass.release(); // a handler cannot be interrupted from outside
  server.server().wait();
  CHECK(gate.entered == 1);
}

TEST_CASE("stopping under load answers every request that was read") {
  RunningServer server;
  std::atomic<int> cut = 0;
  std::atomic<int> answered = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, client = server.client(), thread]() mutable {
      for (;;) {
        if (!client.send(request(thread % 2 == 0 ? "/hello" : "/heavy"))) return;
        auto const answer = client.read();
        if (answer.status == 0) return; // closed while idle: nothing of an answer had come
        if (!answer.is_complete) ++cut;
        ++answered;
        if (answer.header("connection") == "close") return;
      }
    });
  }
  REQUIRE(eventually([&] { return answered > 200; }));
  server.server().stop();
  server.server().wait();
  threads.clear();
  CHECK(cut == 0);
}

TEST_CASE("a server can be destroyed while it is asked") {
  for (int round = 0; round < 10; ++round) {
    RunningServer server;
    std::atomic<int> answered = 0;
    std::vector<std::jthread> threads; // last: they use the others to their end
    for (int thread = 0; thread < 3; ++thread) {
      threads.emplace_back([&, client = server.client(), thread]() mutable {
        while (client.get(thread == 0 ? "/heavy" : "/hello").status == 200) ++answered;
      });
    }
    REQUIRE(eventually([&] { return answered > 10; }));
    server.end();
  }
}

TEST_CASE("a port that is taken is an error, and the server can be dropped") {
  RunningServer server;
  auto settings = quick_settings();
  settings.port = server.port();
  CHECK_THROWS_AS(RunningServer(settings), std::exception);
}

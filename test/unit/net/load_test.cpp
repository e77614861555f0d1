// More than there is room for: connections, descriptors, work.

#include "running_server.hpp"
#include "support/catch.hpp"

#include <sys/resource.h>

#include <atomic>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

using namespace terracat;

namespace {

std::string request(std::string const& path) {
  return "GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n";
}

/// A route whose handler waits until the test lets it go.
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

/// Sets the limit of descriptors as long as it lives.
class DescriptorLimit {
 public:
  explicit DescriptorLimit(rlim_t limit) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    rlimit const lower{.rlim_cur = limit, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &lower);
  }

  DescriptorLimit(DescriptorLimit const&) = delete;
  DescriptorLimit& operator=(DescriptorLimit const&) = delete;
  DescriptorLimit(DescriptorLimit&&) = delete;
  DescriptorLimit& operator=(DescriptorLimit&&) = delete;

  ~DescriptorLimit() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

/// The number that the next descriptor will have.
int next_descriptor() {
  int const descriptor = ::dup(0);
  ::close(descriptor);
  return descriptor;
}

} // namespace

TEST_CASE("light requests are answered while every heavy thread is busy") {
  Gate gate;
  RunningServer server(quick_settings(), gate.set_up());
  auto blocked = server.client();
  blocked.send(request("/gate"));
  REQUIRE(eventually([&] { return gate.entered == 1; }));
  std::vector<Client> clients; // on either io thread
  for (int client = 0; client < 4; ++client) clients.push_back(server.client());
  for (int round = 0; round < 25; ++round) {
    for (auto& client : clients) REQUIRE(client.get("/hello").body == "hello\n");
  }
  CHECK(gate.entered == 1);
  gate.pass.release();
  CHECK(blocked.read().body == "passed");
}

TEST_CASE("a full queue answers 503 with Retry-After, and the connection goes on") {
  Gate gate;
  auto settings = quick_settings();
  settings.sizes.queue = 2;
  RunningServer server(settings, gate.set_up());
  std::vector<Client> admitted;
  auto const send = [&] {
    admitted.push_back(server.client());
    admitted.back().send(request("/gate"));
  };
  send();
  REQUIRE(eventually([&] { return gate.entered == 1; }));
  send();
  send();
  REQUIRE(eventually([&] { return server.metric("terracat_queue_depth") == 2; }));
  auto refused = server.client();
  auto const answer = refused.get("/gate");
  CHECK(answer.status == 503);
  CHECK(answer.header("retry-after") == "7"); // as the application says
  CHECK(answer.header("access-control-allow-origin") == "*");
  CHECK(server.rejected("queue") == 1);
  CHECK(refused.get("/hello").status == 200);
  gate.pass.release(3);
  for (auto& client : admitted) CHECK(client.read().body == "passed");
  CHECK(server.metric("terracat_queue_depth") == 0);
  CHECK(server.metric("terracat_queue_wait_seconds_count") == 3);
}

TEST_CASE("a queued request whose client is gone is not run") {
  Gate gate;
  RunningServer server(quick_settings(), gate.set_up());
  auto blocked = server.client();
  blocked.send(request("/gate"));
  REQUIRE(eventually([&] { return gate.entered == 1; }));
  auto gone = server.client();
  gone.send(request("/gate"));
  REQUIRE(eventually([&] { return server.metric("terracat_queue_depth") == 1; }));
  gone.reset();
  REQUIRE(server.client().get("/hello").status == 200); // both io threads have turned since
  REQUIRE(server.client().get("/hello").status == 200);
  gate.pass.release();
  CHECK(blocked.read().body == "passed");
  CHECK(eventually([&] {
    return server.metric(
               R"(terracat_http_requests_total{code="499",method="GET",route="/gate"})") == 1;
  }));
  CHECK(gate.entered == 1);
}

TEST_CASE("a thousand connections are served") {
  RunningServer server;
  std::vector<Client> clients;
  for (int client = 0; client < 1000; ++client) clients.push_back(server.client());
  for (int round = 0; round < 2; ++round) {
    for (auto const& client : clients)
      REQUIRE(client.send(request(round == 0 ? "/hello" : "/heavy")));
    for (auto& client : clients) {
      auto const answer = client.read();
      REQUIRE((answer.status == 200 || answer.status == 503)); // the queue has its limit
      if (round == 0) REQUIRE(answer.body == "hello\n");
    }
  }
  CHECK(eventually(
      [&] { return server.metric(R"(terracat_http_connections{state="idle"})") == 1000; }));
  clients.clear();
  CHECK(
      eventually([&] { return server.metric(R"(terracat_http_connections{state="idle"})") == 0; }));
}

TEST_CASE("connections beyond the limit of all are told so, and places become free") {
  auto settings = quick_settings();
  settings.sizes.connections = 3;
  RunningServer server(settings);
  std::vector<Client> clients;
  for (int client = 0; client < 3; ++client) {
    clients.push_back(server.client());
    REQUIRE(clients.back().get("/hello").status == 200);
  }
  auto refused = server.client();
  auto const answer = refused.get("/hello");
  CHECK(answer.status == 503);
  CHECK(answer.header("retry-after") == "7");
  CHECK(answer.header("connection") == "close");
  CHECK(refused.is_closed());
  CHECK(server.rejected("connections") == 1);
  clients.clear();
  CHECK(eventually([&] { return server.client().get("/hello").status == 200; }));
}

TEST_CASE("connections beyond the limit of one address do not hinder another") {
  auto settings = quick_settings();
  settings.sizes.connections_per_address = 2;
  RunningServer server(settings);
  std::vector<Client> clients;
  for (int client = 0; client < 2; ++client) {
    clients.push_back(server.client());
    REQUIRE(clients.back().get("/hello").status == 200);
  }
  CHECK(server.client().get("/hello").status == 429);
  Client other(server.port(), {.source = "127.0.0.2"});
  CHECK(other.get("/hello").status == 200);
  CHECK(server.rejected("address") == 1);
}

TEST_CASE("many refused connections at once are dropped without a word") {
  auto settings = quick_settings();
  settings.sizes.connections = 0;
  RunningServer server(settings);
  std::vector<Client> clients;
  for (int client = 0; client < 100; ++client) clients.push_back(server.client());
  int told = 0;
  for (auto& client : clients) told += client.read().status == 503 ? 1 : 0;
  CHECK(told >= 1);
  CHECK(told <= 100);
  clients.clear();
  CHECK(eventually([&] { return server.client().get("/hello").status == 503; }));
}

TEST_CASE("without descriptors accepting pauses, and goes on when there are some") {
  auto settings = quick_settings();
  settings.times.accept_pause = std::chrono::milliseconds(5);
  RunningServer server(settings);
  auto before = server.client();
  REQUIRE(before.get("/hello").status == 200);
  std::vector<Client> clients; // their descriptors are taken before there are none left
  for (int client = 0; client < 3; ++client) {
    clients.emplace_back(server.port(), Client::Options{.connect = false});
  }
  {
    DescriptorLimit const none(static_cast<rlim_t>(next_descriptor()));
    for (auto& client : clients) REQUIRE(client.connect());
    REQUIRE(clients[0].send(request("/hello")));
    CHECK(eventually([&] { return server.rejected("descriptors") >= 3; }));
    CHECK(before.get("/hello").status == 200); // who is in is served
    CHECK_FALSE(clients[0].can_read(std::chrono::milliseconds(0)));
  }
  CHECK(clients[0].read().status == 200);
  for (auto& client : clients) CHECK(client.get("/hello").status == 200);
}

TEST_CASE("the last descriptors are left to the store and the log") {
  auto settings = quick_settings();
  settings.sizes.descriptors_kept_free = 20;
  RunningServer server(settings);
  auto before = server.client();
  REQUIRE(before.get("/hello").status == 200);
  Client client(server.port(), {.connect = false});
  {
    DescriptorLimit const few(static_cast<rlim_t>(next_descriptor() + 10));
    REQUIRE(client.connect());
    CHECK(client.is_closed());
    CHECK(server.rejected("descriptors") >= 1);
    CHECK(before.get("/hello").status == 200);
  }
  CHECK(eventually([&] { return server.client().get("/hello").status == 200; }));
}

TEST_CASE("the threads that read sockets are seen to turn") {
  RunningServer server;
  auto const first = server.server().last_turn();
  CHECK(eventually([&] { return server.server().last_turn() > first; }));
}

TEST_CASE("a thread that is behind for long refuses, but not what is vital") {
  auto settings = quick_settings();
  settings.io_threads = 1;
  RunningServer server(settings, [](TestApplication& application) {
    auto const work = [](api::Request const&) {
      rest(std::chrono::milliseconds(3));
      return text_reply("done");
    };
    application.handle("/work", work);
    application.handle("/vital", {.handler = work, .is_vital = true});
  });
  std::atomic<bool> is_over = false;
  std::atomic<int> answered = 0;
  std::atomic<int> refused = 0;
  std::vector<std::jthread> clients;
  for (int i = 0; i < 16; ++i) { // a round of them takes 48 ms
    clients.emplace_back([&] {
      auto client = server.client();
      while (!is_over) {
        auto const answer = client.get("/work");
        if (answer.status != 200 && answer.header("retry-after") != "7") break;
        ++(answer.status == 200 ? answered : refused);
      }
    });
  }
  CHECK(eventually([&] { return refused > 0; }));
  CHECK(answered > 0);
  auto client = server.client();
  for (int i = 0; i < 20; ++i) REQUIRE(client.get("/vital").status == 200);
  is_over = true;
  clients.clear();
  CHECK(server.rejected("queue") == refused);
}

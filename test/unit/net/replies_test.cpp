// The four kinds of reply: ready, streamed, from a file, later.

#include "decode.hpp"
#include "running_server.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <semaphore>
#include <stdexcept>
#include <string>

using namespace terracat;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

api::Reply stream_reply(std::function<bool(std::string&)> pull) {
  auto reply = text_reply("", "application/x-ndjson");
  reply.content =
      api::Stream{[pull = std::move(pull)](std::string& out, api::Worker&) { return pull(out); }};
  return reply;
}

/// Lines "0\n" to "count-1\n", one per call.
api::Reply counting_stream(int count) {
  return stream_reply([next = 0, count](std::string& out) mutable {
    out += std::to_string(next) + "\n";
    return ++next < count;
  });
}

std::string counted(int count) {
  std::string text;
  for (int number = 0; number < count; ++number) text += std::to_string(number) + "\n";
  return text;
}

api::Reply file_reply(TemporaryFile const& file, std::uint64_t offset, std::uint64_t length) {
  auto reply = text_reply("", "application/x-netcdf");
  reply.content = api::FileRange{file.descriptor(), offset, length};
  return reply;
}

std::string pattern(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t index = 0; index < size; ++index) {
    bytes[index] = static_cast<char>('a' + index * 7 % 26 + index / 1000 % 3);
  }
  return bytes;
}

void set_up_streams(TestApplication& application) {
  application.handle("/count", [](api::Request const&) { return counting_stream(200'000); });
  application.handle(
      "/heavy-count",
      {.handler = [](api::Request const&) { return counting_stream(7); }, .is_light = false});
  application.handle("/nothing", [](api::Request const&) {
    return stream_reply([](std::string&) { return false; });
  });
  application.handle("/late-end", [](api::Request const&) {
    return stream_reply([calls = 0](std::string& out) mutable {
      if (calls == 0) out += std::string(70'000, 'x');
      return ++calls < 3;
    });
  });
}

} // namespace

TEST_CASE("a stream is sent in chunks and the connection goes on") {
  RunningServer server(quick_settings(), set_up_streams);
  auto client = server.client();
  for (int round = 0; round < 2; ++round) {
    auto const answer = client.get("/count");
    CHECK(answer.header("transfer-encoding") == "chunked");
    CHECK_FALSE(answer.header("content-length"));
    CHECK(answer.is_complete);
    CHECK((answer.body == counted(200'000)));
  }
  CHECK(client.get("/heavy-count").body == counted(7));
}

TEST_CASE("a stream may be empty, and may end with nothing") {
  RunningServer server(quick_settings(), set_up_streams);
  auto client = server.client();
  auto const nothing = client.get("/nothing");
  CHECK(nothing.is_complete);
  CHECK(nothing.body.empty());
  auto const late = client.get("/late-end");
  CHECK(late.is_complete);
  CHECK(late.body.size() == 70'000);
}

TEST_CASE("HTTP/1.0 gets a stream that ends with the connection") {
  RunningServer server(quick_settings(), set_up_streams);
  auto client = server.client();
  auto const answer = client.ask("GET /count HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  CHECK(answer.header("connection") == "close");
  CHECK_FALSE(answer.header("transfer-encoding"));
  CHECK((answer.body == counted(200'000)));
}

TEST_CASE("a coded stream decodes to the stream") {
  RunningServer server(quick_settings(), set_up_streams);
  auto client = server.client();
  for (auto const& [name, coding] : {std::pair{"gzip", api::Coding::gzip},
                                     {"br", api::Coding::brotli},
                                     {"zstd", api::Coding::zstd}}) {
    INFO(name);
    auto const answer = client.get("/count", "Accept-Encoding: " + std::string(name) + "\r\n");
    CHECK(answer.header("content-encoding") == name);
    CHECK(answer.is_complete);
    CHECK((decoded(coding, answer.body) == counted(200'000)));
    CHECK(decoded(coding,
                  client.get("/nothing", "Accept-Encoding: " + std::string(name) + "\r\n").body)
              .empty());
  }
}

TEST_CASE("a stream that fails later is cut so that the client notices") {
  RunningServer server(quick_settings(), [](TestApplication& application) {
    application.handle("/broken", [](api::Request const&) {
      return stream_reply([calls = 0](std::string& out) mutable -> bool {
        if (++calls > 3) throw std::runtime_error("the disc is gone");
        out += std::string(100'000, 'x');
        return true;
      });
    });
  });
  auto client = server.client();
  auto const answer = client.get("/broken");
  CHECK(answer.status == 200);
  CHECK_FALSE(answer.is_complete);
  CHECK(client.is_closed());
  CHECK(eventually([&] {
    auto const lines = server.access_lines();
    return std::ranges::any_of(lines, [](std::string const& line) {
      return line.find(R"("event":"net.stream_failed")") != std::string::npos &&
             line.find("the disc is gone") != std::string::npos;
    });
  }));
}

TEST_CASE("a stream that fails at once is an error like any other") {
  RunningServer server(quick_settings(), [](TestApplication& application) {
    application.handle("/broken", [](api::Request const&) {
      return stream_reply([](std::string&) -> bool { throw std::runtime_error("no"); });
    });
  });
  auto client = server.client();
  auto const answer = client.get("/broken");
  CHECK(answer.status == 500);
  CHECK(answer.is_complete);
  CHECK(answer.body.find("no") == std::string::npos);
  CHECK(client.get("/hello").status == 200);
}

TEST_CASE("a stream is not pulled any more when its client is gone") {
  std::atomic<bool> is_dropped = false;
  RunningServer server(quick_settings(), [&](TestApplication& application) {
    application.handle("/endless", [&](api::Request const&) {
      auto const alive = std::shared_ptr<void>(nullptr, [&](void*) { is_dropped = true; });
      return stream_reply([alive](std::string& out) {
        out += std::string(10'000, 'x');
        return true;
      });
    });
  });
  auto client = server.client();
  client.send("GET /endless HTTP/1.1\r\nHost: test\r\n\r\n");
  CHECK(client.read_some(100).size() == 100);
  client.reset();
  CHECK(eventually([&] { return is_dropped.load(); }));
}

TEST_CASE("the next piece of a stream is made while one is being read") {
  std::counting_semaphore<> pulls(0);
  RunningServer server(quick_settings(), [&](TestApplication& application) {
    application.handle("/pieces", [&](api::Request const&) {
      return stream_reply([&, made = 0](std::string& out) mutable {
        out += std::string(20'000'000, static_cast<char>('a' + made)); // no socket takes it at once
        pulls.release();
        return ++made < 3;
      });
    });
  });
  Client client(server.port(), {.receive_buffer = 4096});
  client.send("GET /pieces HTTP/1.1\r\nHost: test\r\n\r\n");
  REQUIRE(pulls.try_acquire_for(patience));
  REQUIRE(pulls.try_acquire_for(patience)); // although nothing was read of the first
  auto const answer = client.read();
  CHECK(answer.is_complete);
  CHECK(answer.body.size() == 60'000'000);
  CHECK(answer.body[19'999'999] == 'a');
  CHECK(answer.body[20'000'000] == 'b');
  CHECK(answer.body.back() == 'c');
}

TEST_CASE("a file and its ranges are sent byte for byte") {
  auto const bytes = pattern(1'000'003);
  TemporaryFile const file(bytes);
  RunningServer server(quick_settings(), [&](TestApplication& application) {
    application.handle("/whole",
                       [&](api::Request const&) { return file_reply(file, 0, 1'000'003); });
    application.handle("/part", [&](api::Request const&) {
      auto reply = file_reply(file, 500'000, 300'001);
      reply.status = 206;
      reply.headers = {{"Content-Range", "bytes 500000-800000/1000003"}};
      return reply;
    });
    application.handle("/none", [&](api::Request const&) { return file_reply(file, 10, 0); });
  });
  auto client = server.client();
  auto const whole = client.get("/whole", "Accept-Encoding: gzip\r\n");
  CHECK(whole.header("content-length") == "1000003");
  CHECK_FALSE(whole.header("content-encoding"));
  CHECK_FALSE(whole.header("vary"));
  CHECK((whole.body == bytes));
  auto const part = client.get("/part");
  CHECK(part.status == 206);
  CHECK(part.header("content-range") == "bytes 500000-800000/1000003");
  CHECK((part.body == bytes.substr(500'000, 300'001)));
  auto const none = client.get("/none");
  CHECK(none.header("content-length") == "0");
  CHECK(client.ask("HEAD /whole HTTP/1.1\r\nHost: t\r\n\r\n", true).header("content-length") ==
        "1000003");
  CHECK(client.get("/hello").body == "hello\n");
}

TEST_CASE("a file that became shorter is cut, not filled up") {
  TemporaryFile const file(pattern(1'000'000));
  file.truncate(600'000);
  RunningServer server(quick_settings(), [&](TestApplication& application) {
    application.handle("/file",
                       [&](api::Request const&) { return file_reply(file, 0, 1'000'000); });
  });
  auto client = server.client();
  auto const answer = client.get("/file");
  CHECK(answer.status == 200);
  CHECK_FALSE(answer.is_complete);
}

namespace {

/// Answers with the number of the last commit once that is greater than 5, or by its deadline.
struct Feed {
  std::atomic<std::int64_t> committed = 5;
  std::atomic<int> runs = 0;
  std::chrono::milliseconds wait{60'000};

  api::Reply answer(api::Request const& request) {
    ++runs;
    auto const seen = committed.load();
    auto const until = request.deadline - 100ms;
    if (seen > 5 || Clock::now() >= until) return text_reply(std::to_string(seen));
    auto reply = text_reply("");
    reply.content = api::Wait{.sequence = seen, .until = until};
    return reply;
  }

  void commit(TestApplication& application, std::int64_t sequence) {
    committed = sequence;
    application.commit(sequence);
  }

  std::function<void(TestApplication&)> set_up(bool is_light) {
    return [this, is_light](TestApplication& application) {
      application.handle(
          "/feed", {.handler = [this](api::Request const& request) { return answer(request); },
                    .is_light = is_light,
                    .answer_timeout = wait});
    };
  }
};

constexpr auto* const waiting = R"(terracat_http_connections{state="waiting"})";

} // namespace

TEST_CASE("a waiting request is answered when a commit comes") {
  for (bool const is_light : {true, false}) {
    Feed feed;
    RunningServer server(quick_settings(), feed.set_up(is_light));
    auto client = server.client();
    client.send("GET /feed HTTP/1.1\r\nHost: test\r\n\r\n");
    REQUIRE(eventually([&] { return server.metric(waiting) == 1; }));
    CHECK(server.client().get("/heavy").status == 200); // it holds no thread
    feed.commit(server.application(), 6);
    CHECK(client.read().body == "6");
    CHECK(feed.runs == 2);
    CHECK(client.get("/hello").status == 200);
  }
}

namespace {

/// Has begun something at its first run, and answers when a commit has come.
struct Beginner {
  struct Something : api::Begun {};

  std::atomic<bool> is_done = false;
  std::atomic<int> begun = 0;

  api::Reply answer(api::Request const& request) {
    auto something = request.begun;
    if (!something) {
      ++begun;
      something = std::make_shared<Something>();
    }
    if (is_done) return text_reply("done");
    auto reply = text_reply("");
    reply.content =
        api::Wait{.sequence = 5, .until = request.deadline - 100ms, .begun = std::move(something)};
    return reply;
  }
};

} // namespace

TEST_CASE("what was begun is answered, though the server stops meanwhile") {
  Beginner beginner;
  RunningServer server(quick_settings(), [&](TestApplication& application) {
    application.handle(
        "/begin", {.handler = [&](api::Request const& request) { return beginner.answer(request); },
                   .is_light = false,
                   .answer_timeout = 60s});
  });
  auto client = server.client();
  client.send("GET /begin HTTP/1.1\r\nHost: test\r\n\r\n");
  REQUIRE(eventually([&] { return server.metric(waiting) == 1; }));
  server.server().stop();
  beginner.is_done = true;
  server.application().commit(6);
  CHECK(client.read().body == "done");
  CHECK(beginner.begun == 1);
  server.server().wait();
}

TEST_CASE("what was begun is looked at again if the moment to wait for has passed") {
  std::atomic<int> runs = 0;
  RunningServer server(quick_settings(), [&](TestApplication& application) {
    application.handle("/begin", {.handler =
                                      [&](api::Request const& request) {
                                        if (++runs > 1) return text_reply("done");
                                        auto reply = text_reply("");
                                        reply.content = api::Wait{
                                            .sequence = 5,
                                            .until = request.deadline - 120s,
                                            .begun = std::make_shared<Beginner::Something>()};
                                        return reply;
                                      },
                                  .is_light = false,
                                  .answer_timeout = 60s});
  });
  CHECK(server.client().get("/begin").body == "done");
  CHECK(runs == 2);
}

TEST_CASE("a commit that the handler has seen already does not wake it") {
  Feed feed;
  RunningServer server(quick_settings(), feed.set_up(true));
  auto client = server.client();
  client.send("GET /feed HTTP/1.1\r\nHost: test\r\n\r\n");
  REQUIRE(eventually([&] { return server.metric(waiting) == 1; }));
  server.application().commit(4);
  server.application().commit(5);
  feed.commit(server.application(), 8);
  CHECK(client.read().body == "8");
  CHECK(feed.runs == 2);
}

TEST_CASE("a commit between the handler's look and its parking is not missed") {
  Feed feed;
  RunningServer* running = nullptr;
  RunningServer server(quick_settings(), [&](TestApplication& application) {
    application.handle("/race", {.handler =
                                     [&](api::Request const& request) {
                                       auto reply = feed.answer(request);
                                       if (feed.runs == 1) feed.commit(running->application(), 6);
                                       return reply;
                                     },
                                 .answer_timeout = 10min}); // so that time does not wake it
  });
  running = &server;
  CHECK(server.client().get("/race").body == "6");
}

TEST_CASE("a waiting request is answered when its time has passed") {
  Feed feed;
  feed.wait = 200ms;
  RunningServer server(quick_settings(), feed.set_up(true));
  CHECK(server.client().get("/feed").body == "5");
  CHECK(feed.runs == 2);
}

TEST_CASE("many waiting requests are woken by one commit") {
  Feed feed;
  auto settings = quick_settings();
  settings.sizes.waiting = 50;
  RunningServer server(settings, feed.set_up(true));
  std::vector<Client> clients;
  for (int client = 0; client < 51; ++client) {
    clients.push_back(server.client());
    clients.back().send("GET /feed HTTP/1.1\r\nHost: test\r\n\r\n");
  }
  REQUIRE(
      eventually([&] { return server.metric(waiting) == 50 && server.rejected("waiting") == 1; }));
  feed.commit(server.application(), 7);
  int refused = 0;
  for (auto& client : clients) {
    auto const answer = client.read();
    if (answer.status == 503) {
      ++refused;
      CHECK(answer.header("retry-after") == "7");
      CHECK(client.get("/hello").status == 200);
    } else {
      CHECK(answer.body == "7");
    }
  }
  CHECK(refused == 1);
}

TEST_CASE("a client that goes frees its place among the waiting") {
  Feed feed;
  auto settings = quick_settings();
  settings.sizes.waiting = 1;
  RunningServer server(settings, feed.set_up(true));
  auto gone = server.client();
  gone.send("GET /feed HTTP/1.1\r\nHost: test\r\n\r\n");
  REQUIRE(eventually([&] { return server.metric(waiting) == 1; }));
  gone.reset();
  REQUIRE(eventually([&] { return server.metric(waiting) == 0; }));
  auto next = server.client();
  next.send("GET /feed HTTP/1.1\r\nHost: test\r\n\r\n");
  REQUIRE(eventually([&] { return server.metric(waiting) == 1; }));
  feed.commit(server.application(), 6);
  CHECK(next.read().body == "6");
  CHECK(feed.runs == 3);
}

TEST_CASE("a handler that waits for the past is stopped") {
  RunningServer server(quick_settings(), [](TestApplication& application) {
    application.handle("/spin", [](api::Request const&) {
      auto reply = text_reply("");
      reply.content = api::Wait{.sequence = 1, .until = Clock::now() - 1s};
      return reply;
    });
  });
  CHECK(server.client().get("/spin").status == 500);
  CHECK(server.application().seen().size() == 1);
}

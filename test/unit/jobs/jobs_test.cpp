// Frames between two processes, and the door where work comes in.

#include "jobs/address.hpp"
#include "jobs/door.hpp"

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>

using namespace terracat;
using namespace terracat::jobs;

namespace {

struct Pair {
  Pair() {
    std::array<int, 2> ends{};
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
    ours = Descriptor(ends[0]);
    theirs = Descriptor(ends[1]);
  }

  Descriptor ours;
  Descriptor theirs;
};

void send_raw(Descriptor const& socket, std::string_view bytes) {
  REQUIRE(::send(socket.number(), bytes.data(), bytes.size(), 0) ==
          static_cast<ssize_t>(bytes.size()));
}

} // namespace

TEST_CASE("what is sent arrives frame by frame, and then the end") {
  Pair pair;
  Channel to(std::move(pair.ours));
  Channel from(std::move(pair.theirs));
  to.send_json("{}");
  to.send_bytes("abc");
  to.send_bytes(""); // no bytes, no frame
  to.send_json("");
  to.shut();
  auto const first = from.receive();
  REQUIRE(first);
  CHECK((first->kind == Frame::Kind::json && first->content == "{}"));
  auto const second = from.receive();
  REQUIRE(second);
  CHECK((second->kind == Frame::Kind::bytes && second->content == "abc"));
  auto const third = from.receive();
  REQUIRE(third);
  CHECK(third->content.empty());
  CHECK_FALSE(from.receive());
  CHECK_THROWS_AS(to.send_json("{}"), ChannelError);
}

TEST_CASE("long bytes take several frames") {
  Pair pair;
  Channel to(std::move(pair.ours));
  Channel from(std::move(pair.theirs));
  std::string const bytes((std::size_t{2} << 20) + 5, 'x');
  std::thread sender([&] { to.send_bytes(bytes); });
  std::string received;
  std::size_t frames = 0;
  while (received.size() < bytes.size()) {
    received += from.receive().value().content;
    ++frames;
  }
  sender.join();
  CHECK(received == bytes);
  CHECK(frames == 3);
}

TEST_CASE("what is no frame is refused before it takes memory") {
  Pair pair;
  Channel from(std::move(pair.theirs));
  using namespace std::string_view_literals;
  SECTION("too long") {
    send_raw(pair.ours, "\xff\xff\xff\xffj"sv);
  }
  SECTION("of no kind") {
    send_raw(pair.ours, "\0\0\0\1q{"sv);
  }
  CHECK_THROWS_AS(from.receive(), ChannelError);
}

TEST_CASE("a frame that breaks off is an end") {
  Pair pair;
  Channel from(std::move(pair.theirs));
  using namespace std::string_view_literals;
  send_raw(pair.ours, "\0\0\0\7j{"sv);
  pair.ours = Descriptor();
  CHECK_FALSE(from.receive());
}

TEST_CASE("a caller is stopped by the word, and by the end") {
  Pair pair;
  Channel to(std::move(pair.ours));
  Channel from(std::move(pair.theirs));
  Caller caller(from);
  to.send_json("{\"a\":1}");
  CHECK(caller.receive().value().content == "{\"a\":1}");
  SECTION("the word") {
    to.send_json(R"({"stop":true})");
  }
  SECTION("the end") {
    to.shut();
  }
  CHECK_FALSE(caller.receive());
  CHECK(caller.token().stop_requested());
}

TEST_CASE("a door does the work that is handed over and ends with its code") {
  test::TemporaryFolder const folder;
  auto const path = (folder.path() / std::string(120, 'd') / "c.sqlite.sock").string();
  std::filesystem::create_directory(folder.path() / std::string(120, 'd'));
  log::Logger log({.level = log::Level::error});
  std::optional<Door> door(
      std::in_place, path,
      [](std::string const& command, Caller& caller) {
        if (command == "\"fail\"") throw std::runtime_error("of the program");
        caller.send_json(command);
        return 7;
      },
      log);

  struct stat about {};

  REQUIRE(::stat(path.c_str(), &about) == 0);
  CHECK((about.st_mode & 07777U) == 0600);
  auto const answers = [&](std::string const& command) {
    Channel channel(connect_to(path).value());
    channel.send_json(command);
    std::vector<std::string> out;
    while (auto const frame = channel.receive()) out.push_back(frame->content);
    return out;
  };
  CHECK(answers("\"work\"") == std::vector<std::string>{"\"work\"", R"({"exit":7})"});
  auto const failed = answers("\"fail\"");
  REQUIRE(failed.size() == 2);
  CHECK(failed[0].find("of the program") == std::string::npos); // it is in the log
  CHECK(failed[1] == R"({"exit":1})");
  door.reset();
  CHECK_FALSE(connect_to(path));
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("a door without descriptors says so once, and opens when there are some") {
  test::TemporaryFolder const folder;
  auto const path = (folder.path() / "c.sqlite.sock").string();
  std::array<int, 2> ends{};
  REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
  Descriptor const said(ends[0]);
  Descriptor const to_log(ends[1]);
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::ranges::copy(path, address.sun_path);
  log::Logger log({.descriptor = to_log.number()});
  Door const door(
      path, [](std::string const&, Caller&) { return 7; }, log);

  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  auto const next = ::dup(said.number());
  ::close(next);
  rlimit const none{.rlim_cur = static_cast<rlim_t>(next), .rlim_max = before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
  auto const connected = ::connect(socket.number(), reinterpret_cast<sockaddr const*>(&address),
                                   sizeof(address)); // NOLINT: as the C interface wants
  std::array<char, 4096> line{};
  auto const size = ::read(said.number(), line.data(), line.size());
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  REQUIRE(connected == 0);
  CHECK(std::string_view(line.data(), static_cast<std::size_t>(size)).find("no descriptors") !=
        std::string_view::npos);

  Channel channel(std::move(socket)); // it is still there, and its turn comes
  channel.send_json("{}");
  auto const answer = channel.receive();
  REQUIRE(answer);
  CHECK(answer->content == R"({"exit":7})");
}

TEST_CASE("a door that closes stops the work in progress") {
  test::TemporaryFolder const folder;
  auto const path = (folder.path() / "s").string();
  log::Logger log({.level = log::Level::error});
  std::optional<Door> door(
      std::in_place, path,
      [](std::string const&, Caller& caller) {
        caller.send_json("\"begun\"");
        return caller.receive() ? 0 : 5; // nothing comes: until it is to stop
      },
      log);
  Channel channel(connect_to(path).value());
  channel.send_json("\"work\"");
  CHECK(channel.receive().value().content == "\"begun\"");
  door.reset();
  CHECK(channel.receive().value().content == R"({"exit":5})");
}

// Helpers that do what they may not, and what becomes of them: real processes, confined as the
// program's own are (support/helper_child.cpp).

#include "helper/confine.hpp"
#include "helper/pool.hpp"

#include "support/catch.hpp"
#include "support/guarded.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <future>
#include <set>
#include <sstream>

using namespace terracat;
using namespace std::chrono_literals;
using test::Guarded;
using Strings = std::vector<std::string>;

namespace {

helper::Pool::Settings settings(std::string const& mode = "obey") {
  return {.program = {.path = TERRACAT_HELPER_CHILD,
                      .arguments = {mode, std::to_string(::getpid())},
                      .environment = {},
                      .folder = "/"}};
}

/// The answer, or in brackets how the helper ended.
std::string ask(helper::Pool& pool, std::string_view request) {
  auto const answer = pool.ask(request);
  return answer ? *answer : "(" + answer.error().how + ")";
}

/// What a file of /proc says behind a name.
std::string status_of(std::string const& pid, std::string const& file, std::string const& name) {
  std::ifstream in("/proc/" + pid + "/" + file);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(name)) continue;
    std::istringstream rest(line.substr(name.size()));
    std::string value;
    rest >> value;
    return value;
  }
  return {};
}

bool ends_within(int handle, std::chrono::milliseconds time) {
  pollfd one{.fd = handle, .events = POLLIN, .revents = 0};
  return ::poll(&one, 1, static_cast<int>(time.count())) == 1;
}

} // namespace

TEST_CASE("helper: requests are answered by one process, however large they are") {
  helper::Pool pool(settings());
  CHECK(ask(pool, "a word") == "a word");
  auto const first = ask(pool, "pid");
  std::string const large(std::size_t{5} << 20, 'y');
  CHECK(ask(pool, large) == large);
  CHECK(ask(pool, "pid") == first);
  CHECK(pool.idle().size() == 1);
}

TEST_CASE("helper: it is confined before it is asked anything") {
  helper::Pool pool(settings());
  auto const pid = ask(pool, "pid");
  CHECK(status_of(pid, "status", "Seccomp:") == "2");
  CHECK(status_of(pid, "status", "NoNewPrivs:") == "1");
  CHECK(status_of(pid, "limits", "Max open files") == "16");
  CHECK(status_of(pid, "limits", "Max file size") == "0");
  CHECK(status_of(pid, "limits", "Max core file size") == "0");
  if (helper::can_limit_memory()) {
    CHECK(status_of(pid, "limits", "Max address space") == "1073741824");
  }
  CHECK(::getpgid(std::stoi(pid)) == std::stoi(pid));
}

TEST_CASE("helper: files and limits are refused") {
  helper::Pool pool(settings());
  for (auto const* const deed : {"read a file", "write a file", "remove a file", "raise a limit",
                                 "make executable", "map executable"}) {
    INFO(deed);
    CHECK(ask(pool, deed) == "EPERM");
  }
  CHECK(pool.idle().size() == 1);
}

TEST_CASE("helper: who asks for a socket, a program or a process is ended") {
  Guarded<Strings> deaths;
  auto with_deaths = settings();
  with_deaths.on_death = [&](std::string const& how) { deaths.lock()->push_back(how); };
  helper::Pool pool(with_deaths);
  std::size_t count = 0;
  for (auto const* const deed : {"socket", "unix socket", "connect", "send to", "execute", "fork",
                                 "clone", "trace", "kill the parent"}) {
    INFO(deed);
    CHECK(ask(pool, deed) == "(signal 31)"); // SIGSYS
    CHECK(deaths.lock()->size() == ++count);
  }
  CHECK(ask(pool, "and on") == "and on");
}

TEST_CASE("helper: one that ends is told of, and replaced") {
  Guarded<Strings> deaths;
  auto with_deaths = settings();
  with_deaths.on_death = [&](std::string const& how) { deaths.lock()->push_back(how); };
  helper::Pool pool(with_deaths);
  CHECK(ask(pool, "abort") == "(signal 6)");
  CHECK(ask(pool, "exit") == "(exit code 3)");
  CHECK(ask(pool, "throw") == "(signal 6)");
  CHECK(ask(pool, "half a head") == "(exit code 0)");
  CHECK(ask(pool, "half an answer") == "(exit code 0)");
  CHECK(*deaths.lock() ==
        Strings{"signal 6", "exit code 3", "signal 6", "exit code 0", "exit code 0"});
  CHECK(ask(pool, "a word") == "a word");
}

TEST_CASE("helper: an answer that is too long ends it before it is taken") {
  auto small = settings();
  small.limits.answer_bytes = std::size_t{1} << 20;
  helper::Pool pool(small);
  CHECK(ask(pool, "flood") == "(an answer of more than 1 MB)");
  CHECK(ask(pool, "a word") == "a word");
}

TEST_CASE("helper: a request that is too large reaches nobody") {
  auto small = settings();
  small.limits.request_bytes = 3;
  helper::Pool pool(small);
  CHECK(ask(pool, "abcd") == "(a request that is too large)");
  CHECK(pool.idle().empty());
}

TEST_CASE("helper: the time of the processor is limited for each request") {
  auto quick = settings();
  quick.limits.cpu = 2s;
  helper::Pool pool(quick);
  auto const pid = ask(pool, "pid");
  // Together more than any one may take.
  for (int i = 0; i < 4; ++i) CHECK(ask(pool, "work") == "done");
  CHECK(ask(pool, "pid") == pid);
  CHECK(ask(pool, "loop") == "(more time of the processor than it may take)");
}

TEST_CASE("helper: one that waits for ever is ended at the deadline") {
  auto hasty = settings();
  hasty.limits.deadline = 3s; // a busy machine may take one for a word
  helper::Pool pool(hasty);
  CHECK(ask(pool, "sleep") == "(more time than it may take)");
  CHECK(ask(pool, "close") == "(it closed its answers and went on)");
  CHECK(ask(pool, "a word") == "a word");
}

TEST_CASE("helper: memory ends at its limit") {
  if (!helper::can_limit_memory()) {
    WARN("a sanitizer takes more memory than the limit leaves");
    return;
  }
  helper::Pool pool(settings());
  CHECK(ask(pool, "memory") == "(signal 6)"); // bad_alloc, which nobody catches
}

TEST_CASE("helper: one that is killed while it works is a failure of the request") {
  helper::Pool pool(settings());
  auto const pid = ask(pool, "pid");
  auto asked = std::async(std::launch::async, [&] { return ask(pool, "stop"); });
  while (status_of(pid, "status", "State:") != "T") std::this_thread::yield();
  CHECK(::kill(std::stoi(pid), SIGKILL) == 0);
  CHECK(asked.get() == "(signal 9)");
  CHECK(ask(pool, "a word") == "a word");
}

TEST_CASE("helper: one that was killed while it had nothing to do harms no request") {
  Guarded<Strings> deaths;
  auto with_deaths = settings();
  with_deaths.on_death = [&](std::string const& how) { deaths.lock()->push_back(how); };
  helper::Pool pool(with_deaths);
  auto const pid = std::stoi(ask(pool, "pid"));
  auto const handle = process::handle_of(pid);
  REQUIRE(::kill(pid, SIGKILL) == 0);
  REQUIRE(ends_within(handle.number(), 10s));
  CHECK(ask(pool, "a word") == "a word");
  CHECK(*deaths.lock() == Strings{"it ended while it had nothing to do"});
}

TEST_CASE("helper: each serves so many requests") {
  auto few = settings();
  few.requests = 2;
  helper::Pool pool(few);
  auto const first = ask(pool, "pid");
  CHECK(ask(pool, "pid") == first);
  CHECK(pool.idle().empty());
  CHECK(ask(pool, "pid") != first);
}

TEST_CASE("helper: two work at a time, and a third request waits") {
  helper::Pool pool(settings());
  constexpr int count = 6;
  std::vector<std::future<std::pair<std::string, std::string>>> asked;
  asked.reserve(count);
  for (int i = 0; i < count; ++i) {
    asked.push_back(std::async(std::launch::async, [&] {
      auto pid = ask(pool, "pid");
      return std::pair(std::move(pid), ask(pool, "a word"));
    }));
  }
  std::set<std::string> pids;
  for (auto& one : asked) {
    auto const [pid, answer] = one.get();
    pids.insert(pid);
    CHECK(answer == "a word");
  }
  CHECK(pids.size() <= 2);
  CHECK(pool.idle().size() <= 2);
}

TEST_CASE("helper: it outlives the thread that wanted it") {
  helper::Pool pool(settings());
  auto const pid = std::async(std::launch::async, [&] { return ask(pool, "pid"); }).get();
  CHECK(ask(pool, "pid") == pid);
}

TEST_CASE("helper: it ends with its parent, in the midst of its work") {
  auto program = settings("parent").program;
  auto pipe = process::make_pipe();
  auto const parent = process::spawn(program, {.out = pipe[1].number()});
  pipe[1] = Descriptor();
  auto const parent_handle = process::handle_of(parent);
  std::string number;
  for (char c = 0; ::read(pipe[0].number(), &c, 1) == 1 && c != '\n';) number += c;
  auto const child = process::handle_of(std::stoi(number));
  CHECK_FALSE(ends_within(child.number(), 0ms));
  REQUIRE(::kill(parent, SIGKILL) == 0);
  CHECK(ends_within(child.number(), 10s));
  CHECK(ends_within(parent_handle.number(), 10s));
  CHECK(::waitpid(parent, nullptr, 0) == parent);
}

TEST_CASE("helper: one that cannot be started is a failure of the request") {
  auto nowhere = settings();
  nowhere.program.path = "/nonexistent/program";
  helper::Pool pool(nowhere);
  CHECK(ask(pool, "a word") == "(it could not be started: No such file or directory)");
}

TEST_CASE("helper: one whose parent is somebody else does not begin") {
  auto orphan = settings();
  orphan.program.arguments = {"obey", "1"};
  helper::Pool pool(orphan);
  CHECK(ask(pool, "a word") == "(exit code 1)");
}

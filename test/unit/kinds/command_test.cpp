// Programs as sources. Each test writes the program that it needs.

#include "kinds/command/command.hpp"
#include "kinds/command/process.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"
#include "support/temporary_folder.hpp"

#include <terracat/json.hpp>

#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <thread>

using namespace terracat;
using namespace terracat::test;
using kinds::ProtocolError;
using Strings = std::vector<std::string>;
namespace fs = std::filesystem;

namespace {

/// A folder with one program in it.
class Script {
 public:
  /// \param text  of a shell script: what is tested is not how to write programs
  explicit Script(std::string const& text) {
    std::ofstream(path()) << "#!/bin/sh\n" << text;
    ::chmod(path().c_str(), S_IRWXU);
  }

  [[nodiscard]] fs::path path() const { return folder_.path() / "program"; }

  [[nodiscard]] fs::path file(std::string const& name) const { return folder_.path() / name; }

  [[nodiscard]] std::unique_ptr<kinds::Harvester> start(std::string options = "{}") const {
    CannedFetcher unused(std::map<std::string, std::string>{});
    Source source;
    source.address = path();
    source.options = std::move(options);
    return kinds::command::start(source, unused, {});
  }

  [[nodiscard]] Harvest run(std::string options = "{}") const {
    return harvest(*start(std::move(options)));
  }

 private:
  TemporaryFolder folder_;
};

/// The lines that a program prints.
Strings lines_of(std::string const& text, std::string options = "{}") {
  return Script(text).run(std::move(options)).bodies();
}

/// Why a run failed; what it brought before is no matter.
std::string failure_of(kinds::Harvester& harvester) {
  try {
    while (harvester.next({})) {
    }
  } catch (ProtocolError const& error) {
    CHECK_FALSE(harvester.complete());
    return error.what();
  }
  return {};
}

std::string failure_of(std::string const& text, std::string options = "{}") {
  Script const script(text);
  return failure_of(*script.start(std::move(options)));
}

/// True once no process has the id any more. Ends by the time limit of the test at the latest.
bool is_gone(pid_t id) {
  while (::kill(id, 0) == 0) std::this_thread::yield();
  return true;
}

pid_t id_in(fs::path const& file) {
  pid_t id = 0;
  while (!(std::ifstream(file) >> id) || id == 0) std::this_thread::yield();
  return id;
}

} // namespace

TEST_CASE("each line that a program prints is a document") {
  Script const script("printf '{\"n\":1}\\n\\n {\"n\":2}\\r\\n{\"n\":3}'");
  auto const all = script.run();
  REQUIRE(all.documents.size() == 3);
  CHECK(all.documents[0].bytes == R"({"n":1})");
  CHECK(all.documents[2].bytes == R"({"n":3})");
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(all.checkpoints == Strings{""});
}

TEST_CASE("a program that prints nothing is a complete source without documents") {
  auto const all = Script("exit 0").run();
  CHECK(all.documents.empty());
  CHECK(all.complete);
}

TEST_CASE("arguments reach the program as they are written") {
  CHECK(lines_of("for word in \"$@\"; do printf '{%s}\\n' \"$word\"; done",
                 R"({"arguments":["a b","$HOME `id` ; rm -rf /","*","","'\""]})") ==
        Strings{"{a b}", "{$HOME `id` ; rm -rf /}", "{*}", "{}", "{'\"}"});
}

TEST_CASE("the environment is what the options say, and where programs are found") {
  ::setenv("TERRACAT_TEST_SECRET", "secret", 1);
  auto const lines = lines_of("env | sort | grep -v -e ^PWD= -e ^_= -e ^SHLVL= -e ^OLDPWD=",
                              R"({"environment":{"B":"two words","LANG":"fr_FR.UTF-8"}})");
  ::unsetenv("TERRACAT_TEST_SECRET");
  CHECK(lines == Strings{"B=two words", "LANG=fr_FR.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin"});
}

TEST_CASE("a program runs in the folder that it lies in, or in another") {
  Script const script("pwd -P");
  CHECK(script.run().bodies() == Strings{fs::canonical(script.path().parent_path())});
  CHECK(script.run(R"({"folder":"/"})").bodies() == Strings{"/"});
}

TEST_CASE("a program inherits no file but its own three, and no blocked signal") {
  Script const script("ls /proc/self/fd | tr '\\n' ' '; echo; "
                      "grep -e ^SigBlk -e ^SigIgn /proc/self/status; cat");
  std::ifstream const held(script.path()); // C++ opens without O_CLOEXEC
  sigset_t blocked;
  sigset_t before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
  auto const lines = script.run().bodies();
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == "0 1 2 3"); // the last one is the folder that ls reads
  CHECK(lines[1] == "SigBlk:\t0000000000000000");
  constexpr std::uint64_t standard = 0x7fff'ffff; // the C library keeps some others for itself
  CHECK((std::stoull(lines[2].substr(8), nullptr, 16) & standard) == 0);
}

TEST_CASE("a program that ends badly fails the run after what it brought") {
  Script const script("echo '{}'; echo 'no such table' >&2; exit 3");
  auto const started = script.start();
  auto const page = started->next({});
  REQUIRE(page);
  CHECK(page->documents.size() == 1);
  CHECK(page->remarks == Strings{"no such table"});
  CHECK(failure_of(*started) == "the program ended with exit code 3; it said: no such table");
  CHECK(failure_of("kill -SEGV $$") == "the program ended with signal 11");
}

TEST_CASE("a program that is not there or may not run is named") {
  CannedFetcher unused(std::map<std::string, std::string>{});
  Source source;
  source.address = "/no/such/program";
  CHECK_THROWS_WITH(kinds::command::start(source, unused, {}),
                    "the program cannot be started: No such file or directory");
  source.address = "program";
  CHECK_THROWS_WITH(kinds::command::start(source, unused, {}),
                    "the address is not the path of a program");
  source.address = "/bin/true";
  source.options = R"({"arguments":["a\u0000b"]})";
  CHECK_THROWS_AS(kinds::command::start(source, unused, {}), ProtocolError);
}

TEST_CASE("a line that is too long is passed over, and the run is not complete") {
  Script const script("echo 1; head -c 17000000 /dev/zero | tr '\\0' x; echo; echo 2");
  auto const all = script.run();
  CHECK(all.bodies() == Strings{"1", "2"});
  CHECK(all.codes() == Strings{"too-large"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("a program that prints without end is stopped") {
  CHECK(failure_of("while :; do echo 0123456789012345678901234567890123456789; done",
                   R"({"max_megabytes":1})") == "the program printed more than 1 MB");
}

TEST_CASE("a program that takes too long is killed with all that it has started") {
  Script const script("sleep 1000 & echo $! > id; echo '{}'; wait");
  auto const started = script.start(R"({"time_limit":1})");
  CHECK(failure_of(*started) == "the program took longer than 1 s");
  CHECK(is_gone(id_in(script.file("id"))));
}

TEST_CASE("a program that goes on without an output is killed, too") {
  Script const script("exec >&-; echo $$ > id; exec sleep 1000");
  CHECK(failure_of(*script.start(R"({"time_limit":1})")) == "the program took longer than 1 s");
  CHECK(is_gone(id_in(script.file("id"))));
}

TEST_CASE("what a program leaves running is ended with it") {
  Script const script("sleep 1000 >/dev/null 2>&1 & echo $! > id; echo '{}'");
  CHECK(script.run().complete);
  CHECK(is_gone(id_in(script.file("id"))));
}

TEST_CASE("a stop kills the program, also one that has closed its output and goes on") {
  auto const* const closes = GENERATE("", "exec >&-; ");
  Script const script("echo '{}'; " + std::string(closes) + "echo $$ > id; exec sleep 1000");
  auto const started = script.start();
  std::stop_source stop;
  std::jthread const stopper([&] {
    id_in(script.file("id"));
    stop.request_stop();
  });
  CHECK_THROWS_AS(started->next(stop.get_token()), fetch::FetchError);
  CHECK_FALSE(started->complete());
}

TEST_CASE("a program that nobody listens to any more is killed") {
  Script const script("echo $$ > id; while :; do echo '{}'; done");
  auto started = script.start();
  CHECK(started->next({}));
  auto const id = id_in(script.file("id"));
  started.reset();
  CHECK(is_gone(id));
}

TEST_CASE("much that is said beside the documents hinders nothing") {
  Script const script("head -c 3000000 /dev/zero | tr '\\0' e >&2; echo '{}'");
  auto const all = script.run();
  CHECK(all.bodies() == Strings{"{}"});
  CHECK(all.complete);
}

TEST_CASE("remarks are printable lines, bounded in length and number") {
  kinds::command::Remarks remarks;
  remarks.add("one\n\n \t \ntwo\x1b[31m\x07 red\r\nthr");
  CHECK(remarks.take(false) == Strings{"one", "two [31m  red "});
  remarks.add("ee");
  CHECK(remarks.take(true) == Strings{"three"});
  remarks.add(std::string(10'000, 'x') + "\n");
  CHECK(remarks.take(false) == Strings{std::string(500, 'x')});
  for (int i = 0; i < 1'000; ++i) remarks.add(std::to_string(i) + "\n");
  auto const rest = remarks.take(true);
  CHECK(rest.size() == 200 - 4 + 1);
  CHECK(rest.back() == "(what it says further is left out)");
  CHECK(remarks.last() == "999");
}

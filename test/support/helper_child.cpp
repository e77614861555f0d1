// What the tests of helper/ start: a helper that does what its requests say, however bad, confined
// as the real one is. `helper_child MODE PARENT`; nothing of it is in the program that is shipped.

#include "helper/data_reader.hpp"
#include "helper/pool.hpp"
#include "helper/rdf_answer.hpp"
#include "helper/serve.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <iostream>
#include <map>
#include <span>
#include <system_error>
#include <vector>

using namespace terracat;

namespace {

std::string outcome(long result) {
  return result >= 0 ? "done" : ::strerrorname_np(errno);
}

std::string open_file(char const* path, int flags) {
  return outcome(::open(path, flags, 0600)); // NOLINT: variadic as the system has it
}

std::string connect() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(9);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // The one socket that there is, the channel to the parent, would do.
  return outcome(::connect(STDIN_FILENO, reinterpret_cast<sockaddr*>(&address), // NOLINT
                           sizeof address));
}

std::string execute() {
  std::string path = "/bin/true";
  std::vector<char*> const words{path.data(), nullptr};
  return outcome(::execve(path.c_str(), words.data(), nullptr));
}

std::string make_executable() {
  constexpr std::size_t page = 4096;
  auto* const memory =
      ::mmap(nullptr, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return "no memory"; // NOLINT: a macro with a cast
  return outcome(::mprotect(memory, page, PROT_READ | PROT_EXEC));
}

std::string map_executable() {
  constexpr std::size_t page = 4096;
  auto* const memory =
      ::mmap(nullptr, page, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return outcome(memory == MAP_FAILED ? -1 : 0); // NOLINT: likewise
}

std::string raise_limit() {
  rlimit const limit{.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
  return outcome(::setrlimit(RLIMIT_CPU, &limit));
}

std::string fill_memory() {
  constexpr std::size_t piece = std::size_t{16} << 20;
  constexpr std::size_t pieces = 128; // two gigabytes
  std::vector<std::string> all;
  for (std::size_t i = 0; i < pieces; ++i) all.emplace_back(piece, 'x');
  return "done";
}

/// Takes a time of the processor, not of the clock.
std::string work(std::chrono::milliseconds time) {
  auto const used = [] { return std::clock() * 1'000 / CLOCKS_PER_SEC; };
  auto const end = used() + time.count();
  while (used() < end) {
  }
  return "done";
}

[[noreturn]] void write_and_end(std::string const& bytes) {
  auto const count = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
  std::_Exit(count == static_cast<ssize_t>(bytes.size()) ? 0 : 1);
}

std::string close_and_go_on() {
  ::close(STDIN_FILENO);
  ::close(STDOUT_FILENO);
  ::poll(nullptr, 0, -1);
  return {};
}

[[noreturn]] void loop() {
  for (std::sig_atomic_t volatile i = 0; i == 0;) {
  }
  std::abort();
}

std::string answer(std::string_view request) {
  using Deed = std::string (*)();
  static std::map<std::string_view, Deed> const deeds{
      {"pid", [] { return std::to_string(::getpid()); }},
      {"abort", []() -> std::string { std::abort(); }},
      {"exit", []() -> std::string { std::_Exit(3); }},
      {"throw", []() -> std::string { throw std::runtime_error("a mistake"); }},
      {"stop", [] { return outcome(std::raise(SIGSTOP)); }},
      {"sleep", [] { return outcome(::poll(nullptr, 0, -1)); }},
      {"loop", []() -> std::string { loop(); }},
      {"work", [] { return work(std::chrono::milliseconds(700)); }},
      {"memory", fill_memory},
      {"flood", [] { return std::string(std::size_t{2} << 20, 'x'); }},
      {"half a head", []() -> std::string { write_and_end("\1"); }},
      {"half an answer",
       []() -> std::string {
         write_and_end({"\x10\0\0\0abc", 7});
       }},
      {"close", close_and_go_on},
      {"socket", [] { return outcome(::socket(AF_INET, SOCK_STREAM, 0)); }},
      {"unix socket", [] { return outcome(::socket(AF_UNIX, SOCK_STREAM, 0)); }},
      {"connect", connect},
      {"send to", [] { return outcome(::sendto(0, "x", 1, 0, nullptr, 0)); }},
      {"read a file", [] { return open_file("/etc/passwd", O_RDONLY); }},
      {"write a file", [] { return open_file("/tmp/terracat-helper", O_WRONLY | O_CREAT); }},
      {"remove a file", [] { return outcome(::unlink("/tmp/terracat-helper")); }},
      {"execute", execute},
      {"fork", [] { return outcome(::syscall(SYS_fork)); }},
      {"clone", [] { return outcome(::syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)); }},
      {"trace", [] { return outcome(::ptrace(PTRACE_TRACEME)); }},
      {"kill the parent", [] { return outcome(::kill(::getppid(), 0)); }},
      {"make executable", make_executable},
      {"map executable", map_executable},
      {"raise a limit", raise_limit},
  };
  auto const deed = deeds.find(request);
  return deed == deeds.end() ? std::string(request) : deed->second();
}

std::string map(int flags, int descriptor) {
  auto* const memory = ::mmap(nullptr, 1, PROT_READ, flags, descriptor, 0);
  return outcome(memory == MAP_FAILED ? -1 : 0); // NOLINT: a macro with a cast
}

/// What is done with the files that come with a request.
std::string answer_with_files(std::string_view request, std::span<Descriptor const> files) {
  if (request == "count") return std::to_string(files.size());
  if (request == "map shared memory") return map(MAP_SHARED | MAP_ANONYMOUS, -1);
  if (request == "map memory") return map(MAP_PRIVATE | MAP_ANONYMOUS, -1);
  if (request == "map a file") return map(MAP_SHARED, files.front().number());
  if (request == "write a file") return outcome(::pwrite(files.front().number(), "x", 1, 0));
  if (request == "read") {
    std::string out;
    for (auto const& file : files) {
      char c = 0;
      if (::pread(file.number(), &c, 1, 0) == 1) out += c;
    }
    return out;
  }
  return answer(request);
}

/// Has a helper of its own, tells its number, and keeps it busy.
int be_parent(char const* program, pid_t self) {
  helper::Pool pool({.program = {.path = program,
                                 .arguments = {"obey", std::to_string(self)},
                                 .environment = {},
                                 .folder = "/"}});
  auto const number = pool.ask("pid");
  if (!number) return 1;
  std::cout << *number << std::endl;
  static_cast<void>(pool.ask("loop"));
  return 1;
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::string_view const mode = argv[1]; // NOLINT: two words were counted
  std::string_view const number = argv[2];
  helper::Confinement confinement;
  std::from_chars(number.data(), number.data() + number.size(), confinement.parent);
  if (mode == "parent") return be_parent(argv[0], ::getpid()); // NOLINT
  if (mode == "rdf") return helper::serve(confinement, helper::make_rdf_answer);
  if (mode == "obey files") {
    return helper::serve_files(confinement, [] { return helper::FileAnswer(answer_with_files); });
  }
  if (mode == "missing") { // what it needs is not installed
    return helper::serve_files(confinement, []() -> helper::FileAnswer {
      throw std::system_error(ELIBACC, std::generic_category());
    });
  }
  if (mode == "data") return helper::serve_files(confinement, helper::make_data_answer);
  return helper::serve(confinement, [] { return helper::Answer(answer); });
}

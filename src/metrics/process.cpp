#include "metrics/process.hpp"

#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>

namespace terracat::metrics {
namespace {

/// The fields of /proc/self/stat behind the name of the command (proc(5)), of which these are used.
struct Stat {
  std::uint64_t threads = 0;
  std::uint64_t start_ticks = 0; ///< since the machine started
  std::uint64_t virtual_bytes = 0;
  std::uint64_t resident_pages = 0;
};

std::optional<Stat> read_stat() {
  std::ifstream file("/proc/self/stat");
  std::string const line(std::istreambuf_iterator<char>(file), {});
  auto const name_end = line.rfind(')'); // the name may hold anything, brackets too
  if (name_end == std::string::npos) return std::nullopt;
  std::istringstream rest(line.substr(name_end + 1));
  std::vector<std::string> const fields{std::istream_iterator<std::string>(rest), {}};
  constexpr std::size_t first_number = 3; // proc(5) counts from 1; the state is its field 3
  auto const field = [&](std::size_t number) {
    return std::stoull(fields.at(number - first_number));
  };
  return Stat{.threads = field(20),
              .start_ticks = field(22),
              .virtual_bytes = field(23),
              .resident_pages = field(24)};
}

std::optional<double> boot_time() {
  std::ifstream file("/proc/stat");
  for (std::string word; file >> word;) {
    double seconds = 0;
    if (word == "btime" && file >> seconds) return seconds;
  }
  return std::nullopt;
}

double seconds(timeval const& time) noexcept {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

double cpu_seconds() noexcept {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::optional<double> open_descriptors() {
  std::error_code error;
  std::filesystem::directory_iterator const entries("/proc/self/fd", error);
  if (error) return std::nullopt;
  return static_cast<double>(std::distance(begin(entries), end(entries)) - 1); // without this one
}

class Families {
 public:
  void gauge(std::string name, std::string help, double value) {
    add(std::move(name), std::move(help), prometheus::MetricType::Gauge).gauge.value = value;
  }

  void counter(std::string name, std::string help, double value) {
    add(std::move(name), std::move(help), prometheus::MetricType::Counter).counter.value = value;
  }

  std::vector<prometheus::MetricFamily> take() { return std::move(families_); }

 private:
  prometheus::ClientMetric& add(std::string name, std::string help, prometheus::MetricType type) {
    families_.push_back({std::move(name), std::move(help), type, {prometheus::ClientMetric{}}});
    return families_.back().metric.front();
  }

  std::vector<prometheus::MetricFamily> families_;
};

} // namespace

std::vector<prometheus::MetricFamily> process_metrics() {
  Families families;
  families.counter("process_cpu_seconds_total", "User and system time", cpu_seconds());
  if (auto const stat = read_stat()) {
    auto const page = static_cast<double>(::sysconf(_SC_PAGESIZE));
    auto const ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    families.gauge("process_threads", "Threads", static_cast<double>(stat->threads));
    families.gauge("process_virtual_memory_bytes", "Address space in use",
                   static_cast<double>(stat->virtual_bytes));
    families.gauge("process_resident_memory_bytes", "Memory in use",
                   static_cast<double>(stat->resident_pages) * page);
    if (auto const booted = boot_time()) {
      families.gauge("process_start_time_seconds", "Start, in seconds since 1970",
                     *booted + static_cast<double>(stat->start_ticks) / ticks);
    }
  }
  if (auto const open = open_descriptors()) {
    families.gauge("process_open_fds", "Open descriptors", *open);
  }
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    families.gauge("process_max_fds", "Descriptors that may be open",
                   static_cast<double>(limit.rlim_cur));
  }
  return families.take();
}

} // namespace terracat::metrics

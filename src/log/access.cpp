#include "log/access.hpp"

#include "log/text.hpp"

#include <array>
#include <charconv>
#include <condition_variable>
#include <list>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace terracat::log {
namespace {

constexpr std::size_t path_bytes = 512; // a request line may have a hundred times as many

void append_number(std::string& out, std::uint64_t number) {
  std::array<char, 20> digits{};
  auto* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_line(std::string& out, Access const& access) {
  auto const text = [&](std::string_view key, std::string_view value) {
    out += key;
    append_quoted(out, value);
  };
  auto const number = [&](std::string_view key, std::uint64_t value) {
    out += key;
    append_number(out, value);
  };
  out += R"({"ts":")";
  append_timestamp(out, std::chrono::system_clock::now());
  text(R"(","request_id":)", access.request_id);
  text(R"(,"method":)", access.method);
  text(R"(,"route":)", access.route);
  text(R"(,"path":)", access.path.substr(0, path_bytes));
  number(R"(,"status":)", static_cast<std::uint64_t>(access.status));
  number(R"(,"bytes":)", access.bytes);
  number(R"(,"dur_us":)", static_cast<std::uint64_t>(access.duration.count()));
  text(R"(,"client":)", access.client);
  if (!access.is_complete) out += R"(,"complete":false)";
  out += "}\n";
}

void append_loss(std::string& out, std::uint64_t lost) {
  out += R"({"ts":")";
  append_timestamp(out, std::chrono::system_clock::now());
  out += R"(","lost_lines":)";
  append_number(out, lost);
  out += "}\n";
}

} // namespace

void AccessLog::Lane::write(Access const& access) {
  if (!is_wanted_) return;
  std::scoped_lock const lock(mutex_);
  if (lines_.size() >= limit_) {
    ++lost_;
    return;
  }
  auto const before = lines_.size();
  try {
    append_line(lines_, access);
  } catch (std::bad_alloc const&) {
    lines_.resize(before);
    ++lost_;
  }
}

void AccessLog::Lane::take(std::string& out) {
  std::scoped_lock const lock(mutex_);
  if (lost_ > 0) {
    append_loss(lines_, lost_);
    lost_ = 0;
  }
  lines_.swap(out);
}

struct AccessLog::Implementation {
  explicit Implementation(Settings const& given)
      : settings(given), writer([this](std::stop_token const& stop) { run(stop); }) {}

  void run(std::stop_token const& stop) {
    std::string lines;
    for (bool is_last = false; !is_last;) {
      is_last = pause(stop);
      try {
        write_all(lines);
      } catch (std::bad_alloc const&) { // NOLINT: the lines stay where they are until the next time
      }
    }
  }

  void write_all(std::string& lines) {
    for (auto* const lane : known()) {
      lane->take(lines);
      write_fully(settings.descriptor, lines);
      lines.clear();
    }
  }

  /// \return  true if the log is being destroyed, so that no more lines will come
  bool pause(std::stop_token const& stop) {
    std::unique_lock lock(mutex);
    tick.wait_for(lock, stop, settings.interval, [] { return false; });
    return stop.stop_requested();
  }

  std::vector<Lane*> known() {
    std::scoped_lock const lock(mutex);
    std::vector<Lane*> pointers;
    for (auto& lane : lanes) pointers.push_back(&lane);
    return pointers;
  }

  Settings const settings;
  std::mutex mutex; ///< for the list of lanes; a list's elements stay where they are
  std::list<Lane> lanes;
  std::condition_variable_any tick;
  std::jthread writer; ///< stopped and joined before the rest goes
};

AccessLog::AccessLog() : AccessLog(Settings{}) {}

AccessLog::AccessLog(Settings settings)
    : implementation_(std::make_unique<Implementation>(settings)) {}

AccessLog::~AccessLog() = default;

AccessLog::Lane& AccessLog::lane() {
  std::scoped_lock const lock(implementation_->mutex);
  auto const& settings = implementation_->settings;
  return implementation_->lanes.emplace_back(settings.lane_bytes, settings.descriptor >= 0);
}

} // namespace terracat::log

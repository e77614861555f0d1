#include "log/logger.hpp"

#include "log/text.hpp"

#include <terracat/json.hpp>

#include <spdlog/async.h>
#include <spdlog/sinks/base_sink.h>

#include <array>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace terracat::log {
namespace {

constexpr std::size_t queue_length = 8192;

constexpr std::array<std::pair<std::string_view, Level>, 4> levels{{
    {"debug", Level::debug},
    {"info", Level::info},
    {"warn", Level::warn},
    {"error", Level::error},
}};

std::string_view name_of(Level level) noexcept {
  return levels.at(static_cast<std::size_t>(level)).first;
}

spdlog::level::level_enum in_spdlog(Level level) noexcept {
  switch (level) {
  case Level::debug:
    return spdlog::level::debug;
  case Level::info:
    return spdlog::level::info;
  case Level::warn:
    return spdlog::level::warn;
  case Level::error:
    break;
  }
  return spdlog::level::err;
}

/// Writes lines as they are, and lets others wait until it has come to their flush.
class DescriptorSink : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit DescriptorSink(int descriptor) : descriptor_(descriptor) {}

  [[nodiscard]] std::uint64_t flushes() {
    std::scoped_lock const lock(mutex_);
    return flushes_;
  }

  void wait_beyond(std::uint64_t flushes, std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    flushed_.wait_for(lock, limit, [&] { return flushes_ > flushes; });
  }

 private:
  void sink_it_(spdlog::details::log_msg const& message) override {
    line_.assign(message.payload.data(), message.payload.size());
    line_ += '\n';
    write_fully(descriptor_, line_);
  }

  void flush_() override {
    ++flushes_;
    flushed_.notify_all();
  }

  int descriptor_;
  std::string line_;
  std::uint64_t flushes_ = 0; ///< like the line guarded by the base's mutex_
  std::condition_variable flushed_;
};

/// Needs no memory.
constexpr std::string_view lost_line =
    R"({"level":"error","event":"log.lost","msg":"there is no memory left for a line of the log"})"
    "\n";
static_assert(lost_line.find(event::log_lost.name()) != std::string_view::npos);

template<class Number>
void append_number(std::string& out, Number number) {
  std::array<char, 32> digits{};
  auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

} // namespace

std::optional<Level> level_of(std::string_view name) noexcept {
  for (auto const& [known, level] : levels) {
    if (known == name) return level;
  }
  return std::nullopt;
}

void Value::append_to(std::string& out) const {
  std::visit(
      [&]<class Held>(Held held) {
        if constexpr (std::same_as<Held, std::string_view>) {
          append_quoted(out, held);
        } else if constexpr (std::same_as<Held, bool>) {
          out += held ? "true" : "false";
        } else if constexpr (std::same_as<Held, double>) {
          out += json::Writer().number(held).take(); // knows what is no number
        } else {
          append_number(out, held);
        }
      },
      value_);
}

struct Logger::Implementation {
  explicit Implementation(Settings const& settings)
      : descriptor(settings.descriptor),
        sink(std::make_shared<DescriptorSink>(settings.descriptor)),
        thread(std::make_shared<spdlog::details::thread_pool>(queue_length, 1)),
        logger(std::make_shared<spdlog::async_logger>(
            "events", sink, thread, spdlog::async_overflow_policy::overrun_oldest)) {
    logger->set_level(in_spdlog(settings.level));
  }

  Implementation(Implementation const&) = delete;
  Implementation& operator=(Implementation const&) = delete;
  Implementation(Implementation&&) = delete;
  Implementation& operator=(Implementation&&) = delete;

  /// The thread goes first: it writes what is queued and lets go of the logger.
  ~Implementation() { thread.reset(); }

  int const descriptor;

  // Shared because spdlog shares them.
  std::shared_ptr<DescriptorSink> sink;
  std::shared_ptr<spdlog::details::thread_pool> thread;
  std::shared_ptr<spdlog::async_logger> logger;

  std::mutex one_flush; ///< held from asking for a flush to its end, so that none sees another's
};

Logger::Logger() : Logger(Settings{}) {}

Logger::Logger(Settings settings) : implementation_(std::make_unique<Implementation>(settings)) {}

Logger::~Logger() = default;

void Logger::set_level(Level level) noexcept {
  implementation_->logger->set_level(in_spdlog(level));
}

void Logger::flush() {
  std::scoped_lock const lock(implementation_->one_flush);
  auto const before = implementation_->sink->flushes();
  implementation_->logger->flush();
  implementation_->sink->wait_beyond(before, std::chrono::seconds(1));
}

void Logger::write(Level level, Event event, std::string_view message, Fields fields) noexcept {
  if (!implementation_->logger->should_log(in_spdlog(level))) return;
  try {
    write_line(level, event, message, fields);
  } catch (std::exception const&) { // who has something to tell may have nobody to tell this
    write_fully(implementation_->descriptor, lost_line);
  }
}

void Logger::write_line(Level level, Event event, std::string_view message, Fields fields) {
  std::string line = R"({"ts":")";
  append_timestamp(line, std::chrono::system_clock::now());
  line += R"(","level":")";
  line += name_of(level);
  line += R"(","event":")";
  line += event.name();
  line += R"(","msg":)";
  append_quoted(line, message);
  for (auto const& [key, value] : fields) {
    line += ",\"";
    line += key;
    line += "\":";
    value.append_to(line);
  }
  line += '}';
  implementation_->logger->log(in_spdlog(level), spdlog::string_view_t(line.data(), line.size()));
}

} // namespace terracat::log

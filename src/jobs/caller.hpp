#pragma once

#include "jobs/channel.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>

namespace terracat::jobs {

/// The server's side of one job: the command that handed it over, as long as it is there. What is
/// sent to one that is gone is lost; its end stops the work.
class Caller {
 public:
  /// \param channel  must outlive the caller; what it receives is the caller's from now on
  explicit Caller(Channel& channel);
  Caller(Caller const&) = delete;
  Caller& operator=(Caller const&) = delete;
  Caller(Caller&&) = delete;
  Caller& operator=(Caller&&) = delete;

  /// Ends the connection.
  ~Caller();

  /// Stopped by the command, by its end, or by stop().
  [[nodiscard]] std::stop_token token() const noexcept { return stop_.get_token(); }

  void stop() noexcept { stop_.request_stop(); }

  void send_json(std::string_view text) noexcept;

  /// Waits for the next frame that is not about stopping.
  /// \return  nothing when the work is to stop, or nothing came
  [[nodiscard]] std::optional<Frame> receive(std::chrono::seconds patience = for_ever);

 private:
  static constexpr std::chrono::seconds for_ever = std::chrono::hours(24 * 365);

  void read_until_end();

  Channel& channel_;
  std::stop_source stop_;
  std::mutex mutex_; ///< guards frames_
  std::condition_variable_any changed_;
  std::deque<Frame> frames_; ///< a few at most: who sends more waits
  std::jthread reader_;
};

} // namespace terracat::jobs

#pragma once

#include "catalogue/session.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace terracat::catalogue {

/// A thread that reads what searches among records ask of all of them, so that nobody who searches
/// has to: at the start, and when something has changed, not more often than each second.
class Preparer {
 public:
  /// \throws std::system_error  if there can be no thread
  explicit Preparer(std::unique_ptr<Session> session);
  Preparer(Preparer const&) = delete;
  Preparer& operator=(Preparer const&) = delete;
  Preparer(Preparer&&) = delete;
  Preparer& operator=(Preparer&&) = delete;

  /// Gives up reading.
  ~Preparer();

  /// Something changed. From any thread.
  void note_change();

 private:
  void run();
  /// Until all is there, or it is not wanted any more.
  void prepare();
  [[nodiscard]] bool is_ending();

  std::unique_ptr<Session> session_; ///< of the thread
  std::mutex mutex_;                 ///< guards what follows
  std::condition_variable changed_;
  bool is_wanted_ = true;
  bool is_ending_ = false;
  std::thread thread_; ///< the last member: it uses all the others
};

} // namespace terracat::catalogue

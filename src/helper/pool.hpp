#pragma once

#include "helper/child.hpp"

#include <boost/system/result.hpp>

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace terracat::helper {

/// How a helper ended that should not have: "signal 11".
struct Death {
  std::string how;
};

/// Helper processes of one kind, started when they are wanted and kept for the next request. Who
/// asks while all are busy waits. Thread-safe.
class Pool {
 public:
  struct Settings {
    process::Program program;
    Limits limits;
    std::size_t children = 2;
    std::size_t requests = 500; ///< to one child, before another one takes its place

    /// Told how one ended that should not have; called by the thread that asked.
    std::function<void(std::string const&)> on_death = [](std::string const&) {};
  };

  explicit Pool(Settings settings);
  Pool(Pool const&) = delete;
  Pool& operator=(Pool const&) = delete;
  Pool(Pool&&) = delete;
  Pool& operator=(Pool&&) = delete;

  /// Ends all of them. \pre nobody asks
  ~Pool();

  /// \return  the answer, or how the helper ended over it; the next request finds another one
  /// \param files  descriptors that go with the request, for helpers that are handed files
  [[nodiscard]] boost::system::result<std::string, Death> ask(std::string_view request,
                                                              std::span<int const> files = {});

  /// Those that are there and have nothing to do.
  [[nodiscard]] std::vector<pid_t> idle() const;

 private:
  struct Member {
    std::unique_ptr<Child> child;
    std::size_t asked = 0;
  };

  [[nodiscard]] Member take();
  void put_back(Member member);
  [[nodiscard]] std::unique_ptr<Child> start();
  void keep();

  Settings settings_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Member> idle_;
  std::size_t busy_ = 0;
  std::deque<std::promise<std::unique_ptr<Child>>> wanted_; ///< to be started
  bool is_over_ = false;

  /// Starts them: a child dies with the thread that started it, and this one lasts.
  std::thread keeper_;
};

/// This program, run as a helper.
/// \param mode  the word that tells it which one (cli/program.cpp)
[[nodiscard]] process::Program own_program(std::string const& mode);

} // namespace terracat::helper

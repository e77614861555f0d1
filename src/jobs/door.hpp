#pragma once

#include "jobs/caller.hpp"
#include "log/logger.hpp"

#include <atomic>
#include <functional>
#include <list>
#include <string>
#include <thread>

namespace terracat::jobs {

/// Does one job, given the JSON of the command. \return  the exit code
using Work = std::function<int(std::string const& command, Caller& caller)>;

/// Where commands come in: a thread that listens, and one for each job.
class Door {
 public:
  /// \param work  called by several threads; what it throws is told as an error of the program
  /// \param log   outlives the door
  /// \throws store::StoreError  if the place cannot be listened at
  Door(std::string path, Work work, log::Logger& log);
  Door(Door const&) = delete;
  Door& operator=(Door const&) = delete;
  Door(Door&&) = delete;
  Door& operator=(Door&&) = delete;

  /// Stops the jobs, waits for their ends, and takes the socket away.
  ~Door();

 private:
  struct Job {
    explicit Job(Descriptor socket) : channel(std::move(socket)), caller(channel) {}

    Channel channel;
    Caller caller;
    std::atomic<bool> is_over = false;
    std::thread thread;
  };

  void listen_until_end(std::stop_token const& stop);
  /// \return  false if the machine has no thread or memory for it
  [[nodiscard]] bool begin(Descriptor socket) noexcept;
  void start(Job& job);
  void run(Job& job);
  void run_or_leave(Job& job, bool is_too_much) noexcept;
  void forget_ended();

  static constexpr std::size_t most_jobs = 8;

  std::string path_;
  Work work_;
  log::Logger& log_;
  Descriptor socket_;
  std::list<Job> jobs_; ///< of the thread that listens
  std::jthread thread_;
};

} // namespace terracat::jobs

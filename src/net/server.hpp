#pragma once

#include "api/http.hpp"
#include "log/access.hpp"
#include "log/logger.hpp"
#include "metrics/metrics.hpp"
#include "net/settings.hpp"

#include <chrono>
#include <cstdint>
#include <memory>

namespace terracat::net {

/// Answers HTTP/1.1 and HTTP/1.0 on one port with what an application says.
///
/// A light request is answered by the thread that read it, with that thread's worker; any other
/// goes to a pool of heavy threads and comes back. Whatever is no proper HTTP, too large, too slow
/// or too much is refused here, and the application sees nothing of it.
///
/// Signals are the caller's: block SIGINT and SIGTERM before start(), so that the server's threads
/// inherit the mask, wait for them with sigwait(), and call stop() for each.
class Server {
 public:
  /// All references outlive the server, except that the application may go on to announce commits.
  /// \throws  what Application::worker() throws
  Server(Settings settings, api::Application& application, log::Logger& logger,
         log::AccessLog& access_log, metrics::Metrics& metrics);
  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;
  Server(Server&&) = delete;
  Server& operator=(Server&&) = delete;

  /// Stops at once, if need be, and waits.
  ~Server();

  /// Takes the port, without answering yet: what has to know the port can be made ready.
  /// \return  the port
  /// \throws boost::system::system_error  if address and port cannot be had
  std::uint16_t open();

  /// Begins to answer, after taking the port if open() has not; to be called once.
  /// \throws boost::system::system_error  as open()
  void start();

  /// The port that was taken.
  [[nodiscard]] std::uint16_t port() const;

  /// The first call lets what is under way end: no new clients, idle connections closed, answers
  /// completed for at most Settings::times.shutdown. The second drops everything. Returns at once;
  /// any thread may call it, though no signal handler.
  void stop();

  /// Returns when the last connection is gone and all threads have ended, after stop(). For the
  /// thread that called start().
  void wait();

  /// The moment at which the slowest of the threads that read sockets last went round; they do so
  /// several times a second. For a watchdog.
  [[nodiscard]] std::chrono::steady_clock::time_point last_turn() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

} // namespace terracat::net

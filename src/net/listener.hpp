#pragma once

#include "net/asio.hpp"
#include "net/common.hpp"
#include "net/io_thread.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

namespace terracat::net {

/// Accepts clients and hands them to the io threads in turn, on a thread of its own.
class Listener {
 public:
  using IoThreads = std::vector<std::unique_ptr<IoThread>>;

  /// Both outlive the listener.
  Listener(Common& common, IoThreads const& io_threads);
  Listener(Listener const&) = delete;
  Listener& operator=(Listener const&) = delete;
  Listener(Listener&&) = delete;
  Listener& operator=(Listener&&) = delete;
  ~Listener() = default;

  /// Takes hold of address and port.
  /// \throws boost::system::system_error  if they cannot be had
  void open();

  [[nodiscard]] std::uint16_t port() const;

  void start();

  /// Accepts no more, then lets the io threads drain. For any thread.
  void stop();

  void join();

 private:
  void run() noexcept;
  void end();
  void accept();
  void on_accepted(error_code const& error, Socket socket);
  void hand_over(Socket socket);
  void pause();

  Common& common_;
  IoThreads const& io_threads_;
  std::size_t next_ = 0;
  bool is_paused_ = false;
  bool is_due_ = false; ///< nobody waits for a client, or for the end of a pause
  std::atomic<bool> is_stopping_ = false;

  asio::io_context context_{1};
  Acceptor acceptor_{context_};
  Timer pause_{context_};
  asio::ip::tcp::endpoint client_;
  std::thread thread_;
};

} // namespace terracat::net

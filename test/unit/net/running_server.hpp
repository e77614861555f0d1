#pragma once

#include "client.hpp"

#include "api/http.hpp"
#include "net/server.hpp"
#include "support/captured.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

/// A worker that notices if two threads use it.
class TestWorker : public terracat::api::Worker {
 public:
  explicit TestWorker(std::atomic<int>& idle_calls) : idle_calls_(idle_calls) {}

  void idle() noexcept override { ++idle_calls_; }

  /// Held while a handler runs.
  std::mutex in_use;

 private:
  std::atomic<int>& idle_calls_;
};

/// What the application saw of a request.
struct Seen {
  terracat::api::Method method;
  std::string path;
  std::string query;
  std::string body;
  std::string request_id;
  std::string if_none_match;
  std::string accept_language;
  terracat::api::Coding coding;
};

/// Answers by a table that a test fills in before the server starts.
class TestApplication : public terracat::api::Application {
 public:
  using Handler = std::function<terracat::api::Reply(terracat::api::Request const&)>;

  struct Route {
    Handler handler;
    bool is_light = true;
    bool is_vital = false;
    std::size_t body_limit = 0;
    std::chrono::milliseconds answer_timeout{20'000};
    bool waits_for_body = false;
  };

  TestApplication();

  void handle(std::string const& path, Route route) { routes_[path] = std::move(route); }

  void handle(std::string const& path, Handler handler) {
    handle(path, Route{.handler = std::move(handler)});
  }

  [[nodiscard]] std::unique_ptr<terracat::api::Worker> worker() override;
  [[nodiscard]] terracat::api::Plan plan(terracat::api::Head const& head) const noexcept override;
  [[nodiscard]] terracat::api::Reply answer(terracat::api::Request const& request,
                                            terracat::api::Worker& worker) noexcept override;
  [[nodiscard]] terracat::api::Reply refusal(int status, std::string_view detail,
                                             std::string_view request_id) const noexcept override;
  void on_commit(std::function<void(std::int64_t)> wake) override;

  /// Tells the server of a commit.
  void commit(std::int64_t sequence);

  [[nodiscard]] std::vector<Seen> seen() const;

  [[nodiscard]] Seen last_seen() const { return seen().back(); }

  [[nodiscard]] int idle_calls() const noexcept { return idle_calls_; }

 private:
  [[nodiscard]] Route const* find(std::string_view path) const;

  std::map<std::string, Route, std::less<>> routes_;
  mutable std::mutex mutex_; ///< for the two below
  std::vector<Seen> seen_;
  std::function<void(std::int64_t)> wake_;
  std::atomic<int> idle_calls_ = 0;
};

/// A reply with a ready body.
[[nodiscard]] terracat::api::Reply text_reply(std::string bytes,
                                              std::string content_type = "text/plain");

/// Settings for tests: a free port, few threads, limits that no test meets by accident.
[[nodiscard]] terracat::net::Settings quick_settings();

/// A file that goes away with its object.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string const& content);

  [[nodiscard]] std::shared_ptr<int const> descriptor() const { return descriptor_; }

  void truncate(std::size_t size) const;

 private:
  std::shared_ptr<int const> descriptor_;
};

/// A server that runs as long as the object lives.
class RunningServer {
 public:
  explicit RunningServer(terracat::net::Settings settings = quick_settings());
  RunningServer(terracat::net::Settings settings, std::function<void(TestApplication&)> set_up);
  RunningServer(RunningServer const&) = delete;
  RunningServer& operator=(RunningServer const&) = delete;
  RunningServer(RunningServer&&) = delete;
  RunningServer& operator=(RunningServer&&) = delete;
  ~RunningServer();

  [[nodiscard]] Client client() const { return Client(port()); }

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }

  [[nodiscard]] TestApplication& application() noexcept { return application_; }

  [[nodiscard]] terracat::net::Server& server() noexcept { return *server_; }

  /// The value of a series of the metrics, 0 if there is none: `terracat_http_rejected_total{…}`.
  [[nodiscard]] double metric(std::string const& series) const;

  [[nodiscard]] double rejected(std::string const& reason) const {
    return metric("terracat_http_rejected_total{reason=\"" + reason + "\"}");
  }

  /// Ends the server so that its destructor need not; waiting in another thread is the caller's.
  void end() { server_.reset(); }

  /// Lines of the access log that have been written.
  [[nodiscard]] std::vector<std::string> access_lines() const { return log_.lines(); }

 private:
  Captured log_;
  TestApplication application_;
  std::unique_ptr<terracat::log::Logger> logger_;
  std::unique_ptr<terracat::log::AccessLog> access_log_;
  std::unique_ptr<terracat::metrics::Metrics> metrics_;
  std::unique_ptr<terracat::net::Server> server_;
};

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// An HTTP server for tests that says exactly what it is told to, right or wrong.
///
///     FakeServer server;
///     server.on("/csw", answer({.status = 429, .headers = {{"Retry-After", "7"}}}));
///     server.on("/page", one_after_the_other({hang_up(), answer({.body = "{}"})}));
///     fetch(server.url("/csw"));
///     CHECK(server.requests().front().header("accept") == "application/xml");
namespace terracat::test {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

/// What a client sent.
struct ReceivedRequest {
  std::string method;
  std::string target; ///< path and query, as sent
  HeaderList headers;
  std::string body;

  /// By name in any case; empty if there is none.
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// The client's end of a connection, as a script sees it. All waiting ends with the server.
class Client {
 public:
  Client(int socket, int end) noexcept : socket_(socket), end_(end) {}

  /// \return  false if the client is gone
  bool send(std::string_view bytes);

  /// \return  true if the client closes within that time
  [[nodiscard]] bool is_gone_after(std::chrono::milliseconds time);

  /// No further request is read from this connection.
  void hang_up() noexcept { is_open_ = false; }

  [[nodiscard]] bool is_open() const noexcept { return is_open_; }

  /// Reads one request; false when the client sends no more.
  [[nodiscard]] bool receive(ReceivedRequest& request);

 private:
  enum class Event { readable, writable, ended };

  [[nodiscard]] Event wait(bool to_write) const;
  [[nodiscard]] bool fill();

  int socket_;
  int end_;
  bool is_open_ = true;
  std::string buffer_;
};

/// Answers one request. Scripts run on the threads of the server, one for each connection.
using Script = std::function<void(ReceivedRequest const&, Client&)>;

struct Answer {
  int status = 200;
  HeaderList headers;
  std::string body;
};

/// A whole answer with its Content-Length; the connection stays open.
[[nodiscard]] Script answer(Answer answer);

[[nodiscard]] Script redirect(int status, std::string location);

/// These bytes and nothing else, then the end: for wrong lengths, cut bodies and what is no HTTP.
[[nodiscard]] Script raw(std::string bytes);

/// The end of the connection instead of an answer.
[[nodiscard]] Script hang_up();

/// Nothing, until the client gives up.
[[nodiscard]] Script silence();

/// `head`, then one byte after each pause, for ever.
[[nodiscard]] Script drip(std::string head, std::chrono::milliseconds pause);

/// The first script for the first request, and so on; the last one again and again.
[[nodiscard]] Script one_after_the_other(std::vector<Script> scripts);

/// Listens on the loopback addresses of both versions, at one port that was free. Paths without a
/// script are answered with 404.
class FakeServer {
 public:
  FakeServer();
  FakeServer(FakeServer const&) = delete;
  FakeServer& operator=(FakeServer const&) = delete;
  FakeServer(FakeServer&&) = delete;
  FakeServer& operator=(FakeServer&&) = delete;
  ~FakeServer();

  /// \param path  of the target, without its query; "" stands for all others
  void on(std::string path, Script script);

  [[nodiscard]] std::uint16_t port() const noexcept;

  /// `http://127.0.0.1:port` and the target
  [[nodiscard]] std::string url(std::string_view target = "/") const;

  /// Connections that were accepted so far.
  [[nodiscard]] std::size_t connections() const;

  /// In the order of arrival.
  [[nodiscard]] std::vector<ReceivedRequest> requests() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

} // namespace terracat::test

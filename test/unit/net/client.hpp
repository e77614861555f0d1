#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// An answer as it came off the wire.
struct Answer {
  int status = 0; ///< 0 if no head came
  std::string status_line;
  std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case
  std::string body;                                         ///< without chunk framing
  bool is_complete = false;                                 ///< the body ended where its head said

  /// The value of the first header of that name.
  [[nodiscard]] std::optional<std::string> header(std::string_view name) const;

  [[nodiscard]] std::size_t count(std::string_view name) const;
};

/// A client that writes bytes as they are and reads with a deadline, so that no test hangs.
class Client {
 public:
  struct Options {
    std::string source = "127.0.0.1"; ///< local address to connect from
    int receive_buffer = 0;           ///< bytes; 0: what the system gives
    bool connect = true;              ///< false: later, by connect()
  };

  explicit Client(std::uint16_t port);
  Client(std::uint16_t port, Options const& options);

  Client(Client&& other) noexcept
      : port_(other.port_),
        descriptor_(std::exchange(other.descriptor_, -1)),
        held_(std::move(other.held_)) {}

  Client(Client const&) = delete;
  Client& operator=(Client const&) = delete;
  Client& operator=(Client&&) = delete;
  ~Client();

  /// Connects if that was put off. \return  false if nobody listens
  bool connect();

  /// \return  false if the server has closed
  bool send(std::string_view bytes) const;

  /// Says that nothing more will be sent.
  void end_sending() const;

  /// Closes with a reset instead of an orderly end.
  void reset();

  /// Reads one answer, interim answers (1xx) included.
  /// \param head_only  the answer is to HEAD: it has no body whatever its head says
  Answer read(bool head_only = false);

  /// Sends and reads.
  Answer ask(std::string_view bytes, bool head_only = false);

  /// Sends a GET with nothing but Host.
  Answer get(std::string_view target, std::string_view more_fields = {});

  /// Reads up to `size` bytes of whatever comes. \return  empty at the end or after the deadline
  std::string read_some(std::size_t size);

  /// True if the server closes without sending anything more.
  bool is_closed();

  /// True if something can be read, or the end has come, within that time.
  [[nodiscard]] bool can_read(std::chrono::milliseconds limit) const;

 private:
  bool fill();
  std::optional<std::string> line();
  bool take(std::size_t size, std::string& out);
  void read_chunks(Answer& answer);

  std::uint16_t port_;
  int descriptor_;
  std::string held_; ///< read and not yet used
};

/// What a test waits for at most; long enough for a sanitizer on a busy machine.
inline constexpr std::chrono::seconds patience{20};

/// What a slow client does between two steps. Nothing else may pass the time.
void rest(std::chrono::milliseconds time);

/// Asks again and again until it is true, or for as long as patience lasts.
template<class Condition>
bool eventually(Condition condition) {
  auto const end = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    rest(std::chrono::milliseconds(1));
  }
  return true;
}

#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terracat::fetch {

/// One request to a source.
struct Request {
  std::string url;
  std::string method = "GET";
  std::string body;
  std::string content_type; ///< of the body
  std::string accept;
  std::vector<std::pair<std::string, std::string>> headers;

  /// What the last answer said of itself; the answer is then "not modified" if nothing has changed.
  std::string if_none_match;
  std::string if_modified_since;
};

struct Response {
  int status = 0;
  std::string body; ///< decoded from gzip, br or zstd
  std::string url;  ///< after redirects
  std::string content_type;
  std::string etag;
  std::string last_modified;

  [[nodiscard]] bool not_modified() const noexcept { return status == 304; }
};

/// Why a request gave no usable answer, after all retries. The message may be shown to the
/// operator; it holds no credentials.
class FetchError : public std::runtime_error {
 public:
  enum class Reason : std::uint8_t {
    address_refused, ///< the address is not one that this source may reach
    unreachable,     ///< no connection, no name, no time
    status,          ///< an answer other than 2xx and 304
    too_large,       ///< more bytes than accepted, on the wire or after decoding
    malformed,       ///< not HTTP, or a redirect that may not be followed
    stopped,         ///< a stop was requested
  };

  FetchError(Reason reason, int status, std::string const& message, std::string answer = {})
      : std::runtime_error(message), reason_(reason), status_(status), answer_(std::move(answer)) {}

  [[nodiscard]] Reason reason() const noexcept { return reason_; }

  /// The HTTP status for Reason::status, else 0.
  [[nodiscard]] int status() const noexcept { return status_; }

  /// What came with the status, at most 64 KB: some protocols give their reasons there. It is for
  /// the kind that speaks the protocol, never for clients.
  [[nodiscard]] std::string const& answer() const noexcept { return answer_; }

 private:
  Reason reason_;
  int status_;
  std::string answer_;
};

/// Fetches for one source, politely: it waits between two requests to a host, tries again what may
/// succeed, honours Retry-After, and bounds size and time. One thread at a time.
class Fetcher {
 public:
  Fetcher() = default;
  Fetcher(Fetcher const&) = delete;
  Fetcher& operator=(Fetcher const&) = delete;
  Fetcher(Fetcher&&) = delete;
  Fetcher& operator=(Fetcher&&) = delete;
  virtual ~Fetcher() = default;

  /// \return  an answer of status 2xx or 304
  /// \throws FetchError  otherwise; soon after a stop is requested
  [[nodiscard]] virtual Response fetch(Request const& request, std::stop_token stop) = 0;
};

} // namespace terracat::fetch

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terracat::fetch {

/// An absolute URL of scheme http or https, read by the parser that will also connect to it: what
/// is checked here is what is fetched.
class Url {
 public:
  /// Characters that a URL may not hold are percent-encoded first.
  /// \return  nothing for other schemes, and for what is no URL
  [[nodiscard]] static std::optional<Url> parse(std::string_view text);

  /// The target of a reference found at this URL. Credentials in the reference are dropped.
  [[nodiscard]] std::optional<Url> resolved(std::string_view reference) const;

  /// This address with the name and password of another, for a redirect within one server.
  [[nodiscard]] Url with_credentials_of(Url const& other) const;

  [[nodiscard]] bool is_https() const noexcept { return scheme_ == "https"; }

  /// In lower case; numbers that mean an address are written as one (`0x7f.1` is `127.0.0.1`).
  [[nodiscard]] std::string const& host() const noexcept { return host_; }

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

  [[nodiscard]] bool is_same_origin(Url const& other) const noexcept {
    return scheme_ == other.scheme_ && is_same_server(other);
  }

  [[nodiscard]] bool is_same_server(Url const& other) const noexcept {
    return host_ == other.host_ && port_ == other.port_;
  }

  /// Name and password before the host, decoded; empty if there are none.
  [[nodiscard]] std::string const& user() const noexcept { return user_; }

  [[nodiscard]] std::string const& password() const noexcept { return password_; }

  /// Without credentials and fragment.
  [[nodiscard]] std::string const& text() const noexcept { return text_; }

  /// For logs and messages: as `text`, with the values of parameters that may be keys masked.
  [[nodiscard]] std::string shown() const;

 private:
  Url() = default;

  std::string scheme_;
  std::string host_;
  std::uint16_t port_ = 0;
  std::string user_;
  std::string password_;
  std::string text_;
};

} // namespace terracat::fetch

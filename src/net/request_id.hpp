#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace terracat::net {

/// True for what a client may call its request: 1 to 64 of [A-Za-z0-9._-].
[[nodiscard]] bool is_request_id(std::string_view text) noexcept;

/// Makes ids that no other request has. One thread at a time.
class RequestIds {
 public:
  RequestIds();

  /// Sixteen hexadecimal digits.
  [[nodiscard]] std::string next();

 private:
  std::mt19937_64 random_;
};

} // namespace terracat::net

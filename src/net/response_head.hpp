#pragma once

#include "api/http.hpp"
#include "net/cors.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace terracat::net {

/// How a client knows where the body ends.
enum class BodyEnd : std::uint8_t {
  none,      ///< the status has no body: 204, 304
  length,    ///< Content-Length
  chunks,    ///< the last chunk
  connection ///< the end of the connection: streams to HTTP/1.0
};

/// All that decides about the head of an answer.
struct ResponseHead {
  api::Reply const& reply;
  RequestFields const& request;
  Cors const& cors;
  bool is_options = false;
  bool keep_alive = true;
  BodyEnd end = BodyEnd::length;
  std::uint64_t length = 0;                   ///< for BodyEnd::length
  api::Coding coding = api::Coding::identity; ///< that the body has
  bool is_negotiated = true;                  ///< the same address may answer otherwise to others
  std::string_view request_id;
  std::string_view date;
};

/// Appends status line, headers and the empty line. Headers of the reply that belong to net/
/// (framing, Date, CORS) are left out, control characters in values become blanks.
void append_response_head(std::string& out, ResponseHead const& head);

/// The value of a header of the reply, or empty.
[[nodiscard]] std::string_view header_of(api::Reply const& reply, std::string_view name) noexcept;

} // namespace terracat::net

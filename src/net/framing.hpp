#pragma once

#include "net/refusal.hpp"
#include "net/settings.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Where a request ends must have one answer only, or a proxy before us and we would disagree
/// (request smuggling). Beast 1.81 lets through most of what is refused here (design.md 17.2).
namespace terracat::net {

/// The request line and the header fields that net/ and api/ look at, as the parser found them. A
/// field that occurs several times is joined by commas where a list is allowed, else its first
/// occurrence counts; those that decide about framing are counted.
struct RequestFields {
  std::string_view method;
  std::string_view target;
  bool is_http_1_0 = false;
  bool keep_alive = false;

  unsigned hosts = 0;
  unsigned content_lengths = 0;
  unsigned transfer_encodings = 0;
  std::string_view host;
  std::string_view content_length;
  std::string_view transfer_encoding;
  std::string_view content_encoding;
  std::string_view expect;

  std::string_view accept;
  std::string_view accept_encoding;
  std::string_view accept_language;
  std::string_view content_type;
  std::string_view if_match;
  std::string_view if_none_match;
  std::string_view if_range;
  std::string_view prefer;
  std::string_view range;
  std::string_view user_agent;
  std::string_view authorization;
  std::string_view api_key; ///< X-API-Key
  std::string_view explain; ///< Terracat-Explain
  std::string_view request_id;
  std::string_view origin;
  std::string_view forwarded;
  std::string_view x_forwarded_for;
  std::string_view preflight_method;  ///< Access-Control-Request-Method
  std::string_view preflight_headers; ///< Access-Control-Request-Headers

  [[nodiscard]] bool is_chunked() const noexcept { return transfer_encodings > 0; }
};

/// Where the body is, once check_framing() has found nothing.
struct Framing {
  bool is_chunked = false;
  std::uint64_t content_length = 0; ///< 0 if chunked
  bool expects_continue = false;

  [[nodiscard]] bool has_body() const noexcept { return is_chunked || content_length > 0; }
};

/// Looks at what has come of a head whose end has not.
[[nodiscard]] std::optional<Refusal> check_partial_head(std::string_view bytes,
                                                        SizeLimits const& limits) noexcept;

/// Looks at the bytes of a whole head, empty line included: sizes, line ends, folded lines.
[[nodiscard]] std::optional<Refusal> check_head(std::string_view head,
                                                SizeLimits const& limits) noexcept;

/// Looks at what the fields say of framing.
[[nodiscard]] std::optional<Refusal> check_framing(RequestFields const& fields,
                                                   Framing& framing) noexcept;

} // namespace terracat::net

#include "net/framing.hpp"

#include "net/text.hpp"

#include <algorithm>

namespace terracat::net {
namespace {

constexpr std::string_view line_end = "\r\n";

Refusal malformed(std::string_view detail) noexcept {
  return {.status = 400, .reason = Reason::malformed, .detail = detail};
}

Refusal line_too_long() noexcept {
  return {.status = 414, .reason = Reason::too_large, .detail = "the request line is too long"};
}

Refusal fields_too_large() noexcept {
  return {.status = 431, .reason = Reason::too_large, .detail = "the header fields are too large"};
}

std::optional<Refusal> check_line(std::string_view line) noexcept {
  auto const has = [&](char mark) { return line.find(mark) != std::string_view::npos; };
  if (has('\r') || has('\n') || has('\0')) {
    return malformed("a line of the head has a stray control character");
  }
  if (line.starts_with(' ') || line.starts_with('\t')) {
    return malformed("a header field is folded over several lines");
  }
  return std::nullopt;
}

std::optional<Refusal> check_transfer_encoding(RequestFields const& fields) noexcept {
  if (fields.is_http_1_0) return malformed("HTTP/1.0 has no transfer codings");
  if (fields.content_lengths > 0) {
    return malformed("the request has both Transfer-Encoding and Content-Length");
  }
  if (fields.transfer_encodings > 1 ||
      !is_equal_ignoring_case(fields.transfer_encoding, "chunked")) {
    return Refusal{.status = 501,
                   .reason = Reason::unsupported,
                   .detail = "the only transfer coding that is understood is 'chunked'"};
  }
  return std::nullopt;
}

std::optional<Refusal> read_content_length(RequestFields const& fields,
                                           std::uint64_t& length) noexcept {
  auto const text = fields.content_length;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (fields.content_lengths > 1 || text.empty() || !std::ranges::all_of(text, is_digit) ||
      error != std::errc() || end != text.data() + text.size()) {
    return malformed("Content-Length is not one decimal number");
  }
  return std::nullopt;
}

std::optional<Refusal> check_host(RequestFields const& fields) noexcept {
  if (fields.hosts > 1) return malformed("the request has several Host fields");
  if (fields.hosts == 0 && !fields.is_http_1_0) return malformed("the request has no Host field");
  if (!is_authority(fields.host)) return malformed("Host names no proper host");
  return std::nullopt;
}

} // namespace

std::optional<Refusal> check_partial_head(std::string_view bytes,
                                          SizeLimits const& limits) noexcept {
  // Whoever speaks another protocol (TLS most of all) should not have to wait for the time limit.
  if (!bytes.empty() && !is_letter(bytes.front())) {
    return malformed("this is not an HTTP request");
  }
  auto const line = bytes.find(line_end);
  if (line == std::string_view::npos) {
    auto const length = bytes.size() - (bytes.ends_with('\r') ? 1 : 0); // half of the line's end
    return length > limits.request_line ? std::optional(line_too_long()) : std::nullopt;
  }
  if (line > limits.request_line) return line_too_long();
  if (bytes.size() - line > limits.fields) return fields_too_large();
  return std::nullopt;
}

std::optional<Refusal> check_head(std::string_view head, SizeLimits const& limits) noexcept {
  if (auto const refusal = check_partial_head(head, limits)) return refusal;
  std::size_t lines = 0;
  for (auto rest = head; !rest.empty(); ++lines) {
    auto const end = rest.find(line_end);
    if (auto const refusal = check_line(rest.substr(0, end))) return refusal;
    rest.remove_prefix(end + line_end.size());
  }
  constexpr std::size_t not_fields = 2; // the request line and the empty one
  if (lines > limits.field_count + not_fields) return fields_too_large();
  return std::nullopt;
}

std::optional<Refusal> check_framing(RequestFields const& fields, Framing& framing) noexcept {
  if (fields.transfer_encodings > 0) {
    if (auto const refusal = check_transfer_encoding(fields)) return refusal;
    framing.is_chunked = true;
  }
  if (fields.content_lengths > 0) {
    if (auto const refusal = read_content_length(fields, framing.content_length)) return refusal;
  }
  if (auto const refusal = check_host(fields)) return refusal;
  if (!fields.expect.empty() && !fields.is_http_1_0) {
    if (!is_equal_ignoring_case(fields.expect, "100-continue")) {
      return Refusal{.status = 417,
                     .reason = Reason::unsupported,
                     .detail = "the only expectation that is met is '100-continue'"};
    }
    framing.expects_continue = true;
  }
  if (!fields.content_encoding.empty() &&
      !is_equal_ignoring_case(fields.content_encoding, "identity")) {
    return Refusal{.status = 415,
                   .reason = Reason::unsupported,
                   .detail = "request bodies must be sent without content coding"};
  }
  return std::nullopt;
}

} // namespace terracat::net

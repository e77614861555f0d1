// Beast is included here and nowhere else: it costs a minute and a gigabyte to compile.

#include "net/request_parser.hpp"

#include "net/text.hpp"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace terracat::net {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::asio::const_buffer;
using boost::beast::error_code;

std::string_view text_of(beast::string_view view) noexcept {
  return {view.data(), view.size()};
}

Refusal malformed(std::string_view detail) noexcept {
  return {.status = 400, .reason = Reason::malformed, .detail = detail};
}

Refusal body_too_large() noexcept {
  return {.status = 413, .reason = Reason::too_large, .detail = "the request body is too large"};
}

/// True if the request line asks for a version of HTTP, though not for one that Beast knows.
bool names_a_version(std::string_view head) noexcept {
  auto const line = head.substr(0, head.find('\r'));
  auto const version = line.substr(line.rfind(' ') + 1);
  return version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) &&
         version[6] == '.' && is_digit(version[7]);
}

Refusal refusal_of(error_code const& error, std::string_view head) noexcept {
  if (error == http::error::bad_version && names_a_version(head)) {
    return {.status = 505,
            .reason = Reason::unsupported,
            .detail = "the versions of HTTP that are understood are 1.0 and 1.1"};
  }
  if (error == http::error::bad_content_length || error == http::error::multiple_content_length ||
      error == http::error::bad_transfer_encoding) {
    return malformed("the length of the request is given twice or badly");
  }
  return malformed("the request is not well-formed HTTP");
}

Refusal badly_framed() noexcept {
  return malformed("the body of the request is badly framed");
}

Refusal mostly_overhead() noexcept {
  return {.status = 413,
          .reason = Reason::too_large,
          .detail = "the chunks of the request body are mostly overhead"};
}

// As long as a head is not whole it is read anew with every packet, which may have one byte.
constexpr std::size_t longest_size = 64; ///< digits; 16 are enough, and some senders pad
constexpr std::size_t longest_chunk_head = 4'096;

constexpr std::string_view line_end = "\r\n";

/// \param rest  what comes next of a chunked body, whose data was taken
std::string_view behind_data(std::string_view rest) noexcept {
  return rest.starts_with(line_end) ? rest.substr(line_end.size()) : rest;
}

/// \return  at most one more than there may be
std::string_view size_digits(std::string_view line) noexcept {
  auto const start = line.substr(0, longest_size + 1);
  return start.substr(0, start.find_first_not_of("0123456789abcdefABCDEF"));
}

/// \param rest  begins with the head of a chunk: the line with its size; with a size of 0, all that
/// follows as well
bool is_chunk_head_whole(std::string_view rest) noexcept {
  auto const line = behind_data(rest);
  bool const is_last = size_digits(line).find_first_not_of('0') == std::string_view::npos;
  return line.find(is_last ? "\r\n\r\n" : line_end) != std::string_view::npos;
}

/// A folded trailer, which Beast 1.81 joins and others may not.
bool is_folded(std::string_view head) noexcept {
  return head.find("\r\n ") != std::string_view::npos ||
         head.find("\r\n\t") != std::string_view::npos;
}

/// \param head  of a chunk, or what has come of it
std::optional<Refusal> check_chunk_head(std::string_view head) noexcept {
  if (size_digits(behind_data(head)).size() > longest_size || is_folded(head)) {
    return badly_framed();
  }
  if (head.size() > longest_chunk_head) return mostly_overhead();
  return std::nullopt;
}

// The shortest end of a chunked body, "0\r\n\r\n", has five bytes; Beast 1.81 asserts that it sees
// them all once it has seen the first three.
constexpr std::size_t shortest_end = 5;

/// Beast 1.81 lets any byte stand in a quoted extension of a chunk, a line end among them; whoever
/// reads the same body by lines would see other chunks.
void check_extensions(std::uint64_t /*size*/, beast::string_view extensions, error_code& error) {
  if (std::ranges::any_of(extensions, is_control)) error = http::error::bad_chunk_extension;
}

} // namespace

struct RequestParser::Implementation {
  decltype(&check_extensions) extension_check = &check_extensions; ///< the parser refers to it
  http::request_parser<http::string_body> parser;

  Implementation() { parser.on_chunk_header(extension_check); }
};

RequestParser::RequestParser() : implementation_(std::make_unique<Implementation>()) {
  auto& parser = implementation_->parser;
  parser.header_limit(std::numeric_limits<std::uint32_t>::max()); // check_head() has looked
  parser.body_limit(boost::none);                                 // known when the head is read
  parser.eager(false); // stop behind the head, and behind each head of a chunk
}

RequestParser::~RequestParser() = default;

std::optional<Refusal> RequestParser::read_head(std::string_view head) {
  auto& parser = implementation_->parser;
  error_code error;
  std::size_t consumed = 0;
  try {
    consumed = parser.put(const_buffer(head.data(), head.size()), error);
  } catch (std::length_error const&) { // Beast's fields have a limit of their own
    return Refusal{
        .status = 431, .reason = Reason::too_large, .detail = "a header field is too large"};
  }
  if (error || consumed != head.size() || !parser.is_header_done()) return refusal_of(error, head);

  auto const& message = parser.get();
  fields_.method = text_of(message.method_string());
  fields_.target = text_of(message.target());
  fields_.is_http_1_0 = message.version() == 10;
  fields_.keep_alive = parser.keep_alive();
  for (auto const& field : message)
    note_field(text_of(field.name_string()), text_of(field.value()));
  return std::nullopt;
}

void RequestParser::note_field(std::string_view name, std::string_view value) {
  auto& fields = fields_;
  auto const first = [&](std::string_view& place) {
    if (place.empty()) place = value;
  };
  auto const counted = [&](unsigned& count, std::string_view& place) {
    ++count;
    first(place);
  };
  switch (http::string_to_field(beast::string_view(name.data(), name.size()))) {
  case http::field::host:
    return counted(fields.hosts, fields.host);
  case http::field::content_length:
    return counted(fields.content_lengths, fields.content_length);
  case http::field::transfer_encoding:
    return counted(fields.transfer_encodings, fields.transfer_encoding);
  case http::field::content_encoding:
    return note_list(fields.content_encoding, value);
  case http::field::expect:
    return note_list(fields.expect, value);
  case http::field::accept:
    return note_list(fields.accept, value);
  case http::field::accept_encoding:
    return note_list(fields.accept_encoding, value);
  case http::field::accept_language:
    return note_list(fields.accept_language, value);
  case http::field::prefer:
    return note_list(fields.prefer, value);
  case http::field::if_match:
    return note_list(fields.if_match, value);
  case http::field::if_none_match:
    return note_list(fields.if_none_match, value);
  case http::field::access_control_request_headers:
    return note_list(fields.preflight_headers, value);
  case http::field::access_control_request_method:
    return first(fields.preflight_method);
  case http::field::forwarded:
    return note_list(fields.forwarded, value);
  case http::field::content_type:
    return first(fields.content_type);
  case http::field::if_range:
    return first(fields.if_range);
  case http::field::range:
    return first(fields.range);
  case http::field::user_agent:
    return first(fields.user_agent);
  case http::field::authorization:
    return first(fields.authorization);
  case http::field::origin:
    return first(fields.origin);
  default:
    if (is_equal_ignoring_case(name, "X-Request-Id")) first(fields.request_id);
    if (is_equal_ignoring_case(name, "X-API-Key")) first(fields.api_key);
    if (is_equal_ignoring_case(name, "Terracat-Explain")) first(fields.explain);
    if (is_equal_ignoring_case(name, "X-Forwarded-For")) note_list(fields.x_forwarded_for, value);
  }
}

void RequestParser::note_list(std::string_view& list, std::string_view value) {
  if (list.empty()) {
    list = value;
    return;
  }
  // Each text is made longer in its place: were it made anew, many short fields would need the
  // square of their length.
  auto joined = std::ranges::find_if(
      joined_, [&](std::string const& text) { return text.data() == list.data(); });
  if (joined == joined_.end()) joined = joined_.emplace(joined_.end(), list);
  *joined += ", ";
  *joined += value;
  list = *joined;
}

std::size_t RequestParser::joined_bytes() const noexcept {
  std::size_t bytes = 0;
  for (auto const& text : joined_) bytes += text.capacity();
  return bytes;
}

void RequestParser::expect_body(Framing const& framing, std::uint64_t limit, std::size_t overhead) {
  is_chunked_ = framing.is_chunked;
  constexpr std::uint64_t share = 4; // sensible chunks stay far below a quarter of any body
  overhead_limit_ = overhead + limit / share;
  implementation_->parser.body_limit(limit);
}

RequestParser::Step RequestParser::read_body(std::string_view bytes) {
  auto& parser = implementation_->parser;
  Step step;
  while (!parser.is_done() && step.consumed < bytes.size()) {
    auto const rest = bytes.substr(step.consumed);
    if (is_chunked_ && rest.size() < shortest_end) break;
    auto const known = body().size();
    error_code error;
    auto const taken = parser.put(const_buffer(rest.data(), rest.size()), error);
    step.consumed += taken;
    raw_body_bytes_ += taken;
    bool const is_unfinished = error == http::error::need_more;
    if (error && !is_unfinished) {
      step.refusal = error == http::error::body_limit ? body_too_large() : badly_framed();
    } else if (is_chunked_ && body().size() == known) {
      step.refusal = check_chunk_head(is_unfinished ? rest : rest.substr(0, taken));
    }
    if (step.refusal) return step;
    if (!is_unfinished) continue;
    if (!is_chunked_ || !is_chunk_head_whole(rest)) break;
    // Beast 1.81 looks beyond the line for the end of a quoted extension.
    step.refusal = badly_framed();
    return step;
  }
  step.is_done = parser.is_done();
  step.refusal = check_overhead(step.is_done ? 0 : bytes.size() - step.consumed);
  return step;
}

/// What counts does not depend on how the body is cut into packets: the limit is one of the whole
/// body, and bytes that may turn out to be data do not count yet.
std::optional<Refusal> RequestParser::check_overhead(std::size_t unconsumed) const noexcept {
  if (!is_chunked_) return std::nullopt;
  auto const waiting = unconsumed - std::min(unconsumed, shortest_end - 1);
  if (raw_body_bytes_ - body().size() + waiting <= overhead_limit_) return std::nullopt;
  return mostly_overhead();
}

std::string_view RequestParser::body() const noexcept {
  return implementation_->parser.get().body();
}

} // namespace terracat::net

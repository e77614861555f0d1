#include "net/response_head.hpp"

#include "net/coding.hpp"
#include "net/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::net {
namespace {

struct Status {
  int code;
  std::string_view line;
};

constexpr std::array statuses{
    Status{200, "HTTP/1.1 200 OK\r\n"},
    Status{201, "HTTP/1.1 201 Created\r\n"},
    Status{202, "HTTP/1.1 202 Accepted\r\n"},
    Status{204, "HTTP/1.1 204 No Content\r\n"},
    Status{206, "HTTP/1.1 206 Partial Content\r\n"},
    Status{301, "HTTP/1.1 301 Moved Permanently\r\n"},
    Status{302, "HTTP/1.1 302 Found\r\n"},
    Status{303, "HTTP/1.1 303 See Other\r\n"},
    Status{304, "HTTP/1.1 304 Not Modified\r\n"},
    Status{307, "HTTP/1.1 307 Temporary Redirect\r\n"},
    Status{308, "HTTP/1.1 308 Permanent Redirect\r\n"},
    Status{400, "HTTP/1.1 400 Bad Request\r\n"},
    Status{401, "HTTP/1.1 401 Unauthorized\r\n"},
    Status{403, "HTTP/1.1 403 Forbidden\r\n"},
    Status{404, "HTTP/1.1 404 Not Found\r\n"},
    Status{405, "HTTP/1.1 405 Method Not Allowed\r\n"},
    Status{406, "HTTP/1.1 406 Not Acceptable\r\n"},
    Status{408, "HTTP/1.1 408 Request Timeout\r\n"},
    Status{409, "HTTP/1.1 409 Conflict\r\n"},
    Status{410, "HTTP/1.1 410 Gone\r\n"},
    Status{412, "HTTP/1.1 412 Precondition Failed\r\n"},
    Status{413, "HTTP/1.1 413 Content Too Large\r\n"},
    Status{414, "HTTP/1.1 414 URI Too Long\r\n"},
    Status{415, "HTTP/1.1 415 Unsupported Media Type\r\n"},
    Status{416, "HTTP/1.1 416 Range Not Satisfiable\r\n"},
    Status{417, "HTTP/1.1 417 Expectation Failed\r\n"},
    Status{422, "HTTP/1.1 422 Unprocessable Content\r\n"},
    Status{429, "HTTP/1.1 429 Too Many Requests\r\n"},
    Status{431, "HTTP/1.1 431 Request Header Fields Too Large\r\n"},
    Status{500, "HTTP/1.1 500 Internal Server Error\r\n"},
    Status{501, "HTTP/1.1 501 Not Implemented\r\n"},
    Status{503, "HTTP/1.1 503 Service Unavailable\r\n"},
    Status{504, "HTTP/1.1 504 Gateway Timeout\r\n"},
    Status{505, "HTTP/1.1 505 HTTP Version Not Supported\r\n"},
    Status{507, "HTTP/1.1 507 Insufficient Storage\r\n"},
};

/// Names that net/ alone gives.
constexpr std::array<std::string_view, 11> own_headers{"connection",
                                                       "content-length",
                                                       "content-type",
                                                       "date",
                                                       "keep-alive",
                                                       "transfer-encoding",
                                                       "upgrade",
                                                       "vary",
                                                       "x-content-type-options",
                                                       "x-request-id",
                                                       "content-encoding"};

bool is_own(std::string_view name) noexcept {
  constexpr std::string_view cors = "access-control-";
  return is_equal_ignoring_case(name.substr(0, cors.size()), cors) ||
         std::ranges::any_of(
             own_headers, [&](std::string_view own) { return is_equal_ignoring_case(own, name); });
}

/// Values may come from harvested texts, which must not be able to end their line.
void append_value(std::string& out, std::string_view value) {
  auto const start = static_cast<std::ptrdiff_t>(out.size());
  out += value;
  std::replace_if(out.begin() + start, out.end(), is_control, ' ');
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  append_value(out, value);
  out += "\r\n";
}

/// The same of a value that net/ itself has made or checked.
void append_own_line(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

void append_status(std::string& out, int code) {
  auto const* const known = std::ranges::find(statuses, code, &Status::code);
  if (known != statuses.end()) {
    out += known->line;
  } else {
    out += "HTTP/1.1 " + std::to_string(code) + " \r\n"; // the phrase may be empty
  }
}

void append_framing(std::string& out, ResponseHead const& head) {
  if (!head.keep_alive || head.end == BodyEnd::connection) {
    out += "Connection: close\r\n";
  } else if (head.request.is_http_1_0) {
    out += "Connection: keep-alive\r\n";
  }
  if (head.end == BodyEnd::length) {
    out += "Content-Length: ";
    append_number(out, head.length);
    out += "\r\n";
  } else if (head.end == BodyEnd::chunks) {
    out += "Transfer-Encoding: chunked\r\n";
  }
}

void append_vary(std::string& out, ResponseHead const& head) {
  auto const said = header_of(head.reply, "Vary");
  auto const line = out.size();
  out += "Vary: ";
  auto const names = out.size();
  auto const add = [&](std::string_view more) {
    if (out.size() > names) out += ", ";
    out += more;
  };
  append_value(out, said);
  if (head.is_negotiated && said.empty()) {
    add("Accept, Accept-Encoding, Accept-Language");
  } else if (head.is_negotiated && said.find("Accept-Encoding") == std::string_view::npos) {
    add("Accept-Encoding");
  }
  if (head.cors.varies()) add("Origin");
  if (out.size() == names) {
    out.resize(line);
  } else {
    out += "\r\n";
  }
}

} // namespace

std::string_view header_of(api::Reply const& reply, std::string_view name) noexcept {
  for (auto const& [key, value] : reply.headers) {
    if (is_equal_ignoring_case(key, name)) return value;
  }
  return {};
}

void append_response_head(std::string& out, ResponseHead const& head) {
  auto const& reply = head.reply;
  append_status(out, reply.status);
  append_own_line(out, "Date", head.date);
  append_framing(out, head);
  if (head.end != BodyEnd::none && !reply.content_type.empty()) {
    append_line(out, "Content-Type", reply.content_type);
  }
  if (head.coding != api::Coding::identity) {
    append_own_line(out, "Content-Encoding", token(head.coding));
  } else if (auto const given = header_of(reply, "Content-Encoding"); !given.empty()) {
    append_line(out, "Content-Encoding", given);
  }
  append_vary(out, head);
  for (auto const& [name, value] : reply.headers) {
    if (!is_own(name)) append_line(out, name, value);
  }
  out += "X-Content-Type-Options: nosniff\r\n";
  append_own_line(out, "X-Request-Id", head.request_id);
  head.cors.append_to(out, head.request.origin);
  if (head.is_options && Cors::is_preflight(head.request)) {
    head.cors.append_preflight_to(out, head.request, header_of(reply, "Allow"));
  }
  out += "\r\n";
}

} // namespace terracat::net

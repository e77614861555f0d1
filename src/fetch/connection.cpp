#include "fetch/connection.hpp"

#include "fetch/curl_handles.hpp"
#include "fetch/stall.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <new>
#include <stdexcept>

namespace terracat::fetch {
namespace {

using Reason = FetchError::Reason;

constexpr std::size_t error_body_bytes = std::size_t{64} << 10;

struct MultiDeleter {
  void operator()(CURLM* handle) const noexcept { curl_multi_cleanup(handle); }
};

/// Header lines in the form that libcurl takes.
class HeaderLines : public CurlLines {
 public:
  void add(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    append(std::string(name) + ": " + std::string(value));
  }

  /// Keeps libcurl from sending a header of its own accord.
  void suppress(std::string_view name) { append(std::string(name) + ':'); }
};

/// What the callbacks of one transfer see and write. No exception may leave them.
struct Transfer {
  Transfer(CURL* easy, Limits const& most, AddressGuard const& admits)
      : handle(easy), limits(most), guard(admits) {}

  CURL* handle;
  Limits const& limits;
  AddressGuard const& guard;

  std::string body;
  std::size_t header_bytes = 0;
  std::size_t wire_bytes = 0;
  bool has_enough = false; ///< of the body of an error
  std::string refused;     ///< an address that was not admitted, and why
  bool tried_another = false;
  bool too_large = false;
  bool out_of_memory = false;

  [[nodiscard]] bool is_error() const noexcept {
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return status >= 300;
  }

  [[nodiscard]] bool take_body(std::string_view bytes) {
    if (is_error()) {
      body += bytes.substr(0, error_body_bytes - body.size());
      has_enough = body.size() == error_body_bytes;
      return !has_enough;
    }
    curl_off_t announced = 0;
    curl_easy_getinfo(handle, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    too_large = bytes.size() > limits.body_bytes - body.size() ||
                announced > static_cast<curl_off_t>(limits.body_bytes);
    if (!too_large) body += bytes;
    return !too_large;
  }
};

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* data) noexcept {
  auto& transfer = *static_cast<Transfer*>(data);
  try {
    return transfer.take_body({bytes, size * count}) ? size * count : CURL_WRITEFUNC_ERROR;
  } catch (std::bad_alloc const&) {
    transfer.out_of_memory = true;
    return CURL_WRITEFUNC_ERROR;
  }
}

std::size_t on_header(char*, std::size_t size, std::size_t count, void* data) noexcept {
  auto& transfer = *static_cast<Transfer*>(data);
  transfer.header_bytes += size * count;
  transfer.too_large = transfer.header_bytes > transfer.limits.header_bytes;
  return transfer.too_large ? CURL_WRITEFUNC_ERROR : size * count;
}

int on_progress(void* data, curl_off_t, curl_off_t received, curl_off_t, curl_off_t) noexcept {
  auto& transfer = *static_cast<Transfer*>(data);
  transfer.wire_bytes = static_cast<std::size_t>(received);
  transfer.too_large = transfer.too_large || transfer.wire_bytes > transfer.limits.body_bytes;
  return transfer.too_large ? 1 : 0;
}

/// Called with the address that was resolved, or that stood in the URL, right before it is used.
curl_socket_t on_socket(void* data, curlsocktype, curl_sockaddr* target) noexcept {
  auto& transfer = *static_cast<Transfer*>(data);
  try {
    auto const address = Address::of(target->addr);
    auto const refusal = address ? transfer.guard.refusal(*address)
                                 : std::optional<std::string_view>("no Internet address");
    if (refusal) {
      transfer.refused =
          (address ? address->text() : "socket") + " (" + std::string(*refusal) + ')';
      return CURL_SOCKET_BAD;
    }
  } catch (std::bad_alloc const&) {
    transfer.out_of_memory = true;
    return CURL_SOCKET_BAD;
  }
  transfer.tried_another = true;
  return ::socket(target->family, target->socktype | SOCK_CLOEXEC, target->protocol);
}

long milliseconds(std::chrono::milliseconds duration) {
  return static_cast<long>(duration.count());
}

void set_policy(CURL* handle, Policy const& policy) {
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  set(handle, CURLOPT_HTTP09_ALLOWED, 0L);
  set(handle, CURLOPT_FOLLOWLOCATION, 0L);
  set(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(handle, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
  set(handle, CURLOPT_PROXY,
      policy.proxy.c_str()); // an empty one also hides those of the environment
  set(handle, CURLOPT_NOPROXY, "");
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  set(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!policy.ca_file.empty()) set(handle, CURLOPT_CAINFO, policy.ca_file.c_str());
  set(handle, CURLOPT_ACCEPT_ENCODING, "gzip, br, zstd");
  set(handle, CURLOPT_USERAGENT, policy.user_agent.c_str());
  set(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(policy.limits.connect));
  set(handle, CURLOPT_TIMEOUT_MS, milliseconds(policy.limits.total));
  // A stop or a timeout does not wait for a name server that does not answer.
  set(handle, CURLOPT_QUICK_EXIT, 1L);
}

void set_callbacks(CURL* handle, Transfer& transfer, char* error_text) {
  set(handle, CURLOPT_WRITEFUNCTION, &on_body);
  set(handle, CURLOPT_WRITEDATA, static_cast<void*>(&transfer));
  set(handle, CURLOPT_HEADERFUNCTION, &on_header);
  set(handle, CURLOPT_HEADERDATA, static_cast<void*>(&transfer));
  set(handle, CURLOPT_NOPROGRESS, 0L);
  set(handle, CURLOPT_XFERINFOFUNCTION, &on_progress);
  set(handle, CURLOPT_XFERINFODATA, static_cast<void*>(&transfer));
  set(handle, CURLOPT_OPENSOCKETFUNCTION, &on_socket);
  set(handle, CURLOPT_OPENSOCKETDATA, static_cast<void*>(&transfer));
  set(handle, CURLOPT_ERRORBUFFER, error_text);
}

HeaderLines header_lines(Call const& call) {
  auto const& request = call.request;
  HeaderLines lines;
  lines.add("Accept", request.accept);
  if (!request.body.empty()) lines.add("Content-Type", request.content_type);
  lines.add("If-None-Match", request.if_none_match);
  lines.add("If-Modified-Since", request.if_modified_since);
  lines.suppress("Expect");
  if (call.with_credentials) {
    for (auto const& [name, value] : request.headers) lines.add(name, value);
  }
  return lines;
}

void set_call(CURL* handle, Call const& call, HeaderLines const& lines) {
  set(handle, CURLOPT_URL, call.url.text().c_str());
  set(handle, CURLOPT_HTTPHEADER, lines.get());
  if (call.with_credentials && !call.url.user().empty()) {
    set(handle, CURLOPT_USERNAME, call.url.user().c_str());
    set(handle, CURLOPT_PASSWORD, call.url.password().c_str());
  }
  if (call.method == "HEAD") {
    set(handle, CURLOPT_NOBODY, 1L);
    return;
  }
  if (call.method != "GET") {
    auto const& body = call.request.body;
    set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    set(handle, CURLOPT_POSTFIELDS, body.c_str());
  }
  if (call.method != "GET" && call.method != "POST") {
    set(handle, CURLOPT_CUSTOMREQUEST, std::string(call.method).c_str());
  }
}

std::string header(CURL* handle, char const* name) {
  curl_header* found = nullptr;
  // -1: of the last message, and the first of that name
  auto const code = curl_easy_header(handle, name, 0, CURLH_HEADER, -1, &found);
  return code == CURLHE_OK ? std::string(found->value) : std::string();
}

Answer answer_of(Transfer& transfer) {
  long status = 0;
  curl_easy_getinfo(transfer.handle, CURLINFO_RESPONSE_CODE, &status);
  return {.status = static_cast<int>(status),
          .body = std::move(transfer.body),
          .content_type = header(transfer.handle, "Content-Type"),
          .etag = header(transfer.handle, "ETag"),
          .last_modified = header(transfer.handle, "Last-Modified"),
          .location = header(transfer.handle, "Location"),
          .retry_after = header(transfer.handle, "Retry-After")};
}

/// What went wrong on the way, rather than with what we sent or accept.
bool is_passing(CURLcode code) {
  constexpr std::array passing{
      CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT,
      CURLE_OPERATION_TIMEDOUT,   CURLE_GOT_NOTHING,           CURLE_SEND_ERROR,
      CURLE_RECV_ERROR,           CURLE_PARTIAL_FILE,          CURLE_HTTP2,
      CURLE_HTTP2_STREAM,         CURLE_SSL_CONNECT_ERROR};
  return std::ranges::find(passing, code) != passing.end();
}

Failure failure_of(CURLcode code, Transfer const& transfer, std::string_view error_text) {
  if (transfer.out_of_memory || code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (transfer.too_large) {
    return {.reason = Reason::too_large,
            .detail = "the answer is larger than " + std::to_string(transfer.limits.body_bytes) +
                      " bytes, or its head than " + std::to_string(transfer.limits.header_bytes)};
  }
  if (!transfer.refused.empty() && !transfer.tried_another) {
    return {.reason = Reason::address_refused, .detail = "not allowed: " + transfer.refused};
  }
  auto detail = std::string(error_text.empty() ? curl_easy_strerror(code) : error_text);
  std::ranges::replace_if(
      detail, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  if (is_passing(code) || code == CURLE_PEER_FAILED_VERIFICATION) {
    return {.reason = Reason::unreachable, .may_succeed_later = is_passing(code), .detail = detail};
  }
  return {.reason = Reason::malformed, .detail = detail};
}

Failure stalled(StallWatch::Verdict verdict) {
  return {.reason = Reason::unreachable,
          .may_succeed_later = true,
          .detail = verdict == StallWatch::Verdict::no_answer ? "no answer in time"
                                                              : "the answer comes too slowly"};
}

} // namespace

struct Connection::Handles {
  Handles() : multi(curl_multi_init()), easy(curl_easy_init()) {
    if (!multi || !easy) throw std::bad_alloc();
  }

  /// Drives the transfer to its end.
  /// \return  libcurl's verdict, or the failure that made us give it up
  [[nodiscard]] boost::system::result<CURLcode, Failure>
  run(Transfer const& transfer, Limits const& limits, std::stop_token const& stop) const {
    std::stop_callback const wake(stop, [this] { curl_multi_wakeup(multi.get()); });
    StallWatch watch({.first_byte = limits.first_byte + limits.connect,
                      .period = limits.slow_period,
                      .rate = limits.slowest_rate},
                     std::chrono::steady_clock::now());
    for (int running = 1; running > 0;) {
      if (curl_multi_perform(multi.get(), &running) != CURLM_OK) {
        throw std::logic_error("libcurl cannot go on");
      }
      if (stop.stop_requested()) return Failure{.reason = Reason::stopped, .detail = "stopped"};
      if (running == 0) break;
      auto const verdict =
          watch.look(std::chrono::steady_clock::now(), transfer.header_bytes + transfer.wire_bytes);
      if (verdict != StallWatch::Verdict::fine) return stalled(verdict);
      constexpr int at_most_ms = 50;
      curl_multi_poll(multi.get(), nullptr, 0, at_most_ms, nullptr);
    }
    int waiting = 0;
    auto const* const message = curl_multi_info_read(multi.get(), &waiting);
    return message == nullptr ? CURLE_FAILED_INIT : message->data.result;
  }

  // The transfer is taken out of the multi handle before either is destroyed.
  std::unique_ptr<CURLM, MultiDeleter> multi;
  std::unique_ptr<CURL, EasyDeleter> easy;
};

Connection::Connection(Policy policy)
    : policy_(std::move(policy)),
      guard_(policy_.allow_networks),
      handles_(std::make_unique<Handles>()) {}

Connection::~Connection() = default;

boost::system::result<Answer, Failure> Connection::perform(Call const& call,
                                                           std::stop_token const& stop) {
  auto* const easy = handles_->easy.get();
  auto* const multi = handles_->multi.get();
  Transfer transfer(easy, policy_.limits, guard_);
  std::array<char, CURL_ERROR_SIZE> error_text{};
  auto const lines = header_lines(call);
  curl_easy_reset(easy); // forgets options, keeps connections
  set_policy(easy, policy_);
  set_callbacks(easy, transfer, error_text.data());
  set_call(easy, call, lines);

  curl_multi_add_handle(multi, easy);
  auto const leave = [multi](CURL* entered) { curl_multi_remove_handle(multi, entered); };
  std::unique_ptr<CURL, decltype(leave)> const entry(easy, leave);
  auto const ended = handles_->run(transfer, policy_.limits, stop);
  if (!ended) return ended.error();
  if (*ended == CURLE_OK || (*ended == CURLE_WRITE_ERROR && transfer.has_enough)) {
    return answer_of(transfer);
  }
  return failure_of(*ended, transfer, error_text.data());
}

} // namespace terracat::fetch

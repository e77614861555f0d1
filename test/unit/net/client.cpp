#include "client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace {

sockaddr_in address_of(std::string const& host, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  ::inet_pton(AF_INET, host.c_str(), &address.sin_addr);
  return address;
}

std::string lowered(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char character) {
    return static_cast<char>(std::tolower(character));
  });
  return text;
}

} // namespace

std::optional<std::string> Answer::header(std::string_view name) const {
  for (auto const& [key, value] : headers) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::size_t Answer::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::ranges::count(headers, name, &std::pair<std::string, std::string>::first));
}

Client::Client(std::uint16_t port) : Client(port, Options{}) {}

Client::Client(std::uint16_t port, Options const& options)
    : port_(port), descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (descriptor_ < 0) throw std::runtime_error("no socket");
  int const yes = 1;
  ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (options.receive_buffer > 0) {
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &options.receive_buffer, sizeof(int));
  }
  auto const source = address_of(options.source, 0);
  ::bind(descriptor_, reinterpret_cast<sockaddr const*>(&source), sizeof source);
  if (options.connect && !connect()) throw std::runtime_error("nobody listens");
}

Client::~Client() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool Client::connect() {
  auto const server = address_of("127.0.0.1", port_);
  return ::connect(descriptor_, reinterpret_cast<sockaddr const*>(&server), sizeof server) == 0;
}

bool Client::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    auto const sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Client::end_sending() const {
  ::shutdown(descriptor_, SHUT_WR);
}

void Client::reset() {
  linger const at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(descriptor_, -1));
}

bool Client::can_read(std::chrono::milliseconds limit) const {
  pollfd readable{.fd = descriptor_, .events = POLLIN, .revents = 0};
  return !held_.empty() || ::poll(&readable, 1, static_cast<int>(limit.count())) > 0;
}

/// \return  false at the end of what the server sends, or when patience ends
bool Client::fill() {
  pollfd readable{.fd = descriptor_, .events = POLLIN, .revents = 0};
  constexpr auto limit = std::chrono::duration_cast<std::chrono::milliseconds>(patience);
  if (::poll(&readable, 1, static_cast<int>(limit.count())) <= 0) return false;
  std::array<char, 65536> bytes{};
  auto const count = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
  if (count <= 0) return false;
  held_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

std::optional<std::string> Client::line() {
  for (;;) {
    if (auto const end = held_.find("\r\n"); end != std::string::npos) {
      auto text = held_.substr(0, end);
      held_.erase(0, end + 2);
      return text;
    }
    if (!fill()) return std::nullopt;
  }
}

bool Client::take(std::size_t size, std::string& out) {
  while (held_.size() < size) {
    if (fill()) continue;
    out += held_;
    held_.clear();
    return false;
  }
  out.append(held_, 0, size);
  held_.erase(0, size);
  return true;
}

void Client::read_chunks(Answer& answer) {
  for (;;) {
    auto const size_line = line();
    if (!size_line) return;
    auto const size = std::stoul(*size_line, nullptr, 16);
    if (size > 0 && !take(size, answer.body)) return;
    auto const end = line();
    if (!end || !end->empty()) return;
    if (size == 0) {
      answer.is_complete = true;
      return;
    }
  }
}

Answer Client::read(bool head_only) {
  Answer answer;
  auto const status_line = line();
  if (!status_line) return answer;
  answer.status_line = *status_line;
  answer.status = std::stoi(status_line->substr(9, 3));
  for (auto field = line(); field && !field->empty(); field = line()) {
    auto const colon = field->find(": ");
    answer.headers.emplace_back(lowered(field->substr(0, colon)), field->substr(colon + 2));
  }
  if (head_only || answer.status < 200 || answer.status == 204 || answer.status == 304) {
    answer.is_complete = true;
  } else if (answer.header("transfer-encoding") == "chunked") {
    read_chunks(answer);
  } else if (auto const length = answer.header("content-length")) {
    answer.is_complete = take(std::stoul(*length), answer.body);
  } else {
    while (fill()) continue;
    answer.body = std::exchange(held_, {});
    answer.is_complete = true;
  }
  return answer;
}

Answer Client::ask(std::string_view bytes, bool head_only) {
  send(bytes);
  return read(head_only);
}

Answer Client::get(std::string_view target, std::string_view more_fields) {
  return ask("GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n" +
             std::string(more_fields) + "\r\n");
}

std::string Client::read_some(std::size_t size) {
  if (held_.empty() && !fill()) return {};
  std::string out;
  take(std::min(size, held_.size()), out);
  return out;
}

bool Client::is_closed() {
  if (!held_.empty() || !can_read(patience)) return false;
  char byte = 0;
  return ::recv(descriptor_, &byte, 1, 0) <= 0;
}

void rest(std::chrono::milliseconds time) {
  ::poll(nullptr, 0, static_cast<int>(time.count()));
}

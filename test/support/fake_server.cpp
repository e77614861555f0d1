#include "support/fake_server.hpp"

#include "support/guarded.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <map>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace terracat::test {
namespace {

/// Closes what it holds.
class Descriptor {
 public:
  explicit Descriptor(int descriptor) noexcept : descriptor_(descriptor) {}

  Descriptor(Descriptor&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;

  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  [[nodiscard]] int get() const noexcept { return descriptor_; }

 private:
  int descriptor_;
};

[[noreturn]] void fail(char const* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

bool is_same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// \param port  0: any that is free
Descriptor listening(int family, std::uint16_t port) {
  Descriptor made(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (made.get() < 0) return made;
  int const on = 1;
  ::setsockopt(made.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  int bound = -1;
  if (family == AF_INET) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bound = ::bind(made.get(), reinterpret_cast<sockaddr const*>(&address), sizeof address);
  } else {
    ::setsockopt(made.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    address.sin6_addr = in6addr_loopback;
    bound = ::bind(made.get(), reinterpret_cast<sockaddr const*>(&address), sizeof address);
  }
  if (bound != 0 || ::listen(made.get(), 64) != 0) return Descriptor(-1);
  return made;
}

std::uint16_t port_of(int socket) {
  sockaddr_in address{};
  socklen_t length = sizeof address;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length) != 0)
    fail("getsockname");
  return ntohs(address.sin_port);
}

/// Takes one line off the front, without its end.
std::string_view take_line(std::string_view& text) {
  auto const end = std::min(text.find("\r\n"), text.size());
  auto const line = text.substr(0, end);
  text.remove_prefix(std::min(end + 2, text.size()));
  return line;
}

ReceivedRequest parsed_head(std::string_view head) {
  ReceivedRequest request;
  auto const first = take_line(head);
  auto const space = first.find(' ');
  request.method = first.substr(0, space);
  request.target = first.substr(space + 1, first.rfind(' ') - space - 1);
  while (!head.empty()) {
    auto const line = take_line(head);
    auto const colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    auto value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    request.headers.emplace_back(line.substr(0, colon), value);
  }
  return request;
}

} // namespace

// ---- What scripts see

std::string ReceivedRequest::header(std::string_view name) const {
  auto const found = std::ranges::find_if(
      headers, [name](auto const& header) { return is_same_name(header.first, name); });
  return found == headers.end() ? std::string() : found->second;
}

Client::Event Client::wait(bool to_write) const {
  std::array<pollfd, 2> watched{pollfd{.fd = socket_,
                                       .events = static_cast<short>(to_write ? POLLOUT : POLLIN),
                                       .revents = 0},
                                pollfd{.fd = end_, .events = POLLIN, .revents = 0}};
  while (::poll(watched.data(), watched.size(), -1) < 0) {
    if (errno != EINTR) fail("poll");
  }
  if (watched[1].revents != 0) return Event::ended;
  return to_write ? Event::writable : Event::readable;
}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    if (wait(true) == Event::ended) return false;
    auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN) return false;
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Client::is_gone_after(std::chrono::milliseconds time) {
  std::array<pollfd, 2> watched{pollfd{.fd = socket_, .events = POLLRDHUP, .revents = 0},
                                pollfd{.fd = end_, .events = POLLIN, .revents = 0}};
  return ::poll(watched.data(), watched.size(), static_cast<int>(time.count())) != 0;
}

bool Client::fill() {
  if (wait(false) == Event::ended) return false;
  std::array<char, 16'384> chunk{};
  auto const length = ::recv(socket_, chunk.data(), chunk.size(), 0);
  if (length <= 0) return false;
  buffer_.append(chunk.data(), static_cast<std::size_t>(length));
  return true;
}

bool Client::receive(ReceivedRequest& request) {
  constexpr std::string_view blank_line = "\r\n\r\n";
  auto end = buffer_.find(blank_line);
  for (; end == std::string::npos; end = buffer_.find(blank_line)) {
    if (!fill()) return false;
  }
  request = parsed_head(std::string_view(buffer_).substr(0, end));
  buffer_.erase(0, end + blank_line.size());
  auto const announced = request.header("Content-Length");
  auto const length = announced.empty() ? 0 : std::stoul(announced);
  while (buffer_.size() < length) {
    if (!fill()) return false;
  }
  request.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return true;
}

// ---- Scripts

Script answer(Answer answer) {
  auto text = "HTTP/1.1 " + std::to_string(answer.status) + " As told\r\n";
  for (auto const& [name, value] : answer.headers) text += name + ": " + value + "\r\n";
  if (answer.status != 304)
    text += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n";
  text += "\r\n";
  return [head = std::move(text), body = std::move(answer.body)](ReceivedRequest const& request,
                                                                 Client& client) {
    client.send(request.method == "HEAD" ? head : head + body);
  };
}

Script redirect(int status, std::string location) {
  return answer({.status = status, .headers = {{"Location", std::move(location)}}});
}

Script raw(std::string bytes) {
  return [bytes = std::move(bytes)](ReceivedRequest const&, Client& client) {
    client.send(bytes);
    client.hang_up();
  };
}

Script hang_up() {
  return raw({});
}

Script silence() {
  return [](ReceivedRequest const&, Client& client) {
    while (!client.is_gone_after(std::chrono::hours(1))) {
    }
    client.hang_up();
  };
}

Script drip(std::string head, std::chrono::milliseconds pause) {
  return [head = std::move(head), pause](ReceivedRequest const&, Client& client) {
    if (!client.send(head)) return;
    while (!client.is_gone_after(pause) && client.send(".")) {
    }
    client.hang_up();
  };
}

Script one_after_the_other(std::vector<Script> scripts) {
  // Shared, for a script is copied and several connections may ask for the next one.
  auto const next = std::make_shared<std::atomic<std::size_t>>(0);
  return [scripts = std::move(scripts), next](ReceivedRequest const& request, Client& client) {
    scripts[std::min(next->fetch_add(1), scripts.size() - 1)](request, client);
  };
}

// ---- The server

struct FakeServer::Implementation {
  Implementation() : v4(listening(AF_INET, 0)), end(::eventfd(0, EFD_CLOEXEC)) {
    if (v4.get() < 0 || end.get() < 0) fail("the test server cannot listen");
  }

  struct Known {
    std::map<std::string, Script, std::less<>> scripts;
    std::vector<ReceivedRequest> requests;
    std::size_t connections = 0;
  };

  Script script_for(ReceivedRequest const& request) {
    auto const path = request.target.substr(0, request.target.find('?'));
    auto const all = known.lock();
    all->requests.push_back(request);
    for (auto const* const name : {path.c_str(), ""}) {
      if (auto const found = all->scripts.find(name); found != all->scripts.end()) {
        return found->second;
      }
    }
    return answer({.status = 404});
  }

  void serve(Descriptor socket) {
    Client client(socket.get(), end.get());
    ReceivedRequest request;
    while (client.is_open() && client.receive(request)) script_for(request)(request, client);
  }

  void accept_all() {
    std::vector<std::jthread> talks;
    std::array<pollfd, 3> watched{pollfd{.fd = end.get(), .events = POLLIN, .revents = 0},
                                  pollfd{.fd = v4.get(), .events = POLLIN, .revents = 0},
                                  pollfd{.fd = v6.get(), .events = POLLIN, .revents = 0}};
    while (true) {
      if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) fail("poll");
      if (watched[0].revents != 0) return;
      for (auto const& listener : {watched[1], watched[2]}) {
        if (listener.revents == 0) continue;
        Descriptor socket(::accept4(listener.fd, nullptr, nullptr, SOCK_CLOEXEC));
        if (socket.get() < 0) continue;
        ++known.lock()->connections;
        talks.emplace_back([this, held = std::move(socket)]() mutable { serve(std::move(held)); });
      }
    }
  }

  Descriptor v4;
  Descriptor v6{listening(AF_INET6, port_of(v4.get()))}; ///< -1 where there is no version 6
  Descriptor end;                                        ///< readable once the server ends
  Guarded<Known> known;
  std::jthread acceptor;
};

FakeServer::FakeServer() : implementation_(std::make_unique<Implementation>()) {
  implementation_->acceptor = std::jthread([all = implementation_.get()] { all->accept_all(); });
}

FakeServer::~FakeServer() {
  ::eventfd_write(implementation_->end.get(), 1);
}

void FakeServer::on(std::string path, Script script) {
  implementation_->known.lock()->scripts.insert_or_assign(std::move(path), std::move(script));
}

std::uint16_t FakeServer::port() const noexcept {
  return port_of(implementation_->v4.get());
}

std::string FakeServer::url(std::string_view target) const {
  return "http://127.0.0.1:" + std::to_string(port()) + std::string(target);
}

std::size_t FakeServer::connections() const {
  return implementation_->known.lock()->connections;
}

std::vector<ReceivedRequest> FakeServer::requests() const {
  return implementation_->known.lock()->requests;
}

} // namespace terracat::test

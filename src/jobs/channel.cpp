#include "jobs/channel.hpp"

#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <cerrno>

namespace terracat::jobs {
namespace {

constexpr std::size_t head_size = 5;
constexpr std::size_t piece = std::size_t{1} << 20; ///< of bytes that take several frames

} // namespace

void Channel::send_json(std::string_view text) {
  send(Frame::Kind::json, text);
}

void Channel::send_bytes(std::string_view bytes) {
  while (!bytes.empty()) {
    auto const part = bytes.substr(0, piece);
    send(Frame::Kind::bytes, part);
    bytes.remove_prefix(part.size());
  }
}

void Channel::send(Frame::Kind kind, std::string_view content) {
  if (content.size() > longest_frame) throw ChannelError("a message is too long");
  std::string head;
  for (int shift = 24; shift >= 0; shift -= 8) {
    head += static_cast<char>(content.size() >> static_cast<unsigned>(shift) & 0xffU);
  }
  head += static_cast<char>(kind);
  std::scoped_lock const lock(sending_);
  send_all(head);
  send_all(content);
}

void Channel::send_all(std::string_view bytes) {
  while (!bytes.empty()) {
    auto const sent = ::send(socket_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) throw ChannelError("the other side is gone");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::optional<Frame> Channel::receive() {
  std::array<char, head_size> head{};
  if (!receive_all(head.data(), head.size())) return std::nullopt;
  std::size_t size = 0;
  for (std::size_t i = 0; i < 4; ++i) size = size << 8U | static_cast<unsigned char>(head.at(i));
  auto const kind = static_cast<Frame::Kind>(head[4]);
  if (size > longest_frame || (kind != Frame::Kind::json && kind != Frame::Kind::bytes)) {
    throw ChannelError("what came is no message");
  }
  Frame frame{.kind = kind, .content = std::string(size, '\0')};
  if (!receive_all(frame.content.data(), size)) return std::nullopt;
  return frame;
}

bool Channel::receive_all(char* into, std::size_t size) {
  while (size > 0) {
    auto const received = ::recv(socket_.number(), into, size, 0);
    if (received < 0 && errno == EINTR) continue;
    if (received <= 0) return false; // a connection that breaks has ended
    into += received;
    size -= static_cast<std::size_t>(received);
  }
  return true;
}

void Channel::limit_sending(int seconds) const noexcept {
  timeval const limit{.tv_sec = seconds, .tv_usec = 0};
  ::setsockopt(socket_.number(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
}

void Channel::shut() noexcept {
  ::shutdown(socket_.number(), SHUT_RDWR);
}

} // namespace terracat::jobs

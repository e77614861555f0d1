#include "helper/serve.hpp"

#include "helper/confine.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <span>
#include <system_error>

namespace terracat::helper {
namespace {

/// \return  false at the end of the input
bool read_all(std::span<char> into) {
  while (!into.empty()) {
    auto const count = ::read(STDIN_FILENO, into.data(), into.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    into = into.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

bool write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    auto const count = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

std::optional<std::string> next_request() {
  std::array<char, length_bytes> head{};
  if (!read_all(head)) return std::nullopt;
  std::string request(length_of(head), '\0');
  if (!read_all(request)) return std::nullopt;
  return request;
}

} // namespace

std::array<char, length_bytes> head_of(std::size_t length) noexcept {
  std::array<char, length_bytes> head{};
  for (auto& byte : head) {
    byte = static_cast<char>(length & 0xFFU);
    length >>= 8U;
  }
  return head;
}

std::size_t length_of(std::span<char const, length_bytes> head) noexcept {
  std::size_t length = 0;
  for (auto byte = head.rbegin(); byte != head.rend(); ++byte) {
    length = length << 8U | static_cast<unsigned char>(*byte);
  }
  return length;
}

int serve(Confinement const& confinement, MakeAnswer const& make) {
  Answer answer;
  try {
    limit_process(confinement.parent, confinement.memory_bytes);
    answer = make();
    filter_calls();
  } catch (std::system_error const&) {
    return 1;
  }
  auto const send = [](std::string_view text) {
    auto const head = head_of(text.size());
    return write_all({head.data(), head.size()}) && write_all(text);
  };
  if (!send(ready)) return 0;
  while (auto const request = next_request()) {
    if (!send(answer(*request))) break;
  }
  return 0;
}

} // namespace terracat::helper

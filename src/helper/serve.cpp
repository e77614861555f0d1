#include "helper/serve.hpp"

#include "helper/confine.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <system_error>
#include <vector>

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

/// A request and the files that came with it.
struct FileRequest {
  std::string text;
  std::vector<Descriptor> files;
};

void take_files(msghdr& message, std::vector<Descriptor>& files) {
  // NOLINTNEXTLINE: macros with casts
  for (auto* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    auto const bytes = part->cmsg_len - CMSG_LEN(0);
    for (std::size_t at = 0; at + sizeof(int) <= bytes; at += sizeof(int)) {
      int number = -1;
      std::memcpy(&number, CMSG_DATA(part) + at, sizeof number); // NOLINT: as the system has it
      files.emplace_back(number);
    }
  }
}

/// Files come with the first bytes of a request.
std::optional<FileRequest> next_file_request() {
  FileRequest out;
  std::array<char, length_bytes> head{};
  for (auto rest = std::span<char>(head); !rest.empty();) {
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * most_request_files)> room{};
    iovec piece{.iov_base = rest.data(), .iov_len = rest.size()};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = room.data();
    message.msg_controllen = room.size();
    auto const count = ::recvmsg(STDIN_FILENO, &message, MSG_CMSG_CLOEXEC);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::nullopt;
    take_files(message, out.files);
    rest = rest.subspan(static_cast<std::size_t>(count));
  }
  out.text.resize(length_of(head));
  if (!read_all(out.text)) return std::nullopt;
  return out;
}

bool send(std::string_view text) {
  auto const head = head_of(text.size());
  return write_all({head.data(), head.size()}) && write_all(text);
}

/// What both ways of serving have in common.
/// \param answers  answers requests until there are no more
template<class Make, class Answers>
int serve_with(Confinement const& confinement, Reach reach, Make const& make,
               Answers const& answers) {
  decltype(make()) answer;
  try {
    limit_process(confinement.parent, confinement.memory_bytes, reach);
    answer = make();
    filter_calls(reach);
  } catch (std::system_error const& error) {
    return error.code().value() == ELIBACC ? lacks_library : 1;
  }
  if (send(ready)) answers(answer);
  return 0;
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
  return serve_with(confinement, Reach::bytes, make, [](Answer const& answer) {
    while (auto const request = next_request()) {
      if (!send(answer(*request))) break;
    }
  });
}

int serve_files(Confinement const& confinement, MakeFileAnswer const& make) {
  return serve_with(confinement, Reach::files, make, [](FileAnswer const& answer) {
    while (auto const request = next_file_request()) {
      if (!send(answer(request->text, request->files))) break;
    }
  });
}

} // namespace terracat::helper

#include "jobs/address.hpp"

#include <terracat/store.hpp>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

namespace terracat::jobs {
namespace {

constexpr int waiting_connections = 8;

/// An address of at most 107 bytes, whatever the path: that of its folder may be given by a
/// descriptor, which stays open as long as the address is used.
class Address {
 public:
  explicit Address(std::string const& path) {
    auto text = path;
    if (text.size() >= sizeof(address_.sun_path)) {
      std::filesystem::path const whole = path;
      // NOLINTNEXTLINE: C interface
      folder_ =
          Descriptor(::open(store::folder_of(whole).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
      if (folder_.number() < 0) store::throw_file_error(store::folder_of(whole), "opened");
      text = "/proc/self/fd/" + std::to_string(folder_.number()) + "/" + whole.filename().string();
    }
    if (text.size() >= sizeof(address_.sun_path)) {
      throw store::StoreError(store::StoreError::Reason::other,
                              path + " is too long a name for a socket; commands cannot hand work "
                                     "to a server of this catalogue");
    }
    address_.sun_family = AF_UNIX;
    std::ranges::copy(text, address_.sun_path);
  }

  [[nodiscard]] sockaddr const* get() const noexcept {
    return reinterpret_cast<sockaddr const*>(&address_); // NOLINT: as the C interface wants it
  }

  [[nodiscard]] socklen_t size() const noexcept { return sizeof(address_); }

 private:
  Descriptor folder_;
  sockaddr_un address_{};
};

Descriptor make_socket(std::string const& path) {
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (socket.number() < 0) store::throw_file_error(path, "listened at");
  return socket;
}

} // namespace

std::string socket_of(std::string const& catalogue) {
  return catalogue + ".sock";
}

Descriptor listen_at(std::string const& path) {
  Address const address(path);
  auto socket = make_socket(path);
  store::remove_file(path);
  ::fchmod(socket.number(), 0600); // from the moment it has a name
  if (::bind(socket.number(), address.get(), address.size()) != 0 ||
      ::chmod(path.c_str(), 0600) != 0 || ::listen(socket.number(), waiting_connections) != 0) {
    store::throw_file_error(path, "listened at");
  }
  return socket;
}

std::optional<Descriptor> connect_to(std::string const& path) {
  Address const address(path);
  auto socket = make_socket(path);
  if (::connect(socket.number(), address.get(), address.size()) != 0) return std::nullopt;
  return socket;
}

bool is_trusted(Descriptor const& socket) noexcept {
  ucred peer{};
  socklen_t size = sizeof(peer);
  if (::getsockopt(socket.number(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
  return peer.uid == 0 || peer.uid == ::geteuid();
}

} // namespace terracat::jobs

#include "store/sqlite/instance_lock.hpp"

#include <terracat/instant.hpp>
#include <terracat/store.hpp>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace terracat::store {
namespace {

constexpr long cifs_magic = 0xff534d42;
constexpr long smb2_magic = 0xfe534d42;
constexpr long ceph_magic = 0x00c36400;
constexpr long fuse_magic = 0x65735546;

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown host";
}

std::string content_of(int descriptor) {
  std::array<char, 512> text{};
  auto const size = ::pread(descriptor, text.data(), text.size(), 0);
  return {text.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
}

/// Closes the lock file.
[[noreturn]] void throw_in_use(int descriptor, std::string const& catalogue_path) {
  auto const holder = content_of(descriptor);
  ::close(descriptor);
  throw StoreError(StoreError::Reason::locked, catalogue_path + " is in use by another terracat" +
                                                   (holder.empty() ? "" : " (" + holder + ")"));
}

} // namespace

InstanceLock::InstanceLock(std::string const& catalogue_path) {
  auto const path = catalogue_path + ".lock";
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644); // NOLINT: C interface
  if (descriptor_ < 0) {
    throw StoreError(errno == EROFS || errno == EACCES ? StoreError::Reason::read_only
                                                       : StoreError::Reason::io,
                     path + ": " + std::strerror(errno)); // NOLINT: one thread at this point
  }
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    throw_in_use(descriptor_, catalogue_path);
  }
  auto const content = "pid " + std::to_string(::getpid()) + " on " + host_name() + " since " +
                       model::to_iso8601(model::Instant::now());
  if (::ftruncate(descriptor_, 0) != 0 ||
      ::pwrite(descriptor_, content.data(), content.size(), 0) < 0) {
    ::close(descriptor_);
    throw StoreError(StoreError::Reason::io, path + " cannot be written");
  }
}

InstanceLock::~InstanceLock() {
  ::close(descriptor_);
}

StillLock::StillLock(std::string const& catalogue_path) {
  auto const path = catalogue_path + ".lock";
  descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC); // NOLINT: C interface
  if (descriptor_ >= 0 && ::flock(descriptor_, LOCK_SH | LOCK_NB) != 0) {
    throw_in_use(descriptor_, catalogue_path);
  }
}

StillLock::~StillLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool is_network_file_system(long type) noexcept {
  constexpr std::array refused{long{NFS_SUPER_MAGIC},
                               long{SMB_SUPER_MAGIC},
                               long{V9FS_MAGIC},
                               cifs_magic,
                               smb2_magic,
                               ceph_magic,
                               fuse_magic};
  return std::ranges::find(refused, type) != refused.end();
}

void refuse_network_file_system(std::string const& catalogue_path) {
  auto folder = std::filesystem::path(catalogue_path).parent_path();
  if (folder.empty()) folder = ".";

  struct statfs information {};

  if (::statfs(folder.c_str(), &information) != 0) return; // opening the file will say why
  if (is_network_file_system(static_cast<long>(information.f_type))) {
    throw StoreError(StoreError::Reason::other,
                     catalogue_path +
                         " lies on a network file system, where a catalogue would be damaged "
                         "sooner or later; use a local disc");
  }
}

} // namespace terracat::store

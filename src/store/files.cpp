#include "store/files.hpp"

#include <terracat/store.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

namespace terracat::store {
namespace {

namespace fs = std::filesystem;

Descriptor open_file(fs::path const& path, int flags, std::string_view doing) {
  Descriptor file(::open(path.c_str(), flags | O_CLOEXEC, 0600)); // NOLINT: C interface
  if (file.number() < 0) throw_file_error(path, doing);
  return file;
}

void write_all(Descriptor const& file, std::string_view bytes, fs::path const& path) {
  while (!bytes.empty()) {
    auto const written = ::write(file.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_file_error(path, "written");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

StoreError::Reason reason_of(int error) noexcept {
  switch (error) {
  case ENOSPC:
  case EDQUOT:
    return StoreError::Reason::full;
  case EACCES:
  case EPERM:
  case EROFS:
    return StoreError::Reason::read_only;
  default:
    return StoreError::Reason::io;
  }
}

} // namespace

void throw_file_error(fs::path const& path, std::string_view doing) {
  auto const error = errno;
  throw StoreError(reason_of(error), path.string() + " cannot be " + std::string(doing) + ": " +
                                         std::generic_category().message(error));
}

fs::path folder_of(fs::path const& file) {
  auto const folder = file.parent_path();
  return folder.empty() ? fs::path(".") : folder;
}

bool has_content(fs::path const& path) noexcept {
  std::error_code error;
  auto const size = fs::file_size(path, error);
  return !error && size > 0;
}

void sync_file(fs::path const& path) {
  auto const file = open_file(path, O_RDONLY, "opened");
  if (::fsync(file.number()) != 0) throw_file_error(path, "written");
  ::posix_fadvise(file.number(), 0, 0, POSIX_FADV_DONTNEED); // advice: may be refused
}

void sync_folder(fs::path const& folder) {
  auto const file = open_file(folder, O_RDONLY | O_DIRECTORY, "opened");
  if (::fsync(file.number()) != 0) throw_file_error(folder, "written");
}

void copy_bytes(fs::path const& from, fs::path const& to) {
  auto const source = open_file(from, O_RDONLY, "read");
  auto const target = open_file(to, O_WRONLY | O_CREAT | O_EXCL, "written");
  std::vector<char> buffer(std::size_t{1} << 20);
  for (;;) {
    auto const size = ::read(source.number(), buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) throw_file_error(from, "read");
    if (size == 0) return;
    write_all(target, {buffer.data(), static_cast<std::size_t>(size)}, to);
  }
}

void write_durably(fs::path const& path, std::string_view content) {
  auto const part = fs::path(path.string() + ".part");
  {
    auto const file = open_file(part, O_WRONLY | O_CREAT | O_TRUNC, "written");
    write_all(file, content, part);
    if (::fsync(file.number()) != 0) throw_file_error(part, "written");
  }
  rename_durably(part, path);
}

void rename_durably(fs::path const& from, fs::path const& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) throw_file_error(to, "written");
  sync_folder(folder_of(to));
}

void remove_file(fs::path const& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) throw_file_error(path, "removed");
}

} // namespace terracat::store

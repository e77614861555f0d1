#include "backup/part.hpp"

#include "backup/manifest.hpp"
#include "failpoint/failpoint.hpp"

#include <terracat/store.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace terracat::backup {
namespace {

store::Descriptor open_new(std::filesystem::path const& path) {
  // NOLINTNEXTLINE: C interface
  return store::Descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
}

bool lock(store::Descriptor const& file) noexcept {
  return ::flock(file.number(), LOCK_EX | LOCK_NB) == 0;
}

} // namespace

std::filesystem::path Part::name_of(std::filesystem::path const& target) {
  return target.string() + std::string(ending);
}

Part::Part(std::filesystem::path target)
    : target_(std::move(target)), path_(name_of(target_)), lock_(open_new(path_)) {
  if (lock_.number() < 0 && errno == EEXIST) {
    remove_if_abandoned(path_);
    lock_ = open_new(path_);
    if (lock_.number() < 0 && errno == EEXIST) {
      throw store::StoreError(store::StoreError::Reason::locked,
                              target_.string() + " is being written by another backup");
    }
  }
  if (lock_.number() < 0) store::throw_file_error(path_, "written");
  if (!lock(lock_)) store::throw_file_error(path_, "locked");
}

Part::~Part() {
  if (!is_published_) ::unlink(path_.c_str());
}

void Part::publish() {
  // A manifest of another file would speak against this one: better none for a moment.
  store::remove_file(manifest_of(target_));
  store::sync_folder(store::folder_of(target_));
  failpoint::pass(failpoint::Point::backup_rename_begins);
  store::rename_durably(path_, target_);
  failpoint::pass(failpoint::Point::backup_rename_done);
  is_published_ = true;
}

void Part::remove_if_abandoned(std::filesystem::path const& part) {
  store::Descriptor const file(::open(part.c_str(), O_RDONLY | O_CLOEXEC)); // NOLINT: C interface
  if (file.number() >= 0 && lock(file)) store::remove_file(part);
}

} // namespace terracat::backup

#include "backup/part.hpp"

#include "backup/manifest.hpp"
#include "failpoint/failpoint.hpp"

#include <terracat/store.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace terracat::backup {
namespace {

Descriptor open_new(std::filesystem::path const& path) {
  // NOLINTNEXTLINE: C interface
  return Descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
}

/// True if nobody else holds it, and the name still leads to it: who waited for the lock may have
/// opened what was removed meanwhile.
bool lock(Descriptor const& file, std::filesystem::path const& path) noexcept {
  if (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) return false;

  struct stat locked {};

  struct stat named {};

  return ::fstat(file.number(), &locked) == 0 && ::lstat(path.c_str(), &named) == 0 &&
         locked.st_dev == named.st_dev && locked.st_ino == named.st_ino;
}

} // namespace

std::filesystem::path Part::name_of(std::filesystem::path const& target) {
  return target.string() + std::string(ending);
}

Part::Part(std::filesystem::path target) : target_(std::move(target)), path_(name_of(target_)) {
  for (int tries = 0; tries < 3; ++tries) { // who clears away may hold what is new for a moment
    lock_ = open_new(path_);
    if (lock_.number() < 0 && errno != EEXIST) store::throw_file_error(path_, "written");
    if (lock_.number() >= 0 && lock(lock_, path_)) return;
    remove_if_abandoned(path_);
  }
  throw store::StoreError(store::StoreError::Reason::locked,
                          target_.string() + " is being written by another backup");
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

bool Part::remove_if_abandoned(std::filesystem::path const& file) {
  // NOLINTNEXTLINE: C interface
  Descriptor const opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  std::error_code ignored;
  if (opened.number() < 0 || !lock(opened, file) ||
      std::filesystem::exists(manifest_of(file), ignored)) { // it may have just been completed
    return false;
  }
  store::remove_file(file);
  return true;
}

} // namespace terracat::backup

#include "backup/backup.hpp"

#include "backup/part.hpp"

namespace terracat::backup {
namespace {

namespace fs = std::filesystem;
using store::StoreError;

/// A share of the whole work.
OnProgress part_of(OnProgress const& progress, double from, double to) {
  return [&progress, from, to](double done) { progress(from + (to - from) * done); };
}

/// Nothing of a catalogue may be written over: rename would succeed.
void refuse_own_files(std::string const& catalogue, fs::path const& target) {
  for (auto const* const end : {"", "-wal", "-shm", ".lock", ".sock", ".restored"}) {
    std::error_code ignored;
    if (fs::equivalent(catalogue + end, target, ignored)) {
      throw StoreError(StoreError::Reason::other,
                       target.string() + " is the catalogue itself; name another file");
    }
  }
  std::error_code ignored;
  if (fs::is_directory(target, ignored)) {
    throw StoreError(StoreError::Reason::other,
                     target.string() + " is a folder; name a file, or the folder by --to");
  }
}

void check_manifest(Manifest const& manifest, fs::path const& backup) {
  std::error_code error;
  auto const bytes = fs::file_size(backup, error);
  if (error || bytes != manifest.bytes) {
    throw StoreError(StoreError::Reason::corrupt,
                     backup.string() + " has " + std::to_string(error ? 0 : bytes) +
                         " bytes, its manifest says " + std::to_string(manifest.bytes));
  }
  if (digest_of_file(backup) != manifest.xxh128) {
    throw StoreError(StoreError::Reason::corrupt,
                     backup.string() + " is damaged: its checksum is not that of the manifest");
  }
}

} // namespace

Made make(std::string const& catalogue, fs::path const& target, std::string const& version,
          OnProgress const& progress) {
  refuse_own_files(catalogue, target);
  Part part(target);
  auto const source = store::open_store(catalogue, store::Access::read);
  auto const revision = source->copy_to(part.path(), part_of(progress, 0, 0.4));
  if (!revision) {
    throw StoreError(StoreError::Reason::other, catalogue + " is in no file that could be copied");
  }
  store::sync_file(part.path());
  auto const copy = store::open_store(part.path(), store::Access::still);
  Made made;
  made.faults = copy->check(store::Depth::values, part_of(progress, 0.4, 0.9));
  made.manifest = {.file = target.filename().string(),
                   .bytes = fs::file_size(part.path()),
                   .xxh128 = digest_of_file(part.path()),
                   .revision = *revision,
                   .made = model::Instant::now(),
                   .terracat = version,
                   .sqlite = std::string(store::sqlite_version()),
                   .faults = made.faults.size()};
  part.publish();
  store::write_durably(manifest_of(target), to_json(made.manifest) + "\n");
  progress(1);
  return made;
}

Restored restore(std::string const& catalogue, fs::path const& backup, OnProgress const& progress) {
  auto const place = store::hold_place(catalogue);
  std::error_code error;
  if (!fs::is_regular_file(backup, error)) {
    throw StoreError(StoreError::Reason::other, "there is no backup at " + backup.string());
  }
  if (fs::equivalent(catalogue, backup, error)) {
    throw StoreError(StoreError::Reason::other, backup.string() + " is the catalogue itself");
  }
  Restored out;
  out.manifest = read_manifest(backup);
  if (out.manifest) check_manifest(*out.manifest, backup);
  progress(0.2);
  out.replaced = place->replace(backup.string(), part_of(progress, 0.2, 1));
  return out;
}

} // namespace terracat::backup

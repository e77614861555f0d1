#pragma once

#include <string>

namespace terracat::store {

/// Says that this process writes a catalogue file. The lock is held on a file beside it, for
/// closing any other handle of the catalogue file itself would drop SQLite's locks.
class InstanceLock {
 public:
  /// \throws StoreError  locked, naming the process that holds it; io, if it cannot be made
  explicit InstanceLock(std::string const& catalogue_path);
  InstanceLock(InstanceLock const&) = delete;
  InstanceLock& operator=(InstanceLock const&) = delete;
  InstanceLock(InstanceLock&&) = delete;
  InstanceLock& operator=(InstanceLock&&) = delete;
  ~InstanceLock();

 private:
  int descriptor_ = -1;
};

/// Says that this process reads a catalogue file which nobody may write meanwhile. Where there is
/// no lock file nobody has ever written, and none can be made on a read-only disc.
class StillLock {
 public:
  /// \throws StoreError  locked, naming the process that writes
  explicit StillLock(std::string const& catalogue_path);
  StillLock(StillLock const&) = delete;
  StillLock& operator=(StillLock const&) = delete;
  StillLock(StillLock&&) = delete;
  StillLock& operator=(StillLock&&) = delete;
  ~StillLock();

 private:
  int descriptor_ = -1; ///< negative: there is no lock file
};

/// \param type  what statfs(2) says of a file system
[[nodiscard]] bool is_network_file_system(long type) noexcept;

/// Refuses file systems on which SQLite's write-ahead log does not work.
/// \throws StoreError
void refuse_network_file_system(std::string const& catalogue_path);

} // namespace terracat::store

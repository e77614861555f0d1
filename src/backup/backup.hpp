#pragma once

#include "backup/manifest.hpp"
#include "store/stores.hpp"

#include <functional>
#include <vector>

/// Copies of the catalogue: made beside a running server, proven, described, and put back.
namespace terracat::backup {

/// From 0 to 1; what it throws ends the work and leaves nothing behind.
using OnProgress = std::function<void(double done)>;

struct Made {
  Manifest manifest;
  std::vector<store::Fault> faults; ///< of the catalogue itself: the copy is as good as it is
};

/// Writes a backup and its manifest. The copy is read again from the disc and proven before it gets
/// its name; a backup that stood there stays until then.
/// \param catalogue  the store's name in the configuration
/// \throws store::StoreError  of the target or the catalogue; other, if it is in no file
[[nodiscard]] Made make(std::string const& catalogue, std::filesystem::path const& target,
                        std::string const& version, OnProgress const& progress);

struct Restored {
  store::HeldPlace::Replaced replaced;
  std::optional<Manifest> manifest; ///< nothing if there was none: its own checksums had to do
};

/// Puts a backup in the place of a catalogue, which nobody may write meanwhile.
/// \throws store::StoreError  locked, naming who writes it; corrupt, if the backup is not what its
///                            manifest says
[[nodiscard]] Restored restore(std::string const& catalogue, std::filesystem::path const& backup,
                               OnProgress const& progress);

} // namespace terracat::backup

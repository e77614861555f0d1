#pragma once

#include <terracat/instant.hpp>
#include <terracat/problem.hpp>
#include <terracat/revision.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace terracat::backup {

/// What is known of a backup, kept in a file beside it.
struct Manifest {
  std::string file; ///< name of the backup, without folder
  std::uint64_t bytes = 0;

  /// XXH3 with 128 bits, as `xxh128sum` prints it. It guards against discs and wires, at the speed
  /// of the disc; who could change the backup with intent could change this, too.
  std::string xxh128;

  Revision revision;
  model::Instant made{0};
  std::string terracat; ///< version of the program
  std::string sqlite;
  std::size_t faults = 0; ///< that the catalogue had already, and the copy has
};

/// BACKUP.json
[[nodiscard]] std::filesystem::path manifest_of(std::filesystem::path const& backup);

[[nodiscard]] std::string to_json(Manifest const& manifest);

/// \return  a problem that says which member is missing or wrong
[[nodiscard]] Result<Manifest> from_json(std::string_view text);

/// The manifest beside a backup. \return  nothing if there is none
/// \throws store::StoreError  corrupt, if it cannot be read
[[nodiscard]] std::optional<Manifest> read_manifest(std::filesystem::path const& backup);

/// XXH3 with 128 bits of a file, in hexadecimal digits. \throws store::StoreError
[[nodiscard]] std::string digest_of_file(std::filesystem::path const& path);

} // namespace terracat::backup

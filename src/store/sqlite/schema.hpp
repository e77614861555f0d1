#pragma once

#include "store/sqlite/database.hpp"

namespace terracat::store {

/// "tcat": what `PRAGMA application_id` says of a catalogue file.
inline constexpr std::int64_t application_id = 0x74636174;

/// The version of the tables that this program reads and writes (`PRAGMA user_version`).
inline constexpr std::int64_t schema_version = 12;

/// Makes the tables of an empty file, in one transaction, with a new epoch.
void create_schema(Connection const& connection);

/// Gives the catalogue another epoch.
void renew_epoch(Connection const& connection);

/// What a file holds that this program may use.
enum class Content : std::uint8_t {
  catalogue,
  older,   ///< of an earlier schema, or with words by other rules: `migrate` brings it up to date
  nothing, ///< what a first start leaves behind that dies before its first commit
};

/// Whether every page of a file is looked at, which takes a second for some gigabytes in memory,
/// and as long as reading them else. That of an earlier schema is always proven.
enum class Structure : std::uint8_t { proven, trusted };

/// Says of a file that is there whether this program may use it. Reads only.
/// \throws StoreError  with a sentence: not a catalogue, damaged, of a newer version, or changed by
///                     another program
[[nodiscard]] Content check_schema(Connection const& connection, std::string const& path,
                                   Structure structure);

/// Brings the tables of an earlier schema, and words by other rules, up to date in one transaction.
/// \throws StoreError  with a sentence, and the file is what it was
void migrate(Connection const& connection, std::string const& path);

} // namespace terracat::store

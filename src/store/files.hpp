#pragma once

#include <terracat/descriptor.hpp>

#include <filesystem>
#include <string>
#include <string_view>

/// What stores and their copies ask of the file system beyond SQLite. Never for a catalogue file
/// that this process has open: closing it here would drop SQLite's locks (doc/design.md 17.1).
namespace terracat::store {

/// The folder that a file stands in: "." for a bare name.
[[nodiscard]] std::filesystem::path folder_of(std::filesystem::path const& file);

/// True for a file that is there and holds something.
[[nodiscard]] bool has_content(std::filesystem::path const& path) noexcept;

/// Returns when the disc has what was written to the file, and lets the system forget it, so that
/// who reads it next reads the disc.
/// \throws StoreError
void sync_file(std::filesystem::path const& path);

/// Returns when the disc has the names of the folder. \throws StoreError
void sync_folder(std::filesystem::path const& folder);

/// Makes `to`, which must not be there, with the bytes of `from`; nobody else may read it.
/// \throws StoreError  naming the side that failed
void copy_bytes(std::filesystem::path const& from, std::filesystem::path const& to);

/// Makes or replaces a small file so that it is old or new at any instant. \throws StoreError
void write_durably(std::filesystem::path const& path, std::string_view content);

/// Gives a file another name, in place of what bears it. \throws StoreError
void rename_durably(std::filesystem::path const& from, std::filesystem::path const& to);

/// Removes a file, if it is there. \throws StoreError
void remove_file(std::filesystem::path const& path);

/// Throws what errno says of a file. \param doing  "written", "read": ends the sentence
[[noreturn]] void throw_file_error(std::filesystem::path const& path, std::string_view doing);

} // namespace terracat::store

#pragma once

#include <terracat/finding.hpp>

#include <boost/system/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds::theia_pivot {

/// A file of an archive, as its list says.
struct Entry {
  std::string name;        ///< with the folders before it
  std::uint16_t flags = 0; ///< the lowest one: encrypted
  std::uint16_t method = 0;
  std::uint32_t checksum = 0;
  std::uint32_t packed = 0; ///< bytes in the archive
  std::uint32_t start = 0;  ///< of its head
};

/// True if the bytes begin as a ZIP archive does.
[[nodiscard]] bool starts_like_archive(std::string_view bytes) noexcept;

/// The files of a ZIP archive, folders left out, no more than 10,000. What lies beyond 4 GiB is not
/// read (ZIP64).
/// \return  file_unreadable if the bytes are no such archive
[[nodiscard]] boost::system::result<std::vector<Entry>, Finding>
entries_of(std::string_view archive);

/// What a file holds, its checksum proven.
/// \param most   bytes that are taken, whatever the archive says of them
/// \param spent  how many bytes were read or became of them, whichever are more, also where that
///               was in vain: many files may lead to the same bytes
/// \return       file_unreadable with the reason, or too_large
[[nodiscard]] boost::system::result<std::string, Finding>
contents_of(std::string_view archive, Entry const& entry, std::size_t most, std::size_t& spent);

} // namespace terracat::kinds::theia_pivot

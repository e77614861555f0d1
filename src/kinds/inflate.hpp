#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terracat::kinds {

/// What stands around deflated bytes.
enum class Deflated : std::uint8_t {
  raw,  ///< nothing, as in an archive
  gzip, ///< a head and a checksum; of several such pieces, all count
};

/// True if the bytes begin as a file of gzip does.
[[nodiscard]] bool starts_like_gzip(std::string_view bytes) noexcept;

/// \param most  how many bytes are taken at most, whatever the deflated ones promise
/// \param made  how many bytes they became, also where that was in vain
/// \return      nothing if they are damaged, cut off, or become more than that; so it is with gzip
///              that something else follows
[[nodiscard]] std::optional<std::string> inflated(std::string_view bytes, Deflated how,
                                                  std::size_t most, std::size_t& made);
[[nodiscard]] std::optional<std::string> inflated(std::string_view bytes, Deflated how,
                                                  std::size_t most);

/// The checksum that archives keep of each file (CRC-32).
[[nodiscard]] std::uint32_t checksum_of(std::string_view bytes) noexcept;

} // namespace terracat::kinds

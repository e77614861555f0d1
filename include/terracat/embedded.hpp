#pragma once

#include <string_view>

namespace terracat {

/// A file that was put into the program when it was built (cmake/Embed.cmake).
struct EmbeddedFile {
  std::string_view name;    ///< "style.css"; no two of a list have the same
  std::string_view address; ///< the name with a hash of the content: "style.0123456789abcdef.css"
  std::string_view bytes;
  std::string_view gzip;   ///< the same, coded; empty if that would be no smaller
  std::string_view brotli; ///< likewise
  std::string_view zstd;   ///< likewise
};

} // namespace terracat

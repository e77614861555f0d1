#pragma once

#include <terracat/record.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// How a resource is cited: by what its source says of it, and nothing else.
namespace terracat::formats {

struct Citation {
  std::vector<std::string> authors; ///< people or organisations; may be empty
  std::string year;                 ///< of publication, else of the last revision; may be empty
  std::string title;
  std::string publisher; ///< may be empty
  std::string doi;       ///< may be empty
  std::string url;       ///< of the DOI, else the one that was given
};

/// \param url        where the resource is found if it has no DOI
/// \param languages  of its texts, the preferred one first
[[nodiscard]] Citation citation_of(model::Record const& record, std::string_view url,
                                   std::span<std::string const> languages);

/// "Gascoin S., Hagolle O. (2019). Theia Snow collection. CNES. https://doi.org/10.24400/…"
[[nodiscard]] std::string to_text(Citation const& citation);

/// \param key  of the entry; what BibTeX does not allow in it is left out
[[nodiscard]] std::string to_bibtex(Citation const& citation, std::string_view key);

/// RIS, with the line ends that it demands.
[[nodiscard]] std::string to_ris(Citation const& citation);

} // namespace terracat::formats

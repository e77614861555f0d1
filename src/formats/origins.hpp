#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Where in a document the values stand that were read from it: for people who look at a mapping.
namespace terracat::formats {

/// How a value is found in the document.
enum class Likeness : std::uint8_t {
  none,   ///< not at all: a code of ours, a default, or put together from several
  same,   ///< an element, attribute or member says just this, white space apart
  equal,  ///< it says a number or date that is written otherwise
  within, ///< it says this and more
};

[[nodiscard]] std::string_view name(Likeness likeness) noexcept;

/// One value of what a document became.
struct Origin {
  std::string where; ///< JSON pointer to it
  std::string value; ///< a text as it is, anything else as JSON
  Likeness likeness = Likeness::none;
  std::vector<std::string> places; ///< in the document's order, the first few
  std::size_t count = 0;           ///< of all places
};

/// The values of a result, each with the places of the document that say it. What is told is what
/// the two have in common, not which way the reader went: where several places say the same, all
/// are told.
/// \param document  XML (places are XPaths without prefixes), JSON (pointers), or any other text
///                  (lines)
/// \param result    JSON
[[nodiscard]] std::vector<Origin> origins_of(std::string_view document, std::string_view result);

} // namespace terracat::formats

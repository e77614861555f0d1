#pragma once

#include "pages/language.hpp"

#include <terracat/problem.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What people write for the users of a site: how something is done, and with what. Each text is a
/// file of Markdown in one language, shipped with the program or named by the configuration.
namespace terracat::pages {

enum class GuideKind : std::uint8_t { tutorial, tool };

/// As in addresses, and as the folder is called: "tutorials".
[[nodiscard]] std::string_view segment_of(GuideKind kind) noexcept;

struct Guide {
  GuideKind kind = GuideKind::tutorial;
  std::string name; ///< as in addresses; small letters, digits, dashes
  Language language = Language::en;
  std::string title;
  std::string summary;
  int order = 0;                     ///< in lists: the least first
  std::vector<std::string> concepts; ///< addresses of what it is about
  std::string text;                  ///< Markdown
};

inline constexpr std::size_t longest_guide = std::size_t{256} << 10; ///< bytes

/// \param path  below the folder of guides: "tutorials/first-steps.fr.md"
/// \param text  of the file: lines `title: …`, `summary: …`, `order: 1`, `concepts: URI, URI`,
///              all between two lines `---`, then Markdown
/// \return  invalid_body with what is wrong
[[nodiscard]] terracat::Result<Guide> read_guide(std::string_view path, std::string_view text);

/// Those that are shipped.
[[nodiscard]] std::vector<Guide> const& shipped_guides();

/// The guide in that language, else in the other one. \return  null: there is none of that name
[[nodiscard]] Guide const* find_guide(std::vector<Guide> const& guides, GuideKind kind,
                                      std::string_view name, Language language) noexcept;

/// Each of a kind once, in the language if it is there in it, in their order.
[[nodiscard]] std::vector<Guide const*> guides_in(std::vector<Guide> const& guides, GuideKind kind,
                                                  Language language);

} // namespace terracat::pages

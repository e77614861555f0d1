#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a site's pages look like beside what is shipped: a style sheet of its own, which comes last
/// and may set any token, its mark in the place of the shipped one, and the fonts and pictures that
/// the sheet names.
namespace terracat::pages {

struct LookFile {
  std::string name; ///< "style.css", "mark.svg", "serif.woff2"
  std::string bytes;
};

struct Look {
  std::string address; ///< "/look/0123456789abcdef": changes with any of the files; empty: none
  std::vector<LookFile> files;

  /// \return  null if there is no such file
  [[nodiscard]] LookFile const* file(std::string_view name) const noexcept;

  /// "/look/0123456789abcdef/style.css"; empty if there is no such file.
  [[nodiscard]] std::string path_of(std::string_view name) const;

  /// The name of the site's own mark; empty: it has none.
  [[nodiscard]] std::string_view mark() const noexcept;
};

/// With an address. \pre look_type() knows each name
[[nodiscard]] Look look_of(std::vector<LookFile> files);

/// "font/woff2"; nothing for a file that is none of a look.
[[nodiscard]] std::optional<std::string_view> look_type(std::string_view name) noexcept;

} // namespace terracat::pages

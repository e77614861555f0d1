#pragma once

#include "pages/sheet.hpp"

#include <terracat/record.hpp>

#include <optional>
#include <string>
#include <vector>

/// The ways from a record to the data and to more about them.
namespace terracat::pages {

struct Way {
  enum class Kind : std::uint8_t { file, service, page, document } kind = Kind::page;
  std::string title;      ///< never empty
  std::string language;   ///< of the title; empty: not known
  std::optional<Url> url; ///< nothing: an address that no browser opens
  std::string address;
  std::string note; ///< format or protocol; may be empty
};

/// An address of a record or an item as a page leads to it: the site's own files, DOIs, the web.
/// \return  nothing for one that no browser opens
[[nodiscard]] std::optional<Url> url_of(Sheet const& sheet, std::string_view address);

/// Each address once, files first.
[[nodiscard]] std::vector<Way> ways_of(Sheet const& sheet, model::Record const& record);

/// Where the data centre itself shows the resource; nothing if the record does not say.
[[nodiscard]] std::optional<Url> home_of(model::Record const& record, std::vector<Way> const& ways);

/// A button that leads to the site of a data centre. Nothing is written for an address that is no
/// link.
void write_site_of(Sheet& sheet, std::string_view home, std::string_view title);

/// The ways, in groups. Nothing is written if there are none.
void write_ways(Sheet& sheet, std::vector<Way> const& ways);

/// An address that somebody wrote, as a link if it may be one.
void write_address(Html& html, std::string_view address);

} // namespace terracat::pages

#pragma once

#include <terracat/record.hpp>

#include <span>
#include <string>
#include <string_view>

namespace terracat::formats {

/// The page that shows a record, and the catalogue that it is a page of.
struct SchemaOrgPage {
  std::string id; ///< of the resource: an address that stays
  std::string_view url;
  std::string_view language; ///< BCP 47, of the page
  std::string_view catalogue;
  std::string_view catalogue_url;
};

/// A record as JSON-LD of schema.org, as pages carry it for search engines (Google Dataset Search
/// and others). Members are those that the source gave something for.
/// \param languages  of its texts, the preferred one first
[[nodiscard]] std::string schema_org_text(model::Record const& record, SchemaOrgPage const& page,
                                          std::span<std::string const> languages);

} // namespace terracat::formats

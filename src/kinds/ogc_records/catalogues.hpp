#pragma once

#include "kinds/stac_api/choice.hpp"

#include <terracat/fetch.hpp>
#include <terracat/json.hpp>

#include <map>
#include <stop_token>
#include <string>
#include <string_view>

namespace terracat::kinds::ogc_records {

/// What a server has, as it says itself.
struct Catalogues {
  /// Where the records of each catalogue are listed, by its id; the id is empty if the address of
  /// the source is such a list.
  std::map<std::string, std::string, std::less<>> lists;

  bool filters = false; ///< by CQL2 in text
};

/// A page of JSON.
struct Fetched {
  std::string url; ///< after redirects
  json::Document document;

  [[nodiscard]] json::Value root() const noexcept { return document.root(); }
};

/// \throws fetch::FetchError, ProtocolError  if it cannot be had, or is no object of JSON
[[nodiscard]] Fetched fetched(fetch::Fetcher& fetcher, std::string const& url,
                              std::stop_token const& stop);

/// \param address  of the landing page, of the list of collections, of a collection, of its records
/// \throws fetch::FetchError, ProtocolError  if there are none
[[nodiscard]] Catalogues find_catalogues(fetch::Fetcher& fetcher, std::string const& address,
                                         stac_api::Choice const& choice,
                                         std::stop_token const& stop);

} // namespace terracat::kinds::ogc_records

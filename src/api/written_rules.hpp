#pragma once

#include "api/exchange.hpp"

#include <string>
#include <string_view>

/// What STAC 1.1 says of items and collections, member by member, and what its extensions say if
/// the site has their schemas.
namespace terracat::api {

/// What may be left out, for we know it or find it out, is not asked for: links, assets, a bbox,
/// an extent.
/// \param where  JSON pointer of the item in the request
/// \throws ProblemError  with a JSON pointer to a fault, as all of these
void expect_item(json::Value const& item, std::string const& where);

void expect_collection(json::Value const& collection, std::string const& where);

/// Applies the schemas that `stac_extensions` names, as far as the site has them.
/// \param document  with what was left out
void expect_extensions(Exchange const& exchange, std::string_view document,
                       std::string const& where);

} // namespace terracat::api

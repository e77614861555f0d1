#pragma once

#include <terracat/fetch.hpp>
#include <terracat/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds::stac_api {

/// The target of the first link of that relation; of several, of the first one to JSON.
/// \param base  the address that the page came from
/// \return      empty if there is none of http or https
[[nodiscard]] std::string link_url(json::Value const& page, std::string_view relation,
                                   std::string_view base);

/// A request for a page of JSON.
[[nodiscard]] fetch::Request get(std::string url);
[[nodiscard]] fetch::Request post(std::string url, std::string body);

/// The request that the link `next` of a page describes (STAC API, "Paging"): by GET, or by POST
/// with a body of its own or one that is merged into that of the request before. \param asked  the
/// request that brought the page \param base   the address that the page came from, after redirects
[[nodiscard]] std::optional<fetch::Request>
next_by_link(json::Value const& page, fetch::Request const& asked, std::string_view base);

/// The same request for another page, where pages are numbered.
[[nodiscard]] fetch::Request with_page(fetch::Request request, std::size_t page);

/// The members of `upper` over those of `lower`, both JSON objects; what is none counts as empty.
[[nodiscard]] std::string merged(std::string_view lower, std::string_view upper);

/// As one text: two requests are the same if their texts are.
[[nodiscard]] std::string to_json(fetch::Request const& request);

/// \return  nothing if the value is none of to_json
[[nodiscard]] std::optional<fetch::Request> from_json(json::Value const& value);

} // namespace terracat::kinds::stac_api

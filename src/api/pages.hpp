#pragma once

#include "api/exchange.hpp"
#include "pages/lists.hpp"
#include "pages/status_page.hpp"
#include "pages/text_pages.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the handlers of pages share. The room pages/ writes; here it is given what to write of.
namespace terracat::api {

/// The language of the pages that a path stands among. \return  nothing if it is none of theirs
[[nodiscard]] std::optional<pages::Language> language_in(std::string_view path) noexcept;

/// The language of a page's address; of any other the one that the client prefers.
[[nodiscard]] pages::Language language_of(Site const& site, std::string_view path,
                                          std::string_view accepted);
[[nodiscard]] pages::Language language_of(Exchange const& exchange);

/// Of labels on a page: its own, then the other one.
[[nodiscard]] std::vector<std::string> languages_of(pages::Language language);

[[nodiscard]] pages::SiteFacts facts_of(Site const& site) noexcept;

/// A page as an answer. \param tag  empty: it depends on the time of day
[[nodiscard]] Reply page_reply(pages::Language language, std::string page, std::string tag = {});

/// Back to a page of operators, once what its form said is done: to load it again does nothing.
/// \param path  below the language
[[nodiscard]] Reply led_back(Exchange const& exchange, std::string const& path);

/// Lets the page show pictures of items, and tiles under its map, from where the site says.
void allow_pictures(Reply& reply, Site const& site);

/// A problem as people are told of it: a page under the same status.
/// \param is_of_api  they wrote the address, and are told all that a program is told
[[nodiscard]] Reply trouble_reply(Site const& site, Problem const& problem, Head const& head,
                                  std::string_view path, bool is_of_api);

/// The data centres of the site, without counts.
[[nodiscard]] std::vector<pages::PoleFacts> poles_of(Site const& site);

/// The root of records that shows what the data centre has. \return  null: there is no such centre
[[nodiscard]] Root const* root_of_pole(Site const& site, std::string_view pole) noexcept;

/// A source as pages tell of it, with as many runs. \pre the reader has a state
[[nodiscard]] pages::SourceFacts source_facts(Exchange const& exchange, store::Reader& reader,
                                              std::string const& name, std::size_t runs);

/// Sources as the table of sources shows them (pages::write_sources), with what they hold.
/// \pre the reader has a state
[[nodiscard]] std::vector<pages::SourceFacts> facts_of_sources(Exchange const& exchange,
                                                               store::Reader& reader,
                                                               std::span<std::string const> names);

/// What all pages show: everything.
[[nodiscard]] catalogue::View view_of_pages(Exchange const& exchange);

/// A record for a page.
[[nodiscard]] pages::Resource resource_of(Exchange const& exchange, catalogue::View& view,
                                          catalogue::ShownRecord const& record);

/// Likewise, of a collection.
[[nodiscard]] pages::Resource resource_of(Exchange const& exchange, catalogue::View& view,
                                          catalogue::ShownCollection const& collection);

} // namespace terracat::api

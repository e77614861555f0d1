#pragma once

#include "enrich/enrichment.hpp"
#include "pages/sheet.hpp"

#include <optional>
#include <string>
#include <vector>

/// What the catalogue found out about a record by itself, told as such.
namespace terracat::pages {

inline constexpr Message near_label{"Autour de (d’après le rectangle)", "Around (by the box)"};

/// The names of places that the record's box is near to; empty if there are none.
[[nodiscard]] std::string near_of(Sheet const& sheet, enrich::Enrichment const& enrichment);

/// Where the data may be, from which words, and that it is a guess. Nothing is written without one.
void write_guessed_area(Sheet& sheet, std::optional<enrich::GuessedArea> const& area);

/// Who a contact of the record is. \param contact  from 0
[[nodiscard]] std::vector<enrich::Identity const*>
identities_of(enrich::Enrichment const& enrichment, std::size_t contact);

/// As a link, and how it was found if the source does not state it.
void write_identity(Sheet& sheet, enrich::Identity const& identity);

/// In which language the description may be, and how that was found out, as a sentence; empty: it
/// is not guessed.
[[nodiscard]] std::string language_guess(Sheet const& sheet, enrich::Enrichment const& enrichment);

} // namespace terracat::pages

#pragma once

#include "enrich/quality.hpp"
#include "pages/sheet.hpp"

#include <string_view>

/// How complete a description is, in words.
namespace terracat::pages {

/// "Licence", "Contact".
[[nodiscard]] std::string_view label_of(enrich::Aspect aspect, Language language) noexcept;

/// What would have to be written, in one sentence; empty if it is stated.
[[nodiscard]] std::string_view advice_of(enrich::Rating const& rating, Language language) noexcept;

/// "Findable".
[[nodiscard]] std::string_view label_of(enrich::Principle principle, Language language) noexcept;

/// That it is the description that is rated, not the data.
inline constexpr Message what_is_rated{
    "Cette note porte sur la description, et non sur les données : elle dit ce qui y est écrit, "
    "pas si c’est juste.",
    "This rates the description, not the data: it says what is written there, not whether it is "
    "right."};

/// The score, what is missing, and what is there. \param id  of the resource
void write_quality(Sheet& sheet, enrich::Quality const& quality, std::string_view id);

} // namespace terracat::pages

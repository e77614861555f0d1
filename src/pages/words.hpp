#pragma once

#include "pages/language.hpp"

#include <terracat/bbox.hpp>
#include <terracat/interval.hpp>
#include <terracat/local_text.hpp>

#include <string>
#include <string_view>

/// Numbers, moments and places as people write them in each language.
namespace terracat::pages {

/// "4 312" with a narrow no-break space, "4,312".
[[nodiscard]] std::string number(std::size_t value, Language language);

/// At most so many digits behind the point, none that say nothing: "2,5", "2.5", "20".
[[nodiscard]] std::string decimal(double value, int digits, Language language);

/// "15 mars 2025", "mars 2025", "2025", as precise as it was written. \pre the bound is a moment
[[nodiscard]] std::string date(model::Bound const& bound, Language language);

/// "15 mars 2025" in UTC.
[[nodiscard]] std::string date(model::Instant instant, Language language);

/// "15 mars 2025 à 14:05 UTC".
[[nodiscard]] std::string moment(model::Instant instant, Language language);

/// "il y a 2 h", "hier", else the date.
[[nodiscard]] std::string ago(model::Instant then, model::Instant now, Language language);

/// "2015 → en cours", "2005–2013", "depuis 2018".
[[nodiscard]] std::string period(model::Interval const& interval, Language language);

/// "42,3° N à 46° N, 1° O à 4° E"; the whole world says so.
[[nodiscard]] std::string place(model::Bbox const& bbox, Language language);

/// True if the box is about all of the world.
[[nodiscard]] bool is_global(model::Bbox const& bbox) noexcept;

/// A text as it is shown to somebody who reads a language.
struct Shown {
  std::string_view text;     ///< empty: there is none
  std::string_view language; ///< BCP 47; empty if its author did not say
};

/// The text in the reader's language, else in the other one, else the author's first.
[[nodiscard]] Shown best(model::LocalText const& text, Language language) noexcept;

/// No more characters than that, cut behind a sentence or else a word, with an ellipsis where it
/// was cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most);

} // namespace terracat::pages

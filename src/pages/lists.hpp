#pragma once

#include "pages/sheet.hpp"
#include "pages/strata.hpp"

#include <terracat/record.hpp>

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Data sets in lists, and what lists share.
namespace terracat::pages {

/// Why a data set was found: a word of the question, and the text in which it stands, or which says
/// the same.
struct Reason {
  std::string word;
  Message what;     ///< the text is: "variable"
  std::string text; ///< empty: it is too long to be shown
};

inline constexpr Message reason_title{"titre", "title"};
inline constexpr Message reason_subject{"variable, plateforme ou instrument",
                                        "variable, platform or instrument"};
inline constexpr Message reason_description{"description", "description"};
inline constexpr Message reason_variable{"variable", "variable"};
inline constexpr Message reason_keyword{"mot-clé", "keyword"};
inline constexpr Message reason_place{"lieu", "place"};
inline constexpr Message reason_area{"dans l’emprise des données", "within the area of the data"};
inline constexpr Message reason_guessed{"lieu supposé : la fiche ne donne pas de coordonnées",
                                        "place guessed: the record gives no coordinates"};
inline constexpr Message reason_platform{"plateforme", "platform"};
inline constexpr Message reason_instrument{"instrument", "instrument"};
inline constexpr Message reason_maker{"producteur ou contact", "producer or contact"};

/// A data set, or another resource, as the catalogue answers it.
struct Resource {
  std::string id;
  model::Record record;
  std::string_view pole;       ///< name of the data centre that it comes from; may be empty
  std::string_view pole_title; ///< likewise
  std::int64_t items = 0;      ///< images or files that the catalogue lists
  std::vector<Stratum const*> strata = {}; ///< the compartments that it is about
};

/// The page of a resource, below the language.
[[nodiscard]] std::string path_of(Resource const& resource);

/// A data centre's sign, which leads to its page.
void write_pole_link(Sheet& sheet, std::string_view name, std::string_view title);

/// The way to a page: its parents, then itself.
struct Crumb {
  std::string label;
  std::string path; ///< below the language; empty for the page itself
};

void write_crumbs(Sheet& sheet, std::span<Crumb const> crumbs);

/// A list that stays short: its first members stand open, the others behind words that count them.
/// \param seen   how many stand open; all, if few more are left
/// \param write  writes the member at a place
void write_folding(Sheet& sheet, std::string_view style, std::size_t count, std::size_t seen,
                   std::function<void(std::size_t)> const& write);

/// One result. \param reasons  why it was found; may be empty
void write_card(Sheet& sheet, Resource const& resource, std::span<Reason const> reasons);

/// Where the script puts the button that keeps a data set in the reader's basket.
void write_keep(Sheet& sheet, Resource const& resource);

/// A line of a short list: title, centre, date.
void write_short(Sheet& sheet, Resource const& resource, model::Instant now);

} // namespace terracat::pages

#pragma once

#include "api/site.hpp"
#include "catalogue/view.hpp"
#include "gazetteer/spoken_place.hpp"

#include <terracat/json.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Places of which questions speak, as the site's gazetteer and vocabularies know them.
namespace terracat::api {

/// Tells words that a vocabulary of the site has. Valid as long as the site.
[[nodiscard]] gazetteer::IsLabel label_test(Site const& site);

/// \return  valid as long as the site
[[nodiscard]] std::vector<gazetteer::SpokenPlace> spoken_places(Site const& site,
                                                                std::string_view text);

/// Guesses where records are that state no place, as `/enrichment` tells it; knows the site's
/// gazetteer and vocabularies for as long as it is there.
[[nodiscard]] std::shared_ptr<catalogue::Guesser const> guesser_of(Site const& site);

/// A record of an answer is there for where it is guessed to be: adds `gaia:guessed` to its object,
/// if it states no place.
void add_guess(catalogue::View& view, RecordNumber record, std::string& out);

/// Adds what answers tell of a place to an object that is open: `label`, `kind`, `bbox`, `uri`.
void tell_place(json::Writer& out, gazetteer::Place const& place,
                std::span<std::string const> languages);

/// The box as addresses have it: west,south,east,north.
[[nodiscard]] std::string text_of(model::Bbox const& box);

} // namespace terracat::api

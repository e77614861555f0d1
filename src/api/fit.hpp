#pragma once

#include "catalogue/record_request.hpp"

#include <string>

/// What lists of records and of collections say beside what is in them.
namespace terracat::api {

/// Adds the members `gaia:score` and `gaia:why` to the object that the text ends with: how well it
/// answers the question, and why it does, in words.
void add_fit(catalogue::Fit const& fit, std::string& out);

/// The members that count, with a comma before: "numberMatched" only if it is known.
[[nodiscard]] std::string counts_of(std::optional<std::size_t> matched, std::size_t returned);

} // namespace terracat::api

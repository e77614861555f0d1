#pragma once

#include "catalogue/record_request.hpp"

#include <string>
#include <string_view>

/// What lists of records and of collections say beside what is in them.
namespace terracat::api {

/// Adds the members `gaia:score` and `gaia:why` to the object that the text ends with: how well it
/// answers the question, and why it does, in words.
void add_fit(catalogue::Fit const& fit, std::string& out);

/// Adds members to the object that the text ends with. \pre `members` are not none
void add_members(std::string_view members, std::string& object);

/// The members that count, with a comma before: "numberMatched" only if it is known.
[[nodiscard]] std::string counts_of(std::optional<std::size_t> matched, std::size_t returned);

} // namespace terracat::api

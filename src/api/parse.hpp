#pragma once

#include "api/site.hpp"
#include "vocabulary/thesaurus.hpp"

#include <string_view>
#include <vector>

namespace terracat::api {

/// Concepts that vocabularies call related to what a question names: they may be offered, and are
/// no part of what is found. A few; none that the question names itself, or that is deprecated.
[[nodiscard]] std::vector<vocabulary::ConceptNumber> related_concepts(Site const& site,
                                                                      std::string_view question);

} // namespace terracat::api

#pragma once

#include "api/http.hpp"
#include "api/site.hpp"
#include "catalogue/explanation.hpp"

#include <array>
#include <span>
#include <string_view>

namespace terracat::api {

/// What is told of the work of the index, by these names.
struct WorkCount {
  std::string_view name;
  std::size_t index::Work::*count;
};

inline constexpr auto work_counts = std::to_array<WorkCount>({
    {"segments", &index::Work::segments},
    {"blocks", &index::Work::blocks},
    {"outlines", &index::Work::outlines},
    {"footprints", &index::Work::footprints},
    {"computed", &index::Work::computed},
    {"bodies", &index::Work::bodies},
});

/// The request asks how its searches were answered (`Terracat-Explain: ?1`) and brings a key of
/// the site: what a plan looked at says something of items that others may not know of.
[[nodiscard]] bool wants_explanation(Site const& site, Head const& head);

/// Adds `Terracat-Plan`: a list of tokens with parameters (RFC 9651), one for each search. No cache
/// may keep it for those who have no key. \pre there is one
void add_plan(Reply& reply, std::span<catalogue::Explanation const> explanations);

} // namespace terracat::api

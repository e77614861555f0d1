#pragma once

#include "pages/concept_page.hpp"
#include "pages/lists.hpp"
#include "pages/question.hpp"
#include "pages/text_pages.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::pages {

/// A part of the question without which more is found.
struct Relaxation {
  enum class Without : std::uint8_t { words, place, topic, choices, pole, period, bbox } without;
  std::size_t count = 0;
};

/// A time that the words speak of, and the question that has it as its period instead.
struct SaidPeriod {
  std::string text; ///< as it was written
  Question question;
};

/// A place that the words name.
struct SaidPlace {
  std::string label;
  std::string bbox; ///< as `bbox` of a question; empty: nobody knows where it is
};

struct FoundResource {
  Resource resource;
  std::vector<Reason> reasons;
};

struct SearchFacts {
  Question question;
  std::string_view wrong = {};         ///< the parameter that cannot be read; empty: none
  std::string_view concept_label = {}; ///< of the concept of the question
  std::size_t matched = 0;
  bool has_more = false; ///< more match than are counted
  std::optional<SaidPeriod> said_period = {};
  std::span<SaidPlace const> places =
      {};                             ///< of which the page has the results, if words bound them
  std::span<Term const> related = {}; ///< what the words' concepts are related to, to be asked for
  std::size_t per_page = 20;
  std::span<FoundResource const> results;  ///< of this page
  std::string footprints = {};             ///< path below the site of where all are; may be empty
  std::span<PoleFacts const> poles;        ///< with the counts that choosing each would give
  std::span<FacetFacts const> facets = {}; ///< by what else the results can be narrowed
  std::span<Decade const> decades = {};    ///< without gaps, the earliest first
  std::span<Relaxation const> relaxations; ///< if nothing matched
};

[[nodiscard]] std::string search_page(SiteFacts const& site, Language language,
                                      SearchFacts const& facts);

} // namespace terracat::pages

#pragma once

#include "api/exchange.hpp"
#include "api/parameters.hpp"
#include "catalogue/facets.hpp"
#include "pages/question.hpp"

#include <string>
#include <vector>

/// The boxes of the search page, in the words of the catalogue.
namespace terracat::api {

/// Reads those that are ticked, each once, in the order of the table of facets, and the facet that
/// is shown whole. Of addresses of one concept the first counts.
void read_choices(Site const& site, Parameters const& parameters, pages::Question& out);

/// What they ask of records, as CQL2 text; empty: nothing.
[[nodiscard]] std::string filter_of(Site const& site, std::vector<pages::Choice> const& choices);

/// The same as conditions, all of which must hold.
[[nodiscard]] std::vector<query::Expression>
conditions_of(Site const& site, std::vector<pages::Choice> const& choices);

/// The sources that count as one value of the facet of data centres.
[[nodiscard]] std::vector<catalogue::SourceGroup> groups_of(Site const& site);

struct CountedChoices {
  std::vector<pages::FacetFacts> facets; ///< those that have options
  std::vector<pages::Decade> decades;
  std::vector<catalogue::FacetBucket>
      poles; ///< of each data centre that has any, what choosing it leaves
};

/// What each box would leave of what the question finds. A facet overlooks its own ticks.
/// \param search  the question without its choices, its data centre and its order
[[nodiscard]] CountedChoices counted_choices(Exchange const& exchange, catalogue::View& view,
                                             pages::Question const& question,
                                             catalogue::RecordRequest search);

/// The boxes that are ticked alone, so that they stay where nothing can be counted.
[[nodiscard]] std::vector<pages::FacetFacts>
ticked_choices(Exchange const& exchange, catalogue::View& view, pages::Question const& question);

} // namespace terracat::api

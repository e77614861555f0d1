#pragma once

#include "api/search_input.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Facets beside a list of records, as OGC API Records part 2 has them (25-013, a draft).
namespace terracat::api {

/// A list of records has a facet of that name, which is the property's.
[[nodiscard]] bool has_facet(std::string_view property) noexcept;

/// A facet that is asked for.
struct WantedFacet {
  enum class Order : std::uint8_t { count_desc, count_asc, value_asc, value_desc };

  catalogue::FacetRow const* row = nullptr;
  std::size_t most = 0; ///< buckets
  Order order = Order::count_desc;
};

/// Those that `facets` names; all of them if it is not given, but on a page that is not the first
/// one none. \param is_given  it may name none \throws ProblemError
[[nodiscard]] std::vector<WantedFacet> read_facets(SearchInput const& input, bool is_given,
                                                   catalogue::RecordRequest const& search);

/// The object `facets`, of all records that match; empty if none is wanted.
/// \param search  of the list
[[nodiscard]] std::string facets_text(catalogue::View& view, catalogue::RecordRequest search,
                                      std::vector<WantedFacet> const& wanted);

/// What `/facets` tells of the facets of a catalog, but for its links.
void write_facet_definitions(json::Writer& out);

} // namespace terracat::api

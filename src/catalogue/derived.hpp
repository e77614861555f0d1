#pragma once

#include "query/value.hpp"

#include <terracat/bbox.hpp>
#include <terracat/finding.hpp>
#include <terracat/query.hpp>
#include <terracat/revision.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace terracat::catalogue {

/// What the values of one property of a collection's items have in common.
struct PropertySummary {
  query::Type type = query::Type::text; ///< of the definition, else of the first value seen
  bool is_whole = true;                 ///< all numbers so far were integers
  std::optional<double> lowest;         ///< of numbers; of times in milliseconds
  std::optional<double> highest;
  std::set<std::string> values; ///< of texts and of lists of texts, as long as they are few
  bool has_more_values = false;

  friend bool operator==(PropertySummary const&, PropertySummary const&) = default;
};

/// What a collection's items say about the collection, kept beside its record (design.md 7,
/// `derived`). It grows with each item; after a removal it may be wider than the items are, and
/// says so, until it is made anew.
struct Derived {
  std::int64_t items = 0;
  bool is_exact = true;
  std::optional<model::Bbox> bbox;
  std::optional<model::Instant> first;
  std::optional<model::Instant> last;
  std::map<std::string, PropertySummary, std::less<>> properties;

  /// The members of the answered collection, the source's own statements included.
  std::string extent;
  std::string summaries;

  /// The last change of extent or summaries, or between none and some items: what the answered
  /// collection shows of its items.
  Sequence shown_change = 0;

  friend bool operator==(Derived const&, Derived const&) = default;
};

/// Takes an item into account, new or changed.
/// \return  what was noticed: values of another type than the rest of the collection
std::vector<Finding> add_item(Derived& derived, std::optional<model::Bbox> const& bbox,
                              std::optional<model::Interval> const& period,
                              query::BodyProperties const& properties);

/// A stated box, as wide as the items are, and no wider than it has to be round the Earth. Where it
/// crosses the antimeridian and has both edges of a box of items that does not, these are taken to
/// lie on both sides of it: their box cannot tell.
[[nodiscard]] model::Bbox widened(model::Bbox const& stated, model::Bbox const& items);

/// A stated period likewise. \return  nothing if it is wide enough
[[nodiscard]] std::optional<model::Interval> widened(model::Interval const& stated,
                                                     Derived const& derived);

/// Writes `extent` and `summaries`: what the record states, widened so that it holds the items, and
/// what they say where it states nothing (rendering.cpp).
/// \param stated_extent     object with `spatial` or `temporal` or both, as far as the source said;
///                          may be empty
/// \param stated_summaries  object; may be empty
void render(Derived& derived, std::string_view stated_extent, std::string_view stated_summaries);

/// Writes a box as four numbers.
void write_box(json::Writer& out, model::Bbox const& box);

/// The text that a store keeps.
[[nodiscard]] std::string to_text(Derived const& derived);

/// \throws StoreError  corrupt, if the text is none of to_text
[[nodiscard]] Derived derived_from_text(std::string_view text);

} // namespace terracat::catalogue

#pragma once

#include "index/order.hpp"
#include "index/page.hpp"
#include "index/said.hpp"

#include <terracat/query.hpp>

#include <optional>
#include <vector>

namespace terracat::index {

/// A search as segments answer it. It refers to the search and the version that it was made of.
struct Plan {
  query::ItemSearch const* search = nullptr;
  std::optional<std::vector<RecordNumber>> collections; ///< by number; nothing: all
  std::optional<Moments> during;                        ///< that periods meet
  std::optional<Moments> at;                            ///< in which times are
  model::Geometry const* meets = nullptr;               ///< the footprint; null: any, or none
  std::vector<query::Expression const*> conditions;     ///< besides these, of columns and phrases
  Said said;                                            ///< of the phrases
  std::optional<query::Expression> rest;  ///< what is asked of each item, one after the other
  bool is_rest_computed = false;          ///< from columns; else the store is asked
  bool compares_many_texts = false;       ///< with a pattern: all that a declared property has
  Properties const* properties = nullptr; ///< that have columns
  std::optional<Order> order;             ///< nothing: latest first, which is that of segments
  Way way;
  std::optional<Place> from;     ///< only items that come later on the way, in that order
  std::optional<Rank> from_rank; ///< likewise, in another order
};

/// The one place where is decided who answers a search. Of conditions that have to be true all
/// together, segments answer those that they can, and the store is asked the rest of what they
/// find.
/// \param said  knows the items that say something; what it does not is a part of the rest
/// \return  nothing if they cannot, or the store finds it sooner: it has to
[[nodiscard]] std::optional<Plan> plan_of(query::ItemSearch const& search, Version const& version,
                                          SaidSource const& said = {});

/// \param boxes  of the geometry that footprints have to meet, if there is one
[[nodiscard]] Bounds bounds_of(Plan const& plan, std::span<CellQuery const> boxes);

} // namespace terracat::index

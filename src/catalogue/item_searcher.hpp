#pragma once

#include "catalogue/explanation.hpp"
#include "catalogue/search_uses.hpp"
#include "index/plan.hpp"
#include "query/aggregation.hpp"

#include <terracat/revision.hpp>
#include <terracat/store_reader.hpp>

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace terracat::catalogue {

/// What a search among items may take.
struct Allowance {
  /// No more than light work: else it is given up with TooHeavy.
  bool must_be_light = false;
  /// Bodies that may be looked into for properties that have no column.
  std::size_t most_scanned = std::numeric_limits<std::size_t>::max();
  /// How many items the collections have that are searched; asked if it matters.
  std::function<std::size_t()> items_in_collections;
};

/// Searches among the items of one state: the index answers what it can, else the store does. For
/// one thread; refers to all that it is made of.
class ItemSearcher {
 public:
  /// \param reader  has the state of the revision
  /// \param index   of that state; null: there is none
  ItemSearcher(store::Reader& reader, Revision revision,
               std::shared_ptr<index::Version const> index, index::SaidCache& said,
               SearchUses& uses)
      : reader_(reader), revision_(revision), index_(std::move(index)), said_(said), uses_(uses) {}

  [[nodiscard]] bool has_index() const noexcept { return index_ != nullptr; }

  /// From now on each search is explained there; null: none is.
  void explain(std::vector<Explanation>* explanations) noexcept { explanations_ = explanations; }

  /// \throws ScanNeeded, ScanTooSlow, TooHeavy
  [[nodiscard]] store::ItemPage page(query::ItemSearch const& search, Allowance const& allowance);

  /// The answers in the order of the questions. \pre there is one
  /// \throws query::TooManyBuckets, ScanNeeded, ScanTooSlow
  [[nodiscard]] std::vector<query::Summary> aggregate(query::ItemSearch const& search,
                                                      std::span<query::Aggregation const> asked,
                                                      Allowance const& allowance);

 private:
  /// What is known of a search while it is answered.
  struct Course {
    std::optional<index::Plan> plan; ///< of the index; nothing: the store goes through all items
    Explanation explanation;
    std::vector<std::string> looked_for; ///< properties that the store looks for, item by item
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
  };

  [[nodiscard]] Course course_of(query::ItemSearch const& search, bool must_be_light) const;
  [[nodiscard]] store::ItemPage page_by(Course& course, query::ItemSearch const& search);
  [[nodiscard]] bool looks_into_too_many(std::optional<index::Plan> plan,
                                         Allowance const& allowance) const;
  /// The deadline has passed. \throws ScanTooSlow  or what says that, if it is no property's fault
  [[noreturn]] void give_up(Course& course);

  /// \pre there is an index
  [[nodiscard]] bool has_column(std::string_view name) const;

  /// \param refused  1: it took too long
  void finish(Course& course, std::size_t refused);

  store::Reader& reader_;
  Revision revision_;
  std::shared_ptr<index::Version const> index_;
  index::SaidCache& said_;
  SearchUses& uses_;
  std::vector<Explanation>* explanations_ = nullptr;
};

} // namespace terracat::catalogue

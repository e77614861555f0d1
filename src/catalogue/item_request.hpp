#pragma once

#include "query/aggregation.hpp"
#include "query/criteria.hpp"

#include <terracat/store.hpp>

#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace terracat::catalogue {

/// What is asked of items.
struct ItemRequest {
  query::Criteria criteria;
  std::vector<query::SortKey> sort; ///< empty: latest first; the sort of a token wins
  std::size_t limit = 10;
  std::optional<std::string> token;
  bool count = true;

  /// Bodies that may be looked into for properties that have no column.
  std::size_t most_scanned = std::numeric_limits<std::size_t>::max();

  /// No more than about half a millisecond: else the search is given up with TooHeavy.
  bool must_be_light = false;
};

/// What is asked of all items together.
struct AggregateRequest {
  query::Criteria criteria;
  std::vector<query::Aggregation> aggregations;
  std::size_t most_scanned = std::numeric_limits<std::size_t>::max(); ///< as of ItemRequest
};

/// A request would have taken more than light work. Nothing was read that matters.
class TooHeavy : public std::runtime_error {
 public:
  TooHeavy() : std::runtime_error("the request takes more than light work") {}
};

/// A search would have to look into more bodies than its request allows. Nothing was read.
class ScanNeeded : public std::runtime_error {
 public:
  ScanNeeded() : std::runtime_error("the search has to look into too many items") {}
};

/// The deadline passed while bodies were looked into.
class ScanTooSlow : public store::DeadlinePassed {
 public:
  explicit ScanTooSlow(std::vector<std::string> properties) : properties_(std::move(properties)) {}

  /// What was looked for there: an index on them would help.
  [[nodiscard]] std::vector<std::string> const& properties() const noexcept { return properties_; }

 private:
  std::vector<std::string> properties_;
};

struct ItemAnswer {
  std::vector<store::FoundItem> rows;
  std::vector<std::string> collections; ///< the shown id of each row's collection
  std::optional<std::size_t> matched;
  std::optional<std::string> next;     ///< token of the page that follows
  std::optional<std::string> previous; ///< of the page before
};

} // namespace terracat::catalogue

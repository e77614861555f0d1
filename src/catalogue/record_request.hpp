#pragma once

#include "catalogue/directory.hpp"
#include "catalogue/item_request.hpp"
#include "index/ranking.hpp"
#include "query/criteria.hpp"

#include <terracat/store_rows.hpp>

#include <optional>
#include <string>
#include <vector>

namespace terracat::catalogue {

/// A collection as one scope shows it. Valid while its view is.
struct ShownCollection {
  std::string id; ///< as shown
  Entry const* entry = nullptr;
  query::Expression const* where = nullptr; ///< which of its items are shown; null: all
};

/// As lists of people are sorted, whatever their language; of one title the newest first.
void sort_by_title(std::vector<ShownCollection>& collections);

/// What the names of places in a question do.
enum class PlaceNames : std::uint8_t {
  words,   ///< what other words do
  weighed, ///< what lies there answers better
  bounds,  ///< only what lies there, or names the place, answers
};

/// What is asked of records, be they collections or any other.
struct RecordRequest {
  query::Criteria criteria; ///< `collections` is empty
  query::Silence silence = query::Silence::is_left_out;
  /// What a person asks: only what says something of it is found. Empty: nobody asks.
  std::string question;
  index::Expander expand;                  ///< what the question may say as well; may be empty
  bool explains = true;                    ///< whether the answer has a Fit for each
  PlaceNames places = PlaceNames::weighed; ///< that the question names

  /// To conditions on places, what states no place is where it is guessed to be; by the order that
  /// nobody asked for it comes last.
  bool guesses = false;

  std::optional<std::vector<std::string>> sources; ///< only records of these

  /// Only collections with items that match this are found, unless the criteria say how many there
  /// have to be; `aggregations` is empty. Of records there is none.
  std::optional<AggregateRequest> items;

  /// Empty: the best first if there is a question, else by title. The sort of a token wins.
  std::vector<query::SortKey> sort;
  std::size_t limit = 10;
  std::size_t offset = 0; ///< records to be passed over, from the beginning or from the token
  std::optional<std::string> token;
};

/// A record as one scope shows it, be it a collection or any other. Valid while its view is.
struct ShownRecord {
  std::string id; ///< as shown
  store::RecordRow row;
  Entry const* entry = nullptr;     ///< null: it is no collection
  Entry const* any_entry = nullptr; ///< of whatever record

  /// The last change of the record as it is answered, apart from its items.
  [[nodiscard]] Sequence last_change() const noexcept {
    return std::max(row.sequence, any_entry->last_change());
  }
};

/// Where and when records are, all together, as far as they say.
struct RecordExtent {
  /// An end that is nothing is open.
  struct Period {
    std::optional<model::Instant> first;
    std::optional<model::Instant> last;
  };

  std::optional<model::Bbox> bbox;
  std::optional<Period> period;
};

/// How a record answers the question.
struct Fit {
  double score = 0;
  std::vector<index::Reason> reasons;
  double damping = 1;           ///< by which the score was lowered, for others are alike
  std::size_t alike_before = 0; ///< of its series, that answer as well or better
};

struct RecordAnswer {
  std::vector<ShownRecord> records;
  std::vector<Fit> fits;       ///< one for each record, if there was a question that `explains`
  bool may_be_guessed = false; ///< where one is that states no place, it is guessed to be
  std::size_t counted = 0;     ///< that match, of those that were looked at
  std::optional<std::size_t>
      matched;                     ///< nothing: more say something of the question than are counted
  std::optional<std::string> next; ///< token of the page that follows
  std::optional<std::string> previous; ///< of the page before
};

struct CollectionAnswer {
  std::vector<ShownCollection> collections;
  std::vector<std::size_t> items;      ///< of each, that match what was asked of them
  std::vector<Fit> fits;               ///< as of RecordAnswer
  std::size_t counted = 0;             ///< likewise
  std::optional<std::size_t> matched;  ///< likewise
  std::optional<std::string> next;     ///< token of the page that follows
  std::optional<std::string> previous; ///< of the page before
};

} // namespace terracat::catalogue

#pragma once

#include <terracat/bbox.hpp>
#include <terracat/query.hpp>

#include <map>
#include <stdexcept>

/// What can be said of all items of a search together (STAC API aggregation 0.3.0).
namespace terracat::query {

/// A span of the calendar, in UTC.
enum class Step : std::uint8_t { hour, day, month, year };

/// Numbers from one edge to the next, `count` times; what lies before or behind belongs to the
/// first or the last.
struct Ranges {
  double first = 0;
  double width = 1;
  std::int64_t count = 1;

  friend bool operator==(Ranges const&, Ranges const&) = default;
};

/// A grid over the world, finer with each level.
enum class Grid : std::uint8_t {
  geohash, ///< levels 1 to 12: characters
  geotile, ///< levels 0 to 29: zoom of the web-Mercator tiles
};

/// How many items there are.
struct CountItems {
  friend bool operator==(CountItems const&, CountItems const&) = default;
};

/// The earliest time (Property::Place::time) of an item.
struct EarliestTime {
  friend bool operator==(EarliestTime const&, EarliestTime const&) = default;
};

struct LatestTime {
  friend bool operator==(LatestTime const&, LatestTime const&) = default;
};

// How many items there are in each bucket. Items that have nothing to go by are in none.

struct ByCollection {
  friend bool operator==(ByCollection const&, ByCollection const&) = default;
};

struct ByTime {
  std::optional<Step> step; ///< nothing: the finest of which no more than `most_steps` lie between

  friend bool operator==(ByTime const&, ByTime const&) = default;
};

/// By what a property says; one of numbers, texts or truth values.
struct ByValue {
  Property property;

  friend bool operator==(ByValue const&, ByValue const&) = default;
};

struct ByRange {
  Property property; ///< of numbers
  Ranges ranges;

  friend bool operator==(ByRange const&, ByRange const&) = default;
};

/// By the cell in which the centre of the footprint's box lies.
struct ByCell {
  Grid grid = Grid::geohash;
  unsigned level = 1;

  friend bool operator==(ByCell const&, ByCell const&) = default;
};

using Aggregation = std::variant<CountItems, EarliestTime, LatestTime, ByCollection, ByTime,
                                 ByValue, ByRange, ByCell>;

/// The property that it goes by, if it is one of the item's own. \return  null if there is none
[[nodiscard]] Property const* property_of(Aggregation const& aggregation) noexcept;

// ---- Buckets

/// Of collections the number, of times the first moment in milliseconds, of ranges the place, of
/// cells column and row (Cell); of values what they are: a number, or a text.
using Bucket = std::variant<std::int64_t, double, std::string>;

/// Milliseconds from the first to before the last.
struct StepSpan {
  std::int64_t begin;
  std::int64_t end;
};

/// The step in which the moment lies.
[[nodiscard]] StepSpan span_of(Step step, std::int64_t milliseconds) noexcept;

/// \return  0 to less than `ranges.count`
[[nodiscard]] std::int64_t range_of(Ranges const& ranges, double value) noexcept;

/// The bucket of a value. \pre it is no time
[[nodiscard]] Bucket bucket_of(Scalar const& value);

struct Cell {
  std::uint32_t column = 0; ///< from the west
  std::uint32_t row = 0;    ///< from the south; of tiles from the north

  friend bool operator==(Cell const&, Cell const&) = default;
};

/// Of two longitudes the greater never lies in a lower column; of two latitudes in all rows that
/// lie between, which is all that a search by cells needs.
[[nodiscard]] Cell cell_of(ByCell const& by, model::Position const& position) noexcept;

[[nodiscard]] Bucket bucket_of(Cell cell) noexcept;

/// As geohashes and tiles are written: `u09t`, `5/16/11`.
[[nodiscard]] std::string text_of(ByCell const& by, Bucket const& bucket);

[[nodiscard]] model::Position centre_of(model::Bbox const& box) noexcept;

// ---- What is found

/// More buckets than anybody can read, or memory should be spent on.
class TooManyBuckets : public std::runtime_error {
 public:
  static constexpr std::size_t most = 10'000;

  explicit TooManyBuckets(Aggregation what)
      : std::runtime_error("an aggregation has too many buckets"), what_(std::move(what)) {}

  [[nodiscard]] Aggregation const& aggregation() const noexcept { return what_; }

 private:
  Aggregation what_;
};

/// The answer to one aggregation, which grows with the items that are added.
class Summary {
 public:
  explicit Summary(Aggregation what);

  [[nodiscard]] Aggregation const& what() const noexcept { return what_; }

  /// So many more items match.
  void count(std::size_t items) noexcept { items_ += items; }

  /// Items have this time. \pre it goes by time
  void add_time(std::int64_t milliseconds, std::size_t items);

  /// Items are in this bucket. \pre it has buckets, and not of time \throws TooManyBuckets
  void add(Bucket const& bucket, std::size_t items);

  /// All that match.
  [[nodiscard]] std::size_t items() const noexcept { return items_; }

  /// Of EarliestTime and LatestTime; nothing if no item has a time.
  [[nodiscard]] std::optional<std::int64_t> time() const noexcept { return time_; }

  /// Of ByTime.
  [[nodiscard]] Step step() const noexcept { return step_; }

  /// None is empty.
  [[nodiscard]] std::map<Bucket, std::size_t> const& buckets() const noexcept { return buckets_; }

  /// Items that are in no bucket.
  [[nodiscard]] std::size_t overflow() const noexcept;

  friend bool operator==(Summary const& a, Summary const& b) {
    return a.items_ == b.items_ && a.time_ == b.time_ && a.step_ == b.step_ &&
           a.buckets_ == b.buckets_;
  }

  /// Steps from the first to the last if nobody said which.
  static constexpr std::int64_t most_steps = 120;

 private:
  void make_coarser();

  Aggregation what_;
  std::size_t items_ = 0;
  std::optional<std::int64_t> time_;
  Step step_ = Step::hour;
  bool is_step_given_ = false;
  std::map<Bucket, std::size_t> buckets_;
};

} // namespace terracat::query

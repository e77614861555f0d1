#include "index/aggregate.hpp"

#include "index/scan.hpp"

#include <algorithm>
#include <bit>
#include <unordered_map>

namespace terracat::index {
namespace {

using query::Summary;

constexpr auto block_rows = Segment::block;

std::size_t count_of(std::uint64_t rows) noexcept {
  return static_cast<std::size_t>(std::popcount(rows));
}

/// The rows of a segment that match. Where nothing has to be compared, they are not looked at
/// before somebody asks.
class Matches {
 public:
  /// The scan must outlive it.
  Matches(Segment const& segment, Scan& scan, Examiner& examiner)
      : segment_(segment), scan_(scan), timed_(segment.lower_bound(behind(no_time + 1))) {
    scan.find();
    if (!scan.takes_all()) find(examiner);
  }

  /// \return  how many of `begin` to `end`. \pre these are within the scan's
  [[nodiscard]] std::size_t count(std::size_t begin, std::size_t end) const {
    if (found_.empty()) return scan_.count_rows(begin, end);
    std::size_t items = 0;
    for (auto block = begin / block_rows; block * block_rows < end; ++block) {
      items += count_of(found_[block] & rows_from(block, begin) & ~rows_from(block, end));
    }
    return items;
  }

  [[nodiscard]] std::size_t count() const { return count(scan_.begin(), scan_.end()); }

  /// By the segment's list of collections.
  [[nodiscard]] std::vector<std::size_t> by_collection() const {
    if (found_.empty()) return scan_.count_by_collection();
    std::vector<std::size_t> items(segment_.collections.size());
    for_each([&](std::size_t row) { ++items[segment_.collection[row]]; });
    return items;
  }

  /// \param each  called with rows in order
  template<class Each>
  void for_each(Each const& each) const {
    for (auto block = scan_.begin() / block_rows; block * block_rows < scan_.end(); ++block) {
      for (auto rows = in(block); rows != 0; rows &= rows - 1) {
        each(block * block_rows + static_cast<std::size_t>(std::countr_zero(rows)));
      }
    }
  }

  // Of those with a time, which are the first ones.

  [[nodiscard]] std::size_t begin() const noexcept { return scan_.begin(); }

  [[nodiscard]] std::size_t end() const noexcept { return std::min(scan_.end(), timed_); }

  /// The first one from a row on; end() if there is none.
  [[nodiscard]] std::size_t first_from(std::size_t row) const {
    for (auto block = row / block_rows; block * block_rows < end(); ++block) {
      auto const rows = in(block)&rows_from(block, row);
      if (rows == 0) continue;
      return std::min(end(), block * block_rows + static_cast<std::size_t>(std::countr_zero(rows)));
    }
    return end();
  }

  /// \return  nothing if there is none
  [[nodiscard]] std::optional<std::size_t> first() const {
    auto const row = first_from(scan_.begin());
    return row < end() ? std::optional(row) : std::nullopt;
  }

  [[nodiscard]] std::optional<std::size_t> last() const {
    for (auto left = end(); left > scan_.begin(); left = (left - 1) / block_rows * block_rows) {
      auto const block = (left - 1) / block_rows;
      auto const rows = in(block) & ~rows_from(block, end());
      if (rows == 0) continue;
      return (block + 1) * block_rows - 1 - static_cast<std::size_t>(std::countl_zero(rows));
    }
    return std::nullopt;
  }

  /// The first row whose time is before the moment.
  [[nodiscard]] std::size_t end_of(std::int64_t moment) const {
    return std::min(end(), segment_.lower_bound(behind(moment)));
  }

 private:
  static Place behind(std::int64_t moment) noexcept {
    return {.time = moment - 1, .number = last_number};
  }

  /// The rows of a block from one on, which may be of another.
  static std::uint64_t rows_from(std::size_t block, std::size_t row) noexcept {
    auto const first = block * block_rows;
    if (row <= first) return ~std::uint64_t{0};
    return row - first < block_rows ? ~std::uint64_t{0} << (row - first) : 0;
  }

  [[nodiscard]] std::uint64_t in(std::size_t block) const {
    return found_.empty() ? scan_.candidates(block) : found_[block];
  }

  void find(Examiner& examiner) {
    found_.resize(segment_.blocks());
    scan_.visit_blocks(false, [&](std::size_t block) {
      if (!examiner.takes_blocks(1)) return false;
      auto const candidates = scan_.candidates(block);
      auto const certain = candidates & scan_.certain(block);
      found_[block] = certain;
      for (auto rows = candidates & ~certain; rows != 0; rows &= rows - 1) {
        auto const bit = static_cast<std::size_t>(std::countr_zero(rows));
        if (scan_.matches(block * block_rows + bit)) found_[block] |= std::uint64_t{1} << bit;
      }
      return true;
    });
  }

  Segment const& segment_;
  Scan const& scan_;
  std::size_t timed_;
  std::vector<std::uint64_t> found_; ///< bits by blocks; empty: all that the scan has
};

/// The cell of each row, as far as its box tells.
class Cells {
 public:
  Cells(Segment const& segment, query::ByCell const& by) : segment_(segment), by_(by) {}

  /// \return  nothing if the box itself has to be read. \pre the row has a footprint
  [[nodiscard]] std::optional<query::Cell> cell(std::size_t row) const noexcept {
    if ((segment_.flags[row] & Row::is_half) != 0) return std::nullopt;
    auto const box = segment_.boxes.cells_of(row);
    auto const lowest = cell_of(by_, {edge_of(box.west, box.east, 360, 0) - slack,
                                      edge_of(box.south, box.north, 180, 0) - slack});
    auto const highest = cell_of(by_, {edge_of(box.west, box.east, 360, 2) + slack,
                                       edge_of(box.south, box.north, 180, 2) + slack});
    return lowest == highest ? std::optional(lowest) : std::nullopt;
  }

 private:
  /// Beyond what floating point may do to an edge, in degrees.
  static constexpr double slack = 1e-9;

  /// What the middle of two edges lies behind, or with two cells more before.
  static double edge_of(Cell low, Cell high, double degrees, int more) noexcept {
    return (low + high + more) * degrees / 2 / 65'536 - degrees / 2;
  }

  Segment const& segment_;
  query::ByCell const& by_;
};

/// Adds what a part has to the answer of each kind of aggregation.
class Adding {
 public:
  Adding(Part const& part, Version const& version, Matches const& matches, Examiner& examiner,
         Summary& out)
      : segment_(*part.segment),
        version_(version),
        matches_(matches),
        examiner_(examiner),
        out_(out) {}

  void operator()(query::CountItems const& /*all*/) const {}

  void operator()(query::LatestTime const& /*what*/) const {
    if (auto const row = matches_.first()) out_.add_time(segment_.time[*row], 1);
  }

  void operator()(query::EarliestTime const& /*what*/) const {
    if (auto const row = matches_.last()) out_.add_time(segment_.time[*row], 1);
  }

  void operator()(query::ByTime const& /*by*/) const {
    for (auto row = matches_.first_from(matches_.begin()); row < matches_.end();) {
      auto const span = query::span_of(out_.step(), segment_.time[row]);
      auto const next = matches_.end_of(span.begin);
      out_.add_time(segment_.time[row], matches_.count(row, next));
      row = matches_.first_from(next);
    }
  }

  void operator()(query::ByCollection const& /*by*/) const {
    auto const items = matches_.by_collection();
    for (std::size_t place = 0; place < items.size(); ++place) {
      if (items[place] == 0) continue;
      out_.add(static_cast<std::int64_t>(segment_.collections[place].number), items[place]);
    }
  }

  void operator()(query::ByValue const& by) const {
    auto const& column = column_of(by.property);
    for_each_code(column, by.property, [&](Column::Code code, std::size_t items) {
      if (column.holds_texts()) return out_.add(std::string(column.text(code)), items);
      out_.add(query::bucket_of(column.value(code)), items);
    });
  }

  void operator()(query::ByRange const& by) const {
    auto const& column = column_of(by.property);
    for_each_code(column, by.property, [&](Column::Code code, std::size_t items) {
      out_.add(query::range_of(by.ranges, column.value(code)), items);
    });
  }

  void operator()(query::ByCell const& by) const {
    Cells const cells(segment_, by);
    std::unordered_map<std::int64_t, std::size_t> items;
    matches_.for_each([&](std::size_t row) {
      if ((segment_.flags[row] & Row::has_footprint) == 0) return;
      auto cell = cells.cell(row);
      if (!cell) {
        auto const box = examiner_.box(segment_.number[row]);
        if (!box) return;
        cell = cell_of(by, query::centre_of(*box));
      }
      ++items[std::get<std::int64_t>(query::bucket_of(*cell))];
    });
    for (auto const& [cell, count] : items) out_.add(cell, count);
  }

 private:
  [[nodiscard]] Column const& column_of(query::Property const& property) const {
    return segment_.columns[version_.column(property).value()];
  }

  /// \param each  called with each code that rows have, and how many do
  template<class Each>
  void for_each_code(Column const& column, query::Property const& property,
                     Each const& each) const {
    if (column.is_empty()) return;
    std::vector<std::size_t> listed(column.is_list() ? column.size() : 0);
    std::unordered_map<Column::Code, std::size_t> others;
    auto const allowed = places_of(property.only_in);
    matches_.for_each([&](std::size_t row) {
      auto const code = column.code(row);
      if (code == Column::none) return;
      if (!allowed.empty() && allowed[segment_.collection[row]] == 0) return;
      if (column.is_list()) {
        ++listed[code];
      } else {
        ++others[code];
      }
    });
    for (std::size_t code = 0; code < listed.size(); ++code) {
      if (listed[code] > 0) each(code, listed[code]);
    }
    for (auto const& [code, items] : others) each(code, items);
  }

  /// 1 for the segment's collections that are among these; empty: all are
  [[nodiscard]] std::vector<std::uint8_t>
  places_of(std::vector<RecordNumber> const& only_in) const {
    std::vector<std::uint8_t> out;
    if (only_in.empty()) return out;
    for (auto const& [number, items] : segment_.collections) {
      out.push_back(std::ranges::find(only_in, number) != only_in.end() ? 1 : 0);
    }
    return out;
  }

  Segment const& segment_;
  Version const& version_;
  Matches const& matches_;
  Examiner& examiner_;
  Summary& out_;
};

} // namespace

bool can_aggregate(std::span<query::Aggregation const> aggregations, Version const& version) {
  return std::ranges::all_of(aggregations, [&](query::Aggregation const& what) {
    auto const* const property = query::property_of(what);
    return property == nullptr || version.column(*property).has_value();
  });
}

std::optional<std::vector<Summary>> aggregate(Version const& version, Plan const& plan,
                                              std::span<query::Aggregation const> aggregations,
                                              store::Reader& reader, Effort effort, Work* work) {
  std::vector<Summary> out(aggregations.begin(), aggregations.end());
  Examiner examiner(plan, reader, effort);
  Hits hits;
  for (auto const* const part : version.parts_within(bounds_of(plan, examiner.boxes()))) {
    Scan scan(*part, plan, examiner, hits);
    if (scan.is_empty()) continue;
    examiner.enter_segment();
    Matches const matches(*part->segment, scan, examiner);
    auto const items = matches.count();
    for (auto& summary : out) {
      summary.count(items);
      std::visit(Adding(*part, version, matches, examiner, summary), summary.what());
    }
    if (examiner.is_given_up()) return std::nullopt;
  }
  if (work != nullptr) *work = examiner.work();
  return out;
}

} // namespace terracat::index

#include "index/search.hpp"

#include "geometry/prepared.hpp"
#include "index/scan.hpp"

#include <algorithm>
#include <bit>
#include <span>
#include <stdexcept>

namespace terracat::index {
namespace {

/// The first items in order among those that are offered, a bounded number of them.
class Page {
 public:
  explicit Page(std::size_t most) : most_(most) {}

  /// Whoever comes at this place or later has come too late, for good.
  [[nodiscard]] bool is_closed_to(Place const& place) const noexcept {
    return most_ == 0 || (heap_.size() == most_ && !place.precedes(heap_.front()));
  }

  /// \pre not closed to it
  void add(Place const& place) {
    if (heap_.size() == most_) {
      std::ranges::pop_heap(heap_, precedes);
      heap_.pop_back();
    }
    heap_.push_back(place);
    std::ranges::push_heap(heap_, precedes);
  }

  [[nodiscard]] std::vector<Place> take() {
    std::ranges::sort_heap(heap_, precedes);
    return std::move(heap_);
  }

 private:
  static bool precedes(Place const& a, Place const& b) noexcept { return a.precedes(b); }

  std::size_t most_;
  std::vector<Place> heap_; ///< the last one in front
};

/// Whether an item's footprint shares a point with the geometry of a plan.
class FootprintTest {
 public:
  FootprintTest(model::Geometry const& geometry, store::Reader& reader)
      : prepared_(geometry), reader_(reader) {
    for (auto const& half : geometry.bbox().halves()) boxes_.emplace_back(half);
  }

  [[nodiscard]] std::span<CellQuery const> boxes() const noexcept { return boxes_; }

  /// What is known without the footprint. \return  nothing if that does not say it
  [[nodiscard]] std::optional<bool> guess(Segment const& segment, std::size_t row) const {
    auto const flags = segment.flags[row];
    if ((flags & Row::has_footprint) == 0) return false;
    if (prepared_.geometry().is_box()) {
      bool const is_box = (flags & Row::is_box) != 0;
      bool const is_half = (flags & Row::is_half) != 0;
      auto const cells = segment.cells(row);
      for (auto const& box : boxes_) {
        if (is_box && box.meets(cells)) return true;
        if (!is_half && box.holds(cells)) return true; // nobody knows what a half holds
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] bool compare(ItemNumber number) const {
    auto const footprint = footprint_of(number);
    return footprint && prepared_.intersects(*footprint);
  }

 private:
  /// One that is damaged meets nothing, and spoils no search among others.
  [[nodiscard]] std::optional<model::Geometry> footprint_of(ItemNumber number) const {
    try {
      return reader_.footprint(number);
    } catch (store::StoreError const& error) {
      if (error.reason() != store::StoreError::Reason::corrupt) throw;
      return std::nullopt;
    }
  }

  geometry::Prepared prepared_;
  std::vector<CellQuery> boxes_;
  store::Reader& reader_;
};

/// One search: the parts one after the other, those with the latest items first.
class Walk {
 public:
  Walk(Plan const& plan, store::Reader& reader, Effort effort)
      : plan_(plan), page_(plan.limit > 0 ? plan.limit + 1 : 0), left_(effort) {
    if (plan.meets != nullptr) meets_.emplace(*plan.meets, reader);
  }

  void visit(std::vector<Part> const& parts) {
    for (auto const& part : parts) {
      if (!plan_.count && page_.is_closed_to(part.segment->place(0))) return;
      visit(part);
      if (is_given_up_) return;
    }
  }

  /// One more than the page holds, if there are more.
  [[nodiscard]] std::vector<Place> take_places() { return page_.take(); }

  [[nodiscard]] std::size_t matched() const noexcept { return matched_; }

  /// It would have taken more than the effort: nothing else can be said of it.
  [[nodiscard]] bool is_given_up() const noexcept { return is_given_up_; }

 private:
  void visit(Part const& part) {
    Scan const scan(part, plan_, meets_ ? meets_->boxes() : std::span<CellQuery const>());
    if (scan.is_empty()) return;
    bool counts = plan_.count;
    if (auto const all = counts ? scan.all() : std::nullopt) {
      matched_ += *all;
      counts = false;
    }
    walk(*part.segment, scan, counts);
  }

  /// \param counts  goes on when the page is full
  void walk(Segment const& segment, Scan const& scan, bool counts) {
    auto const start = start_of_page(segment, scan);
    ItemNumber last{}; // that matched
    for (auto block = (counts ? scan.begin() : start) / Segment::block;
         block * Segment::block < scan.end(); ++block) {
      auto const from = block * Segment::block;
      auto const next = std::max(from, start);
      bool const is_open = next < std::min(from + Segment::block, scan.end()) &&
                           !page_.is_closed_to(segment.place(next));
      if (!is_open && !counts) return;
      if (!spend(left_.blocks)) return;
      auto rows = scan.candidates(block);
      if (!is_open && !meets_) {
        matched_ += static_cast<std::size_t>(std::popcount(rows));
        continue;
      }
      for (; rows != 0; rows &= rows - 1) {
        auto const row = from + static_cast<std::size_t>(std::countr_zero(rows));
        auto const place = segment.place(row);
        if (place.number == last || (meets_ && !meets(segment, row))) continue;
        last = place.number;
        if (counts) ++matched_;
        if (row >= start && !page_.is_closed_to(place)) page_.add(place);
      }
    }
  }

  [[nodiscard]] bool meets(Segment const& segment, std::size_t row) {
    auto const guess = meets_->guess(segment, row);
    return guess ? *guess : spend(left_.footprints) && meets_->compare(segment.number[row]);
  }

  /// \return  false if there is nothing left to spend
  bool spend(std::size_t& left) noexcept {
    if (left == 0) is_given_up_ = true;
    if (is_given_up_) return false;
    --left;
    return true;
  }

  /// The first row that may be on the page.
  [[nodiscard]] std::size_t start_of_page(Segment const& segment, Scan const& scan) const {
    if (!plan_.after) return scan.begin();
    auto const number = static_cast<std::int64_t>(plan_.after->number);
    auto const next = Place{.time = plan_.after->time, .number = ItemNumber{number - 1}};
    return std::clamp(segment.lower_bound(next), scan.begin(), scan.end());
  }

  Plan const& plan_;
  Page page_;
  std::optional<FootprintTest> meets_;
  std::size_t matched_ = 0;
  Effort left_;
  bool is_given_up_ = false;
};

query::Anchor anchor_of(Place const& place) {
  query::Anchor out{.values = {}, .number = place.number};
  if (place.time == no_time) {
    out.values.emplace_back(std::monostate());
  } else {
    out.values.emplace_back(place.time);
  }
  return out;
}

} // namespace

std::optional<store::ItemPage> search(Version const& version, Plan const& plan,
                                      store::Reader& reader, Effort effort) {
  Walk walk(plan, reader, effort);
  walk.visit(version.parts());
  if (walk.is_given_up()) return std::nullopt;
  store::ItemPage page;
  if (plan.count) page.matched = walk.matched();
  auto places = walk.take_places();
  if (places.size() > plan.limit) {
    places.pop_back();
    page.next = anchor_of(places.back());
  }
  for (auto const& place : places) {
    auto row = reader.item(place.number);
    if (!row) throw std::logic_error("the index has an item that the store does not have");
    page.rows.push_back(std::move(*row));
  }
  return page;
}

} // namespace terracat::index

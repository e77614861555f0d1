#include "index/search.hpp"

#include "index/page.hpp"
#include "index/scan.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace terracat::index {
namespace {

/// One more than the page holds says that there are more.
std::size_t most_of_page(Plan const& plan) noexcept {
  return plan.limit > 0 ? plan.limit + 1 : 0;
}

/// A search in the order of segments: those with the latest items first, each from its beginning.
class LatestFirst {
 public:
  LatestFirst(Plan const& plan, Examiner& examiner)
      : plan_(plan), examiner_(examiner), page_(most_of_page(plan)) {}

  void visit(std::vector<Part> const& parts) {
    for (auto const& part : parts) {
      if (!plan_.count && page_.is_closed_to(part.segment->place(0))) return;
      visit(part);
      if (examiner_.is_given_up()) return;
    }
  }

  [[nodiscard]] std::vector<Place> take_places() { return page_.take(); }

  [[nodiscard]] std::size_t matched() const noexcept { return matched_; }

  [[nodiscard]] static query::Anchor anchor_of(Place const& place) {
    query::Anchor out{.values = {}, .number = place.number};
    if (place.time == no_time) {
      out.values.emplace_back(std::monostate());
    } else {
      out.values.emplace_back(place.time);
    }
    return out;
  }

 private:
  void visit(Part const& part) {
    Scan const scan(part, plan_, examiner_.boxes());
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
    for (auto block = (counts ? scan.begin() : start) / Segment::block;
         block * Segment::block < scan.end(); ++block) {
      auto const from = block * Segment::block;
      auto const next = std::max(from, start);
      bool const is_open = next < std::min(from + Segment::block, scan.end()) &&
                           !page_.is_closed_to(segment.place(next));
      if (!is_open && !counts) return;
      if (!examiner_.takes_block()) return;
      auto rows = scan.candidates(block);
      if (!is_open && !examiner_.compares_footprints()) {
        matched_ += static_cast<std::size_t>(std::popcount(rows));
        continue;
      }
      for (; rows != 0; rows &= rows - 1) {
        auto const row = from + static_cast<std::size_t>(std::countr_zero(rows));
        if (!examiner_.meets(segment, row)) continue;
        if (counts) ++matched_;
        auto const place = segment.place(row);
        if (row >= start && !page_.is_closed_to(place)) page_.add(place);
      }
    }
  }

  /// The first row that may be on the page.
  [[nodiscard]] std::size_t start_of_page(Segment const& segment, Scan const& scan) const {
    if (!plan_.after) return scan.begin();
    auto const number = static_cast<std::int64_t>(plan_.after->number);
    auto const next = Place{.time = plan_.after->time, .number = ItemNumber{number - 1}};
    return std::clamp(segment.lower_bound(next), scan.begin(), scan.end());
  }

  Plan const& plan_;
  Examiner& examiner_;
  Page<Place> page_;
  std::size_t matched_ = 0;
};

/// A search in another order: the segments with the best rows first, so that the others, and most
/// rows of these, need no look.
class Sorted {
 public:
  Sorted(Plan const& plan, Examiner& examiner)
      : plan_(plan), examiner_(examiner), page_(most_of_page(plan)) {}

  void visit(std::vector<Part> const& parts) {
    std::vector<Task> tasks;
    for (auto const& part : parts) {
      SegmentOrder order(*part.segment, *plan_.order);
      auto const best = order.best();
      tasks.push_back({.part = &part, .order = std::move(order), .best = best});
    }
    std::ranges::stable_sort(tasks, {}, &Task::best);
    for (auto& task : tasks) {
      if (!plan_.count && is_closed_to(task.best)) return;
      visit(task);
      if (examiner_.is_given_up()) return;
    }
  }

  [[nodiscard]] std::vector<Rank> take_places() { return page_.take(); }

  [[nodiscard]] std::size_t matched() const noexcept { return matched_; }

  [[nodiscard]] query::Anchor anchor_of(Rank const& rank) const {
    return plan_.order->anchor_of(rank);
  }

 private:
  struct Task {
    Part const* part;
    SegmentOrder order;
    SortNumber best;
  };

  /// Nobody with such a first key comes on the page any more.
  [[nodiscard]] bool is_closed_to(SortNumber first_key) const noexcept {
    return plan_.limit == 0 || (page_.is_full() && first_key > page_.last().keys.front());
  }

  void visit(Task& task) {
    Scan const scan(*task.part, plan_, examiner_.boxes());
    if (scan.is_empty()) return;
    bool counts = plan_.count;
    if (auto const all = counts ? scan.all() : std::nullopt) {
      matched_ += *all;
      counts = false;
    }
    if (!counts && is_closed_to(task.best)) return;
    auto const first = scan.begin() / Segment::block;
    auto const blocks = (scan.end() - 1) / Segment::block - first + 1;
    for (std::size_t i = 0; i < blocks; ++i) {
      auto const block = first + (task.order.is_backwards() ? blocks - 1 - i : i);
      if (!counts && is_closed_to(task.order.best(block))) continue;
      if (!examiner_.takes_block()) return;
      look(task, block, scan.candidates(block), counts);
    }
  }

  void look(Task& task, std::size_t block, std::uint64_t rows, bool counts) {
    if (rows == 0) return;
    if (counts && !examiner_.compares_footprints()) {
      matched_ += static_cast<std::size_t>(std::popcount(rows));
      counts = false;
    }
    if (!counts) {
      if (plan_.limit == 0) return;
      if (page_.is_full()) task.order.want_up_to(page_.last().keys.front());
      rows &= task.order.wanted(block);
    }
    for (; rows != 0; rows &= rows - 1) {
      auto const row = block * Segment::block + static_cast<std::size_t>(std::countr_zero(rows));
      auto const rank = task.order.rank(row);
      bool const is_before = plan_.after_rank && !plan_.after_rank->precedes(rank);
      bool const is_wanted = !is_before && !page_.is_closed_to(rank);
      if (!is_wanted && !counts) continue;
      if (!examiner_.meets(*task.part->segment, row)) continue;
      if (counts) ++matched_;
      if (is_wanted) page_.add(rank);
    }
  }

  Plan const& plan_;
  Examiner& examiner_;
  Page<Rank> page_;
  std::size_t matched_ = 0;
};

/// \tparam Walk  how the parts are gone through
template<class Walk>
std::optional<store::ItemPage> search_by(Version const& version, Plan const& plan,
                                         store::Reader& reader, Effort effort) {
  Examiner examiner(plan, reader, effort);
  Walk walk(plan, examiner);
  walk.visit(version.parts());
  if (examiner.is_given_up()) return std::nullopt;
  store::ItemPage page;
  if (plan.count) page.matched = walk.matched();
  auto places = walk.take_places();
  if (places.size() > plan.limit) {
    places.pop_back();
    page.next = walk.anchor_of(places.back());
  }
  for (auto const& place : places) {
    auto row = reader.item(place.number);
    if (!row) throw std::logic_error("the index has an item that the store does not have");
    page.rows.push_back(std::move(*row));
  }
  return page;
}

} // namespace

std::optional<store::ItemPage> search(Version const& version, Plan const& plan,
                                      store::Reader& reader, Effort effort) {
  return plan.order ? search_by<Sorted>(version, plan, reader, effort)
                    : search_by<LatestFirst>(version, plan, reader, effort);
}

} // namespace terracat::index

#include "index/search.hpp"

#include "index/page.hpp"
#include "index/scan.hpp"
#include "store/turns.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <stdexcept>

namespace terracat::index {
namespace {

/// One more than the page holds says that there are more.
std::size_t most_of_page(Plan const& plan) noexcept {
  return plan.search->limit > 0 ? plan.search->limit + 1 : 0;
}

/// Counts what a segment has without its page, where that is less work: boxes have to be compared
/// for a page anyway, and are then counted with it.
/// \return  whether it was added to `matched`
bool count_apart(Scan const& scan, bool is_open, std::size_t& matched) {
  if (is_open && scan.compares_boxes()) return false;
  auto const counted = scan.count();
  matched += counted.value_or(0);
  return counted.has_value();
}

/// A search in the order of segments: each from its end that comes first on the way.
class LatestFirst {
 public:
  LatestFirst(Plan const& plan, Examiner& examiner)
      : plan_(plan), examiner_(examiner), page_(most_of_page(plan), plan.way) {}

  /// \param parts  latest first
  void visit(std::vector<Part const*> parts) {
    put_along_the_way(parts);
    for (auto const* const part : parts) {
      if (!plan_.search->count && !is_open(*part->segment, all_of(*part))) return;
      visit(*part);
      if (examiner_.is_given_up()) return;
    }
  }

  [[nodiscard]] std::vector<Placed<Place>> take_places() { return page_.take(); }

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
  /// Rows of a segment, one after the other.
  struct Span {
    std::size_t begin;
    std::size_t end;
  };

  static Span all_of(Part const& part) noexcept { return {0, part.segment->size}; }

  [[nodiscard]] Place first_of(Segment const& segment, Span rows) const noexcept {
    return segment.place(plan_.way.is_backwards ? rows.end - 1 : rows.begin);
  }

  void put_along_the_way(std::vector<Part const*>& parts) const {
    if (!plan_.way.is_backwards) return; // as they stand
    std::ranges::sort(parts, plan_.way,
                      [&](Part const* part) { return first_of(*part->segment, all_of(*part)); });
  }

  /// One of the rows may come on the page.
  [[nodiscard]] bool is_open(Segment const& segment, Span rows) const noexcept {
    return rows.begin < rows.end && !page_.is_closed_to(first_of(segment, rows));
  }

  void visit(Part const& part) {
    auto const& segment = *part.segment;
    Scan scan(part, plan_, examiner_, hits_);
    if (scan.is_empty()) return;
    auto const of_page = rows_of_page(segment, scan);
    bool const may_be_on_page = is_open(segment, of_page);
    bool const counts = plan_.search->count && !count_apart(scan, may_be_on_page, matched_);
    if (!may_be_on_page && !counts) return;
    examiner_.enter_segment();
    scan.find();
    walk(segment, scan, of_page, counts);
  }

  /// \param counts  all that match, on the page or not
  void walk(Segment const& segment, Scan const& scan, Span of_page, bool counts) {
    auto left = of_page;
    scan.visit_blocks(of_page.begin, of_page.end, plan_.way.is_backwards, [&](std::size_t block) {
      auto const from = block * Segment::block;
      Span const rows{std::max(from, of_page.begin), std::min(from + Segment::block, of_page.end)};
      if (!is_open(segment, rows) || !examiner_.takes_blocks(1)) return false;
      look(segment, scan, rows, counts);
      (plan_.way.is_backwards ? left.end : left.begin) =
          plan_.way.is_backwards ? rows.begin : rows.end;
      return true;
    });
    if (!counts) return;
    for (auto const& rest : {Span{scan.begin(), of_page.begin}, left, {of_page.end, scan.end()}}) {
      matched_ += scan.count_matches(rest.begin, rest.end);
    }
  }

  /// \param rows  of one block
  void look(Segment const& segment, Scan const& scan, Span rows, bool counts) {
    auto const block = rows.begin / Segment::block;
    auto candidates = scan.candidates(block) & bits_within(block, rows.begin, rows.end);
    for (; candidates != 0; candidates &= candidates - 1) {
      auto const row =
          block * Segment::block + static_cast<std::size_t>(std::countr_zero(candidates));
      if (!scan.matches(row)) continue;
      if (counts) ++matched_;
      auto const place = segment.place(row);
      if (!page_.is_closed_to(place)) page_.add({place, segment.collection_of(row)});
    }
  }

  /// Those that lie on the way.
  [[nodiscard]] Span rows_of_page(Segment const& segment, Scan const& scan) const {
    Span out{scan.begin(), scan.end()};
    if (!plan_.from) return out;
    if (plan_.way.is_backwards) {
      out.end = std::clamp(segment.lower_bound(*plan_.from), out.begin, out.end);
    } else {
      auto const number = static_cast<std::int64_t>(plan_.from->number);
      auto const next = Place{.time = plan_.from->time, .number = ItemNumber{number - 1}};
      out.begin = std::clamp(segment.lower_bound(next), out.begin, out.end);
    }
    return out;
  }

  Plan const& plan_;
  Examiner& examiner_;
  Hits hits_;
  Page<Placed<Place>> page_;
  std::size_t matched_ = 0;
};

/// A search in another order: the segments with the first rows on the way first, so that the
/// others, and most rows of these, need no look.
class Sorted {
 public:
  Sorted(Plan const& plan, Examiner& examiner)
      : plan_(plan), examiner_(examiner), page_(most_of_page(plan), plan.way) {
    if (!plan.from_rank) return;
    auto const from = plan.from_rank->keys.front();
    (plan.way.is_backwards ? open_.greatest : open_.least) = from;
  }

  void visit(std::vector<Part const*> const& parts) {
    std::vector<Task> tasks;
    for (auto const* const part : parts) {
      SegmentOrder order(*part->segment, *plan_.order);
      auto const keys = order.keys_within(open_);
      if (!keys && !plan_.search->count) continue;
      auto const distance = keys ? distance_of(*keys) : farthest;
      tasks.push_back({.part = part, .order = std::move(order), .distance = distance});
    }
    std::ranges::stable_sort(tasks, {}, &Task::distance);
    for (auto& task : tasks) {
      if (!plan_.search->count && !may_be_on_page(task)) return;
      visit(task);
      if (examiner_.is_given_up()) return;
    }
  }

  [[nodiscard]] std::vector<Placed<Rank>> take_places() { return page_.take(); }

  [[nodiscard]] std::size_t matched() const noexcept { return matched_; }

  [[nodiscard]] query::Anchor anchor_of(Rank const& rank) const {
    return plan_.order->anchor_of(rank);
  }

 private:
  static constexpr auto farthest = std::numeric_limits<SortNumber>::max();

  struct Task {
    Part const* part;
    SegmentOrder order;
    SortNumber distance; ///< of the first row that may come on the page
  };

  /// How far on the way the first of these keys is.
  [[nodiscard]] SortNumber distance_of(KeySpan keys) const noexcept {
    return plan_.way.is_backwards ? ~keys.greatest : keys.least;
  }

  [[nodiscard]] bool may_be_on_page(Task const& task) const noexcept {
    if (plan_.search->limit == 0) return false;
    return task.distance <= (plan_.way.is_backwards ? ~open_.least : open_.greatest);
  }

  void visit(Task& task) {
    Scan scan(*task.part, plan_, examiner_, hits_);
    if (scan.is_empty()) return;
    bool const is_open = may_be_on_page(task);
    bool const counts = plan_.search->count && !count_apart(scan, is_open, matched_);
    if (!is_open && !counts) return;
    examiner_.enter_segment();
    scan.find();
    bool const is_backwards = task.order.is_backwards() != plan_.way.is_backwards;
    scan.visit_blocks(is_backwards, [&](std::size_t block) {
      if (!counts && !task.order.may_have(open_, block)) return true;
      if (!examiner_.takes_blocks(1)) return false;
      look(task, scan, block, counts);
      return true;
    });
  }

  void look(Task& task, Scan const& scan, std::size_t block, bool counts) {
    auto rows = scan.candidates(block);
    if (rows == 0) return;
    bool const are_certain = (rows & ~scan.certain(block)) == 0;
    if (counts && are_certain) {
      matched_ += static_cast<std::size_t>(std::popcount(rows));
      counts = false;
    }
    if (!counts) {
      if (plan_.search->limit == 0) return;
      task.order.want(open_);
      rows &= task.order.wanted(block);
    }
    for (; rows != 0; rows &= rows - 1) {
      auto const row = block * Segment::block + static_cast<std::size_t>(std::countr_zero(rows));
      auto const rank = task.order.rank(row);
      bool const is_on_way = !plan_.from_rank || plan_.way(*plan_.from_rank, rank);
      bool const is_wanted = is_on_way && !page_.is_closed_to(rank);
      if (!is_wanted && !counts) continue;
      if (!scan.matches(row)) continue;
      if (counts) ++matched_;
      if (is_wanted) add({rank, task.part->segment->collection_of(row)});
    }
  }

  void add(Placed<Rank> const& placed) {
    page_.add(placed);
    if (!page_.is_full()) return;
    (plan_.way.is_backwards ? open_.least : open_.greatest) = page_.last().keys.front();
  }

  Plan const& plan_;
  Examiner& examiner_;
  Hits hits_;
  Page<Placed<Rank>> page_;
  KeySpan open_; ///< first keys that may come on the page
  std::size_t matched_ = 0;
};

/// \tparam Walk  how the parts are gone through
template<class Walk>
std::optional<store::ItemPage> search_by(Version const& version, Plan const& plan,
                                         store::Reader& reader, Effort effort, Work* work) {
  Examiner examiner(plan, reader, effort);
  Walk walk(plan, examiner);
  walk.visit(version.parts_within(bounds_of(plan, examiner.boxes())));
  if (work != nullptr) *work = examiner.work();
  if (examiner.is_given_up()) return std::nullopt;
  store::ItemPage page;
  if (plan.search->count) page.matched = walk.matched();
  auto places = walk.take_places();
  bool const has_more = places.size() > plan.search->limit;
  if (has_more) places.pop_back();
  if (plan.way.is_backwards) std::ranges::reverse(places);
  if (places.empty()) {
    store::turn(page, *plan.search, nullptr, nullptr, has_more);
  } else {
    auto const first = walk.anchor_of(places.front());
    auto const last = walk.anchor_of(places.back());
    store::turn(page, *plan.search, &first, &last, has_more);
  }
  for (auto const& place : places) {
    page.rows.push_back({.number = place.number, .collection = place.collection});
  }
  return page;
}

} // namespace

std::optional<store::ItemPage> search(Version const& version, Plan const& plan,
                                      store::Reader& reader, Effort effort, Work* work) {
  return plan.order ? search_by<Sorted>(version, plan, reader, effort, work)
                    : search_by<LatestFirst>(version, plan, reader, effort, work);
}

} // namespace terracat::index

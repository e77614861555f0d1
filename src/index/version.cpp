#include "index/version.hpp"

#include "index/arrangement.hpp"
#include "index/segment.hpp"

#include <algorithm>
#include <bit>
#include <functional>

namespace terracat::index {
namespace {

/// A segment is merged into one of newer rows unless it has more than so many times as many.
constexpr std::size_t much_larger = 4;

/// Collects the rows of a segment that are to be removed.
class Removal {
 public:
  explicit Removal(Part& part) : part_(part) {}

  void remove(std::size_t row) {
    if (!removed_) begin();
    auto& word = removed_->rows[row / Segment::block];
    auto const bit = std::uint64_t{1} << (row % Segment::block);
    if ((word & bit) != 0) return;
    word |= bit;
    ++removed_->count;
    auto const& segment = *part_.segment;
    bool const is_again = (segment.flags[row] & Row::is_again) != 0;
    if (!is_again) ++removed_->items[segment.collection[row]];
  }

  void finish() {
    if (removed_) part_.removed = std::move(removed_);
  }

 private:
  void begin() {
    if (part_.removed) {
      removed_ = std::make_shared<Removed>(*part_.removed);
    } else {
      removed_ = std::make_shared<Removed>();
      removed_->rows.resize(part_.segment->blocks());
      removed_->items.resize(part_.segment->collections.size());
    }
  }

  Part& part_;
  std::shared_ptr<Removed> removed_; ///< made at the first row
};

/// A set of numbers of which most that are asked for are not in it.
class Numbers {
 public:
  explicit Numbers(std::set<ItemNumber> const& numbers)
      : numbers_(numbers.begin(), numbers.end()),
        mask_(std::bit_ceil(numbers.size() * 16) - 1),
        seen_(mask_ + 1) {
    for (auto const number : numbers_) seen_[slot(number)] = true;
  }

  [[nodiscard]] bool has(ItemNumber number) const {
    return seen_[slot(number)] && std::ranges::binary_search(numbers_, number);
  }

  [[nodiscard]] bool has_any_in(ItemNumber lowest, ItemNumber highest) const {
    auto const found = std::ranges::lower_bound(numbers_, lowest);
    return found != numbers_.end() && *found <= highest;
  }

 private:
  [[nodiscard]] std::size_t slot(ItemNumber number) const noexcept {
    return static_cast<std::size_t>(number) & mask_;
  }

  std::vector<ItemNumber> numbers_;
  std::size_t mask_;
  std::vector<bool> seen_;
};

void remove_items(Part const& part, Numbers const& numbers, Removal& removal) {
  auto const& segment = *part.segment;
  if (!numbers.has_any_in(segment.lowest_number, segment.highest_number)) return;
  for (std::size_t row = 0; row < segment.size; ++row) {
    if (numbers.has(segment.number[row])) removal.remove(row);
  }
}

void remove_collection(Part const& part, RecordNumber number, Removal& removal) {
  auto const& segment = *part.segment;
  auto const found =
      std::ranges::lower_bound(segment.collections, number, {}, &Segment::Collection::number);
  if (found == segment.collections.end() || found->number != number) return;
  auto const code = static_cast<std::uint16_t>(found - segment.collections.begin());
  for (std::size_t row = 0; row < segment.size; ++row) {
    if (segment.collection[row] == code) removal.remove(row);
  }
}

void take_rows(Part const& part, std::vector<Row>& out, Rows& made) {
  auto const& segment = *part.segment;
  auto& [unused, values, outlines] = made;
  for (std::size_t row = 0; row < segment.size; ++row) {
    auto const bit = std::uint64_t{1} << (row % Segment::block);
    bool const is_gone = part.removed && (part.removed->rows[row / Segment::block] & bit) != 0;
    if (is_gone) continue;
    auto taken = segment.row(row);
    if ((taken.flags & Row::has_footprint) != 0) {
      auto const place = segment.boxes.place_of(row);
      taken.cells = segment.boxes.cells_at(place);
      taken.outline = outlines.add(segment.outlines.words(place));
    }
    taken.values = values.add();
    for (std::size_t property = 0; property < segment.columns.size(); ++property) {
      values.set(taken.values, property, segment.columns[property], row);
    }
    out.push_back(taken);
  }
}

/// Adds the items that have gone from a segment since.
/// \return  false if some that had gone are there again: their transaction was never committed
bool add_gone(Part const& before, Part const& now, std::set<ItemNumber>& out) {
  auto const rows_of = [](Part const& part, std::size_t block) {
    return part.removed ? part.removed->rows[block] : std::uint64_t{0};
  };
  for (std::size_t block = 0; block < now.segment->blocks(); ++block) {
    auto const then = rows_of(before, block);
    auto gone = rows_of(now, block);
    if ((then & ~gone) != 0) return false;
    for (gone &= ~then; gone != 0; gone &= gone - 1) {
      auto const bit = static_cast<std::size_t>(std::countr_zero(gone));
      out.insert(now.segment->number[block * Segment::block + bit]);
    }
  }
  return true;
}

} // namespace

std::size_t Part::rows() const noexcept {
  return segment->size - (removed ? removed->count : 0);
}

std::size_t Part::items(std::size_t collection) const noexcept {
  return segment->collections[collection].items - (removed ? removed->items[collection] : 0);
}

Delta read(Changes changes, Properties const& properties, store::Reader& reader) {
  Delta delta{.changes = std::move(changes), .rows = Rows(properties)};
  for (auto const number : delta.changes.items) {
    auto const before = ItemNumber{static_cast<std::int64_t>(number) - 1};
    auto const found = reader.item_places(before, 1, properties.list());
    if (!found.empty() && found.front().number == number) delta.rows.add(found.front());
  }
  return delta;
}

std::optional<Part> part_of(std::shared_ptr<Segment const> segment,
                            std::span<std::uint64_t const> removed) {
  Part part{.segment = std::move(segment), .removed = nullptr};
  if (removed.empty()) return part;
  auto const rows = part.segment->size;
  if (removed.size() != part.segment->blocks()) return std::nullopt;
  Removal removal(part);
  for (std::size_t row = 0; row < removed.size() * Segment::block; ++row) {
    auto const bit = std::uint64_t{1} << (row % Segment::block);
    if ((removed[row / Segment::block] & bit) == 0) continue;
    if (row >= rows) return std::nullopt;
    removal.remove(row);
  }
  removal.finish();
  return part;
}

Version::Version(std::vector<Part> parts, Layout layout)
    : parts_(std::move(parts)), layout_(std::move(layout)) {
  put_in_order();
}

Version::Version(Rows all, Layout layout) : layout_(std::move(layout)) {
  auto& rows = all.rows;
  std::ranges::sort(rows, precedes);
  auto const spans = std::stable_partition(rows.begin(), rows.end(), std::not_fn(&Row::is_span));
  append({rows.begin(), spans}, all, true);
  append({spans, rows.end()}, all, true);
  put_in_order();
}

std::shared_ptr<Version const> Version::after(Delta delta) const {
  Version next(*this);
  next.remove(delta.changes);
  std::vector<Row> moments;
  std::vector<Row> spans;
  for (auto const& row : delta.rows.rows) (row.is_span() ? spans : moments).push_back(row);
  next.add(std::move(moments), delta.rows);
  next.add(std::move(spans), delta.rows);
  next.put_in_order();
  return std::make_shared<Version const>(std::move(next));
}

void Version::remove(Changes const& changes) {
  Numbers const numbers(changes.items);
  for (auto& part : parts_) {
    Removal removal(part);
    remove_items(part, numbers, removal);
    for (auto const collection : changes.removed_collections) {
      remove_collection(part, collection, removal);
    }
    removal.finish();
  }
  std::erase_if(parts_, [](Part const& part) { return part.rows() == 0; });
}

void Version::add(std::vector<Row> rows, Rows& made) {
  if (rows.empty()) return;
  bool const are_spans = rows.front().is_span();
  std::ranges::stable_sort(parts_, {}, &Part::rows);
  std::erase_if(parts_, [&](Part const& part) { // the smallest comes first
    bool const is_of_kind = part.segment->holds_spans() == are_spans;
    bool const is_young = part.rows() < layout_.segment_rows / 2;
    if (!is_of_kind || !is_young || part.rows() > rows.size() * much_larger) return false;
    take_rows(part, rows, made);
    return true;
  });
  std::ranges::sort(rows, precedes);
  append(rows, made, false);
}

void Version::append(std::span<Row const> rows, Rows const& made, bool is_arranged) {
  for (auto const& share : index::arranged(rows, layout_.segment_rows)) {
    auto segment = std::make_shared<Segment const>(share, made.values, made.outlines, is_arranged);
    parts_.push_back({std::move(segment), nullptr});
  }
}

std::vector<Part> Version::loose() const {
  for (bool const are_spans : {false, true}) {
    std::vector<Part> out;
    for (auto const& part : parts_) {
      auto const& segment = *part.segment;
      bool const is_loose = !segment.is_arranged && segment.holds_spans() == are_spans &&
                            part.rows() >= layout_.segment_rows / 2;
      if (is_loose) out.push_back(part);
      if (out.size() == most_of_shelf) return out;
    }
  }
  return {};
}

std::vector<std::shared_ptr<Segment const>>
Version::arranged(std::stop_token const& stop, std::vector<Part> const& parts) const {
  std::vector<Row> rows;
  Rows made(properties());
  for (auto const& part : parts) {
    if (stop.stop_requested()) return {};
    take_rows(part, rows, made);
  }
  std::ranges::sort(rows, precedes);
  std::vector<std::shared_ptr<Segment const>> out;
  for (auto const& share : index::arranged(rows, layout_.segment_rows, most_of_shelf)) {
    if (stop.stop_requested()) return {};
    out.push_back(std::make_shared<Segment const>(share, made.values, made.outlines, true));
  }
  return out;
}

std::shared_ptr<Version const>
Version::with(std::vector<std::shared_ptr<Segment const>> const& shelf,
              std::vector<Part> const& in_place_of) const {
  Version next(*this);
  std::set<ItemNumber> gone;
  for (auto const& before : in_place_of) {
    auto const now = std::ranges::find(next.parts_, before.segment, &Part::segment);
    if (now == next.parts_.end() || !add_gone(before, *now, gone)) return nullptr;
    next.parts_.erase(now);
  }
  Numbers const numbers(gone);
  for (auto const& segment : shelf) { // of these alone: what was changed stands elsewhere by now
    Part part{.segment = segment, .removed = nullptr};
    Removal removal(part);
    remove_items(part, numbers, removal);
    removal.finish();
    if (part.rows() > 0) next.parts_.push_back(std::move(part));
  }
  next.put_in_order();
  return std::make_shared<Version const>(std::move(next));
}

void Version::put_in_order() {
  std::ranges::stable_sort(parts_, [](Part const& a, Part const& b) {
    return a.segment->place(0).precedes(b.segment->place(0));
  });
  zones_.clear();
  for (auto const& part : parts_) zones_.push_back(zone_of(*part.segment));
}

std::vector<Part const*> Version::parts_within(Bounds const& bounds) const {
  std::vector<Part const*> out;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (zones_[i].meets(bounds)) out.push_back(&parts_[i]);
  }
  return out;
}

std::optional<std::size_t> Version::column(query::Property const& property) const {
  auto const number = properties().find(property);
  if (!number) return std::nullopt;
  bool const is_dropped = std::ranges::any_of(
      parts_, [&](Part const& part) { return part.segment->columns[*number].is_dropped(); });
  return is_dropped ? std::nullopt : number;
}

std::size_t Version::items() const noexcept {
  std::size_t count = 0;
  for (auto const& part : parts_) {
    for (std::size_t code = 0; code < part.segment->collections.size(); ++code) {
      count += part.items(code);
    }
  }
  return count;
}

std::size_t Version::bytes() const noexcept {
  std::size_t bytes = 0;
  for (auto const& part : parts_) bytes += part.segment->bytes();
  return bytes;
}

} // namespace terracat::index

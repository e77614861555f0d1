#include "index/item_index.hpp"

#include <algorithm>
#include <chrono>
#include <future>
#include <new>
#include <system_error>

namespace terracat::index {
namespace {

double seconds_since(std::chrono::steady_clock::time_point began) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

/// Rows of all items, piece by piece, each of another state: one state that is read for long would
/// hinder checkpoints. What changed up to the last of them may be in it or not.
struct Reading {
  Rows rows;
  Sequence last = 0;            ///< state of the last piece
  std::vector<ItemNumber> ends; ///< of all pieces but the last one
};

/// Places alone, which one thread reads. \return  nothing if it was stopped
std::optional<Reading> read_places(std::stop_token const& stop, store::Reader& reader,
                                   std::size_t piece) {
  Reading out{.rows = Rows(Properties())};
  ItemNumber last{};
  for (;;) {
    if (stop.stop_requested()) return std::nullopt;
    out.last = reader.begin().sequence;
    auto const places = reader.item_places(last, piece, {});
    reader.end();
    for (auto const& place : places) out.rows.add(place);
    if (places.size() < piece) return out;
    last = places.back().number;
    out.ends.push_back(last);
  }
}

/// One piece with the values of properties, whose bodies take long to read.
struct Piece {
  std::vector<store::ItemPlace> places;
  Sequence state = 0;
};

/// \param limit  there are no more items behind `after` up to `end`, and none can come
Piece read_piece(store::Reader& reader, ItemNumber after, ItemNumber end, std::size_t limit,
                 Properties const& properties) {
  Piece out{.places = {}, .state = reader.begin().sequence};
  out.places = reader.item_places(after, limit, properties.list());
  reader.end();
  // Some may have gone since, and those behind the end have taken their room.
  auto const behind = std::ranges::upper_bound(out.places, end, {}, &store::ItemPlace::number);
  out.places.erase(behind, out.places.end());
  return out;
}

/// Reads pieces one after the other, as many at the same time as there are readers.
class PieceReader {
 public:
  /// \param ends  of the pieces that are known; what came since then is behind the last one
  PieceReader(Readers& readers, std::vector<ItemNumber> ends, std::size_t piece,
              Properties const& properties)
      : readers_(readers), ends_(std::move(ends)), piece_(piece), properties_(properties) {}

  /// \return  nothing if it was stopped
  std::optional<Reading> read(std::stop_token const& stop) {
    Reading out{.rows = Rows(properties_)};
    std::size_t begun = 0;
    auto const begin_next = [&] {
      if (begun < ends_.size()) begin(begun++);
    };
    while (under_way_.size() < std::min(readers_.size(), ends_.size())) begin_next();
    while (!under_way_.empty()) {
      auto const piece = take();
      if (stop.stop_requested()) return std::nullopt;
      begin_next(); // while the rows of this one are added
      add(piece, out);
    }
    auto last = ends_.empty() ? ItemNumber{} : ends_.back();
    for (;;) {
      auto const piece = read_piece(*readers_.front(), last, last_number, piece_, properties_);
      if (stop.stop_requested()) return std::nullopt;
      add(piece, out);
      if (piece.places.size() < piece_) return out;
      last = piece.places.back().number;
    }
  }

 private:
  /// By a reader that is free: pieces are taken in their order.
  void begin(std::size_t at) {
    auto& reader = *readers_[at % readers_.size()];
    auto const after = at == 0 ? ItemNumber{} : ends_[at - 1];
    under_way_.push_back(std::async([this, &reader, after, end = ends_[at]] {
      return read_piece(reader, after, end, piece_, properties_);
    }));
  }

  Piece take() {
    auto piece = under_way_.front().get();
    under_way_.pop_front();
    return piece;
  }

  static void add(Piece const& piece, Reading& out) {
    out.last = std::max(out.last, piece.state);
    for (auto const& place : piece.places) out.rows.add(place);
  }

  Readers& readers_;
  std::vector<ItemNumber> ends_;
  std::size_t piece_;
  Properties const& properties_;
  std::deque<std::future<Piece>> under_way_;
};

} // namespace

void ItemIndex::build(Readers readers, Layout layout, std::function<void(Built const&)> told) {
  drop();
  {
    std::scoped_lock const lock(steps_);
    progress_ = Progress::building;
    properties_ = layout.properties;
  }
  builder_ = std::jthread([this, readers = std::move(readers), layout = std::move(layout),
                           told = std::move(told)](std::stop_token const& stop) mutable {
    make(stop, readers, layout, told);
  });
}

void ItemIndex::drop() {
  builder_ = {}; // stops and waits
  arranger_ = {};
  std::scoped_lock const lock(steps_, mutex_);
  progress_ = Progress::none;
  waiting_.clear();
  versions_.clear();
  keeper_ = Keeper();
  unkept_ = 0;
  is_arranging_ = false;
  note_keeping();
}

void ItemIndex::make(std::stop_token const& stop, Readers& readers, Layout const& layout,
                     std::function<void(Built const&)> const& told) {
  auto const began = std::chrono::steady_clock::now();
  Built built;
  try {
    auto const version = load_or_read(stop, readers, layout, built);
    if (!version) return;
    built.items = version->items();
    built.bytes = version->bytes();
  } catch (std::exception const& error) {
    built.failure = error.what();
    std::scoped_lock const lock(steps_);
    progress_ = Progress::none;
    waiting_.clear();
    note_keeping();
  }
  built.seconds = seconds_since(began);
  readers.clear();
  told(built);
}

std::shared_ptr<Version const> ItemIndex::load_or_read(std::stop_token const& stop,
                                                       Readers& readers, Layout const& layout,
                                                       Built& built) {
  auto const began = std::chrono::steady_clock::now();
  auto found = load(stop, readers, layout);
  if (auto* const loaded = std::get_if<Loaded>(&found)) {
    built.is_loaded = true;
    built.changes = loaded->changes;
    begin_keeping(Keeper(std::move(loaded->kept)), loaded->changes);
    auto version = catch_up(std::move(loaded->version), loaded->read, Progress::there);
    built.seconds_to_first = seconds_since(began);
    return version;
  }
  built.refusal = std::get<Refusal>(found);
  return read_all(stop, readers, layout, built);
}

std::shared_ptr<Version const> ItemIndex::read_all(std::stop_token const& stop, Readers& readers,
                                                   Layout const& layout, Built& built) {
  auto const began = std::chrono::steady_clock::now();
  auto const begin_with = [&](Reading& reading, Layout const& with, Progress progress) {
    return catch_up(std::make_shared<Version const>(std::move(reading.rows), with), reading.last,
                    progress);
  };
  auto places = read_places(stop, *readers.front(), piece_);
  if (!places) return nullptr;
  begin_with(*places, {layout.segment_rows, std::make_shared<Properties const>()}, Progress::first);
  built.seconds_to_first = seconds_since(began);
  auto all = PieceReader(readers, std::move(places->ends), piece_, *layout.properties).read(stop);
  if (!all) return nullptr;
  begin_keeping(Keeper(), many_changes);
  return begin_with(*all, layout, Progress::there);
}

std::shared_ptr<Version const> ItemIndex::catch_up(std::shared_ptr<Version const> version,
                                                   Sequence read, Progress progress) {
  std::scoped_lock const lock(steps_);
  auto change = waiting_.begin();
  for (; change != waiting_.end() && change->sequence <= read; ++change) {
    version = version->after(change->delta); // may be older than what was read, but for the last
  }
  publish(read, version);
  for (; change != waiting_.end(); ++change) {
    version = version->after(change->delta);
    publish(change->sequence, version);
  }
  if (progress == Progress::there) waiting_.clear();
  progress_ = progress;
  note_keeping();
  return version;
}

void ItemIndex::prepare(Sequence sequence, Changes changes, store::Reader& reader) {
  std::scoped_lock const lock(steps_);
  if (progress_ == Progress::none) return;
  unkept_ += changes.items.size() + changes.removed_collections.size();
  note_keeping();
  auto delta = read(std::move(changes), *properties_, reader);
  if (progress_ != Progress::there) waiting_.push_back({sequence, delta});
  if (progress_ == Progress::building) return;
  std::shared_ptr<Version const> newest;
  {
    std::scoped_lock const versions_lock(mutex_);
    newest = versions_.rbegin()->second;
  }
  auto version = newest->after(std::move(delta));
  publish(sequence, version);
  if (progress_ == Progress::there) begin_arranging(version);
}

// ---- What commits have filled is shared out anew

void ItemIndex::begin_arranging(std::shared_ptr<Version const> const& version) {
  if (is_arranging_) return;
  try {
    auto parts = version->loose();
    if (parts.empty()) return;
    arranger_ = std::jthread([this, version, parts = std::move(parts)](
                                 std::stop_token const& stop) { arrange(stop, *version, parts); });
    is_arranging_ = true;
  } catch (std::bad_alloc const&) {    // NOLINT: nobody's transaction has to fail for that
  } catch (std::system_error const&) { // NOLINT: likewise, if there are too many threads
  }
}

void ItemIndex::arrange(std::stop_token const& stop, Version const& version,
                        std::vector<Part> const& parts) {
  try {
    bool const is_done = put_in_place(stop, version.arranged(stop, parts), parts);
    {
      std::scoped_lock const lock(steps_);
      is_arranging_ = false;
    }
    if (is_done) when_arranged_();
  } catch (std::bad_alloc const&) { // NOLINT: the parts do as well, and are not tried again
  }
}

bool ItemIndex::put_in_place(std::stop_token const& stop,
                             std::vector<std::shared_ptr<Segment const>> const& shelf,
                             std::vector<Part> const& parts) {
  std::scoped_lock const lock(steps_, mutex_);
  if (stop.stop_requested() || progress_ != Progress::there || versions_.empty()) return false;
  auto& newest = versions_.rbegin()->second;
  auto next = newest->with(shelf, parts);
  if (!next) return false; // they were merged meanwhile
  newest = std::move(next);
  for (auto const& part : parts) unkept_ += part.rows();
  note_keeping();
  return true;
}

void ItemIndex::finish_arranging() {
  if (arranger_.joinable()) arranger_.join();
}

void ItemIndex::withdraw(Sequence sequence) {
  std::scoped_lock const lock(steps_, mutex_);
  std::erase_if(waiting_, [&](Waiting const& one) { return one.sequence == sequence; });
  versions_.erase(sequence);
}

// ---- What is kept of it

void ItemIndex::begin_keeping(Keeper keeper, std::size_t unkept) {
  std::scoped_lock const lock(steps_);
  keeper_ = std::move(keeper);
  unkept_ = unkept;
}

void ItemIndex::note_keeping() {
  wants_keeping_ = progress_ == Progress::there && (!keeper_.is_done() || unkept_ >= many_changes);
}

bool ItemIndex::has_unkept() {
  std::scoped_lock const lock(steps_);
  return progress_ == Progress::there && (!keeper_.is_done() || unkept_ > 0);
}

void ItemIndex::aim_at_newest() {
  std::scoped_lock const lock(mutex_);
  auto const& [sequence, version] = *versions_.rbegin();
  keeper_.aim_at(version, sequence);
  unkept_ = 0;
}

void ItemIndex::keep(store::Writer& writer) {
  std::scoped_lock const lock(steps_);
  if (progress_ != Progress::there) return; // it is built anew
  if (keeper_.is_done()) aim_at_newest();
  keeper_.write(writer);
  note_keeping();
}

void ItemIndex::keep_rest(store::Writer& writer) {
  constexpr std::size_t most_bytes = std::size_t{64} << 20;
  std::scoped_lock const lock(steps_);
  if (progress_ != Progress::there) return;
  aim_at_newest();
  if (keeper_.bytes_to_write() > most_bytes) return;
  while (!keeper_.is_done()) keeper_.write(writer);
}

void ItemIndex::put_off_keeping() {
  std::scoped_lock const lock(steps_);
  keeper_.give_up();
  unkept_ = 1; // not none
  note_keeping();
}

void ItemIndex::publish(Sequence sequence, std::shared_ptr<Version const> version) {
  std::scoped_lock const lock(mutex_);
  versions_[sequence] = std::move(version);
  while (versions_.size() > most_versions) versions_.erase(versions_.begin());
}

std::shared_ptr<Version const> ItemIndex::at(Sequence sequence) const {
  std::scoped_lock const lock(mutex_);
  auto const found = versions_.find(sequence);
  return found == versions_.end() ? nullptr : found->second;
}

} // namespace terracat::index

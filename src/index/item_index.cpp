#include "index/item_index.hpp"

#include <chrono>

namespace terracat::index {
namespace {

/// Rows of all items, piece by piece, each of another state: one state that is read for long would
/// hinder checkpoints. What changed up to the last of them may be in it or not.
struct Reading {
  Rows rows;
  Sequence last = 0; ///< state of the last piece
};

/// \return  nothing if it was stopped
std::optional<Reading> read_rows(std::stop_token const& stop, store::Reader& reader,
                                 std::size_t piece, Properties const& properties) {
  Reading out{.rows = Rows(properties)};
  ItemNumber last{};
  for (;;) {
    if (stop.stop_requested()) return std::nullopt;
    out.last = reader.begin().sequence;
    auto const places = reader.item_places(last, piece, properties.list());
    reader.end();
    for (auto const& place : places) out.rows.add(place);
    if (places.size() < piece) return out;
    last = places.back().number;
  }
}

} // namespace

void ItemIndex::build(std::unique_ptr<store::Reader> reader, Layout layout,
                      std::function<void(Built const&)> told) {
  drop();
  {
    std::scoped_lock const lock(steps_);
    progress_ = Progress::building;
    properties_ = layout.properties;
  }
  builder_ =
      std::jthread([this, reader = std::shared_ptr(std::move(reader)), layout = std::move(layout),
                    told = std::move(told)](std::stop_token const& stop) {
        read_all(stop, *reader, layout, told);
      });
}

void ItemIndex::drop() {
  builder_ = {}; // stops and waits
  std::scoped_lock const lock(steps_, mutex_);
  progress_ = Progress::none;
  waiting_.clear();
  versions_.clear();
}

void ItemIndex::read_all(std::stop_token const& stop, store::Reader& reader, Layout layout,
                         std::function<void(Built const&)> const& told) {
  auto const seconds = [began = std::chrono::steady_clock::now()] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  };
  Built built;
  try {
    auto const begin_with = [&](std::shared_ptr<Properties const> properties, Progress progress) {
      auto reading = read_rows(stop, reader, piece_, *properties);
      if (!reading) return std::shared_ptr<Version const>();
      Layout const all{layout.segment_rows, std::move(properties)};
      return catch_up(std::make_shared<Version const>(std::move(reading->rows), all), reading->last,
                      progress);
    };
    if (!begin_with(std::make_shared<Properties const>(), Progress::first)) return;
    built.seconds_to_first = seconds();
    auto const version = begin_with(layout.properties, Progress::there);
    if (!version) return;
    built.items = version->items();
    built.bytes = version->bytes();
  } catch (std::exception const& error) {
    built.failure = error.what();
    std::scoped_lock const lock(steps_);
    progress_ = Progress::none;
    waiting_.clear();
  }
  built.seconds = seconds();
  told(built);
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
  return version;
}

void ItemIndex::prepare(Sequence sequence, Changes changes, store::Reader& reader) {
  std::scoped_lock const lock(steps_);
  if (progress_ == Progress::none) return;
  auto delta = read(std::move(changes), *properties_, reader);
  if (progress_ != Progress::there) waiting_.push_back({sequence, delta});
  if (progress_ == Progress::building) return;
  std::shared_ptr<Version const> newest;
  {
    std::scoped_lock const versions_lock(mutex_);
    newest = versions_.rbegin()->second;
  }
  publish(sequence, newest->after(std::move(delta)));
}

void ItemIndex::withdraw(Sequence sequence) {
  std::scoped_lock const lock(steps_, mutex_);
  std::erase_if(waiting_, [&](Waiting const& one) { return one.sequence == sequence; });
  versions_.erase(sequence);
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

#include "index/item_index.hpp"

#include <chrono>

namespace terracat::index {
namespace {

/// Items that are read at a time: between two the builder looks whether it shall stop.
constexpr std::size_t read_at_once = 10'000;

/// \return  nothing if it was stopped
std::optional<Rows> rows_of_all(std::stop_token const& stop, store::Reader& reader,
                                Properties const& properties) {
  Rows rows(properties);
  ItemNumber last{};
  for (;;) {
    if (stop.stop_requested()) return std::nullopt;
    auto const places = reader.item_places(last, read_at_once, properties.list());
    for (auto const& place : places) rows.add(place);
    if (places.size() < read_at_once) return rows;
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
    auto const sequence = reader.begin().sequence;
    auto const version_with = [&](std::shared_ptr<Properties const> properties) {
      auto rows = rows_of_all(stop, reader, *properties);
      if (!rows) return std::shared_ptr<Version const>();
      return std::make_shared<Version const>(std::move(*rows),
                                             Layout{layout.segment_rows, std::move(properties)});
    };
    auto version = version_with(std::make_shared<Properties const>());
    if (!version) return;
    begin_with(std::move(version), sequence, Progress::first);
    built.seconds_to_first = seconds();
    version = version_with(layout.properties);
    reader.end();
    if (!version) return;
    version = begin_with(std::move(version), sequence, Progress::there);
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

std::shared_ptr<Version const> ItemIndex::begin_with(std::shared_ptr<Version const> version,
                                                     Sequence sequence, Progress progress) {
  std::scoped_lock const lock(steps_);
  publish(sequence, version);
  for (auto const& [after, delta] : waiting_) {
    if (after <= sequence) continue; // the state that was read has it
    version = version->after(delta);
    publish(after, version);
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

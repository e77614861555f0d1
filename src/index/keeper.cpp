#include "index/keeper.hpp"

#include "index/segment.hpp"

#include <algorithm>

namespace terracat::index {
namespace {

/// Of a transaction, give or take a segment.
constexpr std::size_t most_bytes = std::size_t{4} << 20;

/// That a transaction drops.
constexpr std::size_t most_dropped = 16;

auto find(std::vector<KeptSegment> const& kept, std::shared_ptr<Segment const> const& segment) {
  return std::ranges::find_if(
      kept, [&](KeptSegment const& one) { return one.segment.lock() == segment; });
}

std::vector<store::SegmentNumber> numbers_of(std::vector<KeptSegment> const& kept) {
  std::vector<store::SegmentNumber> out{contents_number};
  for (auto const& one : kept) out.push_back(one.number);
  return out;
}

} // namespace

Keeper::Keeper(std::vector<KeptSegment> kept) {
  state_.is_clean = true;
  for (auto const& one : kept) state_.last = std::max(state_.last, one.number);
  state_.kept = std::move(kept);
}

void Keeper::aim_at(std::shared_ptr<Version const> version, Sequence sequence) {
  version_ = std::move(version);
  sequence_ = sequence;
  state_.is_listed = false;
}

std::size_t Keeper::bytes_to_write() const {
  std::size_t bytes = 0;
  if (is_done()) return bytes;
  for (auto const& part : version_->parts()) {
    if (find(state_.kept, part.segment) == state_.kept.end()) bytes += part.segment->bytes();
  }
  return bytes;
}

void Keeper::write(store::Writer& writer) {
  writer.begin();
  try {
    auto next = state_;
    bool const is_done = write(writer, next);
    writer.commit();
    state_ = std::move(next);
    if (is_done) version_.reset();
  } catch (...) {
    writer.rollback();
    throw;
  }
}

bool Keeper::write(store::Writer& writer, State& state) const {
  if (!state.is_clean) { // first of all the contents, which else could name what is written now
    state.is_clean = writer.drop_segments({}, most_dropped);
    if (!state.is_clean) return false;
  }
  if (!state.is_listed) {
    if (!put_segments(writer, state)) return false;
    put_contents(writer, state);
  }
  return writer.drop_segments(numbers_of(state.kept), most_dropped);
}

/// \return  whether all are there
bool Keeper::put_segments(store::Writer& writer, State& state) const {
  std::size_t written = 0;
  for (auto const& part : version_->parts()) {
    if (find(state.kept, part.segment) != state.kept.end()) continue;
    if (written >= most_bytes) return false;
    auto const bytes = packed(*part.segment);
    written += bytes.size();
    state.last = store::SegmentNumber{static_cast<std::int64_t>(state.last) + 1};
    writer.put_segment(state.last, bytes);
    state.kept.push_back({part.segment, state.last});
  }
  return true;
}

void Keeper::put_contents(store::Writer& writer, State& state) const {
  Contents contents{.revision = {.epoch = writer.pending().epoch, .sequence = sequence_}};
  auto const properties = version_->properties().list();
  contents.properties.assign(properties.begin(), properties.end());
  auto const declared = version_->properties().declared();
  contents.declared.assign(declared.begin(), declared.end());
  std::vector<KeptSegment> kept;
  for (auto const& part : version_->parts()) {
    auto const& one = *find(state.kept, part.segment);
    auto& entry = contents.entries.emplace_back();
    entry.number = one.number;
    if (part.removed) entry.removed = part.removed->rows;
    kept.push_back(one);
  }
  writer.put_segment(contents_number, packed(contents));
  state.kept = std::move(kept); // of the others nothing is known any more but that they have to go
  state.is_listed = true;
}

} // namespace terracat::index

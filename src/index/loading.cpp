#include "index/loading.hpp"

#include "index/segment.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <set>

namespace terracat::index {
namespace {

constexpr Refusal none = "none are kept";
constexpr Refusal damaged = "damaged";
constexpr Refusal unknown = "of another version of the program";
constexpr Refusal of_other_history = "of another history";
constexpr Refusal of_other_properties = "of other properties";
constexpr Refusal too_old = "older than what is known of removals";
constexpr Refusal too_different = "most items have changed since";
constexpr Refusal stopped = "stopped";

/// Changes that are read of one state.
constexpr std::size_t piece = 2'000;

/// Below that many, changes are never too many.
constexpr std::size_t few_changes = 10'000;

std::variant<Contents, Refusal> read_contents(store::Reader& reader, Layout const& layout) {
  Contents contents;
  auto const now = reader.begin();
  try {
    bool const is_there = reader.segment(
        contents_number, [&](std::string_view bytes) { contents = unpacked_contents(bytes); });
    if (!is_there) return none;
  } catch (Malformed const&) {
    return unknown;
  }
  auto const [epoch, sequence] = contents.revision;
  if (epoch != now.epoch || sequence > now.sequence) return of_other_history;
  if (!std::ranges::equal(contents.properties, layout.properties->list())) {
    return of_other_properties;
  }
  return contents;
}

/// \return  nothing if it is not there, or is none
std::optional<Part> read_part(store::Reader& reader, Contents::Entry const& entry,
                              std::size_t columns) {
  std::optional<Part> part;
  reader.segment(entry.number, [&](std::string_view bytes) {
    auto segment = unpacked_segment(bytes);
    if (segment->columns.size() == columns) part = part_of(std::move(segment), entry.removed);
  });
  return part;
}

/// The parts that the contents name. \return  nothing if one is not what it was
std::optional<std::vector<Part>> read_parts(Readers const& readers, Contents const& contents) {
  std::vector<Part> parts(contents.entries.size());
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> is_sound = true;
  auto const read = [&](store::Reader& reader) {
    reader.begin();
    for (auto at = next++; is_sound && at < parts.size(); at = next++) {
      auto part = read_part(reader, contents.entries[at], contents.properties.size());
      if (part)
        parts[at] = std::move(*part);
      else
        is_sound = false;
    }
    reader.end();
  };
  std::vector<std::future<void>> others;
  for (std::size_t i = 1; i < readers.size(); ++i) {
    others.push_back(std::async(std::launch::async, [&, i] { read(*readers[i]); }));
  }
  read(*readers.front());
  for (auto& other : others) other.get();
  return is_sound ? std::optional(std::move(parts)) : std::nullopt;
}

/// What has come to items since a state, as far as one piece of the feed of changes tells.
struct News {
  Changes changes;
  std::set<RecordNumber> losing; ///< collections of which items went; which ones nobody knows
  Sequence last = 0;
};

News news_of(std::vector<store::Change> const& changes, store::Reader& reader) {
  News news;
  for (auto const& change : changes) {
    news.last = change.sequence;
    bool const is_put = change.operation == store::Operation::put;
    if (change.subject == store::Subject::record) {
      // That of an id that the record had before removes nothing.
      bool const is_gone = !is_put && !reader.record(change.collection);
      if (is_gone) news.changes.removed_collections.insert(change.collection);
    } else if (!is_put) {
      news.losing.insert(change.collection);
    } else if (auto const item = reader.item(change.collection, change.id)) {
      news.changes.items.insert(item->number);
    }
  }
  return news;
}

/// Items of the collection that the version has and the store has not.
void find_lost(Version const& version, RecordNumber collection, store::Reader& reader,
               std::set<ItemNumber>& lost) {
  auto const there = reader.item_numbers(collection);
  for (auto const& part : version.parts()) {
    auto const& segment = *part.segment;
    auto const found =
        std::ranges::lower_bound(segment.collections, collection, {}, &Segment::Collection::number);
    if (found == segment.collections.end() || found->number != collection) continue;
    auto const code = static_cast<std::uint16_t>(found - segment.collections.begin());
    for (std::size_t row = 0; row < segment.size; ++row) {
      bool const is_lost = segment.collection[row] == code &&
                           !std::ranges::binary_search(there, segment.number[row]);
      if (is_lost) lost.insert(segment.number[row]);
    }
  }
}

/// Applies what has changed since a version was kept.
/// \return  why it cannot be; empty: it is done
Refusal catch_up(std::stop_token const& stop, store::Reader& reader, Sequence since,
                 Loaded& loaded) {
  auto const& properties = loaded.version->properties();
  auto const most = few_changes + loaded.version->items() / 4;
  std::set<RecordNumber> losing;
  for (bool is_end = false; !is_end;) {
    if (stop.stop_requested()) return stopped;
    loaded.read = reader.begin().sequence;
    auto const changes = reader.changes(since, piece);
    if (!changes) return too_old;
    auto news = news_of(*changes, reader);
    loaded.changes += news.changes.items.size();
    if (loaded.changes > most) return too_different;
    losing.insert(news.losing.begin(), news.losing.end());
    is_end = changes->size() < piece;
    since = news.last;
    if (!changes->empty()) {
      loaded.version =
          loaded.version->after(index::read(std::move(news.changes), properties, reader));
    }
    reader.end();
  }
  loaded.read = reader.begin().sequence;
  Changes lost;
  for (auto const collection : losing) find_lost(*loaded.version, collection, reader, lost.items);
  reader.end();
  loaded.changes += lost.items.size();
  if (!lost.items.empty()) {
    loaded.version = loaded.version->after({.changes = std::move(lost), .rows = Rows(properties)});
  }
  return {};
}

} // namespace

std::variant<Loaded, Refusal> load(std::stop_token const& stop, Readers const& readers,
                                   Layout const& layout) {
  auto& reader = *readers.front();
  try {
    auto const read = read_contents(reader, layout);
    reader.end();
    if (auto const* const refusal = std::get_if<Refusal>(&read)) return *refusal;
    auto const& contents = std::get<Contents>(read);
    auto parts = read_parts(readers, contents);
    if (!parts) return damaged;
    Loaded loaded;
    for (std::size_t i = 0; i < parts->size(); ++i) {
      loaded.kept.push_back({(*parts)[i].segment, contents.entries[i].number});
    }
    loaded.version = std::make_shared<Version const>(std::move(*parts), layout);
    auto const refusal = catch_up(stop, reader, contents.revision.sequence, loaded);
    if (!refusal.empty()) return refusal;
    return loaded;
  } catch (Malformed const&) {
    return damaged;
  } catch (store::StoreError const& error) {
    if (error.reason() != store::StoreError::Reason::corrupt) throw;
    return damaged;
  }
}

} // namespace terracat::index

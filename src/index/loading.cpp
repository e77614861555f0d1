#include "index/loading.hpp"

#include "index/segment.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
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
  auto const& wanted = *layout.properties;
  if (!std::ranges::equal(contents.properties, wanted.list()) ||
      !std::ranges::equal(contents.declared, wanted.declared())) {
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
  std::set<RecordNumber> losing; ///< collections of which items may have gone; nobody knows which
  Sequence last = 0;
};

/// \param newest  no item had a greater number then
News news_of(std::vector<store::Change> const& changes, ItemNumber newest, store::Reader& reader) {
  News news;
  for (auto const& change : changes) {
    news.last = change.sequence;
    if (change.subject == store::Subject::record) continue; // what went tells its absence
    bool const is_put = change.operation == store::Operation::put;
    auto const item = is_put ? reader.item(change.collection, change.id) : std::nullopt;
    if (item) news.changes.items.insert(item->number);
    // What is new may have the id of an item that went: of that the feed tells nothing any more.
    if (!item || item->number > newest) news.losing.insert(change.collection);
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

/// What the version has and the store has not. \pre the version has all that the store has: what
/// is not more in number is the same then
/// \param losing  the collections of which items may have gone, if they are there themselves
Changes lost_of(Version const& version, std::set<RecordNumber> const& losing,
                store::Reader& reader) {
  std::map<RecordNumber, std::size_t> items;
  for (auto const& part : version.parts()) {
    auto const& collections = part.segment->collections;
    for (std::size_t code = 0; code < collections.size(); ++code) {
      items[collections[code].number] += part.items(code);
    }
  }
  Changes lost;
  for (auto const& [collection, count] : items) {
    if (count == 0) continue;
    if (!reader.record(collection)) {
      lost.removed_collections.insert(collection);
    } else if (losing.contains(collection) && count != reader.count_items(collection)) {
      find_lost(version, collection, reader, lost.items);
    }
  }
  return lost;
}

ItemNumber newest_of(Version const& version) {
  ItemNumber newest{};
  for (auto const& part : version.parts()) {
    newest = std::max(newest, part.segment->highest_number);
  }
  return newest;
}

/// Applies what has changed since a version was kept.
/// \return  why it cannot be; empty: it is done
Refusal catch_up(std::stop_token const& stop, store::Reader& reader, Sequence since,
                 Loaded& loaded) {
  auto const& properties = loaded.version->properties();
  auto const most = few_changes + loaded.version->items() / 4;
  auto const newest = newest_of(*loaded.version);
  std::set<RecordNumber> losing;
  for (;;) {
    if (stop.stop_requested()) return stopped;
    loaded.read = reader.begin().sequence;
    auto const changes = reader.changes(since, piece);
    if (!changes) return too_old;
    auto news = news_of(*changes, newest, reader);
    loaded.changes += news.changes.items.size();
    if (loaded.changes > most) return too_different;
    losing.insert(news.losing.begin(), news.losing.end());
    since = news.last;
    if (!changes->empty()) {
      loaded.version =
          loaded.version->after(index::read(std::move(news.changes), properties, reader));
    }
    if (changes->size() < piece) break; // and keep the state, all changes of which are known
    reader.end();
  }
  auto lost = lost_of(*loaded.version, losing, reader);
  reader.end();
  auto const gone = lost.items.size() + lost.removed_collections.size();
  loaded.changes += gone;
  if (gone > 0) {
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

#include "catalogue/directory.hpp"

#include "catalogue/damage.hpp"

#include <terracat/record.hpp>

#include <algorithm>

namespace terracat::catalogue {
namespace {

/// Those of these collections together.
query::Queryables queryables_of(std::vector<Entry const*> const& entries,
                                std::vector<std::string> const& sortables) {
  using Collections = std::vector<RecordNumber>;
  std::map<std::string_view, std::map<query::Type, Collections>> types;
  for (auto const* const entry : entries) {
    for (auto const& [name, summary] : entry->derived.properties) {
      types[name][summary.type].push_back(entry->number);
    }
  }
  query::Queryables out;
  for (auto& [name, by_type] : types) {
    bool const is_uniform = by_type.size() == 1;
    for (auto& [type, collections] : by_type) {
      out.add(name, type, is_uniform ? Collections() : std::move(collections));
    }
  }
  for (auto const& name : sortables) out.make_sortable(name);
  return out;
}

/// What the rows of a collection's items say, their bodies apart.
Derived derived_of_rows(store::Reader& reader, RecordNumber number) {
  constexpr std::size_t piece = 1'000;
  query::BodyProperties none;
  none.parse(R"("properties":{},"links":[)");
  Derived out{.is_exact = false};
  ItemNumber last{0};
  for (;;) {
    auto const extents = reader.item_extents(number, last, piece);
    for (auto const& extent : extents) {
      add_item(out, extent.bbox, extent.period, none);
      ++out.items;
      last = extent.number;
    }
    if (extents.size() < piece) return out;
  }
}

Derived kept_derived(store::Reader& reader, RecordNumber number, Sequence sequence,
                     std::size_t& damage) {
  auto kept = unless_damaged(damage, [&] {
    auto const text = reader.derived(number);
    return text ? derived_from_text(*text) : Derived();
  });
  if (kept) return std::move(*kept);
  auto const texts = unless_damaged(damage, [&] { return reader.record_texts(number); })
                         .value_or(std::nullopt)
                         .value_or(store::RecordTexts{});
  auto out = derived_of_rows(reader, number);
  render(out, texts.extent, texts.summaries);
  out.shown_change = sequence;
  return out;
}

} // namespace

Directory Directory::load(store::Reader& reader, Sequence sequence, std::size_t& damage) {
  Directory directory;
  store::RecordSearch search{.limit = 1'000};
  for (;;) {
    auto const page = reader.records(search);
    for (auto const& row : page.rows) {
      Entry entry{.number = row.number,
                  .id = row.id,
                  .source = row.source,
                  .title = row.title,
                  .record_change = row.sequence};
      if (!model::is_collection_type(row.type)) {
        directory.put_other(std::move(entry));
        continue;
      }
      entry.item_change = reader.last_item_change(row.number);
      entry.derived = kept_derived(reader, row.number, sequence, damage);
      directory.put(std::move(entry));
    }
    if (!page.has_more) break;
    search.after = page.rows.back().number;
  }
  directory.last_record_change_ = sequence;
  directory.last_item_change_ = sequence;
  return directory;
}

void Directory::keep_cluster(Entry& entry) const {
  auto const* const known = any(entry.number);
  entry.cluster = known == nullptr ? nullptr : known->cluster;
  entry.cluster_change = known == nullptr ? 0 : known->cluster_change;
}

void Directory::set_cluster(RecordNumber number, std::shared_ptr<Cluster const> cluster,
                            Sequence sequence) {
  auto& into = entries_.contains(number) ? entries_ : others_;
  auto entry = *into.find(number);
  entry.cluster = std::move(cluster);
  entry.cluster_change = sequence;
  into.put(number, std::make_shared<Entry const>(std::move(entry)));
  last_record_change_ = std::max(last_record_change_, sequence);
}

void Directory::put(Entry entry) {
  keep_cluster(entry);
  auto const number = entry.number;
  others_.erase(number);
  auto const* const old = find(number);
  if (old != nullptr && old->id != entry.id) by_id_.erase(old->id, number);
  by_id_.put(entry.id, number, entries_);
  last_record_change_ = std::max(last_record_change_, entry.last_change());
  last_item_change_ = std::max(last_item_change_, entry.item_change);
  put(entries_, std::move(entry));
}

void Directory::put_other(Entry entry) {
  keep_cluster(entry);
  remove(entry.number);
  last_record_change_ = std::max(last_record_change_, entry.record_change);
  put(others_, std::move(entry));
}

void Directory::put(EntryMap& into, Entry entry) const {
  entry.title_key = collation_->key(entry.title);
  auto const number = entry.number;
  into.put(number, std::make_shared<Entry const>(std::move(entry)));
}

void Directory::remove(RecordNumber number) {
  others_.erase(number);
  auto const* const known = entries_.find(number);
  if (known == nullptr) return;
  by_id_.erase(known->id, number);
  entries_.erase(number);
}

Entry const* Directory::find(RecordNumber number) const {
  return entries_.find(number);
}

Entry const* Directory::any(RecordNumber number) const {
  auto const* const entry = entries_.find(number);
  return entry != nullptr ? entry : others_.find(number);
}

Entry const* Directory::find(std::string_view id) const {
  return by_id_.find(id, entries_);
}

query::Queryables const& DirectoryVersion::all_queryables() const {
  std::call_once(queryables_once_, [this] {
    std::vector<Entry const*> all;
    for (auto const& [number, entry] : directory_.entries()) all.push_back(entry.get());
    queryables_ = queryables_of(all, sortables_);
  });
  return queryables_;
}

std::vector<std::shared_ptr<Entry const>> const& DirectoryVersion::alternates() const {
  std::call_once(alternates_once_, [this] {
    for (auto const* const entries : {&directory_.entries(), &directory_.others()}) {
      for (auto const& [number, entry] : *entries) {
        if (entry->is_alternate()) alternates_.push_back(entry);
      }
    }
  });
  return alternates_;
}

std::shared_ptr<query::Queryables const>
DirectoryVersion::queryables(std::vector<Entry const*> const& entries) const {
  Numbers numbers;
  numbers.reserve(entries.size());
  for (auto const* const entry : entries) numbers.push_back(entry->number);
  {
    std::scoped_lock const lock(mutex_);
    if (auto const known = sets_.find(numbers); known != sets_.end()) return known->second;
  }
  auto made = std::make_shared<query::Queryables const>(queryables_of(entries, sortables_));
  std::scoped_lock const lock(mutex_);
  if (sets_.size() >= most_sets) sets_.clear();
  sets_.insert_or_assign(std::move(numbers), made);
  return made;
}

void DirectoryVersions::publish(Sequence sequence,
                                std::shared_ptr<DirectoryVersion const> directory) {
  std::scoped_lock const lock(mutex_);
  versions_[sequence] = std::move(directory);
  while (versions_.size() > most_versions) versions_.erase(versions_.begin());
}

void DirectoryVersions::withdraw(Sequence sequence) {
  std::scoped_lock const lock(mutex_);
  versions_.erase(sequence);
}

std::shared_ptr<DirectoryVersion const> DirectoryVersions::at(Sequence sequence) const {
  std::scoped_lock const lock(mutex_);
  auto const after = versions_.upper_bound(sequence);
  return after == versions_.begin() ? nullptr : std::prev(after)->second;
}

} // namespace terracat::catalogue

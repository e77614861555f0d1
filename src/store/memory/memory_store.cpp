#include "store/memory/memory_store.hpp"

#include "query/collation.hpp"
#include "store/memory/memory_reader.hpp"

#include <algorithm>
#include <mutex>
#include <random>

namespace terracat::store {
namespace {

std::uint64_t random_epoch() {
  std::random_device entropy;
  return std::uint64_t{entropy()} << 32U | entropy();
}

/// The newest committed state, handed from the writer to the readers.
class Newest {
 public:
  explicit Newest(MemoryState state)
      : state_(std::make_shared<MemoryState const>(std::move(state))) {}

  [[nodiscard]] std::shared_ptr<MemoryState const> get() const {
    std::scoped_lock const lock(mutex_);
    return state_;
  }

  void set(std::shared_ptr<MemoryState const> state) {
    std::scoped_lock const lock(mutex_);
    state_ = std::move(state);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<MemoryState const> state_;
};

class MemoryWriter : public Writer {
 public:
  explicit MemoryWriter(Newest& newest) : newest_(newest) {}

  void begin() override {
    next_ = std::make_shared<MemoryState>(*newest_.get());
    reader_.begin();
  }

  Reader& reader() override { return reader_; }

  RecordNumber put(RecordWrite const& record) override {
    auto const number = record.number.value_or(RecordNumber{next_->last_record + 1});
    next_->last_record = std::max(next_->last_record, static_cast<std::int64_t>(number));
    if (auto const old = next_->records.find(number);
        old != next_->records.end() && old->second->row.id != record.id) {
      auto const& row = old->second->row;
      note_removal(change(Operation::remove, Subject::record, row.id, number), row.title,
                   row.source);
    }
    auto const sequence = change(Operation::put, Subject::record, record.id, number);
    know(record.source);
    next_->records[number] = std::make_shared<StoredRecord const>(
        StoredRecord{.row = {.number = number,
                             .id = record.id,
                             .source = record.source,
                             .native_id = record.native_id,
                             .type = record.type,
                             .title = record.title,
                             .sequence = sequence},
                     .footprint = record.footprint,
                     .period = record.period,
                     .texts = record.texts,
                     .words = record.words,
                     .title_key = collation_.key(record.title)});
    return number;
  }

  ItemNumber put(ItemWrite const& write) override {
    auto const number = write.number.value_or(ItemNumber{next_->last_item + 1});
    next_->last_item = std::max(next_->last_item, static_cast<std::int64_t>(number));
    auto const sequence = change(Operation::put, Subject::item, write.id, write.collection);
    next_->items[number] = std::make_shared<StoredItem const>(
        StoredItem{.row = {.number = number,
                           .collection = write.collection,
                           .id = write.id,
                           .native_id = write.item->native_id,
                           .source = write.source,
                           .hash = write.hash,
                           .sequence = sequence,
                           .has_local_assets = write.item->has_local_assets},
                   .item = write.item});
    next_->items_of[write.collection].insert(number);
    return number;
  }

  void remove(RecordNumber number) override {
    auto const row = next_->records.at(number)->row;
    for (auto const item : next_->items_of[number]) {
      auto const& id = next_->items.at(item)->row.id;
      next_->changes.erase(next_->change_of[{Subject::item, number, id}]);
      next_->change_of.erase({Subject::item, number, id});
      next_->missing.erase({row.source, item});
      next_->items.erase(item);
    }
    next_->records.erase(number);
    next_->items_of.erase(number);
    next_->derived.erase(number);
    next_->keys.erase(number);
    next_->last_item_changes.erase(number);
    next_->documents.erase({row.source, row.native_id});
    next_->missing.erase({row.source, number});
    std::erase_if(next_->identifiers, [&](auto const& entry) { return entry.second == number; });
    note_removal(change(Operation::remove, Subject::record, row.id, number), row.title, row.source);
  }

  void remove(ItemNumber number, std::string_view title) override {
    auto const row = next_->items.at(number)->row;
    next_->items.erase(number);
    next_->items_of[row.collection].erase(number);
    next_->missing.erase({row.source, number});
    note_removal(change(Operation::remove, Subject::item, row.id, row.collection), title,
                 row.source);
  }

  /// Nothing stays of removed records here.
  void purge(std::size_t) override {
    std::erase_if(next_->seen, [&](auto const& sweep) {
      return std::ranges::none_of(
          next_->sources, [&](auto const& source) { return source.second.sweep == sweep.first; });
    });
  }

  void put_identifier(std::string_view id, std::string_view, RecordNumber record) override {
    next_->identifiers.insert({std::string(id), record});
  }

  void lead_on(RecordNumber from, RecordNumber to) override {
    auto const known = next_->identifiers;
    for (auto const& [id, record] : known) {
      if (record == from) next_->identifiers.insert({id, to});
    }
  }

  void put_keys(RecordNumber record, std::span<std::string const> keys) override {
    next_->keys.erase(record);
    if (!keys.empty()) next_->keys[record] = {keys.begin(), keys.end()};
    for (auto const& key : keys) put_identifier(key, "key", record);
  }

  void put_words(RecordNumber record, RecordWords const& words) override {
    auto copy = *next_->records.at(record);
    copy.words = words;
    next_->records[record] = std::make_shared<StoredRecord const>(std::move(copy));
  }

  void put_derived(RecordNumber collection, std::string_view text) override {
    next_->derived[collection] = text;
  }

  void put_document(Document const& document) override {
    know(document.source);
    next_->documents[{document.source, document.native_id}] =
        std::make_shared<Document const>(document);
  }

  void put_source(SourceState const& state) override { next_->sources[state.name] = state; }

  void put_correction(Correction const& correction) override {
    know(correction.key.source);
    next_->corrections[correction.key] = correction;
  }

  void remove_correction(CorrectionKey const& key) override { next_->corrections.erase(key); }

  void put_keyword_decision(KeywordDecision const& decision) override {
    next_->keyword_decisions[decision.keyword] = decision;
  }

  void remove_keyword_decision(std::string_view keyword) override {
    auto const found = next_->keyword_decisions.find(keyword);
    if (found != next_->keyword_decisions.end()) next_->keyword_decisions.erase(found);
  }

  void note_seen(std::string_view source, RunNumber sweep, Resource resource) override {
    if (sweep != RunNumber{}) next_->seen[sweep].insert(resource);
    next_->missing.erase({std::string(source), resource});
  }

  void put_missing(std::string_view source, Missing const& mark) override {
    next_->missing[{std::string(source), mark.resource}] = mark;
  }

  void remove_refused(std::string_view source, model::Instant before) override {
    std::erase_if(next_->documents, [&](auto const& entry) {
      auto const& document = *entry.second;
      return document.source == source && document.fetched < before &&
             !reader_.record_by_native(source, document.native_id);
    });
  }

  void remove_source(std::string_view name) override {
    next_->seen.erase(reader_.source(name).sweep);
    std::erase_if(next_->missing, [&](auto const& entry) { return entry.first.first == name; });
    std::erase_if(next_->documents, [&](auto const& entry) { return entry.first.first == name; });
    std::erase_if(next_->corrections,
                  [&](auto const& entry) { return entry.first.source == name; });
    std::erase_if(next_->run_documents, [&](auto const& document) {
      return next_->runs.at(document.run).source == name;
    });
    std::erase_if(next_->runs, [&](auto const& entry) { return entry.second.source == name; });
    next_->sources.erase(std::string(name));
  }

  void prune(model::Instant before, std::size_t limit) override {
    for (auto at = next_->changes.begin(); at != next_->changes.end() && limit > 0;) {
      auto const& change = at->second;
      if (change.at >= before) break;
      if (change.operation != Operation::remove) {
        ++at;
        continue;
      }
      auto const owner = change.subject == Subject::record ? RecordNumber{} : change.collection;
      next_->change_of.erase({change.subject, owner, change.id});
      next_->horizon = change.sequence;
      at = next_->changes.erase(at);
      --limit;
    }
  }

  void prune_reports(model::Instant before, std::size_t limit) override {
    std::erase_if(next_->run_documents, [&](auto const& document) {
      bool const goes = limit > 0 && next_->runs.at(document.run).started < before;
      if (goes) --limit;
      return goes;
    });
  }

  RunNumber put_run(Run const& run) override {
    if (run.number != RunNumber{} && !next_->runs.contains(run.number)) {
      throw StoreError(StoreError::Reason::other, "there is no such run");
    }
    auto const number = run.number == RunNumber{} ? RunNumber{++next_->last_run} : run.number;
    know(run.source);
    next_->runs[number] = run;
    next_->runs[number].number = number;
    return number;
  }

  void put_run_document(RunDocument const& document) override {
    next_->run_documents.push_back(document);
    next_->run_documents.back().number = ++next_->last_run_document;
  }

  void put_segment(SegmentNumber number, std::string_view bytes) override {
    next_->segments[number] = std::make_shared<std::string const>(bytes);
  }

  bool drop_segments(std::span<SegmentNumber const> all_but, std::size_t limit) override {
    auto const goes = [&](auto const& one) { return std::ranges::count(all_but, one.first) == 0; };
    for (auto at = next_->segments.begin(); at != next_->segments.end() && limit > 0;) {
      bool const is_going = goes(*at);
      if (is_going) --limit;
      at = is_going ? next_->segments.erase(at) : std::next(at);
    }
    return std::ranges::none_of(next_->segments, goes);
  }

  std::vector<std::string> mend(std::function<void()> const& on_work) override {
    on_work();
    return {};
  }

  void begin_epoch() override {
    next_->revision.epoch = random_epoch();
    ++next_->revision.sequence;
  }

  void advance() override { ++next_->revision.sequence; }

  [[nodiscard]] Revision pending() const override { return next_->revision; }

  Revision commit() override {
    auto const revision = next_->revision;
    reader_.end();
    newest_.set(std::move(next_));
    return revision;
  }

  void rollback() noexcept override {
    reader_.end();
    next_.reset();
  }

  bool tidy() override { return false; }

  void settle() override {}

 private:
  void know(std::string const& source) {
    next_->sources.try_emplace(source, SourceState{.name = source});
  }

  /// One row a key: the change before it goes.
  Sequence change(Operation operation, Subject subject, std::string const& id,
                  RecordNumber collection) {
    auto const owner = subject == Subject::record ? RecordNumber{} : collection;
    auto& newest = next_->change_of[{subject, owner, id}];
    next_->changes.erase(newest);
    auto const sequence = ++next_->revision.sequence;
    newest = sequence;
    next_->last_change =
        std::max(model::Instant::now(), model::Instant(next_->last_change.milliseconds() + 1));
    next_->changes[sequence] = {.sequence = sequence,
                                .operation = operation,
                                .subject = subject,
                                .id = id,
                                .collection = collection,
                                .at = next_->last_change};
    if (subject == Subject::item) next_->last_item_changes[collection] = sequence;
    return sequence;
  }

  void note_removal(Sequence sequence, std::string_view title, std::string_view source) {
    auto& removal = next_->changes.at(sequence);
    removal.title = title;
    removal.source = source;
  }

  Newest& newest_;
  std::shared_ptr<MemoryState> next_;
  MemoryReader reader_{[this] { return next_; }};
  query::Collation collation_;
};

MemoryState first_state() {
  MemoryState state;
  state.revision.epoch = random_epoch();
  return state;
}

class MemoryStore : public Store {
 public:
  std::unique_ptr<Reader> reader() override {
    return std::make_unique<MemoryReader>([this] { return newest_.get(); });
  }

  std::unique_ptr<Writer> writer() override { return std::make_unique<MemoryWriter>(newest_); }

  Figures figures() const override { return {}; }

  std::vector<Fault> check(Depth, std::function<void(double)> const&) override { return {}; }

  std::optional<Revision> copy_to(std::string const&, std::function<void(double)> const&) override {
    return std::nullopt;
  }

 private:
  Newest newest_{first_state()};
};

} // namespace

std::unique_ptr<Store> make_memory_store() {
  return std::make_unique<MemoryStore>();
}

} // namespace terracat::store

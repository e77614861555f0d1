#include "store/memory/memory_store.hpp"

#include "query/collation.hpp"
#include "store/memory/memory_reader.hpp"

#include <mutex>
#include <random>

namespace terracat::store {
namespace {

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
      change(Operation::remove, Subject::record, old->second->row.id, number);
    }
    auto const sequence = change(Operation::put, Subject::record, record.id, number);
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
    auto const numbers = next_->items_of[number];
    for (auto const item : numbers) remove(item);
    auto const id = next_->records.at(number)->row.id;
    next_->records.erase(number);
    next_->items_of.erase(number);
    next_->derived.erase(number);
    std::erase_if(next_->identifiers, [&](auto const& entry) { return entry.second == number; });
    change(Operation::remove, Subject::record, id, number);
  }

  void remove(ItemNumber number) override {
    auto const row = next_->items.at(number)->row;
    next_->items.erase(number);
    next_->items_of[row.collection].erase(number);
    change(Operation::remove, Subject::item, row.id, row.collection);
  }

  void put_identifier(std::string_view id, std::string_view, RecordNumber record) override {
    next_->identifiers.insert({std::string(id), record});
  }

  void put_derived(RecordNumber collection, std::string_view text) override {
    next_->derived[collection] = text;
  }

  void put_document(Document const& document) override {
    next_->documents[{document.source, document.native_id}] =
        std::make_shared<Document const>(document);
  }

  void put_source(SourceState const& state) override { next_->sources[state.name] = state; }

  RunNumber put_run(Run const& run) override {
    auto const number = run.number == RunNumber{} ? RunNumber{++next_->last_run} : run.number;
    next_->runs[number] = run;
    next_->runs[number].number = number;
    return number;
  }

  void put_run_document(RunDocument const& document) override {
    next_->run_documents.push_back(document);
  }

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

  void tidy() override {}

  void settle() override {}

 private:
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

  Newest& newest_;
  std::shared_ptr<MemoryState> next_;
  MemoryReader reader_{[this] { return next_; }};
  query::Collation collation_;
};

MemoryState first_state() {
  std::random_device entropy;
  MemoryState state;
  state.revision.epoch = std::uint64_t{entropy()} << 32U | entropy();
  return state;
}

class MemoryStore : public Store {
 public:
  std::unique_ptr<Reader> reader() override {
    return std::make_unique<MemoryReader>([this] { return newest_.get(); });
  }

  std::unique_ptr<Writer> writer() override { return std::make_unique<MemoryWriter>(newest_); }

  Figures figures() const override { return {}; }

  std::vector<Fault> check(std::function<void(double)> const&) override { return {}; }

 private:
  Newest newest_{first_state()};
};

} // namespace

std::unique_ptr<Store> make_memory_store() {
  return std::make_unique<MemoryStore>();
}

} // namespace terracat::store

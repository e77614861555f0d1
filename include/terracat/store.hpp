#pragma once

#include <terracat/store_error.hpp>
#include <terracat/store_rows.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The truth behind a seam: rows and bodies by number, changes in order, rows in key order, and one
/// plain search. A store decides nothing: whose a record is and what it is called has been settled
/// before (catalogue/). The suite test/contract/ says what every store does.
namespace terracat::store {

/// Reads one consistent state at a time. One thread at a time; a store gives any number of readers.
class Reader {
 public:
  Reader() = default;
  Reader(Reader const&) = delete;
  Reader& operator=(Reader const&) = delete;
  Reader(Reader&&) = delete;
  Reader& operator=(Reader&&) = delete;
  virtual ~Reader() = default;

  /// Takes the newest committed state, or stays with the one it has if nothing was committed since.
  virtual Revision begin() = 0;

  /// Lets go of the state, which hinders checkpoints as long as it is held. All reads need a state.
  virtual void end() noexcept = 0;

  /// Reads after this moment throw DeadlinePassed.
  virtual void set_deadline(std::chrono::steady_clock::time_point deadline) noexcept = 0;

  [[nodiscard]] virtual std::optional<RecordRow> record(RecordNumber number) = 0;
  [[nodiscard]] virtual std::optional<RecordTexts> record_texts(RecordNumber number) = 0;
  [[nodiscard]] virtual RecordPage records(RecordSearch const& search) = 0;

  /// The record that has this id now, whoever it was minted for.
  [[nodiscard]] virtual std::optional<RecordNumber> record_by_id(std::string_view id) = 0;

  /// The record that its source calls so.
  [[nodiscard]] virtual std::optional<RecordNumber>
  record_by_native(std::string_view source, std::string_view native_id) = 0;

  /// The records that ever had this id, or are known by it elsewhere (DOI, native id).
  [[nodiscard]] virtual std::vector<RecordNumber> records_by_identifier(std::string_view id) = 0;

  /// What a collection's items say about it, as `Writer::put_derived` kept it.
  [[nodiscard]] virtual std::optional<std::string> derived(RecordNumber number) = 0;

  /// \param id  public or, if no item has it as its public id, native
  [[nodiscard]] virtual std::optional<ItemRow> item(RecordNumber collection,
                                                    std::string_view id) = 0;

  /// The item that its source calls so, whatever public ids others have.
  [[nodiscard]] virtual std::optional<ItemRow> item_by_native(RecordNumber collection,
                                                              std::string_view native_id) = 0;

  [[nodiscard]] virtual std::optional<ItemRow> item(ItemNumber number) = 0;

  /// The names of what is kept to search by, and is not what a write of the same resource would
  /// keep; texts apart. \pre it is there
  [[nodiscard]] virtual std::vector<std::string> differences(RecordNumber number,
                                                             RecordWrite const& write) = 0;
  [[nodiscard]] virtual std::vector<std::string> differences(ItemNumber number,
                                                             ItemWrite const& write) = 0;

  [[nodiscard]] virtual ItemPage items(query::ItemSearch const& search) = 0;

  /// Appends the item's body (model::ItemParts::body).
  /// \throws StoreError  corrupt, if it is not what was written
  virtual void body(ItemNumber number, std::string& out) = 0;

  /// Changes after `since`, oldest first. Of a collection that is gone the feed has its own removal
  /// and none of its items.
  /// \return  nothing if removals after `since` have been forgotten: who stands there has to begin
  ///          anew. 0 is the beginning, which is always answered: nothing was known then
  [[nodiscard]] virtual std::optional<std::vector<Change>> changes(Sequence since,
                                                                   std::size_t limit) = 0;

  /// The removal of the record that had this id last. \return  nothing if there never was one, if
  /// there is one now, or if the removal has been forgotten
  [[nodiscard]] virtual std::optional<Change> removed_record(std::string_view id) = 0;
  /// Likewise. \param id  public
  [[nodiscard]] virtual std::optional<Change> removed_item(RecordNumber collection,
                                                           std::string_view id) = 0;

  /// The last change among the items of a collection, removals included; 0 if there never was one.
  [[nodiscard]] virtual Sequence last_item_change(RecordNumber collection) = 0;

  [[nodiscard]] virtual std::size_t count_items(RecordNumber collection) = 0;

  /// Items of a collection by number, those after `after`.
  [[nodiscard]] virtual std::vector<ItemExtent>
  item_extents(RecordNumber collection, ItemNumber after, std::size_t limit) = 0;

  [[nodiscard]] virtual std::optional<Document> document(std::string_view source,
                                                         std::string_view native_id) = 0;

  /// The hash alone, without reading the bytes.
  [[nodiscard]] virtual std::optional<std::uint64_t> document_hash(std::string_view source,
                                                                   std::string_view native_id) = 0;

  /// All documents of a source in the order of their ids, without their bytes.
  [[nodiscard]] virtual std::vector<std::string> document_ids(std::string_view source) = 0;

  [[nodiscard]] virtual SourceState source(std::string_view name) = 0;

  /// The names of all sources that anything was ever written of, until `remove_source`. In order.
  [[nodiscard]] virtual std::vector<std::string> sources() = 0;

  [[nodiscard]] virtual Holdings holdings(std::string_view source) = 0;

  /// What the source owns and the sweep has not seen, with the marks that there are. In order.
  /// \param subject  records or items only
  /// \param after    the number of the last one that is known
  [[nodiscard]] virtual std::vector<Missing> unseen(std::string_view source, RunNumber sweep,
                                                    Subject subject, std::int64_t after,
                                                    std::size_t limit) = 0;

  /// Marks of the source that are as old as that, in order, those after `after`.
  [[nodiscard]] virtual std::vector<Missing> missing(std::string_view source, Grace const& grace,
                                                     Resource after, std::size_t limit) = 0;

  /// False while `Writer::purge` has something to do.
  [[nodiscard]] virtual bool is_purged() = 0;

  /// Newest first. \param source  only of this one; empty: of all
  [[nodiscard]] virtual std::vector<Run> runs(std::string_view source, std::size_t limit) = 0;
  [[nodiscard]] virtual std::vector<RunDocument> run_documents(RunNumber run) = 0;
};

/// Writes, one transaction after the other. A store has one writer, used from one thread; readers
/// see a transaction whole after its commit or not at all. A method that throws StoreError leaves
/// the transaction to be rolled back.
class Writer {
 public:
  Writer() = default;
  Writer(Writer const&) = delete;
  Writer& operator=(Writer const&) = delete;
  Writer(Writer&&) = delete;
  Writer& operator=(Writer&&) = delete;
  virtual ~Writer() = default;

  virtual void begin() = 0;

  /// Reads the state of the transaction, its own changes included; needs no begin of its own.
  [[nodiscard]] virtual Reader& reader() = 0;

  virtual RecordNumber put(RecordWrite const& record) = 0;
  virtual ItemNumber put(ItemWrite const& item) = 0;

  /// Removes the record, its document, and all its items, whose rows `purge` may yet have to clear
  /// away. One change tells of it all. \pre it is there
  virtual void remove(RecordNumber number) = 0;
  /// \param title  as the item was called last; may be empty
  /// \pre it is there
  virtual void remove(ItemNumber number, std::string_view title) = 0;

  /// Clears away up to so many rows that nobody sees any more: items of removed records, and what
  /// sweeps saw that are over.
  virtual void purge(std::size_t limit) = 0;

  /// Lets `id` lead to the record, beside what else leads there.
  virtual void put_identifier(std::string_view id, std::string_view scheme,
                              RecordNumber record) = 0;

  virtual void put_derived(RecordNumber collection, std::string_view text) = 0;
  virtual void put_document(Document const& document) = 0;
  virtual void put_source(SourceState const& state) = 0;

  /// The source has the resource: it is not missing.
  /// \param sweep  that saw it; 0: none that counts
  virtual void note_seen(std::string_view source, RunNumber sweep, Resource resource) = 0;
  virtual void put_missing(std::string_view source, Missing const& mark) = 0;

  /// Forgets documents of the source that no record was made of, fetched before that time.
  virtual void remove_refused(std::string_view source, model::Instant before) = 0;

  /// Forgets the source, its runs and its documents. \pre it owns no record, and all is purged
  virtual void remove_source(std::string_view name) = 0;

  /// Forgets removals from before that time, up to so many.
  virtual void prune(model::Instant before, std::size_t limit) = 0;

  /// Keeps a run under a new number, or replaces the one with its number.
  virtual RunNumber put_run(Run const& run) = 0;
  virtual void put_run_document(RunDocument const& document) = 0;

  /// Makes anew what the store derives by itself (indexes, sort keys, references), and lets what is
  /// damaged for good count as never read, so that the next harvest fetches it again.
  /// \return  what was done, a line each
  virtual std::vector<std::string> mend() = 0;

  /// The history is cut here: `commit` makes a state of another epoch and a new sequence.
  virtual void begin_epoch() = 0;

  /// The state that `commit` will make: its sequence is that of the transaction's last change.
  [[nodiscard]] virtual Revision pending() const = 0;

  /// \return  after the transaction is safe on the disc
  virtual Revision commit() = 0;
  virtual void rollback() noexcept = 0;

  /// Housekeeping between transactions (checkpoints); cheap when there is nothing to do.
  virtual void tidy() = 0;

  /// Puts everything where it belongs for good; nothing is written afterwards. A writer that ends
  /// without it loses nothing, but does not tell what the disc may have to say.
  virtual void settle() = 0;
};

class Store {
 public:
  Store() = default;
  Store(Store const&) = delete;
  Store& operator=(Store const&) = delete;
  Store(Store&&) = delete;
  Store& operator=(Store&&) = delete;
  virtual ~Store() = default;

  [[nodiscard]] virtual std::unique_ptr<Reader> reader() = 0;

  /// \pre no other writer exists
  [[nodiscard]] virtual std::unique_ptr<Writer> writer() = 0;

  [[nodiscard]] virtual Figures figures() const = 0;

  /// Proves what is stored: structure, keys, checksums. \return what is wrong; empty: nothing
  [[nodiscard]] virtual std::vector<Fault>
  check(std::function<void(double done)> const& progress) = 0;

  /// Proves that all that was written can be read again: of a copy nothing else is in question.
  [[nodiscard]] virtual std::vector<Fault>
  check_values(std::function<void(double done)> const& progress) = 0;

  /// Writes one state into a file, which can then be opened as a store, while others go on reading
  /// and writing. What `progress` throws ends the copy.
  /// \param path  an empty file
  /// \return  the state; nothing if this store is in no file
  /// \throws StoreError  naming the side that failed
  [[nodiscard]] virtual std::optional<Revision>
  copy_to(std::string const& path, std::function<void(double done)> const& progress) = 0;
};

} // namespace terracat::store

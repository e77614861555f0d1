#pragma once

#include <terracat/store_error.hpp>
#include <terracat/store_reader.hpp>
#include <terracat/store_rows.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The truth behind a seam: rows and bodies by number, changes in order, rows in key order, and one
/// plain search. A store decides nothing: whose a record is and what it is called has been settled
/// before (catalogue/). The suite test/contract/ says what every store does.
namespace terracat::store {

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

  /// Lets all that leads to one record lead to the other, too; keys of the one are none of the
  /// other's by that. It is no change of either.
  virtual void lead_on(RecordNumber from, RecordNumber to) = 0;

  /// Lets the record be one of those with these keys, and no others: what it shares them with may
  /// be the same resource. Each leads to it as `put_identifier` does, and goes on doing so. It is
  /// no change of the record.
  virtual void put_keys(RecordNumber record, std::span<std::string const> keys) = 0;

  /// Lets the record be found by these words instead. It is no change of the record. \pre it is
  /// there
  virtual void put_words(RecordNumber record, RecordWords const& words) = 0;

  virtual void put_derived(RecordNumber collection, std::string_view text) = 0;
  virtual void put_document(Document const& document) = 0;
  virtual void put_source(SourceState const& state) = 0;

  /// In the place of the one with the same key. The record stays as it is.
  virtual void put_correction(Correction const& correction) = 0;
  virtual void remove_correction(CorrectionKey const& key) = 0;

  /// In the place of the one of the same keyword. It is no change of any record.
  virtual void put_keyword_decision(KeywordDecision const& decision) = 0;
  virtual void remove_keyword_decision(std::string_view keyword) = 0;

  /// The source has the resource: it is not missing.
  /// \param sweep  that saw it; 0: none that counts
  virtual void note_seen(std::string_view source, RunNumber sweep, Resource resource) = 0;
  virtual void put_missing(std::string_view source, Missing const& mark) = 0;

  /// Forgets documents of the source that no record was made of, fetched before that time.
  virtual void remove_refused(std::string_view source, model::Instant before) = 0;

  /// Forgets the source, its runs, its documents and the corrections of what it had. \pre it owns
  /// no record, and all is purged
  virtual void remove_source(std::string_view name) = 0;

  /// Forgets removals from before that time, up to so many.
  virtual void prune(model::Instant before, std::size_t limit) = 0;

  /// Forgets what became of the documents of runs that began before that time, up to so many.
  virtual void prune_reports(model::Instant before, std::size_t limit) = 0;

  /// Keeps a run under a new number, or replaces the one with its number.
  /// \throws StoreError  if there is no run with its number
  virtual RunNumber put_run(Run const& run) = 0;
  virtual void put_run_document(RunDocument const& document) = 0;

  /// Keeps bytes that an index makes of the items, under the number. They are no change, and
  /// nothing is lost with them.
  virtual void put_segment(SegmentNumber number, std::string_view bytes) = 0;

  /// Drops all but some of them, the lowest numbers first, up to so many.
  /// \return  whether there are no others any more
  virtual bool drop_segments(std::span<SegmentNumber const> all_but, std::size_t limit) = 0;

  /// Makes anew what the store derives by itself (indexes, sort keys, references), and lets what is
  /// damaged for good count as never read, so that the next harvest fetches it again.
  /// \param on_work  called a few times a second; what it throws ends the work
  /// \return  what was done, a line each
  virtual std::vector<std::string> mend(std::function<void()> const& on_work) = 0;

  /// The history is cut here: `commit` makes a state of another epoch and a new sequence.
  virtual void begin_epoch() = 0;

  /// Something that is answered is another, though nothing changes that the feed tells of: `commit`
  /// makes a state with a new sequence.
  virtual void advance() = 0;

  /// The state that `commit` will make: its sequence is that of the transaction's last change.
  [[nodiscard]] virtual Revision pending() const = 0;

  /// \return  after the transaction is safe on the disc
  virtual Revision commit() = 0;
  virtual void rollback() noexcept = 0;

  /// Housekeeping between transactions; cheap when there is nothing to do.
  /// \return  whether a checkpoint was made
  virtual bool tidy() = 0;

  /// Puts everything where it belongs for good; nothing is written afterwards. A writer that ends
  /// without it loses nothing, but does not tell what the disc may have to say.
  virtual void settle() = 0;
};

/// Does ahead of the transaction what the one thread that writes need not do. One thread, beside
/// any number of others.
class Preparer {
 public:
  Preparer() = default;
  Preparer(Preparer const&) = delete;
  Preparer& operator=(Preparer const&) = delete;
  Preparer(Preparer&&) = delete;
  Preparer& operator=(Preparer&&) = delete;
  virtual ~Preparer() = default;

  /// Makes of an item's body what the store keeps. What it says is never a promise: the writer does
  /// over what is not as it would have made it.
  /// \param collection  that the item is believed to belong to
  [[nodiscard]] virtual PreparedBody prepare(RecordNumber collection, std::string_view body) = 0;

  /// Makes of a record's texts and words what the store keeps, whatever is put besides.
  virtual void prepare(RecordWrite& record) = 0;

  /// Likewise of a document's bytes.
  virtual void prepare(Document& document) = 0;
};

/// How far a store is proven; each includes those before it.
enum class Depth : std::uint8_t {
  structure, ///< all that there is can be reached
  values,    ///< all that was written can be read again: of a copy nothing else is in question
  whole,     ///< keys lead somewhere, and what is derived is what it should be
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

  /// Must not outlive the store. \return  null if there is nothing to be done ahead
  [[nodiscard]] virtual std::unique_ptr<Preparer> preparer() { return nullptr; }

  [[nodiscard]] virtual Figures figures() const = 0;

  /// Proves what is stored, while others go on reading and writing.
  /// \param progress  called a few times a second; what it throws ends the check
  /// \return  what is wrong; empty: nothing
  [[nodiscard]] virtual std::vector<Fault>
  check(Depth depth, std::function<void(double done)> const& progress) = 0;

  /// Writes one state into a file, which can then be opened as a store, while others go on reading
  /// and writing. What `progress` throws ends the copy.
  /// \param path  an empty file
  /// \return  the state; nothing if this store is in no file
  /// \throws StoreError  naming the side that failed
  [[nodiscard]] virtual std::optional<Revision>
  copy_to(std::string const& path, std::function<void(double done)> const& progress) = 0;
};

} // namespace terracat::store

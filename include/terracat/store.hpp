#pragma once

#include <terracat/harvest_log.hpp>
#include <terracat/item.hpp>
#include <terracat/query.hpp>
#include <terracat/revision.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// The truth behind a seam: rows and bodies by number, changes in order, rows in key order, and one
/// plain search. A store decides nothing: whose a record is and what it is called has been settled
/// before (catalogue/). The suite test/contract/ says what every store does.
namespace terracat::store {

/// The texts that answers are made of; their forms are those of formats/ (stac_collection.hpp,
/// record_json.hpp), and a store only keeps them.
struct RecordTexts {
  std::string record;    ///< the whole record
  std::string body;      ///< as a STAC Collection, open; empty if it is none
  std::string extent;    ///< the member of that name; empty if the source did not say
  std::string summaries; ///< likewise

  friend bool operator==(RecordTexts const&, RecordTexts const&) = default;
};

struct RecordRow {
  RecordNumber number{};
  std::string id; ///< public
  std::string source;
  std::string native_id;
  std::string type;
  std::string title;
  Sequence sequence = 0; ///< of its own last change
};

/// A record to be kept, under a new number or in the place of one that is there.
struct RecordWrite {
  std::optional<RecordNumber> number;
  std::string id;
  std::string source;
  std::string native_id;
  std::string type;
  std::string title;
  std::optional<model::Geometry> footprint;
  std::optional<model::Interval> period;
  RecordTexts texts;
};

struct ItemRow {
  ItemNumber number{};
  RecordNumber collection{};
  std::string id; ///< public
  std::string native_id;
  std::string source;
  std::uint64_t hash = 0; ///< of the document that it was read from
  Sequence sequence = 0;
  bool has_local_assets = false;
};

/// An item to be kept, under a new number or in the place of one that is there.
struct ItemWrite {
  std::optional<ItemNumber> number;
  RecordNumber collection{};
  std::string id;
  std::string source;
  std::uint64_t hash = 0;
  model::Item item;
};

/// What a collection's items say about it: the codec is catalogue/derived.hpp.
struct DerivedRow {
  std::string text;
  Sequence sequence = 0; ///< of the change that altered it last
};

/// Records by title (collation key), then by number, newest first.
struct RecordSearch {
  std::vector<std::string> types;   ///< any of these; empty: all
  std::vector<std::string> sources; ///< owned by any of these; empty: all
  std::optional<model::Geometry> intersects; ///< footprint; records without one do not match
  std::optional<model::Interval> period;     ///< records without one do not match
  std::size_t limit = 100;
  std::optional<RecordNumber> after; ///< the last one of the page before
};

struct RecordPage {
  std::vector<RecordRow> rows;
  std::size_t matched = 0; ///< in all, whatever `limit` and `after`
  bool has_more = false;
};

struct ItemPage {
  std::vector<ItemRow> rows; ///< as many as `limit`, unless there are no more
  std::optional<query::Anchor> next; ///< of the last row, if more follow
  std::optional<std::size_t> matched;
};

enum class Operation : std::uint8_t { put, remove };
enum class Subject : std::uint8_t { record, item };

/// The newest change of one key.
struct Change {
  Sequence sequence = 0;
  Operation operation = Operation::put;
  Subject subject = Subject::record;
  std::string id; ///< public, also of what is gone
  RecordNumber collection{}; ///< of an item; of a record its own number
  model::Instant at{0};      ///< never earlier than the change before
};

/// A document as fetched, from which its record can be read again without the network.
struct Document {
  std::string source;
  std::string native_id;
  std::string format;
  std::string address;
  std::string bytes;
  std::uint64_t hash = 0;
  model::Instant fetched{0};
};

/// The store cannot do what was asked: a full disc, a damaged file. Its message is for the log.
class StoreError : public std::runtime_error {
 public:
  enum class Reason : std::uint8_t { io, full, corrupt, locked, read_only, other };

  StoreError(Reason reason, std::string const& message)
      : std::runtime_error(message), reason_(reason) {}

  [[nodiscard]] Reason reason() const noexcept { return reason_; }

 private:
  Reason reason_;
};

/// The deadline passed in the middle of a read.
class DeadlinePassed : public std::runtime_error {
 public:
  DeadlinePassed() : std::runtime_error("the deadline has passed") {}
};

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
  [[nodiscard]] virtual std::optional<RecordNumber> record_by_native(std::string_view source,
                                                                     std::string_view native_id) = 0;

  /// The records that ever had this id, or are known by it elsewhere (DOI, native id).
  [[nodiscard]] virtual std::vector<RecordNumber> records_by_identifier(std::string_view id) = 0;

  [[nodiscard]] virtual std::optional<DerivedRow> derived(RecordNumber number) = 0;

  /// \param id  public or native
  [[nodiscard]] virtual std::optional<ItemRow> item(RecordNumber collection,
                                                    std::string_view id) = 0;

  [[nodiscard]] virtual ItemPage items(query::ItemSearch const& search) = 0;

  /// Appends the item's body (model::ItemParts::body).
  /// \throws StoreError  corrupt, if it is not what was written
  virtual void body(ItemNumber number, std::string& out) = 0;

  /// Changes after `since`, oldest first.
  [[nodiscard]] virtual std::vector<Change> changes(Sequence since, std::size_t limit) = 0;

  /// The last change among the items of a collection, removals included; 0 if there never was one.
  [[nodiscard]] virtual Sequence last_item_change(RecordNumber collection) = 0;

  [[nodiscard]] virtual std::size_t count_items(RecordNumber collection) = 0;

  [[nodiscard]] virtual std::optional<Document> document(std::string_view source,
                                                         std::string_view native_id) = 0;

  /// The hash alone, without reading the bytes.
  [[nodiscard]] virtual std::optional<std::uint64_t> document_hash(std::string_view source,
                                                                   std::string_view native_id) = 0;

  /// All documents of a source in the order of their ids, without their bytes.
  [[nodiscard]] virtual std::vector<std::string> document_ids(std::string_view source) = 0;

  [[nodiscard]] virtual SourceState source(std::string_view name) = 0;

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

  /// Removes the record and all its items. \pre it is there
  virtual void remove(RecordNumber number) = 0;
  /// \pre it is there
  virtual void remove(ItemNumber number) = 0;

  /// Lets `id` lead to the record, beside what else leads there.
  virtual void put_identifier(std::string_view id, std::string_view scheme, RecordNumber record) = 0;

  virtual void put_derived(RecordNumber collection, std::string_view text) = 0;
  virtual void put_document(Document const& document) = 0;
  virtual void put_source(SourceState const& state) = 0;

  /// Keeps a run under a new number, or replaces the one with its number.
  virtual RunNumber put_run(Run const& run) = 0;
  virtual void put_run_document(RunDocument const& document) = 0;

  /// The state that `commit` will make: its sequence is that of the transaction's last change.
  [[nodiscard]] virtual Revision pending() const = 0;

  /// \return  after the transaction is safe on the disc
  virtual Revision commit() = 0;
  virtual void rollback() noexcept = 0;

  /// Housekeeping between transactions (checkpoints); cheap when there is nothing to do.
  virtual void tidy() = 0;
};

/// What an operator wants to see of a store.
struct Figures {
  std::uint64_t file_bytes = 0;
  std::uint64_t log_bytes = 0; ///< of the write-ahead log
  std::uint64_t free_bytes = 0; ///< on its disc; 0: not known
};

/// Something that is wrong with the stored data: "item_body 17: checksum differs".
using Fault = std::string;

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
  [[nodiscard]] virtual std::vector<Fault> check(std::function<void(double done)> const& progress) = 0;
};

} // namespace terracat::store

#pragma once

#include <terracat/keyword_decision.hpp>
#include <terracat/store_error.hpp>
#include <terracat/store_rows.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::store {

using PlaceVisitor = std::function<void(ItemPlace&&)>;

using BytesVisitor = std::function<void(std::string_view)>;

/// A condition that is asked of one item after the other. It refers to the condition and to the
/// reader that made it, and belongs to the state that this one had.
class ItemTest {
 public:
  ItemTest() = default;
  ItemTest(ItemTest const&) = delete;
  ItemTest& operator=(ItemTest const&) = delete;
  ItemTest(ItemTest&&) = delete;
  ItemTest& operator=(ItemTest&&) = delete;
  virtual ~ItemTest() = default;

  /// \return  whether there is such an item, and the condition is true of it
  /// \throws DeadlinePassed
  [[nodiscard]] virtual bool holds(ItemNumber number) = 0;
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

  /// One of these alone: the others are not unpacked.
  [[nodiscard]] virtual std::optional<std::string> record_text(RecordNumber number,
                                                               std::string RecordTexts::*which) = 0;
  [[nodiscard]] virtual RecordPage records(RecordSearch const& search) = 0;

  /// The records in which one of the phrases stands, the best first, then by number.
  [[nodiscard]] virtual std::vector<WordMatch> find_words(WordSearch const& search) = 0;

  /// Words of a table that begin so, in order of their bytes.
  [[nodiscard]] virtual std::vector<KnownWord> known_words(WordTable table, std::string_view begins,
                                                           std::size_t limit) = 0;

  /// The words that the record is found by; nothing if none were kept yet.
  [[nodiscard]] virtual std::optional<RecordWords> record_words(RecordNumber number) = 0;

  /// Records whose words were not made by these rules, or never, by number, those after `after`.
  [[nodiscard]] virtual std::vector<RecordNumber>
  records_of_other_words(std::int64_t version, RecordNumber after, std::size_t limit) = 0;

  /// The record that has this id now, whoever it was minted for.
  [[nodiscard]] virtual std::optional<RecordNumber> record_by_id(std::string_view id) = 0;

  /// The record that its source calls so.
  [[nodiscard]] virtual std::optional<RecordNumber>
  record_by_native(std::string_view source, std::string_view native_id) = 0;

  /// The records that ever had this id, or are known by it elsewhere (DOI, native id).
  [[nodiscard]] virtual std::vector<RecordNumber> records_by_identifier(std::string_view id) = 0;

  /// The keys of a record, as `Writer::put_keys` kept them, in order.
  [[nodiscard]] virtual std::vector<std::string> keys(RecordNumber record) = 0;

  /// The records that have the key, by number, up to so many.
  [[nodiscard]] virtual std::vector<RecordNumber> records_with_key(std::string_view key,
                                                                   std::size_t limit) = 0;

  /// All keys that at least two and at most so many records have, in order.
  [[nodiscard]] virtual std::vector<SharedKey> shared_keys(std::size_t most) = 0;

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

  /// The items in which the phrase stands (query/words.hpp), in order; also those of removed
  /// collections that are not purged yet. \param phrase  words parted by blanks, at least one
  [[nodiscard]] virtual std::vector<ItemNumber> items_saying(std::string_view phrase) = 0;

  /// For who knows already which items to ask. `items` would answer those of which it holds.
  [[nodiscard]] virtual std::unique_ptr<ItemTest> item_test(query::Expression const& condition) = 0;

  /// Appends the item's body (model::ItemParts::body).
  /// \throws StoreError  corrupt, if it is not what was written
  virtual void body(ItemNumber number, std::string& out) = 0;

  /// Reads all that an answer has of an item. \param out  whose memory is used again
  /// \throws StoreError  corrupt, as `body`
  virtual void shown(ItemNumber number, ShownItem& out) = 0;

  /// Changes after `since`, oldest first. Of a collection that is gone the feed has its own removal
  /// and none of its items.
  /// \param since  a sequence, or `walked` of one (store/walked.hpp), behind which all that is left
  ///               is told, whatever was forgotten
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

  /// The numbers of all items of a collection, in order.
  [[nodiscard]] virtual std::vector<ItemNumber> item_numbers(RecordNumber collection) = 0;

  /// Items of a collection by number, those after `after`.
  [[nodiscard]] virtual std::vector<ItemExtent>
  item_extents(RecordNumber collection, ItemNumber after, std::size_t limit) = 0;

  /// The places of all items by number, those after `after`. One whose body is damaged has no
  /// values.
  /// \param wanted  own properties, scalar, in the order of their names
  [[nodiscard]] virtual std::vector<ItemPlace>
  item_places(ItemNumber after, std::size_t limit, std::span<query::Property const> wanted) = 0;

  /// The places of all items that match, in any order, one after the other.
  /// \param wanted  as for `item_places`
  /// \param visit   must not use the reader
  virtual void visit_places(query::Expression const& where, std::span<query::Property const> wanted,
                            PlaceVisitor const& visit) = 0;

  /// What `Writer::put_segment` kept under the number.
  /// \param visit  called with the bytes, which are gone when it returns; must not use the reader
  /// \return  false if there is nothing
  /// \throws StoreError  corrupt, if they are not what was written
  virtual bool segment(SegmentNumber number, BytesVisitor const& visit) = 0;

  /// \return  nothing if there is no such item, or it has none
  [[nodiscard]] virtual std::optional<model::Geometry> footprint(ItemNumber number) = 0;

  [[nodiscard]] virtual std::optional<Document> document(std::string_view source,
                                                         std::string_view native_id) = 0;

  /// The hash alone, without reading the bytes.
  [[nodiscard]] virtual std::optional<std::uint64_t> document_hash(std::string_view source,
                                                                   std::string_view native_id) = 0;

  /// All documents of a source in the order of their ids, without their bytes.
  [[nodiscard]] virtual std::vector<std::string> document_ids(std::string_view source) = 0;

  /// The corrections of one record, whether it is there or not, in the order of their keys.
  /// \throws StoreError  corrupt, if one is not what was written
  [[nodiscard]] virtual std::vector<Correction> corrections(std::string_view source,
                                                            std::string_view native_id) = 0;

  /// All of them, in the order of their keys: people made them one by one, so they are few.
  /// \throws StoreError  likewise
  [[nodiscard]] virtual std::vector<Correction> corrections() = 0;

  /// What operators decided of keywords, in the order of these: one by one, so they are few.
  [[nodiscard]] virtual std::vector<KeywordDecision> keyword_decisions() = 0;

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
  [[nodiscard]] virtual std::optional<Run> run(RunNumber number) = 0;
  /// In the order in which they were told.
  [[nodiscard]] virtual std::vector<RunDocument> run_documents(RunDocumentSearch const& search) = 0;
  /// What was told of the documents of a run, most often first, then by outcome and code.
  [[nodiscard]] virtual std::vector<RunFinding> run_findings(RunNumber run) = 0;
};

} // namespace terracat::store

#pragma once

#include "query/collation.hpp"
#include "store/memory/state.hpp"

namespace terracat::store {

/// Reads a state that somebody else provides: the newest committed one, or the one being written.
class MemoryReader : public Reader {
 public:
  /// \param newest  gives the state to read at each begin
  explicit MemoryReader(std::function<std::shared_ptr<MemoryState const>()> newest)
      : newest_(std::move(newest)) {}

  Revision begin() override;

  void end() noexcept override { state_.reset(); }

  void set_deadline(std::chrono::steady_clock::time_point deadline) noexcept override {
    deadline_ = deadline;
  }

  std::optional<RecordRow> record(RecordNumber number) override;
  std::optional<RecordTexts> record_texts(RecordNumber number) override;
  std::optional<std::string> record_text(RecordNumber number,
                                         std::string RecordTexts::*which) override;
  RecordPage records(RecordSearch const& search) override;
  std::vector<WordMatch> find_words(WordSearch const& search) override;
  std::vector<KnownWord> known_words(WordTable table, std::string_view begins,
                                     std::size_t limit) override;
  std::optional<RecordWords> record_words(RecordNumber number) override;
  std::vector<RecordNumber> records_of_other_words(std::int64_t version, RecordNumber after,
                                                   std::size_t limit) override;
  std::optional<RecordNumber> record_by_id(std::string_view id) override;
  std::optional<RecordNumber> record_by_native(std::string_view source,
                                               std::string_view native_id) override;
  std::vector<RecordNumber> records_by_identifier(std::string_view id) override;
  std::vector<std::string> keys(RecordNumber record) override;
  std::vector<RecordNumber> records_with_key(std::string_view key, std::size_t limit) override;
  std::vector<SharedKey> shared_keys(std::size_t most) override;
  std::optional<std::string> derived(RecordNumber number) override;
  std::optional<ItemRow> item(RecordNumber collection, std::string_view id) override;
  std::optional<ItemRow> item_by_native(RecordNumber collection,
                                        std::string_view native_id) override;
  std::optional<ItemRow> item(ItemNumber number) override;
  std::vector<std::string> differences(RecordNumber number, RecordWrite const& write) override;
  std::vector<std::string> differences(ItemNumber number, ItemWrite const& write) override;
  ItemPage items(query::ItemSearch const& search) override;
  std::vector<ItemNumber> items_saying(std::string_view phrase) override;
  std::unique_ptr<ItemTest> item_test(query::Expression const& condition) override;
  void body(ItemNumber number, std::string& out) override;
  void shown(ItemNumber number, ShownItem& out) override;
  std::optional<std::vector<Change>> changes(Sequence since, std::size_t limit) override;
  std::optional<Change> removed_record(std::string_view id) override;
  std::optional<Change> removed_item(RecordNumber collection, std::string_view id) override;
  Sequence last_item_change(RecordNumber collection) override;
  std::size_t count_items(RecordNumber collection) override;
  std::vector<ItemNumber> item_numbers(RecordNumber collection) override;
  std::vector<ItemExtent> item_extents(RecordNumber collection, ItemNumber after,
                                       std::size_t limit) override;
  std::vector<ItemPlace> item_places(ItemNumber after, std::size_t limit,
                                     std::span<query::Property const> wanted) override;
  void visit_places(query::Expression const& where, std::span<query::Property const> wanted,
                    PlaceVisitor const& visit) override;
  bool segment(SegmentNumber number, BytesVisitor const& visit) override;
  std::optional<model::Geometry> footprint(ItemNumber number) override;
  std::optional<Document> document(std::string_view source, std::string_view native_id) override;
  std::optional<std::uint64_t> document_hash(std::string_view source,
                                             std::string_view native_id) override;
  std::vector<std::string> document_ids(std::string_view source) override;
  std::vector<Correction> corrections(std::string_view source, std::string_view native_id) override;
  std::vector<Correction> corrections() override;
  std::vector<KeywordDecision> keyword_decisions() override;
  SourceState source(std::string_view name) override;
  std::vector<std::string> sources() override;
  Holdings holdings(std::string_view source) override;
  std::vector<Missing> unseen(std::string_view source, RunNumber sweep, Subject subject,
                              std::int64_t after, std::size_t limit) override;
  std::vector<Missing> missing(std::string_view source, Grace const& grace, Resource after,
                               std::size_t limit) override;
  bool is_purged() override;
  std::vector<Run> runs(std::string_view source, std::size_t limit) override;
  std::optional<Run> run(RunNumber number) override;
  std::vector<RunDocument> run_documents(RunDocumentSearch const& search) override;
  std::vector<RunFinding> run_findings(RunNumber number) override;

 private:
  class Test;

  [[nodiscard]] MemoryState const& state() const;
  void check_deadline() const;
  [[nodiscard]] std::optional<Change> removal(Subject subject, RecordNumber owner,
                                              std::string_view id) const;
  [[nodiscard]] std::vector<Missing> owned(std::string_view source, Subject subject) const;

  std::function<std::shared_ptr<MemoryState const>()> newest_;
  std::shared_ptr<MemoryState const> state_;
  std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
  query::Collation collation_;
};

} // namespace terracat::store

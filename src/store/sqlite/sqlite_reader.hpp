#pragma once

#include "store/sqlite/functions.hpp"
#include "store/sqlite/item_search.hpp"
#include "store/sqlite/item_words.hpp"
#include "store/sqlite/word_tables.hpp"

#include <array>
#include <atomic>

namespace terracat::store {

/// How many transactions the writer has committed, as far as readers need to know.
using CommitCount = std::atomic<std::uint64_t>;

/// Reads through a connection: a read-only one of its own, or the writer's.
class SqliteReader : public Reader {
 public:
  /// A reader with a connection of its own. \param use  read or read_still
  /// \param commits, dictionaries  outlive the reader
  SqliteReader(std::string const& path, Connection::Use use, CommitCount const& commits,
               DictionaryCache& dictionaries);

  /// Reads the writer's transaction; begin and end do nothing to it. \pre the connection, its
  /// functions and its words outlive the reader
  SqliteReader(Connection& writer, Functions& functions, WordTables& words);

  Revision begin() override;
  void end() noexcept override;

  void set_deadline(std::chrono::steady_clock::time_point deadline) noexcept override {
    connection_.set_deadline(deadline);
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

  std::vector<ItemNumber> items_saying(std::string_view phrase) override {
    return item_words_.find(phrase);
  }

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
  template<class Each>
  bool read_record_texts(RecordNumber number, Each const& each);

  enum class Sql : std::uint8_t;

  /// The statement, prepared at its first use.
  Statement& statement(Sql which);

  [[nodiscard]] Revision revision();
  [[nodiscard]] std::vector<Correction> read_corrections(Execution& run);

  /// True while rows of removed collections are there, which no answer may show.
  [[nodiscard]] bool hides_items();

  /// The rows of this collection are such.
  [[nodiscard]] bool hides_items_of(RecordNumber collection);

  void read_places(SqlText const& sql, std::span<query::Property const> wanted,
                   PlaceVisitor const& visit);

  std::unique_ptr<Connection> own_connection_;
  std::unique_ptr<Functions> own_functions_;
  std::unique_ptr<WordTables> own_words_;
  Connection& connection_;
  Functions& functions_;
  WordTables& words_;
  CommitCount const* commits_ = nullptr; ///< null: reads the writer's transaction
  std::uint64_t seen_commits_ = 0;
  bool holds_state_ = false;
  std::optional<bool> hides_items_; ///< of the state that is held; nothing: not asked yet
  Revision revision_;
  Codec codec_;
  StatementCache searches_;
  ItemWords item_words_{connection_, functions_};
  std::array<std::optional<Statement>, 40> statements_;
  std::optional<Statement> end_; ///< prepared when a state is held: there may be no memory then
  std::optional<Statement> footprint_; ///< as those below, prepared at its first use
  std::optional<Statement> record_comparison_;
  std::optional<Statement> item_comparison_;
};

} // namespace terracat::store

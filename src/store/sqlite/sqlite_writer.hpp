#pragma once

#include "store/sqlite/body_packer.hpp"
#include "store/sqlite/sqlite_reader.hpp"

#include <set>
#include <unordered_map>

namespace terracat::store {

/// The one connection that writes and checkpoints (design.md 17.1).
class SqliteWriter : public Writer {
 public:
  /// \param newest  outlives this
  SqliteWriter(std::string path, CommitCount& commits, NewestDictionaries& newest);

  /// Settles what was not settled, if it can.
  ~SqliteWriter() override;
  SqliteWriter(SqliteWriter const&) = delete;
  SqliteWriter& operator=(SqliteWriter const&) = delete;
  SqliteWriter(SqliteWriter&&) = delete;
  SqliteWriter& operator=(SqliteWriter&&) = delete;

  /// \throws StoreError  full, if the log has grown without bound
  void begin() override;

  Reader& reader() override { return reader_; }

  RecordNumber put(RecordWrite const& record) override;
  ItemNumber put(ItemWrite const& write) override;
  void remove(RecordNumber number) override;
  void remove(ItemNumber number, std::string_view title) override;
  void purge(std::size_t limit) override;
  void put_identifier(std::string_view id, std::string_view scheme, RecordNumber record) override;
  void lead_on(RecordNumber from, RecordNumber to) override;
  void put_keys(RecordNumber record, std::span<std::string const> keys) override;
  void put_words(RecordNumber record, RecordWords const& words) override;
  void put_derived(RecordNumber collection, std::string_view text) override;
  void put_document(Document const& document) override;
  void put_source(SourceState const& state) override;
  void put_correction(Correction const& correction) override;
  void remove_correction(CorrectionKey const& key) override;
  void put_keyword_decision(KeywordDecision const& decision) override;
  void remove_keyword_decision(std::string_view keyword) override;
  void note_seen(std::string_view source, RunNumber sweep, Resource resource) override;
  void put_missing(std::string_view source, Missing const& mark) override;
  void remove_refused(std::string_view source, model::Instant before) override;
  void remove_source(std::string_view name) override;
  void prune(model::Instant before, std::size_t limit) override;
  void prune_reports(model::Instant before, std::size_t limit) override;
  RunNumber put_run(Run const& run) override;
  void put_run_document(RunDocument const& document) override;

  void put_segment(SegmentNumber number, std::string_view bytes) override;
  bool drop_segments(std::span<SegmentNumber const> all_but, std::size_t limit) override;

  std::vector<std::string> mend(std::function<void()> const& on_work) override;
  void begin_epoch() override;

  void advance() override { ++pending_.sequence; }

  Revision pending() const override { return pending_; }

  Revision commit() override;
  void rollback() noexcept override;
  bool tidy() override;
  void settle() final;

 private:
  enum class Sql : std::uint8_t;

  std::vector<std::string> mend();
  Statement& statement(Sql which);

  [[nodiscard]] std::string log_path() const { return path_ + "-wal"; }

  /// What is remembered of a resource that is removed.
  struct Gone {
    std::string_view title;
    std::string_view source;
  };

  /// What a record's change is made of when the record goes, or goes by another id.
  struct RecordKey {
    std::string id;
    Sequence sequence = 0;
    std::string title;
    std::int64_t source_number = 0;
    std::string native_id;
    std::string source;
  };

  /// \pre it is there
  [[nodiscard]] RecordKey record_key(RecordNumber number);

  /// Records the change and gives it its sequence. \param replaced  the sequence of the key's
  /// change before; 0: the key is new, or was removed
  Sequence change(Operation operation, Subject subject, std::string_view id,
                  std::int64_t collection, Sequence replaced, Gone const& gone);

  /// There may be one of what is put.
  [[nodiscard]] bool has_tombstones();

  std::int64_t source_number(std::string_view name);
  void delete_mark(std::int64_t source, Resource resource);

  /// Lets what cannot be read any more count as never read. \return  how many values there are
  std::size_t distrust_damaged();

  /// Corrections that cannot be read cannot be had from anywhere. \return  a line for each
  std::vector<std::string> drop_damaged_corrections();

  /// \return  how many
  std::int64_t drop_damaged_segments();

  /// Removes dictionaries that cannot be read any more, and old ones that no body names.
  /// \return  how many
  std::int64_t drop_useless_dictionaries();

  /// \return  how many rows are left of `limit`
  std::size_t purge_items(std::size_t limit);
  void purge_sweeps(std::size_t limit);
  void put_texts(std::int64_t record, RecordTexts const& packed);
  void write_item(std::int64_t number, ItemWrite const& write, Sequence sequence, Sql which);

  std::string path_;
  CommitCount& commits_;
  Connection connection_;
  DictionaryCache dictionaries_; ///< of its own: a rollback makes numbers mean others
  Functions functions_{connection_.handle(), dictionaries_};
  WordTables words_{connection_};
  SqliteReader reader_{connection_, functions_, words_};
  Codec codec_;
  BodyPacker packer_;
  ItemWords item_words_{connection_, functions_};
  Statement rollback_{connection_.handle(), "ROLLBACK"}; ///< ready, for there may be no memory then
  std::vector<std::optional<Statement>> statements_;     ///< as many as there are texts

  Revision pending_;
  std::int64_t last_change_ = 0;               ///< milliseconds
  std::optional<bool> has_tombstones_;         ///< nothing: not looked yet
  std::set<std::int64_t> touched_collections_; ///< whose items this transaction changed
  std::unordered_map<std::string, std::int64_t> source_numbers_;
};

} // namespace terracat::store

#pragma once

#include "store/sqlite/sqlite_reader.hpp"

#include <set>
#include <unordered_map>

namespace terracat::store {

/// The one connection that writes and checkpoints (design.md 17.1).
class SqliteWriter : public Writer {
 public:
  SqliteWriter(std::string path, CommitCount& commits);

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
  void remove(ItemNumber number) override;
  void put_identifier(std::string_view id, std::string_view scheme, RecordNumber record) override;
  void put_derived(RecordNumber collection, std::string_view text) override;
  void put_document(Document const& document) override;
  void put_source(SourceState const& state) override;
  RunNumber put_run(Run const& run) override;
  void put_run_document(RunDocument const& document) override;

  Revision pending() const override { return pending_; }

  Revision commit() override;
  void rollback() noexcept override;
  void tidy() override;
  void settle() final;

 private:
  enum class Sql : std::uint8_t;

  Statement& statement(Sql which);

  [[nodiscard]] std::string log_path() const { return path_ + "-wal"; }

  /// Records the change and gives it its sequence. \param replaced  the sequence of the key's
  /// change before; 0: the key is new, or was removed
  Sequence change(Operation operation, Subject subject, std::string_view id,
                  std::int64_t collection, Sequence replaced);

  std::int64_t source_number(std::string const& name);
  void put_texts(std::int64_t record, RecordTexts const& texts);
  void write_item(std::int64_t number, ItemWrite const& write, Sequence sequence, Sql which);

  std::string path_;
  CommitCount& commits_;
  Connection connection_;
  Functions functions_{connection_.handle()};
  SqliteReader reader_{connection_, functions_};
  Codec codec_;
  std::array<std::optional<Statement>, 40> statements_;

  Revision pending_;
  std::int64_t last_change_ = 0;               ///< milliseconds
  std::set<std::int64_t> touched_collections_; ///< whose items this transaction changed
  std::unordered_map<std::string, std::int64_t> source_numbers_;
};

} // namespace terracat::store

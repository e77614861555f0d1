#include "store/sqlite/sqlite_reader.hpp"

#include "store/sqlite/reader_statements.hpp"

#include <cstdlib>

namespace terracat::store {

namespace {

std::optional<model::Instant> instant(std::optional<std::int64_t> milliseconds) {
  return milliseconds ? std::optional(model::Instant(*milliseconds)) : std::nullopt;
}

RunCounts read_counts(Statement const& row, int column) {
  RunCounts out;
  for (auto const& one : count_table) out.*one.count = row.integer(column++);
  return out;
}

Run read_run(Statement const& row) {
  return {.number = RunNumber{row.integer(0)},
          .source = std::string(row.text(1)),
          .mode = std::string(row.text(2)),
          .started = model::Instant(row.integer(3)),
          .finished = instant(row.optional_integer(4)),
          .outcome = static_cast<RunOutcome>(row.integer(5)),
          .message = std::string(row.text(6)),
          .counts = read_counts(row, 7)};
}

Change read_change(Statement const& row) {
  return {.sequence = row.integer(0),
          .operation = static_cast<Operation>(row.integer(1)),
          .subject = static_cast<Subject>(row.integer(2)),
          .id = std::string(row.text(3)),
          .collection = RecordNumber{row.integer(4)},
          .at = model::Instant(row.integer(5)),
          .title = std::string(row.text(6)),
          .source = std::string(row.text(7))};
}

std::vector<Missing> read_marks(Execution& run) {
  std::vector<Missing> out;
  while (run.step()) {
    auto const& row = run.row();
    Missing mark{.collection = RecordNumber{row.integer(2)},
                 .since = model::Instant(row.integer(3)),
                 .sweeps = row.integer(4),
                 .counted = RunNumber{row.integer(5)}};
    mark.resource.subject = static_cast<Subject>(row.integer(0));
    mark.resource.number = row.integer(1);
    out.push_back(mark);
  }
  return out;
}

StoreError gone(std::string_view what, ItemNumber number) {
  return {StoreError::Reason::corrupt, std::string(what) + " " +
                                           std::to_string(static_cast<std::int64_t>(number)) +
                                           " is missing"};
}

void step_to_body(Execution& run, ItemNumber number) {
  if (!run.with(static_cast<std::int64_t>(number)).step()) throw gone("item_body", number);
}

} // namespace

SqliteReader::SqliteReader(std::string const& path, Connection::Use use, CommitCount const& commits,
                           DictionaryCache& dictionaries)
    : own_connection_(std::make_unique<Connection>(path, use)),
      own_functions_(std::make_unique<Functions>(own_connection_->handle(), dictionaries)),
      own_words_(std::make_unique<WordTables>(*own_connection_)),
      connection_(*own_connection_),
      functions_(*own_functions_),
      words_(*own_words_),
      commits_(&commits),
      searches_(connection_) {}

SqliteReader::SqliteReader(Connection& writer, Functions& functions, WordTables& words)
    : connection_(writer), functions_(functions), words_(words), searches_(connection_) {}

Statement& SqliteReader::statement(Sql which) {
  auto& kept = statements_.at(static_cast<std::size_t>(which));
  if (!kept) {
    auto const& [columns, rest] = reader_texts.at(static_cast<std::size_t>(which));
    auto const before = columns.empty() ? std::string() : "SELECT " + std::string(columns);
    kept.emplace(connection_.handle(), before + std::string(rest));
  }
  return *kept;
}

Revision SqliteReader::revision() {
  Execution run(statement(Sql::revision));
  if (!run.step()) throw StoreError(StoreError::Reason::corrupt, "the catalogue has no state");
  return {.epoch = static_cast<std::uint64_t>(run.row().integer(0)),
          .sequence = run.row().integer(1)};
}

Revision SqliteReader::begin() {
  functions_.forget();
  if (commits_ == nullptr) return revision();
  auto const commits = commits_->load(std::memory_order_acquire);
  if (holds_state_ && commits == seen_commits_) return revision_;
  end();
  connection_.leave_transaction();
  if (!end_) end_.emplace(connection_.handle(), "COMMIT");
  connection_.execute("BEGIN");
  holds_state_ = true;
  hides_items_.reset();
  seen_commits_ = commits;
  revision_ = revision(); // the first read takes the state
  return revision_;
}

void SqliteReader::end() noexcept {
  if (!holds_state_) return;
  holds_state_ = false;
  try {
    Execution(*end_).finish();
  } catch (std::exception const&) { // NOLINT: a read transaction that cannot end has ended already,
                                    // or begin() ends it
  }
}

std::optional<RecordRow> SqliteReader::record(RecordNumber number) {
  Execution run(statement(Sql::record));
  if (!run.with(integer(number)).step()) return std::nullopt;
  return read_record_row(run.row());
}

std::optional<RecordTexts> SqliteReader::record_texts(RecordNumber number) {
  RecordTexts out;
  bool const is_there =
      read_record_texts(number, [&](auto which, std::string_view packed, std::string const& what) {
        codec_.decompress(packed, out.*which, what);
      });
  return is_there ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<std::string> SqliteReader::record_text(RecordNumber number,
                                                     std::string RecordTexts::*which) {
  std::string out;
  bool const is_there =
      read_record_texts(number, [&](auto one, std::string_view packed, std::string const& what) {
        if (one == which) codec_.decompress(packed, out, what);
      });
  return is_there ? std::optional(std::move(out)) : std::nullopt;
}

/// \param each  called with which text it is, the text as it is packed, and the row for complaints
template<class Each>
bool SqliteReader::read_record_texts(RecordNumber number, Each const& each) {
  constexpr std::array in_columns{&RecordTexts::record, &RecordTexts::body, &RecordTexts::extent,
                                  &RecordTexts::summaries};
  Execution run(statement(Sql::record_texts));
  if (!run.with(integer(number)).step()) return false;
  auto const what = "record_text " + std::to_string(integer(number));
  for (int column = 0; auto const which : in_columns) each(which, run.row().text(column++), what);
  return true;
}

RecordPage SqliteReader::records(RecordSearch const& search) {
  auto page = search_records(*this, searches_, search);
  connection_.check_deadline(); // as in items()
  return page;
}

std::vector<WordMatch> SqliteReader::find_words(WordSearch const& search) {
  return words_.find(search);
}

std::vector<KnownWord> SqliteReader::known_words(WordTable table, std::string_view begins,
                                                 std::size_t limit) {
  return words_.known(table, begins, limit);
}

std::optional<RecordWords> SqliteReader::record_words(RecordNumber number) {
  return words_.words_of(integer(number));
}

std::vector<RecordNumber>
SqliteReader::records_of_other_words(std::int64_t version, RecordNumber after, std::size_t limit) {
  return words_.of_other_version(version, after, limit);
}

std::optional<RecordNumber> SqliteReader::record_by_id(std::string_view id) {
  Execution run(statement(Sql::record_by_id));
  if (!run.with(id).step()) return std::nullopt;
  return RecordNumber{run.row().integer(0)};
}

std::optional<RecordNumber> SqliteReader::record_by_native(std::string_view source,
                                                           std::string_view native_id) {
  Execution run(statement(Sql::record_by_native));
  if (!run.with(source, native_id).step()) return std::nullopt;
  return RecordNumber{run.row().integer(0)};
}

std::vector<RecordNumber> SqliteReader::records_by_identifier(std::string_view id) {
  std::vector<RecordNumber> out;
  Execution run(statement(Sql::records_by_identifier));
  run.with(id);
  while (run.step()) out.push_back(RecordNumber{run.row().integer(0)});
  return out;
}

std::vector<std::string> SqliteReader::keys(RecordNumber record) {
  std::vector<std::string> out;
  Execution run(statement(Sql::keys));
  run.with(integer(record));
  while (run.step()) out.emplace_back(run.row().text(0));
  return out;
}

std::vector<RecordNumber> SqliteReader::records_with_key(std::string_view key, std::size_t limit) {
  std::vector<RecordNumber> out;
  Execution run(statement(Sql::records_with_key));
  run.with(key, static_cast<std::int64_t>(limit));
  while (run.step()) out.push_back(RecordNumber{run.row().integer(0)});
  return out;
}

std::vector<SharedKey> SqliteReader::shared_keys(std::size_t most) {
  std::vector<SharedKey> out;
  SharedKey one;
  auto const keep = [&] {
    if (one.records.size() > 1 && one.records.size() <= most) out.push_back(std::move(one));
    one = {};
  };
  Execution run(statement(Sql::shared_keys));
  while (run.step()) {
    auto const& row = run.row();
    if (row.text(0) != one.key) {
      keep();
      one.key = row.text(0);
    }
    if (one.records.size() <= most) one.records.push_back(RecordNumber{row.integer(1)});
  }
  keep();
  return out;
}

std::optional<std::string> SqliteReader::derived(RecordNumber number) {
  Execution run(statement(Sql::derived));
  if (!run.with(integer(number)).step()) return std::nullopt;
  return std::string(run.row().text(0));
}

std::optional<ItemRow> SqliteReader::item(RecordNumber collection, std::string_view id) {
  Execution run(statement(Sql::item_by_either_id));
  if (!run.with(integer(collection), id).step()) return std::nullopt;
  return read_item_row(run.row());
}

std::optional<ItemRow> SqliteReader::item_by_native(RecordNumber collection,
                                                    std::string_view native_id) {
  Execution run(statement(Sql::item_by_native));
  if (!run.with(integer(collection), native_id).step()) return std::nullopt;
  return read_item_row(run.row());
}

std::optional<ItemRow> SqliteReader::item(ItemNumber number) {
  Execution run(statement(Sql::item_by_number));
  if (!run.with(static_cast<std::int64_t>(number)).step()) return std::nullopt;
  auto row = read_item_row(run.row());
  return hides_items_of(row.collection) ? std::nullopt : std::optional(std::move(row));
}

ItemPage SqliteReader::items(query::ItemSearch const& search) {
  auto page = search_items(searches_, search, hides_items());
  connection_.check_deadline(); // else a footprint may have been given up (geometry::Deadline)
  return page;
}

std::unique_ptr<ItemTest> SqliteReader::item_test(query::Expression const& condition) {
  return make_item_test(connection_, condition);
}

bool SqliteReader::hides_items() {
  if (holds_state_ && hides_items_) return *hides_items_;
  hides_items_ = Execution(statement(Sql::hides_items)).step();
  return *hides_items_;
}

bool SqliteReader::hides_items_of(RecordNumber collection) {
  if (!hides_items()) return false; // nearly always
  return Execution(statement(Sql::hides_items_of)).with(integer(collection)).step();
}

void SqliteReader::body(ItemNumber number, std::string& out) {
  Execution run(statement(Sql::body));
  step_to_body(run, number);
  functions_.bodies().read(static_cast<std::int64_t>(number), run.row().text(0), out);
}

void SqliteReader::shown(ItemNumber number, ShownItem& out) {
  Execution run(statement(Sql::body));
  step_to_body(run, number);
  functions_.bodies().read_over(static_cast<std::int64_t>(number), run.row().text(0), out.body);
  if (!run.row().is_null(1)) {
    out.id = run.row().text(1);
    out.has_local_assets = false;
    return;
  }
  auto row = item(number);
  if (!row) throw gone("item", number);
  out.id = std::move(row->id);
  out.has_local_assets = row->has_local_assets;
}

std::optional<std::vector<Change>> SqliteReader::changes(Sequence since, std::size_t limit) {
  Execution horizon(statement(Sql::horizon));
  // Nobody misses anything at the beginning, nor as store::walked() says it.
  if (since > 0 && horizon.step() && since < horizon.row().integer(0)) return std::nullopt;
  std::vector<Change> out;
  Execution run(statement(Sql::changes));
  run.with(std::abs(since), static_cast<std::int64_t>(limit));
  while (run.step()) out.push_back(read_change(run.row()));
  return out;
}

std::optional<Change> SqliteReader::removed_record(std::string_view id) {
  Execution run(statement(Sql::removed_record));
  return run.with(id).step() ? std::optional(read_change(run.row())) : std::nullopt;
}

std::optional<Change> SqliteReader::removed_item(RecordNumber collection, std::string_view id) {
  Execution run(statement(Sql::removed_item));
  return run.with(integer(collection), id).step() ? std::optional(read_change(run.row()))
                                                  : std::nullopt;
}

Sequence SqliteReader::last_item_change(RecordNumber collection) {
  Execution run(statement(Sql::last_item_change));
  return run.with(integer(collection)).step() ? run.row().integer(0) : 0;
}

std::size_t SqliteReader::count_items(RecordNumber collection) {
  Execution run(statement(Sql::count_items));
  return run.with(integer(collection)).step() ? static_cast<std::size_t>(run.row().integer(0)) : 0;
}

std::optional<Document> SqliteReader::document(std::string_view source,
                                               std::string_view native_id) {
  Execution run(statement(Sql::document));
  if (!run.with(source, native_id).step()) return std::nullopt;
  auto const& row = run.row();
  Document out{.source = std::string(source),
               .native_id = std::string(native_id),
               .format = std::string(row.text(0)),
               .address = std::string(row.text(1)),
               .bytes = {},
               .hash = static_cast<std::uint64_t>(row.integer(3)),
               .fetched = model::Instant(row.integer(4))};
  codec_.decompress(row.text(2), out.bytes, "document " + out.source + " " + out.native_id);
  return out;
}

std::optional<std::uint64_t> SqliteReader::document_hash(std::string_view source,
                                                         std::string_view native_id) {
  Execution run(statement(Sql::document_hash));
  if (!run.with(source, native_id).step()) return std::nullopt;
  return static_cast<std::uint64_t>(run.row().integer(0));
}

std::vector<std::string> SqliteReader::document_ids(std::string_view source) {
  std::vector<std::string> out;
  Execution run(statement(Sql::document_ids));
  run.with(source);
  while (run.step()) out.emplace_back(run.row().text(0));
  return out;
}

SourceState SqliteReader::source(std::string_view name) {
  SourceState out{.name = std::string(name)};
  Execution run(statement(Sql::source));
  if (run.with(name).step()) {
    out.checkpoint = run.row().text(0);
    out.last_complete = instant(run.row().optional_integer(1));
    out.sweep = RunNumber{run.row().integer(2)};
    out.sweep_is_sound = run.row().integer(3) != 0;
    out.held = run.row().integer(4);
    out.last_changes = instant(run.row().optional_integer(5));
    out.query = static_cast<std::uint64_t>(run.row().integer(6));
  }
  return out;
}

std::vector<std::string> SqliteReader::sources() {
  std::vector<std::string> out;
  Execution run(statement(Sql::sources));
  while (run.step()) out.emplace_back(run.row().text(0));
  return out;
}

Holdings SqliteReader::holdings(std::string_view source) {
  Execution run(statement(Sql::holdings));
  if (!run.with(source).step()) return {};
  auto const count = [&](int column) {
    return static_cast<std::size_t>(run.row().integer(column));
  };
  return {.records = count(0), .items = count(1), .missing = count(2)};
}

std::vector<Missing> SqliteReader::unseen(std::string_view source, RunNumber sweep, Subject subject,
                                          std::int64_t after, std::size_t limit) {
  Execution run(statement(subject == Subject::record ? Sql::unseen_records : Sql::unseen_items));
  run.with(source, static_cast<std::int64_t>(sweep), after, static_cast<std::int64_t>(limit));
  return read_marks(run);
}

std::vector<Missing> SqliteReader::missing(std::string_view source, Grace const& grace,
                                           Resource after, std::size_t limit) {
  Execution run(statement(Sql::missing));
  run.with(source, grace.since.milliseconds(), grace.sweeps,
           static_cast<std::int64_t>(after.subject), after.number,
           static_cast<std::int64_t>(limit));
  return read_marks(run);
}

bool SqliteReader::is_purged() {
  if (hides_items()) return false;
  std::int64_t sweep = 0;
  for (;;) { // from one sweep to the next, whatever either has seen
    Execution next(statement(Sql::next_sweep));
    if (!next.with(sweep).step() || next.row().is_null(0)) return true;
    sweep = next.row().integer(0);
    if (!Execution(statement(Sql::is_under_way)).with(sweep).step()) return false;
  }
}

std::vector<Run> SqliteReader::runs(std::string_view source, std::size_t limit) {
  std::vector<Run> out;
  Execution run(statement(Sql::runs));
  run.with(source, static_cast<std::int64_t>(limit));
  while (run.step()) out.push_back(read_run(run.row()));
  return out;
}

std::optional<Run> SqliteReader::run(RunNumber number) {
  Execution run(statement(Sql::run));
  if (!run.with(static_cast<std::int64_t>(number)).step()) return std::nullopt;
  return read_run(run.row());
}

std::vector<RunDocument> SqliteReader::run_documents(RunDocumentSearch const& search) {
  std::vector<RunDocument> out;
  std::optional<std::int64_t> outcome;
  if (search.outcome) outcome = static_cast<std::int64_t>(*search.outcome);
  std::optional<std::string_view> const code = search.code;
  Execution run(statement(Sql::run_documents));
  run.with(static_cast<std::int64_t>(search.run), search.after, outcome, code, search.limit);
  while (run.step()) {
    auto const& row = run.row();
    out.push_back({.run = search.run,
                   .native_id = std::string(row.text(0)),
                   .outcome = static_cast<DocumentOutcome>(row.integer(1)),
                   .code = std::string(row.text(2)),
                   .where = std::string(row.text(3)),
                   .excerpt = std::string(row.text(4)),
                   .number = row.integer(5)});
  }
  return out;
}

std::vector<RunFinding> SqliteReader::run_findings(RunNumber number) {
  std::vector<RunFinding> out;
  Execution run(statement(Sql::run_findings));
  run.with(static_cast<std::int64_t>(number));
  while (run.step()) {
    auto const& row = run.row();
    out.push_back({.outcome = static_cast<DocumentOutcome>(row.integer(0)),
                   .code = std::string(row.text(1)),
                   .documents = row.integer(2)});
  }
  return out;
}

} // namespace terracat::store

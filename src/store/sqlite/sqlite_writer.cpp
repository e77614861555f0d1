#include "store/sqlite/sqlite_writer.hpp"

#include "failpoint/failpoint.hpp"
#include "query/digest.hpp"
#include "query/words.hpp"
#include "store/sqlite/spatialite_blob.hpp"
#include "store/sqlite/writer_statements.hpp"

#include <algorithm>
#include <filesystem>

namespace terracat::store {

namespace {

constexpr std::uintmax_t checkpoint_above = std::uintmax_t{16} << 20;
constexpr std::uintmax_t truncate_above = std::uintmax_t{64} << 20;
constexpr std::uintmax_t refuse_above = std::uintmax_t{1} << 30;

std::int64_t signed_bits(std::uint64_t bits) noexcept {
  return static_cast<std::int64_t>(bits);
}

std::optional<std::int64_t> milliseconds(std::optional<model::Instant> instant) {
  return instant ? std::optional(instant->milliseconds()) : std::nullopt;
}

std::uintmax_t size_of(std::string const& path) {
  std::error_code error;
  auto const size = std::filesystem::file_size(path, error);
  return error ? 0 : size;
}

} // namespace

SqliteWriter::SqliteWriter(std::string path, CommitCount& commits, NewestDictionaries& newest)
    : path_(std::move(path)),
      commits_(commits),
      connection_(path_, Connection::Use::write),
      packer_(connection_, functions_.bodies(), newest),
      statements_(writer_texts.size()) {}

SqliteWriter::~SqliteWriter() {
  try {
    settle();
  } catch (std::exception const&) { // NOLINT: the log stays and is read at the next start
  }
}

Statement& SqliteWriter::statement(Sql which) {
  static_assert(writer_texts.size() == static_cast<std::size_t>(Sql::delete_old_reports) + 1);
  auto& kept = statements_.at(static_cast<std::size_t>(which));
  if (!kept) kept.emplace(connection_.handle(), writer_texts.at(static_cast<std::size_t>(which)));
  return *kept;
}

void SqliteWriter::begin() {
  if (size_of(log_path()) > refuse_above && !connection_.checkpoint(true)) {
    throw StoreError(StoreError::Reason::full,
                     log_path() + " has grown beyond 1 GB, for somebody reads an old state and "
                                  "does not end; nothing more is written until then");
  }
  connection_.leave_transaction();
  connection_.execute("BEGIN IMMEDIATE");
  functions_.forget();
  words_.forget();
  touched_collections_.clear();
  has_tombstones_.reset();
  Execution run(statement(Sql::begin_state));
  if (!run.step()) throw StoreError(StoreError::Reason::corrupt, "the catalogue has no state");
  pending_ = {.epoch = static_cast<std::uint64_t>(run.row().integer(0)),
              .sequence = run.row().integer(1)};
  last_change_ = run.row().integer(2);
}

Revision SqliteWriter::commit() {
  words_.flush();
  for (auto const collection : touched_collections_) {
    Execution(statement(Sql::item_change)).with(collection, pending_.sequence).finish();
  }
  Execution(statement(Sql::commit_state)).with(pending_.sequence, last_change_).finish();
  failpoint::pass(failpoint::Point::commit_begins);
  connection_.execute("COMMIT");
  failpoint::pass(failpoint::Point::commit_done);
  commits_.fetch_add(1, std::memory_order_release);
  return pending_;
}

void SqliteWriter::rollback() noexcept {
  source_numbers_.clear(); // those of new sources are void, and those of new dictionaries
  functions_.bodies().forget();
  packer_.forget();
  words_.forget();
  try {
    Execution(rollback_).finish();
  } catch (std::exception const&) { // NOLINT: SQLite has rolled back already, as after a full disc,
                                    // or begin() does
  }
}

bool SqliteWriter::tidy() {
  auto const log = size_of(log_path());
  if (log <= checkpoint_above) return false;
  connection_.checkpoint(log > truncate_above);
  return true;
}

void SqliteWriter::settle() {
  connection_.checkpoint(true); // busy: the log stays and is read at the next start
}

Sequence SqliteWriter::change(Operation operation, Subject subject, std::string_view id,
                              std::int64_t collection, Sequence replaced, Gone const& gone) {
  auto const subject_code = static_cast<std::int64_t>(subject);
  if (replaced != 0) {
    Execution(statement(Sql::forget_change)).with(replaced).finish();
  } else if (has_tombstones()) {
    Execution(statement(Sql::forget_tombstone)).with(subject_code, id, collection).finish();
  }
  if (operation == Operation::remove) has_tombstones_ = true;
  ++pending_.sequence;
  last_change_ = std::max(last_change_ + 1, model::Instant::now().milliseconds());
  Execution(statement(Sql::add_change))
      .with(pending_.sequence, static_cast<std::int64_t>(operation), subject_code, id, collection,
            last_change_, gone.title, gone.source)
      .finish();
  if (subject == Subject::item) touched_collections_.insert(collection);
  return pending_.sequence;
}

bool SqliteWriter::has_tombstones() {
  if (!has_tombstones_) has_tombstones_ = Execution(statement(Sql::any_tombstone)).step();
  return *has_tombstones_;
}

std::int64_t SqliteWriter::source_number(std::string_view name) {
  auto const found = source_numbers_.find(std::string(name));
  if (found != source_numbers_.end()) return found->second;
  std::int64_t number = 0;
  {
    Execution run(statement(Sql::source_number));
    if (run.with(name).step()) number = run.row().integer(0);
  }
  if (number == 0) {
    Execution(statement(Sql::add_source)).with(name).finish();
    number = connection_.last_row();
  }
  source_numbers_.emplace(name, number);
  return number;
}

// ---- Records

RecordNumber SqliteWriter::put(RecordWrite const& record) {
  Sequence replaced = 0;
  if (record.number) {
    auto const old = record_key(*record.number);
    replaced = old.sequence;
    if (old.id != record.id) {
      change(Operation::remove, Subject::record, old.id, integer(*record.number), replaced,
             {.title = old.title, .source = old.source});
      replaced = 0;
    }
  }
  // A new record's change needs its number, which the row gets only now; both are one transaction.
  auto const number_if_new = [this] { return connection_.last_row(); };
  auto const sequence = pending_.sequence + 1;
  auto const has_period = std::int64_t{record.period.has_value()};
  auto const since = milliseconds(record.period ? record.period->first() : std::nullopt);
  auto const until = milliseconds(record.period ? record.period->last() : std::nullopt);
  auto const blob = record.footprint ? to_spatialite(*record.footprint) : std::string();
  auto& put = statement(record.number ? Sql::update_record : Sql::insert_record);
  {
    Execution run(put);
    run.with(std::string_view(record.id), source_number(record.source),
             std::string_view(record.native_id), std::string_view(record.type),
             std::string_view(record.title), has_period, since, until, sequence);
    if (record.footprint) put.bind_blob(10, blob);
    if (record.number) put.bind(11, integer(*record.number));
    run.finish();
  }
  auto const number = record.number ? integer(*record.number) : number_if_new();
  change(Operation::put, Subject::record, record.id, number, replaced, {});
  PreparedRecord made;
  if (!record.prepared) made = packed(record.texts, record.words, codec_);
  auto const& [texts, words] = record.prepared ? *record.prepared : made;
  put_texts(number, texts);
  words_.put(number, record.words, words);
  return RecordNumber{number};
}

void SqliteWriter::put_words(RecordNumber record, RecordWords const& words) {
  words_.put(integer(record), words, packed(words, codec_));
}

void SqliteWriter::put_texts(std::int64_t record, RecordTexts const& packed) {
  auto& put = statement(Sql::put_texts);
  Execution run(put);
  put.bind(1, record);
  put.bind_blob(2, packed.record);
  put.bind_blob(3, packed.body);
  put.bind_blob(4, packed.extent);
  put.bind_blob(5, packed.summaries);
  run.finish();
}

void SqliteWriter::put_identifier(std::string_view id, std::string_view scheme,
                                  RecordNumber record) {
  Execution(statement(Sql::put_identifier)).with(id, scheme, integer(record)).finish();
}

void SqliteWriter::lead_on(RecordNumber from, RecordNumber to) {
  Execution(statement(Sql::lead_on)).with(integer(to), integer(from)).finish();
}

void SqliteWriter::put_keys(RecordNumber record, std::span<std::string const> keys) {
  Execution(statement(Sql::forget_keys)).with(integer(record)).finish();
  for (auto const& key : keys) {
    Execution(statement(Sql::put_key)).with(std::string_view(key), integer(record)).finish();
  }
}

void SqliteWriter::put_derived(RecordNumber collection, std::string_view text) {
  Execution(statement(Sql::put_derived)).with(integer(collection), text).finish();
}

// ---- Items

ItemNumber SqliteWriter::put(ItemWrite const& write) {
  auto const body = packer_.pack(integer(write.collection), write.item->body, write.prepared);
  Sequence replaced = 0;
  if (write.number) {
    Execution run(statement(Sql::item_key));
    if (!run.with(static_cast<std::int64_t>(*write.number)).step()) {
      throw std::logic_error("an item that is not there cannot be replaced");
    }
    replaced = run.row().integer(2);
  }
  auto const sequence =
      change(Operation::put, Subject::item, write.id, integer(write.collection), replaced, {});
  auto number = static_cast<std::int64_t>(write.number.value_or(ItemNumber{}));
  write_item(number, write, sequence, write.number ? Sql::update_item : Sql::insert_item);
  if (!write.number) number = connection_.last_row();
  auto& put = statement(Sql::put_body);
  Execution run(put);
  put.bind(1, number);
  put.bind_blob(2, body);
  if (!write.item->has_local_assets) put.bind(3, std::string_view(write.id));
  run.finish();
  item_words_.put(number, query::words_in_body(write.item->body), !write.number);
  packer_.note(integer(write.collection), number);
  return ItemNumber{number};
}

void SqliteWriter::write_item(std::int64_t number, ItemWrite const& write, Sequence sequence,
                              Sql which) {
  auto const& item = *write.item;
  auto const& footprint = item.footprint;
  auto const blob = footprint ? to_spatialite(*footprint) : std::string();
  auto& put = statement(which);
  Execution run(put);
  run.with(integer(write.collection), std::string_view(write.id));
  if (item.native_id != write.id) put.bind(3, std::string_view(item.native_id));
  put.bind(4, source_number(write.source));
  put.bind(5, milliseconds(write.item.time()));
  put.bind(6, milliseconds(item.start));
  put.bind(7, milliseconds(item.end));
  if (footprint) {
    put.bind(8, footprint->bbox().west());
    put.bind(9, footprint->bbox().south());
    put.bind(10, footprint->bbox().east());
    put.bind(11, footprint->bbox().north());
    put.bind(12, std::int64_t{footprint->is_box()});
    put.bind_blob(18, blob);
  }
  if (item.heights) {
    put.bind(13, item.heights->lowest);
    put.bind(14, item.heights->highest);
  }
  put.bind(15, std::int64_t{item.has_local_assets});
  put.bind(16, signed_bits(write.hash));
  put.bind(17, sequence);
  if (which == Sql::update_item) put.bind(19, number);
  run.finish();
}

// ---- Harvests

void SqliteWriter::put_document(Document const& document) {
  auto const made = document.prepared.empty() ? codec_.compress(document.bytes) : std::string();
  auto& put = statement(Sql::put_document);
  Execution run(put);
  run.with(source_number(document.source), std::string_view(document.native_id),
           std::string_view(document.format), std::string_view(document.address),
           document.fetched.milliseconds(), signed_bits(document.hash));
  put.bind_blob(7, document.prepared.empty() ? made : document.prepared);
  run.finish();
}

void SqliteWriter::put_source(SourceState const& state) {
  Execution(statement(Sql::put_source))
      .with(std::string_view(state.checkpoint), milliseconds(state.last_complete),
            static_cast<std::int64_t>(state.sweep), std::int64_t{state.sweep_is_sound}, state.held,
            milliseconds(state.last_changes), signed_bits(state.query), source_number(state.name))
      .finish();
}

void SqliteWriter::put_correction(Correction const& correction) {
  auto const& [source, native_id, field, language] = correction.key;
  auto const value = codec_.compress(correction.value);
  auto& put = statement(Sql::put_correction);
  Execution run(put);
  run.with(source_number(source), std::string_view(native_id), std::string_view(field),
           std::string_view(language), std::string_view(correction.author),
           correction.at.milliseconds(), std::string_view(correction.reason));
  put.bind_blob(8, value);
  run.finish();
}

void SqliteWriter::remove_correction(CorrectionKey const& key) {
  Execution(statement(Sql::delete_correction))
      .with(std::string_view(key.source), std::string_view(key.native_id),
            std::string_view(key.field), std::string_view(key.language))
      .finish();
}

void SqliteWriter::put_keyword_decision(KeywordDecision const& decision) {
  Execution(statement(Sql::put_keyword_decision))
      .with(std::string_view(decision.keyword), std::string_view(decision.label),
            std::string_view(decision.concept_uri), std::string_view(decision.author),
            decision.at.milliseconds())
      .finish();
}

void SqliteWriter::remove_keyword_decision(std::string_view keyword) {
  Execution(statement(Sql::delete_keyword_decision)).with(keyword).finish();
}

RunNumber SqliteWriter::put_run(Run const& run) {
  bool const is_new = run.number == RunNumber{};
  auto& put = statement(is_new ? Sql::insert_run : Sql::update_run);
  Execution execution(put);
  execution.with(source_number(run.source), std::string_view(run.mode), run.started.milliseconds(),
                 milliseconds(run.finished), static_cast<std::int64_t>(run.outcome),
                 std::string_view(run.message));
  int column = 7;
  for (auto const& row : count_table) put.bind(column++, run.counts.*row.count);
  if (!is_new) put.bind(column, static_cast<std::int64_t>(run.number));
  execution.finish();
  if (!is_new && connection_.changed_rows() == 0) {
    throw StoreError(StoreError::Reason::other, "there is no such run");
  }
  return is_new ? RunNumber{connection_.last_row()} : run.number;
}

void SqliteWriter::put_run_document(RunDocument const& document) {
  Execution(statement(Sql::add_run_document))
      .with(static_cast<std::int64_t>(document.run), std::string_view(document.native_id),
            static_cast<std::int64_t>(document.outcome), std::string_view(document.code),
            std::string_view(document.where), std::string_view(document.excerpt))
      .finish();
}

// ---- The index

void SqliteWriter::put_segment(SegmentNumber number, std::string_view bytes) {
  auto& put = statement(Sql::put_segment);
  Execution run(put);
  run.with(static_cast<std::int64_t>(number), signed_bits(query::digest_of(bytes)));
  put.bind_blob(3, bytes);
  run.finish();
}

bool SqliteWriter::drop_segments(std::span<SegmentNumber const> all_but, std::size_t limit) {
  std::vector<std::int64_t> others;
  for (Execution run(statement(Sql::segments)); run.step();) {
    auto const number = SegmentNumber{run.row().integer(0)};
    if (std::ranges::count(all_but, number) == 0) others.push_back(run.row().integer(0));
  }
  auto const dropped = std::min(others.size(), limit);
  for (auto const number : std::span(others).first(dropped)) {
    Execution(statement(Sql::delete_segment)).with(number).finish();
  }
  return dropped == others.size();
}

} // namespace terracat::store

#include "store/sqlite/schema.hpp"

#include "failpoint/failpoint.hpp"
#include "query/words.hpp"
#include "store/sqlite/item_words.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <random>
#include <vector>

namespace terracat::store {
namespace {

// What the sweeps that are under way have seen: records and items by number; subject 0 record,
// 1 item.
constexpr auto seen_table =
    "CREATE TABLE seen (sweep INTEGER NOT NULL, subject INTEGER NOT NULL, "
    "number INTEGER NOT NULL, PRIMARY KEY (sweep, subject, number)) WITHOUT ROWID";

// What complete sweeps did not see (store_rows.hpp: Missing).
constexpr auto missing_table =
    "CREATE TABLE missing (source INTEGER NOT NULL, subject INTEGER NOT NULL, "
    "number INTEGER NOT NULL, since BIGINT NOT NULL, sweeps INTEGER NOT NULL, "
    "counted INTEGER NOT NULL, PRIMARY KEY (source, subject, number)) WITHOUT ROWID";

// Collections that are gone, some of whose items' rows are still there.
constexpr auto leaving_table = "CREATE TABLE leaving (collection INTEGER PRIMARY KEY)";

// What data managers say instead of sources (store_rows.hpp: Correction); value: zstd.
constexpr auto correction_table =
    "CREATE TABLE correction (number INTEGER PRIMARY KEY, source INTEGER NOT NULL, "
    "native_id TEXT NOT NULL, field TEXT NOT NULL, language TEXT NOT NULL, value BLOB NOT NULL, "
    "author TEXT NOT NULL, at BIGINT NOT NULL, reason TEXT NOT NULL, "
    "UNIQUE (source, native_id, field, language))";

// What operators decided of keywords (keyword_decision.hpp).
constexpr auto keyword_table =
    "CREATE TABLE keyword_decision (keyword TEXT PRIMARY KEY, label TEXT NOT NULL, "
    "concept TEXT NOT NULL, author TEXT NOT NULL, at BIGINT NOT NULL) WITHOUT ROWID";

// What the bodies of a collection have in common (dictionary.hpp), the newest for those that come;
// bytes: zstd. `share`: of their bytes bodies took that it was proven with.
constexpr auto dictionary_table =
    "CREATE TABLE dictionary (number INTEGER PRIMARY KEY AUTOINCREMENT, "
    "collection INTEGER NOT NULL, share REAL NOT NULL, bytes BLOB NOT NULL)";

constexpr auto dictionary_index = "CREATE INDEX dictionary_collection ON dictionary (collection)";

// What an index keeps of the items, so that a start need not read them all (index/encoding.hpp);
// derived. hash: of the bytes.
constexpr auto segment_table =
    "CREATE TABLE segment (number INTEGER PRIMARY KEY, hash BIGINT NOT NULL, bytes BLOB NOT NULL)";

// SpatiaLite's triggers prove each footprint and note the time, which costs more than all else that
// is written of an item; footprints are as they should be, and nobody asks for the time.
constexpr auto no_item_triggers =
    "DROP TRIGGER IF EXISTS ggi_item_geometry; DROP TRIGGER IF EXISTS ggu_item_geometry; "
    "DROP TRIGGER IF EXISTS tmi_item_geometry; DROP TRIGGER IF EXISTS tmu_item_geometry; "
    "DROP TRIGGER IF EXISTS tmd_item_geometry";

// Words by which records are found (record_words.hpp); words: zstd. The tables of FTS5 keep what is
// needed to find and to weigh, the others say which words there are.
constexpr auto record_words_table =
    "CREATE TABLE record_words (record INTEGER PRIMARY KEY, version BIGINT NOT NULL, "
    "words BLOB NOT NULL)";

constexpr auto words_fr =
    "CREATE VIRTUAL TABLE words_fr USING fts5 (title, subject, keyword, text, content='', "
    "tokenize=\"ascii tokenchars '-._/:'\")";
constexpr auto words_fr_terms =
    "CREATE VIRTUAL TABLE words_fr_terms USING fts5vocab (words_fr, 'row')";

constexpr auto words_en =
    "CREATE VIRTUAL TABLE words_en USING fts5 (title, subject, keyword, text, content='', "
    "tokenize=\"ascii tokenchars '-._/:'\")";
constexpr auto words_en_terms =
    "CREATE VIRTUAL TABLE words_en_terms USING fts5vocab (words_en, 'row')";

constexpr auto words_other =
    "CREATE VIRTUAL TABLE words_other USING fts5 (title, subject, keyword, text, content='', "
    "tokenize=\"ascii tokenchars '-._/:'\")";
constexpr auto words_other_terms =
    "CREATE VIRTUAL TABLE words_other_terms USING fts5vocab (words_other, 'row')";

constexpr auto words_exact =
    "CREATE VIRTUAL TABLE words_exact USING fts5 (title, subject, keyword, text, content='', "
    "tokenize=\"ascii tokenchars '-._/:'\")";
constexpr auto words_exact_terms =
    "CREATE VIRTUAL TABLE words_exact_terms USING fts5vocab (words_exact, 'row')";

// What items say (query/words.hpp), of those that say something; words: zstd. The table of FTS5
// keeps what is needed to find them.
constexpr auto item_words_table =
    "CREATE TABLE item_words (item INTEGER PRIMARY KEY, words BLOB NOT NULL)";

constexpr auto words_item = "CREATE VIRTUAL TABLE words_item USING fts5 (words, content='', "
                            "tokenize=\"ascii tokenchars '-._/:'\")";

constexpr auto removed_index = "CREATE INDEX change_removed_at ON change (at) WHERE operation = 1";

// Times are milliseconds since 1970 (model::Instant). BIGINT is INTEGER to SQLite; GDAL and QGIS
// read INTEGER as 32 bits. What is marked "zstd" is compressed, with a checksum. NULL means that
// the source did not say, where nothing else is said.
constexpr std::array tables{
    // The catalogue itself: one row. The sequence is that of the last committed change, the horizon
    // that of the last removal that was forgotten; the rules are those that made the words of
    // items.
    "CREATE TABLE catalogue (epoch BIGINT NOT NULL, sequence BIGINT NOT NULL, "
    "last_change BIGINT NOT NULL, horizon BIGINT NOT NULL DEFAULT 0, "
    "item_word_rules BIGINT NOT NULL DEFAULT 0)",

    // State of the sources (harvest_log.hpp: SourceState); what they are stands in the
    // configuration.
    "CREATE TABLE source (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, "
    "checkpoint TEXT NOT NULL DEFAULT '', last_complete BIGINT, sweep BIGINT NOT NULL DEFAULT 0, "
    "sweep_is_sound INTEGER NOT NULL DEFAULT 1, held BIGINT NOT NULL DEFAULT 0, "
    "last_changes BIGINT, query BIGINT NOT NULL DEFAULT 0)",

    "CREATE TABLE run (number INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL, "
    "mode TEXT NOT NULL, started BIGINT NOT NULL, finished BIGINT, outcome INTEGER NOT NULL, "
    "message TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL, "
    "unchanged INTEGER NOT NULL, skipped INTEGER NOT NULL, failed INTEGER NOT NULL, "
    "warned INTEGER NOT NULL, missing INTEGER NOT NULL DEFAULT 0, "
    "deleted INTEGER NOT NULL DEFAULT 0)",

    // Documents that were not simply unchanged. `place` is an XPath or JSON pointer.
    "CREATE TABLE run_document (run INTEGER NOT NULL, native_id TEXT NOT NULL, "
    "outcome INTEGER NOT NULL, code TEXT NOT NULL, place TEXT NOT NULL, excerpt TEXT NOT NULL)",

    // Documents as fetched; bytes: zstd.
    "CREATE TABLE document (number INTEGER PRIMARY KEY, source INTEGER NOT NULL, "
    "native_id TEXT NOT NULL, format TEXT NOT NULL, address TEXT NOT NULL, "
    "fetched BIGINT NOT NULL, hash BIGINT NOT NULL, bytes BLOB NOT NULL, "
    "UNIQUE (source, native_id))",

    // Records. `since` and `until` bound the period, NULL where it is open; without period
    // has_period is 0. Boxes across the antimeridian have west > east.
    "CREATE TABLE record (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, "
    "source INTEGER NOT NULL, native_id TEXT NOT NULL, type TEXT NOT NULL, title TEXT NOT NULL, "
    "title_key BLOB NOT NULL, has_period INTEGER NOT NULL, since BIGINT, until BIGINT, "
    "sequence BIGINT NOT NULL, UNIQUE (source, native_id))",

    // Texts of a record, all zstd (store_rows.hpp: RecordTexts).
    "CREATE TABLE record_text (record INTEGER PRIMARY KEY, whole BLOB NOT NULL, body BLOB NOT "
    "NULL, "
    "extent BLOB NOT NULL, summaries BLOB NOT NULL)",

    // Every id that ever led to a record. is_key: it has it now, and who shares it may be the same
    // resource.
    "CREATE TABLE identifier (id TEXT NOT NULL, record INTEGER NOT NULL, scheme TEXT NOT NULL, "
    "is_key INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (id, record)) WITHOUT ROWID",

    // What a collection's items say about it.
    "CREATE TABLE derived (collection INTEGER PRIMARY KEY, text TEXT NOT NULL)",

    // Items, apart from their bodies. native_id is NULL if it is the id; `time` is the datetime,
    // else the start; `begins` and `ends` are start_datetime and end_datetime. is_box: the
    // footprint is its bounding box.
    "CREATE TABLE item (number INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, "
    "id TEXT NOT NULL, native_id TEXT, source INTEGER NOT NULL, time BIGINT, begins BIGINT, "
    "ends BIGINT, west REAL, south REAL, east REAL, north REAL, is_box INTEGER, lowest REAL, "
    "highest REAL, has_local_assets INTEGER NOT NULL, hash BIGINT NOT NULL, "
    "sequence BIGINT NOT NULL)",

    // zstd of model::ItemParts::body, perhaps with a dictionary, which the frame names. The id is
    // that of the item, so that answers need nothing else of it; NULL if `item` has to be asked:
    // the
    // item has files of the site, or was written by a program that did not keep it.
    "CREATE TABLE item_body (item INTEGER PRIMARY KEY, body BLOB NOT NULL, id TEXT)",

    // The newest change of each key; operation 0 put, 1 remove; subject 0 record, 1 item. Title and
    // source (its name) are those of what is gone.
    "CREATE TABLE change (sequence INTEGER PRIMARY KEY, operation INTEGER NOT NULL, "
    "subject INTEGER NOT NULL, id TEXT NOT NULL, collection INTEGER NOT NULL, at BIGINT NOT NULL, "
    "title TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT '')",

    // The last change among the items of a collection, removals included.
    "CREATE TABLE item_change (collection INTEGER PRIMARY KEY, sequence BIGINT NOT NULL)",

    seen_table,
    missing_table,
    leaving_table,
    correction_table,
    dictionary_table,
    segment_table,
    record_words_table,
    words_fr,
    words_fr_terms,
    words_en,
    words_en_terms,
    words_other,
    words_other_terms,
    words_exact,
    words_exact_terms,
    item_words_table,
    words_item,
    keyword_table,

    // Footprints as layers for GDAL, QGIS and the SpatiaLite shell.
    "SELECT AddGeometryColumn('record', 'geometry', 4326, 'GEOMETRY', 'XY')",
    "SELECT AddGeometryColumn('item', 'geometry', 4326, 'GEOMETRY', 'XY')",
    no_item_triggers,
};

constexpr std::array indexes{
    "CREATE INDEX run_document_run ON run_document (run)",
    "CREATE INDEX record_title ON record (title_key)",
    "CREATE INDEX identifier_record ON identifier (record)",
    "CREATE UNIQUE INDEX item_id ON item (collection, id)",
    "CREATE INDEX item_native_id ON item (collection, native_id) WHERE native_id IS NOT NULL",
    "CREATE INDEX item_collection_time ON item (collection, time)",
    "CREATE INDEX item_time ON item (time)",
    "CREATE INDEX change_removed ON change (subject, id) WHERE operation = 1",
    removed_index,
    dictionary_index,
};

/// What leads from the schema `version` to the next one. A column is added as SQLite writes it, so
/// that the file becomes what a new one is; `undo` leads back, which tells what an old file has to
/// look like.
struct Migration {
  std::int64_t version;
  char const* sql;
  char const* undo;
};

constexpr std::array<Migration, 34> migrations{{
    {1, "ALTER TABLE catalogue ADD COLUMN horizon BIGINT NOT NULL DEFAULT 0",
     "ALTER TABLE catalogue DROP COLUMN horizon"},
    {1, "ALTER TABLE source ADD COLUMN sweep BIGINT NOT NULL DEFAULT 0",
     "ALTER TABLE source DROP COLUMN sweep"},
    {1, "ALTER TABLE source ADD COLUMN sweep_is_sound INTEGER NOT NULL DEFAULT 1",
     "ALTER TABLE source DROP COLUMN sweep_is_sound"},
    {1, "ALTER TABLE source ADD COLUMN held BIGINT NOT NULL DEFAULT 0",
     "ALTER TABLE source DROP COLUMN held"},
    {1, "ALTER TABLE run ADD COLUMN missing INTEGER NOT NULL DEFAULT 0",
     "ALTER TABLE run DROP COLUMN missing"},
    {1, "ALTER TABLE run ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0",
     "ALTER TABLE run DROP COLUMN deleted"},
    {1, "ALTER TABLE change ADD COLUMN title TEXT NOT NULL DEFAULT ''",
     "ALTER TABLE change DROP COLUMN title"},
    {1, "ALTER TABLE change ADD COLUMN source TEXT NOT NULL DEFAULT ''",
     "ALTER TABLE change DROP COLUMN source"},
    {1, seen_table, "DROP TABLE seen"},
    {1, missing_table, "DROP TABLE missing"},
    {1, leaving_table, "DROP TABLE leaving"},
    {1, removed_index, "DROP INDEX change_removed_at"},
    {2, correction_table, "DROP TABLE correction"},
    {3, dictionary_table, "DROP TABLE dictionary"},
    {3, dictionary_index, "DROP INDEX dictionary_collection"},
    {4, no_item_triggers, "SELECT RebuildGeometryTriggers('item', 'geometry')"},
    {5, segment_table, "DROP TABLE segment"},
    {6, record_words_table, "DROP TABLE record_words"},
    {6, words_fr, "DROP TABLE words_fr"},
    {6, words_fr_terms, "DROP TABLE words_fr_terms"},
    {6, words_en, "DROP TABLE words_en"},
    {6, words_en_terms, "DROP TABLE words_en_terms"},
    {6, words_other, "DROP TABLE words_other"},
    {6, words_other_terms, "DROP TABLE words_other_terms"},
    {6, words_exact, "DROP TABLE words_exact"},
    {6, words_exact_terms, "DROP TABLE words_exact_terms"},
    {7, "ALTER TABLE source ADD COLUMN last_changes BIGINT",
     "ALTER TABLE source DROP COLUMN last_changes"},
    {7, "ALTER TABLE source ADD COLUMN query BIGINT NOT NULL DEFAULT 0",
     "ALTER TABLE source DROP COLUMN query"},
    {8, item_words_table, "DROP TABLE item_words"},
    {8, words_item, "DROP TABLE words_item"},
    {8, "ALTER TABLE catalogue ADD COLUMN item_word_rules BIGINT NOT NULL DEFAULT 0",
     "ALTER TABLE catalogue DROP COLUMN item_word_rules"},
    {9, "ALTER TABLE item_body ADD COLUMN id TEXT", "ALTER TABLE item_body DROP COLUMN id"},
    {10, keyword_table, "DROP TABLE keyword_decision"},
    {11, "ALTER TABLE identifier ADD COLUMN is_key INTEGER NOT NULL DEFAULT 0",
     "ALTER TABLE identifier DROP COLUMN is_key"},
}};

/// Words that other rules made, or nobody, are made anew from the bodies.
void renew_item_words(Connection const& connection) {
  if (connection.integer("SELECT item_word_rules FROM catalogue") == query::item_word_rules) return;
  DictionaryCache dictionaries;
  Functions functions(connection.handle(), dictionaries);
  static_cast<void>(ItemWords(connection, functions).rebuild());
  connection.execute("UPDATE catalogue SET item_word_rules = " +
                     std::to_string(query::item_word_rules));
}

std::int64_t random_epoch() {
  std::random_device entropy;
  return static_cast<std::int64_t>(std::uint64_t{entropy()} << 32U | entropy());
}

StoreError refusal(StoreError::Reason reason, std::string const& path, std::string const& why) {
  return {reason, path + " " + why};
}

/// A table, index, view or trigger, with the text that made it.
struct Piece {
  std::string type;
  std::string name;
  std::string text;

  friend auto operator<=>(Piece const&, Piece const&) = default;
};

/// In order. What ANALYZE leaves behind says nothing of the catalogue.
std::vector<Piece> pieces_of(Connection const& connection) {
  auto statement = connection.prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema "
                                      "WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'");
  Execution run(statement);
  std::vector<Piece> out;
  while (run.step()) {
    auto const& row = run.row();
    out.push_back({.type = std::string(row.text(0)),
                   .name = std::string(row.text(1)),
                   .text = std::string(row.text(2))});
  }
  std::ranges::sort(out);
  return out;
}

/// \return  what is in one and not in the other; empty: nothing
std::string first_of_difference(std::vector<Piece> const& one, std::vector<Piece> const& other) {
  std::vector<Piece> difference;
  std::ranges::set_difference(one, other, std::back_inserter(difference));
  return difference.empty() ? "" : difference.front().type + " " + difference.front().name;
}

/// The tables, in the transaction that is open.
void make_tables(Connection const& connection) {
  // The plane of longitudes and latitudes is the only reference system that a catalogue needs.
  connection.execute("SELECT InitSpatialMetaData(0, 'NONE')");
  connection.execute("SELECT InsertEpsgSrid(4326)");
  for (auto const* const statement : tables) connection.execute(statement);
  for (auto const* const statement : indexes) connection.execute(statement);
  connection.execute("SELECT CreateSpatialIndex('record', 'geometry')");
  // SpatiaLite says 0 instead of failing.
  if (connection.integer("SELECT count(*) FROM geometry_columns WHERE "
                         "f_table_name = 'item' OR spatial_index_enabled = 1") != 2 ||
      connection.integer("SELECT count(*) FROM spatial_ref_sys WHERE srid = 4326") != 1) {
    throw StoreError(StoreError::Reason::other, "SpatiaLite refused the geometry columns");
  }
  connection.execute("INSERT INTO catalogue VALUES (" + std::to_string(random_epoch()) +
                     ", 0, 0, 0, " + std::to_string(query::item_word_rules) + ")");
}

/// What a catalogue of that schema consists of, taken from one that is made in memory.
std::vector<Piece> pieces_of_example(std::int64_t version) {
  Connection const example(":memory:", Connection::Use::create);
  make_tables(example);
  for (auto step = migrations.rbegin(); step != migrations.rend(); ++step) {
    if (step->version >= version) example.execute(step->undo);
  }
  return pieces_of(example);
}

/// A trigger or view that somebody added would run with our rights; a table that differs would be
/// read and written wrongly.
/// \param version  of the schema that the file has to have
void check_pieces(Connection const& connection, std::string const& path, std::int64_t version) {
  auto const found = pieces_of(connection);
  auto expected = pieces_of_example(version);
  // SpatiaLite leaves out what it has no memory for, and says nothing: one example proves nothing
  // against a file.
  if (found != expected) expected = pieces_of_example(version);
  if (auto const added = first_of_difference(found, expected); !added.empty()) {
    throw refusal(StoreError::Reason::other, path,
                  "was changed by another program: it has a " + added +
                      " that terracat did not make; restore a backup");
  }
  if (auto const missing = first_of_difference(expected, found); !missing.empty()) {
    throw refusal(StoreError::Reason::corrupt, path,
                  "is damaged: it lacks the " + missing + "; restore a backup");
  }
}

void prove_structure(Connection const& connection, std::string const& path) {
  auto const faults = lasting_faults([&]() -> std::vector<std::string> {
    auto quick_check = connection.prepare("PRAGMA quick_check(1)");
    Execution run(quick_check);
    auto fault = run.step() ? structure_fault(run.row().text(0)) : std::string("it cannot be read");
    if (fault.empty()) return {};
    return {std::move(fault)};
  });
  if (!faults.empty()) {
    throw refusal(StoreError::Reason::corrupt, path,
                  "is damaged: " + faults.front() + "; restore a backup");
  }
}

} // namespace

void create_schema(Connection const& connection) {
  connection.execute("PRAGMA page_size = 8192");
  connection.execute("PRAGMA journal_mode = WAL");
  connection.execute("BEGIN IMMEDIATE");
  make_tables(connection);
  if (pieces_of(connection) != pieces_of_example(schema_version)) {
    throw StoreError(StoreError::Reason::other, "SpatiaLite left out a piece of the schema");
  }
  connection.execute("PRAGMA application_id = " + std::to_string(application_id));
  connection.execute("PRAGMA user_version = " + std::to_string(schema_version));
  connection.execute("COMMIT");
}

void renew_epoch(Connection const& connection) {
  connection.execute("UPDATE catalogue SET epoch = " + std::to_string(random_epoch()));
}

Content check_schema(Connection const& connection, std::string const& path, Structure structure) {
  using Reason = StoreError::Reason;
  try {
    auto const application = connection.integer("PRAGMA application_id");
    if (application == 0 && connection.integer("SELECT count(*) FROM sqlite_schema") == 0) {
      return Content::nothing;
    }
    if (application != application_id) {
      throw refusal(Reason::other, path, "is an SQLite file, but no terracat catalogue");
    }
    auto const version = connection.integer("PRAGMA user_version");
    if (version > schema_version) {
      throw refusal(Reason::other, path,
                    "was written by a newer terracat (schema " + std::to_string(version) +
                        ", this program knows up to " + std::to_string(schema_version) + ")");
    }
    check_pieces(connection, path, version);
    if (structure == Structure::proven || version != schema_version) {
      prove_structure(connection, path);
    }
    if (connection.integer("SELECT count(*) FROM catalogue") != 1) {
      throw refusal(Reason::corrupt, path, "is damaged: it has no state; restore a backup");
    }
    bool const is_todays =
        version == schema_version &&
        connection.integer("SELECT item_word_rules FROM catalogue") == query::item_word_rules;
    return is_todays ? Content::catalogue : Content::older;
  } catch (StoreError const& error) {
    if (error.reason() != Reason::corrupt) throw;
    auto const what = std::string(error.what());
    if (what.starts_with(path)) throw;
    throw refusal(Reason::corrupt, path, "is damaged or no SQLite file; restore a backup");
  }
}

void migrate(Connection const& connection, std::string const& path) {
  connection.execute("BEGIN IMMEDIATE");
  try {
    auto const version = connection.integer("PRAGMA user_version");
    for (auto const& step : migrations) {
      if (step.version < version) continue;
      failpoint::pass(failpoint::Point::migration_step_begins);
      connection.execute(step.sql);
      failpoint::pass(failpoint::Point::migration_step_done);
    }
    renew_item_words(connection);
    connection.execute("PRAGMA user_version = " + std::to_string(schema_version));
    check_pieces(connection, path, schema_version);
    connection.execute("COMMIT");
  } catch (...) {
    try {
      connection.execute("ROLLBACK");
    } catch (std::exception const&) { // NOLINT: SQLite has rolled back already, as after a full
                                      // disc, or the connection's end does
    }
    throw;
  }
}

} // namespace terracat::store

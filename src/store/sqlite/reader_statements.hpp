#pragma once

#include "store/sqlite/record_search.hpp"
#include "store/sqlite/sqlite_reader.hpp"

#include <array>
#include <string_view>

namespace terracat::store {

/// The statements of fixed text; their texts stand in `reader_texts`, in the same order.
enum class SqliteReader::Sql : std::uint8_t {
  revision,
  record,
  record_texts,
  record_by_id,
  record_by_native,
  records_by_identifier,
  keys,
  records_with_key,
  shared_keys,
  derived,
  item_by_either_id,
  item_by_native,
  item_by_number,
  body,
  horizon,
  changes,
  removed_record,
  removed_item,
  last_item_change,
  count_items,
  document,
  document_hash,
  document_ids,
  source,
  sources,
  holdings,
  unseen_records,
  unseen_items,
  missing,
  hides_items,
  hides_items_of,
  next_sweep,
  is_under_way,
  runs,
  run,
  run_documents,
  run_findings,
};

struct ReaderText {
  std::string_view columns; ///< of rows that several statements read; may be empty
  std::string_view rest;
};

inline constexpr std::string_view change_columns =
    "sequence, operation, subject, id, collection, at, title, source";

inline constexpr std::string_view run_columns =
    "run.number, source.name, mode, started, finished, outcome, message, created, updated, "
    "unchanged, skipped, failed, warned, missing, deleted";

inline constexpr std::array reader_texts{
    ReaderText{"", "SELECT epoch, sequence FROM catalogue"},
    ReaderText{record_columns, " FROM record AS r WHERE r.number = ?"},
    ReaderText{"", "SELECT whole, body, extent, summaries FROM record_text WHERE record = ?"},
    ReaderText{"", "SELECT number FROM record WHERE id = ?"},
    ReaderText{"", "SELECT number FROM record WHERE source = "
                   "(SELECT number FROM source WHERE name = ?) AND native_id = ?"},
    ReaderText{"", "SELECT record FROM identifier WHERE id = ? ORDER BY record"},
    ReaderText{"", "SELECT id FROM identifier WHERE record = ? AND is_key = 1 ORDER BY id"},
    ReaderText{"", "SELECT record FROM identifier WHERE id = ? AND is_key = 1 "
                   "ORDER BY record LIMIT ?"},
    ReaderText{"", "SELECT id, record FROM identifier WHERE is_key = 1 ORDER BY id, record"},
    ReaderText{"", "SELECT text FROM derived WHERE collection = ?"},
    ReaderText{item_columns, " FROM item AS i WHERE i.number = coalesce("
                             "(SELECT number FROM item WHERE collection = ?1 AND id = ?2), "
                             "(SELECT number FROM item WHERE collection = ?1 AND native_id = ?2))"},
    ReaderText{item_columns,
               " FROM item AS i WHERE i.number = coalesce("
               "(SELECT number FROM item WHERE collection = ?1 AND id = ?2 AND native_id IS NULL), "
               "(SELECT number FROM item WHERE collection = ?1 AND native_id = ?2))"},
    ReaderText{item_columns, " FROM item AS i WHERE i.number = ?"},
    ReaderText{"", "SELECT body, id FROM item_body WHERE item = ?"},
    ReaderText{"", "SELECT horizon FROM catalogue"},
    ReaderText{change_columns,
               " FROM change WHERE sequence > ? AND (subject = 0 OR operation = 1 OR "
               "collection NOT IN (SELECT collection FROM leaving)) "
               "ORDER BY sequence LIMIT ?"},
    ReaderText{change_columns, " FROM change WHERE operation = 1 AND subject = 0 AND id = ?"},
    ReaderText{change_columns,
               " FROM change WHERE operation = 1 AND subject = 1 AND id = ?2 AND collection = ?1"},
    ReaderText{"", "SELECT sequence FROM item_change WHERE collection = ?"},
    ReaderText{"", "SELECT count(*) FROM item WHERE collection = ?"},
    ReaderText{"", "SELECT format, address, bytes, hash, fetched FROM document WHERE source = "
                   "(SELECT number FROM source WHERE name = ?) AND native_id = ?"},
    ReaderText{"", "SELECT hash FROM document WHERE source = "
                   "(SELECT number FROM source WHERE name = ?) AND native_id = ?"},
    ReaderText{"", "SELECT native_id FROM document WHERE source = "
                   "(SELECT number FROM source WHERE name = ?) ORDER BY native_id"},
    ReaderText{"", "SELECT checkpoint, last_complete, sweep, sweep_is_sound, held, last_changes, "
                   "query FROM source WHERE name = ?"},
    ReaderText{"", "SELECT name FROM source ORDER BY name"},
    ReaderText{"", "SELECT (SELECT count(*) FROM record WHERE source = s.number), "
                   "(SELECT count(*) FROM item WHERE collection IN "
                   "(SELECT number FROM record WHERE source = s.number)), "
                   "(SELECT count(*) FROM missing AS m LEFT JOIN item AS i "
                   "ON m.subject = 1 AND i.number = m.number WHERE m.source = s.number AND "
                   "coalesce(i.collection, 0) NOT IN (SELECT collection FROM leaving)) "
                   "FROM source AS s WHERE s.name = ?"},
    ReaderText{"", "SELECT 0, r.number, r.number, coalesce(m.since, 0), coalesce(m.sweeps, 0), "
                   "coalesce(m.counted, 0) FROM record AS r LEFT JOIN missing AS m ON "
                   "m.source = r.source AND m.subject = 0 AND m.number = r.number "
                   "WHERE r.source = (SELECT number FROM source WHERE name = ?1) AND r.number > ?3 "
                   "AND NOT EXISTS (SELECT 1 FROM seen WHERE sweep = ?2 AND subject = 0 "
                   "AND number = r.number) ORDER BY r.number LIMIT ?4"},
    ReaderText{"",
               "SELECT 1, i.number, i.collection, coalesce(m.since, 0), coalesce(m.sweeps, 0), "
               "coalesce(m.counted, 0) FROM item AS i LEFT JOIN missing AS m ON "
               "m.source = i.source AND m.subject = 1 AND m.number = i.number "
               "WHERE i.source = (SELECT number FROM source WHERE name = ?1) AND i.number > ?3 "
               "AND NOT EXISTS (SELECT 1 FROM seen WHERE sweep = ?2 AND subject = 1 "
               "AND number = i.number) AND i.collection NOT IN (SELECT collection FROM leaving) "
               "ORDER BY i.number LIMIT ?4"},
    ReaderText{"",
               "SELECT m.subject, m.number, coalesce(i.collection, m.number), m.since, m.sweeps, "
               "m.counted FROM missing AS m LEFT JOIN item AS i "
               "ON m.subject = 1 AND i.number = m.number "
               "WHERE m.source = (SELECT number FROM source WHERE name = ?1) AND "
               "(m.subject, m.number) > (?4, ?5) AND m.since <= ?2 AND m.sweeps >= ?3 AND "
               "coalesce(i.collection, 0) NOT IN (SELECT collection FROM leaving) "
               "ORDER BY m.subject, m.number LIMIT ?6"},
    ReaderText{"", "SELECT 1 FROM leaving LIMIT 1"},
    ReaderText{"", "SELECT 1 FROM leaving WHERE collection = ?"},
    ReaderText{"", "SELECT min(sweep) FROM seen WHERE sweep > ?"},
    ReaderText{"", "SELECT 1 FROM source WHERE sweep = ?"},
    ReaderText{run_columns, " FROM run JOIN source ON source.number = run.source "
                            "WHERE ?1 = '' OR source.name = ?1 ORDER BY run.number DESC LIMIT ?2"},
    ReaderText{run_columns, " FROM run JOIN source ON source.number = run.source "
                            "WHERE run.number = ?"},
    ReaderText{"", "SELECT native_id, outcome, code, place, excerpt, rowid FROM run_document "
                   "WHERE run = ?1 AND rowid > ?2 AND coalesce(outcome = ?3, 1) "
                   "AND coalesce(code = ?4, 1) ORDER BY rowid LIMIT ?5"},
    ReaderText{"", "SELECT outcome, code, count(*) FROM run_document WHERE run = ? "
                   "GROUP BY outcome, code ORDER BY count(*) DESC, outcome, code"},
};

} // namespace terracat::store

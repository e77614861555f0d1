#pragma once

#include "store/sqlite/sqlite_writer.hpp"

namespace terracat::store {

/// The statements, whose texts stand in `writer_texts`, in the same order.
enum class SqliteWriter::Sql : std::uint8_t {
  begin_state,
  commit_state,
  forget_change,
  any_tombstone,
  forget_tombstone,
  add_change,
  item_change,
  source_number,
  add_source,
  put_source,
  insert_record,
  update_record,
  record_key,
  delete_record,
  delete_texts,
  delete_identifiers,
  delete_derived,
  put_texts,
  put_identifier,
  lead_on,
  forget_keys,
  put_key,
  put_derived,
  insert_item,
  update_item,
  item_key,
  delete_item,
  delete_body,
  put_body,
  delete_dictionaries,
  put_document,
  put_correction,
  delete_correction,
  put_keyword_decision,
  delete_keyword_decision,
  insert_run,
  update_run,
  add_run_document,
  leave_items,
  delete_document,
  delete_item_change,
  delete_mark,
  leaving_collection,
  leaving_items,
  left,
  next_sweep,
  is_under_way,
  forget_seen,
  note_seen,
  put_mark,
  delete_refused,
  forget_sweep,
  delete_marks,
  delete_run_documents,
  delete_runs,
  delete_documents,
  delete_corrections,
  delete_source,
  put_segment,
  segments,
  delete_segment,
  old_removals,
  put_horizon,
  delete_old_reports,
};

inline constexpr auto writer_texts = std::to_array<std::string_view>({
    "SELECT epoch, sequence, last_change FROM catalogue",
    "UPDATE catalogue SET sequence = ?, last_change = ?",
    "DELETE FROM change WHERE sequence = ?",
    "SELECT 1 FROM change WHERE operation = 1 LIMIT 1",
    "DELETE FROM change WHERE operation = 1 AND subject = ? AND id = ? AND (subject = 0 OR "
    "collection = ?)",
    "INSERT INTO change (sequence, operation, subject, id, collection, at, title, source) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    "INSERT INTO item_change (collection, sequence) VALUES (?1, ?2) "
    "ON CONFLICT (collection) DO UPDATE SET sequence = ?2",
    "SELECT number FROM source WHERE name = ?",
    "INSERT INTO source (name) VALUES (?)",
    "UPDATE source SET checkpoint = ?, last_complete = ?, sweep = ?, sweep_is_sound = ?, held = ?, "
    "last_changes = ?, query = ? WHERE number = ?",
    "INSERT INTO record (id, source, native_id, type, title, title_key, has_period, since, until, "
    "sequence, geometry) VALUES (?, ?, ?, ?, ?, text_key(?5), ?, ?, ?, ?, ?)",
    "UPDATE record SET id = ?, source = ?, native_id = ?, type = ?, title = ?, "
    "title_key = text_key(?5), has_period = ?, since = ?, until = ?, sequence = ?, geometry = ? "
    "WHERE number = ?",
    "SELECT r.id, r.sequence, r.title, r.source, r.native_id, s.name FROM record AS r "
    "JOIN source AS s ON s.number = r.source WHERE r.number = ?",
    "DELETE FROM record WHERE number = ?",
    "DELETE FROM record_text WHERE record = ?",
    "DELETE FROM identifier WHERE record = ?",
    "DELETE FROM derived WHERE collection = ?",
    "INSERT OR REPLACE INTO record_text (record, whole, body, extent, summaries) "
    "VALUES (?, ?, ?, ?, ?)",
    "INSERT OR IGNORE INTO identifier (id, scheme, record) VALUES (?, ?, ?)",
    "INSERT OR IGNORE INTO identifier (id, scheme, record) "
    "SELECT id, scheme, ? FROM identifier WHERE record = ?",
    "UPDATE identifier SET is_key = 0 WHERE record = ? AND is_key = 1",
    "INSERT INTO identifier (id, scheme, record, is_key) VALUES (?, 'key', ?, 1) "
    "ON CONFLICT (id, record) DO UPDATE SET is_key = 1",
    "INSERT OR REPLACE INTO derived (collection, text) VALUES (?, ?)",
    "INSERT INTO item (collection, id, native_id, source, time, begins, ends, west, south, east, "
    "north, is_box, lowest, highest, has_local_assets, hash, sequence, geometry) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "UPDATE item SET collection = ?, id = ?, native_id = ?, source = ?, time = ?, begins = ?, "
    "ends = ?, west = ?, south = ?, east = ?, north = ?, is_box = ?, lowest = ?, highest = ?, "
    "has_local_assets = ?, hash = ?, sequence = ?, geometry = ? WHERE number = ?",
    "SELECT i.id, i.collection, i.sequence, i.source, s.name FROM item AS i "
    "JOIN source AS s ON s.number = i.source WHERE i.number = ?",
    "DELETE FROM item WHERE number = ?",
    "DELETE FROM item_body WHERE item = ?",
    "INSERT OR REPLACE INTO item_body (item, body, id) VALUES (?, ?, ?)",
    "DELETE FROM dictionary WHERE collection = ?1 AND "
    "NOT EXISTS (SELECT 1 FROM item WHERE collection = ?1)",
    "INSERT OR REPLACE INTO document (source, native_id, format, address, fetched, hash, bytes) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)",
    "INSERT OR REPLACE INTO correction (source, native_id, field, language, author, at, reason, "
    "value) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    "DELETE FROM correction WHERE source = (SELECT number FROM source WHERE name = ?) "
    "AND native_id = ? AND field = ? AND language = ?",
    "INSERT OR REPLACE INTO keyword_decision (keyword, label, concept, author, at) "
    "VALUES (?, ?, ?, ?, ?)",
    "DELETE FROM keyword_decision WHERE keyword = ?",
    "INSERT INTO run (source, mode, started, finished, outcome, message, created, updated, "
    "unchanged, skipped, failed, warned, missing, deleted) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "UPDATE run SET source = ?, mode = ?, started = ?, finished = ?, outcome = ?, message = ?, "
    "created = ?, updated = ?, unchanged = ?, skipped = ?, failed = ?, warned = ?, missing = ?, "
    "deleted = ? WHERE number = ?",
    "INSERT INTO run_document (run, native_id, outcome, code, place, excerpt) "
    "VALUES (?, ?, ?, ?, ?, ?)",
    "INSERT INTO leaving SELECT ?1 WHERE EXISTS (SELECT 1 FROM item WHERE collection = ?1)",
    "DELETE FROM document WHERE source = ? AND native_id = ?",
    "DELETE FROM item_change WHERE collection = ?",
    "DELETE FROM missing WHERE source = ? AND subject = ? AND number = ?",
    "SELECT collection FROM leaving LIMIT 1",
    "SELECT number, sequence, source FROM item WHERE collection = ? LIMIT ?",
    "DELETE FROM leaving WHERE collection = ?",
    "SELECT min(sweep) FROM seen WHERE sweep > ?",
    "SELECT 1 FROM source WHERE sweep = ?",
    "DELETE FROM seen WHERE sweep = ?1 AND (subject, number) IN "
    "(SELECT subject, number FROM seen WHERE sweep = ?1 LIMIT ?2)",
    "INSERT OR IGNORE INTO seen (sweep, subject, number) VALUES (?, ?, ?)",
    "INSERT OR REPLACE INTO missing (source, subject, number, since, sweeps, counted) "
    "VALUES (?, ?, ?, ?, ?, ?)",
    "DELETE FROM document WHERE source = ?1 AND fetched < ?2 AND NOT EXISTS (SELECT 1 FROM record "
    "AS r WHERE r.source = ?1 AND r.native_id = document.native_id)",
    "DELETE FROM seen WHERE sweep = (SELECT sweep FROM source WHERE number = ?)",
    "DELETE FROM missing WHERE source = ?",
    "DELETE FROM run_document WHERE run IN (SELECT number FROM run WHERE source = ?)",
    "DELETE FROM run WHERE source = ?",
    "DELETE FROM document WHERE source = ?",
    "DELETE FROM correction WHERE source = ?",
    "DELETE FROM source WHERE number = ?",
    "INSERT OR REPLACE INTO segment (number, hash, bytes) VALUES (?, ?, ?)",
    "SELECT number FROM segment ORDER BY number",
    "DELETE FROM segment WHERE number = ?",
    "SELECT sequence FROM change WHERE operation = 1 AND at < ? ORDER BY at LIMIT ?",
    "UPDATE catalogue SET horizon = ?",
    "DELETE FROM run_document WHERE rowid IN (SELECT rowid FROM run_document WHERE run <= "
    "(SELECT number FROM run WHERE started < ? ORDER BY number DESC LIMIT 1) LIMIT ?)",
});

} // namespace terracat::store

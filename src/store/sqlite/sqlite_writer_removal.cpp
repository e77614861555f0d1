#include "failpoint/failpoint.hpp"
#include "store/sqlite/writer_statements.hpp"

#include <algorithm>

/// What leaves a catalogue, and what is noted so that it can.
namespace terracat::store {
SqliteWriter::RecordKey SqliteWriter::record_key(RecordNumber number) {
  Execution run(statement(Sql::record_key));
  if (!run.with(integer(number)).step()) {
    throw std::logic_error("a record that is not there cannot be replaced or removed");
  }
  auto const& row = run.row();
  return {.id = std::string(row.text(0)),
          .sequence = row.integer(1),
          .title = std::string(row.text(2)),
          .source_number = row.integer(3),
          .native_id = std::string(row.text(4)),
          .source = std::string(row.text(5))};
}

void SqliteWriter::remove(RecordNumber record) {
  auto const number = integer(record);
  auto const key = record_key(record);
  failpoint::pass(failpoint::Point::removal_begins);
  for (auto const which :
       {Sql::leave_items, Sql::delete_record, Sql::delete_texts, Sql::delete_identifiers,
        Sql::delete_derived, Sql::delete_item_change, Sql::delete_dictionaries}) {
    Execution(statement(which)).with(number).finish();
  }
  words_.remove(number);
  Execution(statement(Sql::delete_document))
      .with(key.source_number, std::string_view(key.native_id))
      .finish();
  delete_mark(key.source_number, record);
  touched_collections_.erase(number);
  change(Operation::remove, Subject::record, key.id, number, key.sequence,
         {.title = key.title, .source = key.source});
  failpoint::pass(failpoint::Point::removal_done);
}

void SqliteWriter::remove(ItemNumber item, std::string_view title) {
  auto const number = static_cast<std::int64_t>(item);
  std::string id;
  std::string source;
  std::int64_t collection = 0;
  Sequence replaced = 0;
  {
    Execution run(statement(Sql::item_key));
    if (!run.with(number).step()) {
      throw std::logic_error("an item that is not there cannot be removed");
    }
    id = run.row().text(0);
    collection = run.row().integer(1);
    replaced = run.row().integer(2);
    delete_mark(run.row().integer(3), item);
    source = run.row().text(4);
  }
  failpoint::pass(failpoint::Point::removal_begins);
  Execution(statement(Sql::delete_item)).with(number).finish();
  Execution(statement(Sql::delete_body)).with(number).finish();
  item_words_.remove(number);
  change(Operation::remove, Subject::item, id, collection, replaced,
         {.title = title, .source = source});
  failpoint::pass(failpoint::Point::removal_done);
}

void SqliteWriter::delete_mark(std::int64_t source, Resource resource) {
  Execution(statement(Sql::delete_mark))
      .with(source, static_cast<std::int64_t>(resource.subject), resource.number)
      .finish();
}

void SqliteWriter::purge(std::size_t limit) {
  purge_sweeps(purge_items(limit));
}

std::size_t SqliteWriter::purge_items(std::size_t limit) {
  struct Row {
    std::int64_t number;
    Sequence sequence;
    std::int64_t source;
  };

  while (limit > 0) {
    std::int64_t collection = 0;
    {
      Execution run(statement(Sql::leaving_collection));
      if (!run.step()) return limit;
      collection = run.row().integer(0);
    }
    std::vector<Row> rows;
    {
      Execution run(statement(Sql::leaving_items));
      run.with(collection, static_cast<std::int64_t>(limit));
      while (run.step()) {
        rows.push_back({run.row().integer(0), run.row().integer(1), run.row().integer(2)});
      }
    }
    for (auto const& [number, sequence, source] : rows) {
      Execution(statement(Sql::forget_change)).with(sequence).finish();
      Execution(statement(Sql::delete_item)).with(number).finish();
      Execution(statement(Sql::delete_body)).with(number).finish();
      item_words_.remove(number);
      delete_mark(source, ItemNumber{number});
    }
    if (rows.size() < limit) {
      Execution(statement(Sql::left)).with(collection).finish();
      Execution(statement(Sql::delete_dictionaries)).with(collection).finish();
    }
    limit -= rows.size();
  }
  return 0;
}

void SqliteWriter::purge_sweeps(std::size_t limit) {
  std::int64_t sweep = 0;
  while (limit > 0) {
    {
      Execution next(statement(Sql::next_sweep));
      if (!next.with(sweep).step() || next.row().is_null(0)) return;
      sweep = next.row().integer(0);
    }
    if (Execution(statement(Sql::is_under_way)).with(sweep).step()) continue;
    Execution(statement(Sql::forget_seen)).with(sweep, static_cast<std::int64_t>(limit)).finish();
    limit -= std::min(limit, static_cast<std::size_t>(connection_.changed_rows()));
  }
}

void SqliteWriter::note_seen(std::string_view source, RunNumber sweep, Resource resource) {
  if (sweep != RunNumber{}) {
    Execution(statement(Sql::note_seen))
        .with(static_cast<std::int64_t>(sweep), static_cast<std::int64_t>(resource.subject),
              resource.number)
        .finish();
  }
  delete_mark(source_number(source), resource);
}

void SqliteWriter::put_missing(std::string_view source, Missing const& mark) {
  Execution(statement(Sql::put_mark))
      .with(source_number(source), static_cast<std::int64_t>(mark.resource.subject),
            mark.resource.number, mark.since.milliseconds(), mark.sweeps,
            static_cast<std::int64_t>(mark.counted))
      .finish();
}

void SqliteWriter::remove_refused(std::string_view source, model::Instant before) {
  Execution(statement(Sql::delete_refused))
      .with(source_number(source), before.milliseconds())
      .finish();
}

void SqliteWriter::remove_source(std::string_view name) {
  auto const number = source_number(name);
  for (auto const which :
       {Sql::forget_sweep, Sql::delete_marks, Sql::delete_run_documents, Sql::delete_runs,
        Sql::delete_documents, Sql::delete_corrections, Sql::delete_source}) {
    Execution(statement(which)).with(number).finish();
  }
  source_numbers_.erase(std::string(name));
}

void SqliteWriter::prune_reports(model::Instant before, std::size_t limit) {
  Execution(statement(Sql::delete_old_reports))
      .with(before.milliseconds(), static_cast<std::int64_t>(limit))
      .finish();
}

void SqliteWriter::prune(model::Instant before, std::size_t limit) {
  std::vector<Sequence> old;
  {
    Execution run(statement(Sql::old_removals));
    run.with(before.milliseconds(), static_cast<std::int64_t>(limit));
    while (run.step()) old.push_back(run.row().integer(0));
  }
  if (old.empty()) return;
  for (auto const sequence : old) {
    Execution(statement(Sql::forget_change)).with(sequence).finish();
  }
  // Times grow with sequences, so the last one is the greatest.
  Execution(statement(Sql::put_horizon)).with(old.back()).finish();
}

} // namespace terracat::store

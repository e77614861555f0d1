#include "store/sqlite/record_search.hpp"

#include "store/turns.hpp"

#include <terracat/json.hpp>

namespace terracat::store {
namespace {

std::string as_json(std::vector<std::string> const& texts) {
  json::Writer out;
  out.begin_array();
  for (auto const& text : texts) out.string(text);
  return out.end_array().take();
}

void add_where(SqlText& sql, RecordSearch const& search) {
  sql.add(" FROM record AS r WHERE 1");
  if (!search.types.empty()) {
    sql.add(" AND r.type IN (SELECT value FROM json_each(").text(as_json(search.types)).add("))");
  }
  if (!search.sources.empty()) {
    sql.add(" AND r.source IN (SELECT number FROM source WHERE name IN "
            "(SELECT value FROM json_each(")
        .text(as_json(search.sources))
        .add(")))");
  }
  if (search.period) {
    sql.add(" AND r.has_period = 1");
    if (auto const last = search.period->last()) {
      sql.add(" AND coalesce(r.since <= ").integer(last->milliseconds()).add(", 1)");
    }
    if (auto const first = search.period->first()) {
      sql.add(" AND coalesce(r.until >= ").integer(first->milliseconds()).add(", 1)");
    }
  }
  if (search.intersects) {
    sql.add(" AND ");
    add_footprint_meets(sql, Footprint::of_record, *search.intersects);
  }
}

} // namespace

RecordRow read_record_row(Statement const& row) {
  return {.number = RecordNumber{row.integer(0)},
          .id = std::string(row.text(1)),
          .source = std::string(row.text(2)),
          .native_id = std::string(row.text(3)),
          .type = std::string(row.text(4)),
          .title = std::string(row.text(5)),
          .sequence = row.integer(6)};
}

RecordPage search_records(Reader& reader, StatementCache& statements, RecordSearch const& search) {
  check_place(reader, search);
  RecordPage page;
  SqlText count;
  count.add("SELECT count(*)");
  add_where(count, search);
  {
    auto& statement = statements.get(count.statement());
    Execution run(statement);
    count.bind(statement);
    if (run.step()) page.matched = static_cast<std::size_t>(statement.integer(0));
  }
  SqlText sql;
  sql.add("SELECT ").add(record_columns);
  add_where(sql, search);
  if (search.after) {
    auto const after = static_cast<std::int64_t>(*search.after);
    sql.add(
           " AND (r.title_key, -r.number) > (SELECT title_key, -number FROM record WHERE number = ")
        .integer(after)
        .add(")");
  }
  sql.add(" ORDER BY r.title_key, r.number DESC LIMIT ");
  sql.integer(static_cast<std::int64_t>(search.limit + 1));
  auto& statement = statements.get(sql.statement());
  Execution run(statement);
  sql.bind(statement);
  while (run.step()) {
    if (page.rows.size() == search.limit) {
      page.has_more = true;
      break;
    }
    page.rows.push_back(read_record_row(statement));
  }
  return page;
}

} // namespace terracat::store

#include "store/sqlite/item_search.hpp"

#include <algorithm>

namespace terracat::store {
namespace {

using query::ItemSearch;
using query::SortKey;

/// A page is read in two phases, so that an index on the first sort key can serve both: first the
/// items that have a value for it, then those that have none.
enum class Phase : std::uint8_t { with_value, without_value };

constexpr std::size_t most_statements = 64;

/// `s0` … `s3`: the sort values are selected under these names and ordered by them.
void add_alias(SqlText& sql, std::size_t key) {
  switch (key) {
  case 0:
    sql.add("s0");
    break;
  case 1:
    sql.add("s1");
    break;
  case 2:
    sql.add("s2");
    break;
  case 3:
    sql.add("s3");
    break;
  default:
    throw std::logic_error("more sort keys than a search may have");
  }
}

/// One search, and whether rows of collections that are gone have to be passed over.
struct Task {
  ItemSearch const& search;
  bool hides_some;
};

void add_tables(SqlText& sql, Task const& task, bool sorted) {
  auto const& search = task.search;
  sql.add(" FROM item AS i");
  bool const sorts_by_body = sorted && std::ranges::any_of(search.sort, [](SortKey const& key) {
                               return needs_body(key.property);
                             });
  if (sorts_by_body || needs_body(search.where))
    sql.add(" JOIN item_body AS b ON b.item = i.number");
  sql.add(" WHERE (");
  add_condition(sql, search.where);
  sql.add(")");
  if (task.hides_some) sql.add(" AND i.collection NOT IN (SELECT collection FROM leaving)");
}

/// The row comes after the anchor, as far as the keys from `key` on and the number say.
void add_after(SqlText& sql, ItemSearch const& search, std::size_t key) {
  auto const& anchor = *search.after;
  if (key == search.sort.size()) {
    sql.add("i.number < ").integer(static_cast<std::int64_t>(anchor.number));
    return;
  }
  auto const& value = anchor.values[key];
  if (!std::holds_alternative<std::monostate>(value)) {
    sql.add("(");
    add_alias(sql, key);
    if (search.sort[key].descending) {
      sql.add(" < ");
    } else {
      sql.add(" > ");
    }
    sql.sort_value(value).add(" OR ");
    add_alias(sql, key);
    sql.add(" IS NULL) OR ");
  }
  sql.add("(");
  add_alias(sql, key);
  sql.add(" IS ").sort_value(value).add(" AND (");
  add_after(sql, search, key + 1);
  sql.add("))");
}

/// Bounds the first key on its own, which is what an index can use.
void add_bound(SqlText& sql, ItemSearch const& search) {
  sql.add(" AND s0");
  if (search.sort.front().descending) {
    sql.add(" <= ");
  } else {
    sql.add(" >= ");
  }
  sql.sort_value(search.after->values.front());
}

void add_order(SqlText& sql, ItemSearch const& search, Phase phase) {
  sql.add(" ORDER BY ");
  for (std::size_t key = phase == Phase::with_value ? 0 : 1; key < search.sort.size(); ++key) {
    if (key > 0) {
      add_alias(sql, key);
      sql.add(" IS NULL, ");
    }
    add_alias(sql, key);
    if (search.sort[key].descending) sql.add(" DESC");
    sql.add(", ");
  }
  sql.add("i.number DESC");
}

SqlText page_statement(Task const& task, Phase phase, std::size_t limit) {
  auto const& search = task.search;
  SqlText sql;
  sql.add("SELECT ").add(item_columns);
  for (std::size_t key = 0; key < search.sort.size(); ++key) {
    sql.add(", ");
    add_sort_value(sql, search.sort[key].property);
    sql.add(" AS ");
    add_alias(sql, key);
  }
  add_tables(sql, task, true);
  bool const starts_here =
      search.after && std::holds_alternative<std::monostate>(search.after->values.front()) ==
                          (phase == Phase::without_value);
  if (phase == Phase::with_value) {
    sql.add(" AND s0 IS NOT NULL");
    if (starts_here) add_bound(sql, search);
  } else {
    sql.add(" AND s0 IS NULL");
  }
  if (starts_here) {
    sql.add(" AND (");
    add_after(sql, search, 0);
    sql.add(")");
  }
  add_order(sql, search, phase);
  sql.add(" LIMIT ").integer(static_cast<std::int64_t>(limit));
  return sql;
}

struct Found {
  ItemRow row;
  query::Anchor anchor;
};

/// Adds the rows of one phase until there are `wanted` in all.
void read_phase(StatementCache& statements, Task const& task, Phase phase, std::size_t wanted,
                std::vector<Found>& found) {
  if (found.size() >= wanted) return;
  auto const sql = page_statement(task, phase, wanted - found.size());
  auto& statement = statements.get(sql.statement());
  Execution run(statement);
  sql.bind(statement);
  while (run.step()) {
    auto row = read_item_row(statement);
    query::Anchor anchor{.values = {}, .number = row.number};
    for (std::size_t key = 0; key < task.search.sort.size(); ++key) {
      anchor.values.push_back(statement.sort_value(item_column_count + static_cast<int>(key)));
    }
    found.push_back({std::move(row), std::move(anchor)});
  }
}

std::size_t count_items(StatementCache& statements, Task const& task) {
  SqlText sql;
  sql.add("SELECT count(*)");
  add_tables(sql, task, false);
  auto& statement = statements.get(sql.statement());
  Execution run(statement);
  sql.bind(statement);
  return run.step() ? static_cast<std::size_t>(statement.integer(0)) : 0;
}

} // namespace

Statement& StatementCache::get(std::string const& sql) {
  auto const found = statements_.find(sql);
  if (found != statements_.end()) return found->second;
  if (statements_.size() >= most_statements) statements_.clear();
  return statements_.emplace(sql, connection_.prepare(sql)).first->second;
}

ItemRow read_item_row(Statement const& row) {
  ItemRow out{.number = ItemNumber{row.integer(0)},
              .collection = RecordNumber{row.integer(1)},
              .id = std::string(row.text(2)),
              .native_id = std::string(row.text(row.is_null(3) ? 2 : 3)),
              .source = std::string(row.text(4)),
              .hash = static_cast<std::uint64_t>(row.integer(5)),
              .sequence = row.integer(6),
              .has_local_assets = row.integer(7) != 0};
  return out;
}

ItemPage search_items(StatementCache& statements, ItemSearch const& search, bool hides_some) {
  Task const task{search, hides_some};
  ItemPage page;
  if (search.count) page.matched = count_items(statements, task);
  if (search.limit == 0) return page;
  bool const starts_without_value =
      search.after && std::holds_alternative<std::monostate>(search.after->values.front());
  auto const wanted = search.limit + 1; // one more tells whether a page follows
  std::vector<Found> found;
  if (!starts_without_value) {
    read_phase(statements, task, Phase::with_value, wanted, found);
  }
  read_phase(statements, task, Phase::without_value, wanted, found);
  if (found.size() == wanted) {
    found.pop_back();
    page.next = std::move(found.back().anchor);
  }
  for (auto& one : found) page.rows.push_back(std::move(one.row));
  return page;
}

} // namespace terracat::store

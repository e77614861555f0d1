#include "store/sqlite/item_search.hpp"

#include "store/turns.hpp"

#include <algorithm>

namespace terracat::store {
namespace {

using query::ItemSearch;
using query::SortKey;

/// A page is read in two phases, so that an index on the first sort key can serve both: first the
/// items that have a value for it, then those that have none; backwards the other way round.
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

  /// The way leads to earlier items: all that decides the order is turned round.
  [[nodiscard]] bool is_backwards() const noexcept { return search.before.has_value(); }

  /// Where the way begins; null: at the beginning of all.
  [[nodiscard]] query::Anchor const* anchor() const noexcept {
    auto const& given = is_backwards() ? search.before : search.after;
    return given ? &*given : nullptr;
  }

  /// The first key's value of the anchor is missing.
  [[nodiscard]] bool starts_without_value() const noexcept {
    return anchor() != nullptr && is_missing(anchor()->values.front());
  }

  /// On the way values of the key become less.
  [[nodiscard]] bool descends(std::size_t key) const noexcept {
    return search.sort[key].descending != is_backwards();
  }

  [[nodiscard]] static bool is_missing(query::SortValue const& value) noexcept {
    return std::holds_alternative<std::monostate>(value);
  }
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

/// The row lies on the way behind the anchor, as far as the keys from `key` on and the number say.
void add_behind(SqlText& sql, Task const& task, std::size_t key) {
  auto const& anchor = *task.anchor();
  if (key == task.search.sort.size()) {
    if (task.is_backwards()) {
      sql.add("i.number > ");
    } else {
      sql.add("i.number < ");
    }
    sql.integer(static_cast<std::int64_t>(anchor.number));
    return;
  }
  auto const& value = anchor.values[key];
  if (!Task::is_missing(value)) {
    sql.add("(");
    add_alias(sql, key);
    if (task.descends(key)) {
      sql.add(" < ");
    } else {
      sql.add(" > ");
    }
    sql.sort_value(value);
    if (!task.is_backwards()) {
      sql.add(" OR ");
      add_alias(sql, key);
      sql.add(" IS NULL");
    }
    sql.add(") OR ");
  } else if (task.is_backwards()) {
    add_alias(sql, key);
    sql.add(" IS NOT NULL OR ");
  }
  sql.add("(");
  add_alias(sql, key);
  sql.add(" IS ").sort_value(value).add(" AND (");
  add_behind(sql, task, key + 1);
  sql.add("))");
}

/// Bounds the first key on its own, which is what an index can use.
void add_bound(SqlText& sql, Task const& task) {
  sql.add(" AND s0");
  if (task.descends(0)) {
    sql.add(" <= ");
  } else {
    sql.add(" >= ");
  }
  sql.sort_value(task.anchor()->values.front());
}

void add_order(SqlText& sql, Task const& task, Phase phase) {
  sql.add(" ORDER BY ");
  for (std::size_t key = phase == Phase::with_value ? 0 : 1; key < task.search.sort.size(); ++key) {
    if (key > 0) {
      add_alias(sql, key);
      if (task.is_backwards()) {
        sql.add(" IS NOT NULL, ");
      } else {
        sql.add(" IS NULL, ");
      }
    }
    add_alias(sql, key);
    if (task.descends(key)) sql.add(" DESC");
    sql.add(", ");
  }
  sql.add("i.number");
  if (!task.is_backwards()) sql.add(" DESC");
}

SqlText page_statement(Task const& task, Phase phase, std::size_t limit) {
  auto const& search = task.search;
  SqlText sql;
  sql.add("SELECT i.number, i.collection");
  for (std::size_t key = 0; key < search.sort.size(); ++key) {
    sql.add(", ");
    add_sort_value(sql, search.sort[key].property);
    sql.add(" AS ");
    add_alias(sql, key);
  }
  add_tables(sql, task, true);
  bool const starts_here =
      task.anchor() != nullptr && task.starts_without_value() == (phase == Phase::without_value);
  if (phase == Phase::with_value) {
    sql.add(" AND s0 IS NOT NULL");
    if (starts_here) add_bound(sql, task);
  } else {
    sql.add(" AND s0 IS NULL");
  }
  if (starts_here) {
    sql.add(" AND (");
    add_behind(sql, task, 0);
    sql.add(")");
  }
  add_order(sql, task, phase);
  sql.add(" LIMIT ").integer(static_cast<std::int64_t>(limit));
  return sql;
}

constexpr int found_columns = 2; // before those of the sort

struct Found {
  FoundItem item;
  query::Anchor anchor;
};

/// The phases that may have rows of the page, in the order of the way.
std::vector<Phase> phases_of(Task const& task) {
  auto const last = task.is_backwards() ? Phase::with_value : Phase::without_value;
  auto const first = task.is_backwards() ? Phase::without_value : Phase::with_value;
  bool const starts_in_last =
      task.anchor() != nullptr && task.starts_without_value() == (last == Phase::without_value);
  return starts_in_last ? std::vector{last} : std::vector{first, last};
}

/// Adds the rows of one phase until there are `wanted` in all.
void read_phase(StatementCache& statements, Task const& task, Phase phase, std::size_t wanted,
                std::vector<Found>& found) {
  if (found.size() >= wanted) return;
  auto const sql = page_statement(task, phase, wanted - found.size());
  auto& statement = statements.get(sql.statement());
  Execution run(statement);
  sql.bind(statement);
  while (run.step()) {
    FoundItem const item{.number = ItemNumber{statement.integer(0)},
                         .collection = RecordNumber{statement.integer(1)}};
    query::Anchor anchor{.values = {}, .number = item.number};
    for (std::size_t key = 0; key < task.search.sort.size(); ++key) {
      anchor.values.push_back(statement.sort_value(found_columns + static_cast<int>(key)));
    }
    found.push_back({item, std::move(anchor)});
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

/// The statement is not of the cache: there it would last until the next search only.
class SqliteItemTest : public ItemTest {
 public:
  SqliteItemTest(Connection const& connection, query::Expression const& condition)
      : connection_(connection),
        text_(text(condition)),
        statement_(connection.prepare(text_.statement())) {}

  bool holds(ItemNumber number) override {
    connection_.check_deadline();
    Execution run(statement_);
    text_.bind(statement_);
    statement_.bind(1, static_cast<std::int64_t>(number));
    return run.step();
  }

 private:
  static SqlText text(query::Expression const& condition) {
    SqlText sql;
    sql.add("SELECT 1 FROM item AS i");
    if (needs_body(condition)) sql.add(" JOIN item_body AS b ON b.item = i.number");
    sql.add(" WHERE i.number = ").integer(0).add(" AND (");
    add_condition(sql, condition);
    sql.add(")");
    return sql;
  }

  Connection const& connection_;
  SqlText text_; ///< its first value stands for the number
  Statement statement_;
};

} // namespace

std::unique_ptr<ItemTest> make_item_test(Connection const& connection,
                                         query::Expression const& condition) {
  return std::make_unique<SqliteItemTest>(connection, condition);
}

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
  auto const wanted = search.limit + 1; // one more tells whether the way goes on
  std::vector<Found> found;
  for (auto const phase : phases_of(task)) read_phase(statements, task, phase, wanted, found);
  bool const has_more = found.size() == wanted;
  if (has_more) found.pop_back();
  if (task.is_backwards()) std::ranges::reverse(found);
  turn(page, search, found.empty() ? nullptr : &found.front().anchor,
       found.empty() ? nullptr : &found.back().anchor, has_more);
  for (auto const& one : found) page.rows.push_back(one.item);
  return page;
}

} // namespace terracat::store

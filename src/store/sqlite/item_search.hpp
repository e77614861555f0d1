#pragma once

#include "store/sqlite/filter_sql.hpp"

#include <unordered_map>

namespace terracat::store {

/// Prepared statements by their text, so that searches of the same shape are prepared once. Keeps a
/// bounded number.
class StatementCache {
 public:
  explicit StatementCache(Connection const& connection) : connection_(connection) {}

  /// Valid until the next call.
  Statement& get(std::string const& sql);

 private:
  Connection const& connection_;
  std::unordered_map<std::string, Statement> statements_;
};

/// Answers an item search in SQL alone: what an index is compared with, and what answers when there
/// is none.
/// \param hides_some  there are rows of collections that are gone
[[nodiscard]] ItemPage search_items(StatementCache& statements, query::ItemSearch const& search,
                                    bool hides_some);

/// Asks SQL, too.
[[nodiscard]] std::unique_ptr<ItemTest> make_item_test(Connection const& connection,
                                                       query::Expression const& condition);

/// What read_item_row expects first in a SELECT over `item AS i`.
inline constexpr char item_columns[] = // NOLINT: SqlText::add takes arrays
    "i.number, i.collection, i.id, i.native_id, "
    "(SELECT name FROM source WHERE number = i.source), "
    "i.hash, i.sequence, i.has_local_assets";

[[nodiscard]] ItemRow read_item_row(Statement const& row);

} // namespace terracat::store

#pragma once

#include "store/sqlite/item_search.hpp"

namespace terracat::store {

/// \param reader  of the same state
[[nodiscard]] RecordPage search_records(Reader& reader, StatementCache& statements,
                                        RecordSearch const& search);

/// What read_record_row expects first in a SELECT over `record AS r`.
inline constexpr char record_columns[] = // NOLINT: SqlText::add takes arrays
    "r.number, r.id, (SELECT name FROM source WHERE number = r.source), r.native_id, r.type, "
    "r.title, r.sequence";

[[nodiscard]] RecordRow read_record_row(Statement const& row);

} // namespace terracat::store

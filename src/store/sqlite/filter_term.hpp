#pragma once

#include "query/term.hpp"
#include "store/sqlite/functions.hpp"

#include <span>

struct sqlite3_value;

namespace terracat::store {

/// A term ready to be asked of rows. It refers to the term, which must outlive it. One thread at a
/// time.
class RowTerm {
 public:
  explicit RowTerm(query::Term const& term) : term_(term) { query::prepare(term, prepared_); }

  RowTerm(RowTerm const&) = delete;
  RowTerm& operator=(RowTerm const&) = delete;
  RowTerm(RowTerm&&) = delete;
  RowTerm& operator=(RowTerm&&) = delete;
  ~RowTerm() = default;

  /// The kind of pointer as which SQLite hands it on.
  static constexpr auto pointer_type = "terracat-row-term";

  /// What follows the term among the arguments of `item_holds`.
  enum Column : std::size_t {
    number,
    body,
    collection,
    id,
    time,
    begins,
    ends,
    geometry,
    west,
    south,
    east,
    north,
    is_box,
    columns
  };

  /// \param row  those columns; body and geometry may be NULL if the term does not read them
  /// \return  nothing if it is unknown
  [[nodiscard]] std::optional<bool> holds(std::span<sqlite3_value*> row,
                                          Functions& functions) const;

 private:
  query::Term const& term_;
  query::PreparedGeometries prepared_;
};

} // namespace terracat::store

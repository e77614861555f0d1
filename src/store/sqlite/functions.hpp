#pragma once

#include "query/collation.hpp"
#include "query/value.hpp"
#include "store/sqlite/body_reader.hpp"

struct sqlite3;

namespace terracat::store {

/// The SQL functions that searches use beside those of SpatiaLite:
///
/// - `item_property(item, body, name, type)`: the property as a value of that type (query::Type as
/// a
///   number): REAL, TEXT, milliseconds or 0 and 1; 1 for a list; NULL if it is missing or of
///   another type. `item` is the item's number, under which the parsed body is remembered.
/// - `item_list(item, body, name, comparison, values)`: whether the list property compares so
///   (query::ListComparison as a number) with the JSON array; NULL if it is missing.
/// - `item_holds(term, …)`: whether the term (a RowTerm as a pointer) is true of the row whose
/// columns
///   follow (RowTerm::Column); NULL if that is unknown.
/// - `text_key(text)`: the collation key as a blob; NULL of NULL.
///
/// One for each connection, which it must outlive.
class Functions {
 public:
  /// \param dictionaries  that readers of the file share; outlives this
  Functions(sqlite3* connection, DictionaryCache& dictionaries);

  /// What decompresses bodies, whoever wants them.
  [[nodiscard]] BodyReader& bodies() noexcept { return bodies_; }

  /// The bodies may have changed: nothing remembered is used any more.
  void forget() noexcept { parsed_item_ = 0; }

  /// What the item's body says, which is parsed once; valid until the next item is asked for.
  query::BodyProperties const& parsed(std::int64_t item, std::string_view compressed);

 private:
  friend struct FunctionCalls;

  BodyReader bodies_;
  query::Collation collation_;
  query::BodyProperties parsed_;
  std::int64_t parsed_item_ = 0; ///< whose body `parsed_` is; 0: nobody's
  std::string body_;
};

} // namespace terracat::store

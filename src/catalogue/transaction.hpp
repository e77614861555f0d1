#pragma once

#include "catalogue/batch.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace terracat::catalogue {

/// The changes by which a resource may have come to be what it is for a transaction to touch it;
/// nothing: any.
using Expected = std::optional<std::vector<Sequence>>;

/// \throws ProblemError  precondition_failed, if the last change of a resource is none of these
/// \param sequence  of that change
/// \param answered  of the last after which it was answered otherwise, without being another one
void expect(Expected const& expected, Sequence sequence, Sequence answered = 0);

/// Items that are not there yet.
struct NewItems {
  struct One {
    ItemPut put;
    std::string where; ///< JSON pointer of its id in the request
  };

  RecordNumber collection{};
  std::vector<One> items;
};

/// In the place of an item, whose native id it has.
struct OtherItem {
  ItemNumber number{};
  Expected expected;
  ItemPut put;
};

struct NoItem {
  ItemNumber number{};
  Expected expected;
};

/// Collections that are not there yet.
struct NewCollections {
  struct One {
    RecordPut put;
    std::string where; ///< JSON pointer of its id in the request
  };

  std::vector<One> collections;
};

/// In the place of what the source of a collection said; its items stay.
struct OtherCollection {
  RecordNumber number{};
  Expected expected;
  RecordPut put;
};

/// With all its items.
struct NoCollection {
  RecordNumber number{};
  Expected expected;
};

/// What somebody writes by HTTP. It is committed whole or not at all, and what becomes of it is
/// decided where it is committed: nobody else writes in between.
struct Transaction {
  /// Whose records it may touch; what is new belongs to the first. Empty only if an operator
  /// decides of keywords, which belong to no source, or of names.
  std::vector<std::string> sources;
  std::variant<NewItems, OtherItem, NoItem, NewCollections, OtherCollection, NoCollection,
               KeywordEdit, RenamingEdit>
      change;
};

} // namespace terracat::catalogue

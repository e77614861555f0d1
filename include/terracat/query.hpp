#pragma once

#include <terracat/geometry.hpp>
#include <terracat/interval.hpp>
#include <terracat/revision.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The one form in which searches reach stores and indexes. Every syntax (parameters, the query
/// extension, CQL2) is lowered into it; nothing else is evaluated anywhere.
namespace terracat::query {

/// How the values of a property are compared. Lists hold scalars.
enum class Type : std::uint8_t { boolean, number, text, time, list };

using Scalar = std::variant<bool, double, std::string, model::Instant>;

/// What a condition looks at.
struct Property {
  enum class Place : std::uint8_t {
    id,       ///< text
    time,     ///< `datetime`, else `start_datetime`
    start,    ///< `start_datetime`
    end,      ///< `end_datetime`
    geometry, ///< only whether there is one
    words,    ///< all that it says in words (query/words.hpp), text; empty if it says nothing
    own,      ///< a member of the item's `properties`

    /// The id of its collection, text. A view puts collections in the place of conditions on it
    /// before anybody else sees them (query/by_collection.hpp).
    collection,
  };

  Place place = Place::own;
  std::string name; ///< of an own property
  Type type = Type::text;

  /// In other collections the property has another type and counts as missing; empty: no such
  /// collections are searched.
  std::vector<RecordNumber> only_in;

  friend bool operator==(Property const&, Property const&) = default;
};

/// What an item has for one of a list of properties.
struct PropertyValue {
  std::size_t property = 0; ///< where it stands in the list
  Scalar value;

  friend bool operator==(PropertyValue const&, PropertyValue const&) = default;
};

enum class Comparison : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };

struct Expression;

/// True of every item.
struct Always {
  friend bool operator==(Always const&, Always const&) = default;
};

/// The value has the type of the property. Text compares by code points.
struct Compare {
  Property property;
  Comparison comparison = Comparison::equal;
  Scalar value;

  friend bool operator==(Compare const&, Compare const&) = default;
};

/// Equal to one of the values.
struct In {
  Property property;
  std::vector<Scalar> values;

  friend bool operator==(In const&, In const&) = default;
};

/// Missing, null, or of another type than the collection's.
struct IsNull {
  Property property;

  friend bool operator==(IsNull const&, IsNull const&) = default;
};

/// LIKE of CQL2: `%` stands for any text, `_` for one character, `\` before them for themselves.
/// Case counts.
struct Like {
  Property property;
  std::string pattern;

  friend bool operator==(Like const&, Like const&) = default;
};

/// How two lists are compared, as sets (CQL2 7.5).
enum class ListComparison : std::uint8_t { equals, contains, contained_by, overlaps };

struct ListCompare {
  Property property;
  ListComparison comparison = ListComparison::equals;
  std::vector<Scalar> values;

  friend bool operator==(ListCompare const&, ListCompare const&) = default;
};

/// The footprint and the geometry share a point; unknown for an item without footprint.
struct Intersects {
  model::Geometry geometry;

  friend bool operator==(Intersects const&, Intersects const&) = default;
};

/// The item's heights meet the range, or it has none.
struct HeightsMeet {
  model::HeightRange range;

  friend bool operator==(HeightsMeet const&, HeightsMeet const&) = default;
};

/// The item's period (model::Item::period) meets the interval.
struct PeriodMeets {
  model::Interval interval;

  friend bool operator==(PeriodMeets const&, PeriodMeets const&) = default;
};

/// The public or the native id is one of these.
struct HasId {
  std::vector<std::string> ids;

  friend bool operator==(HasId const&, HasId const&) = default;
};

struct InCollections {
  std::vector<RecordNumber> collections;

  friend bool operator==(InCollections const&, InCollections const&) = default;
};

struct Function; // query/functions.hpp

/// What is computed of an item: a value, a geometry, or the answer of a predicate.
struct Term {
  /// A property; where it has several types in different collections, one entry for each.
  struct Read {
    std::vector<Property> as;

    friend bool operator==(Read const&, Read const&) = default;
  };

  /// The footprint of the item.
  struct Footprint {
    friend bool operator==(Footprint const&, Footprint const&) = default;
  };

  struct Call {
    Function const* function; ///< a row of the table of query/functions.cpp
    std::vector<Term> arguments;

    friend bool operator==(Call const&, Call const&) = default;
  };

  /// A bound is a day, or an end of an interval that nothing limits.
  std::variant<Scalar, model::Bound, model::Geometry, Read, Footprint, Call> node;

  friend bool operator==(Term const&, Term const&) = default;
};

/// The term is true; unknown where a value is missing. Items are asked one by one.
struct Holds {
  Term term;

  friend bool operator==(Holds const&, Holds const&) = default;
};

struct And {
  std::vector<Expression> of;

  friend bool operator==(And const&, And const&) = default;
};

struct Or {
  std::vector<Expression> of;

  friend bool operator==(Or const&, Or const&) = default;
};

struct Not {
  std::vector<Expression> of; ///< exactly one

  friend bool operator==(Not const&, Not const&) = default;
};

/// A condition of three-valued logic (CQL2 6.4, SQL): a comparison with a missing value is neither
/// true nor false, and only what is true matches.
struct Expression {
  std::variant<Always, Compare, In, IsNull, Like, ListCompare, Intersects, HeightsMeet, PeriodMeets,
               HasId, InCollections, Holds, And, Or, Not>
      node;

  friend bool operator==(Expression const&, Expression const&) = default;
};

/// Missing values sort last in both directions; text by the collation key of query/collation.hpp.
struct SortKey {
  Property property;
  bool descending = false;

  friend bool operator==(SortKey const&, SortKey const&) = default;
};

/// The order of items when nobody asks for another: latest first (design.md 5).
[[nodiscard]] inline std::vector<SortKey> latest_first() {
  return {{.property = {.place = Property::Place::time, .type = Type::time}, .descending = true}};
}

/// What an item sorts by: nothing, a number, milliseconds, or a collation key.
using SortValue = std::variant<std::monostate, double, std::int64_t, std::string>;

/// The place of an item in an order: one value for each sort key, and the number that settles ties.
struct Anchor {
  std::vector<SortValue> values;
  ItemNumber number{};

  friend bool operator==(Anchor const&, Anchor const&) = default;
};

/// A search among items, complete and valid: nothing in it needs to be looked up any more.
struct ItemSearch {
  Expression where{Always{}};

  /// At least one key. Ties end by item number, newest first.
  std::vector<SortKey> sort = latest_first();

  std::size_t limit = 10;
  std::optional<Anchor> after;  ///< only items that come later in the order
  std::optional<Anchor> before; ///< only earlier ones, the last of them; not along with `after`
  bool count = true;            ///< say how many match in all, whatever the page
};

} // namespace terracat::query

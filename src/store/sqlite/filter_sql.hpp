#pragma once

#include "store/sqlite/database.hpp"
#include "store/sqlite/filter_term.hpp"

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace terracat::store {

/// A statement in the making: text from constant fragments only, and the values for its parameters.
/// Nothing that a client sent ever becomes text.
class SqlText {
 public:
  /// \param fragment  a literal of this program
  template<std::size_t Size>
  SqlText& add(char const (&fragment)[Size]) { // NOLINT: an array, so that only literals fit
    text_ += fragment;
    return *this;
  }

  /// A parameter with its value.
  SqlText& integer(std::int64_t value);
  SqlText& number(double value);
  SqlText& text(std::string value);
  SqlText& blob(std::string bytes);
  SqlText& scalar(query::Scalar const& value);
  SqlText& sort_value(query::SortValue const& value);

  /// The term as a pointer, which it must outlive.
  SqlText& term(query::Term const& term);

  [[nodiscard]] std::string const& statement() const noexcept { return text_; }

  /// Binds the values to parameters 1, 2, 3 …; they must outlive the run.
  void bind(Statement& statement) const;

 private:
  struct Blob {
    std::string bytes;
  };

  std::string text_;
  std::vector<std::variant<std::int64_t, double, std::string, Blob, std::unique_ptr<RowTerm>>>
      values_;
};

/// Adds `expression` as a condition on `item AS i` and, for properties, `item_body AS b`. SQL's own
/// three-valued logic does the rest. What binds weaker than NOT is in brackets.
void add_condition(SqlText& sql, query::Expression const& expression);

/// Whose footprint: of `item AS i` or of `record AS r`.
enum class Footprint : std::uint8_t { of_item, of_record };

/// Adds whether a footprint that is there and the geometry share a point. Each simple member of a
/// collection is asked on its own, for GEOS answers for collections slowly, and the points of one
/// are asked again where a prepared line would overlook them (GEOS 3.11).
void add_footprint_meets(SqlText& sql, Footprint footprint, model::Geometry const& geometry);

/// Adds what a property is: a column or a call.
void add_property(SqlText& sql, query::Property const& property);

/// Adds what a property sorts by: add_property, texts as collation keys.
void add_sort_value(SqlText& sql, query::Property const& property);

/// True if the condition looks into bodies.
[[nodiscard]] bool needs_body(query::Expression const& expression);
[[nodiscard]] bool needs_body(query::Property const& property) noexcept;

} // namespace terracat::store

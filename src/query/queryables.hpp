#pragma once

#include "query/definitions.hpp"

#include <terracat/problem.hpp>
#include <terracat/query.hpp>

#include <map>
#include <string>
#include <vector>

namespace terracat::query {

/// A property that may stand in a condition, for the collections that are searched.
struct Queryable {
  std::string name;
  Definition const* definition = nullptr; ///< null: known from the items only
  /// One entry; more where the property has different types in different collections, each then
  /// with the collections in which it has it (Property::only_in).
  std::vector<Property> as;
  bool is_sortable = false;
};

/// All properties that may stand in a condition or a sort. The core ones (id, datetime,
/// start_datetime, end_datetime) are always there, and so is geometry, which is no scalar and has
/// no entry.
class Queryables {
 public:
  Queryables();

  /// What may stand in conditions on records, which is the same for all.
  [[nodiscard]] static Queryables of_records();

  /// The same with what only collections have.
  [[nodiscard]] static Queryables of_collections();

  /// \param collections  the property has this type in these; empty: wherever it occurs
  void add(std::string_view name, Type type, std::vector<RecordNumber> collections = {});

  /// \param name  with or without the prefix "properties."
  /// \return  null if the property is no queryable
  [[nodiscard]] Queryable const* find(std::string_view name) const;

  /// Lets a property be sorted by, beyond those that their definitions allow.
  void make_sortable(std::string_view name);

  /// A problem that names the property and the queryables with the nearest names.
  [[nodiscard]] Problem unknown(std::string_view name, std::string where) const;

  /// The same for a property that cannot be sorted by.
  [[nodiscard]] Problem unsortable(std::string_view name, std::string where) const;

  [[nodiscard]] std::map<std::string, Queryable, std::less<>> const& all() const noexcept {
    return queryables_;
  }

 private:
  void define(Definition const& definition);

  std::map<std::string, Queryable, std::less<>> queryables_;
};

/// `properties.eo:cloud_cover` and `eo:cloud_cover` are the same property.
[[nodiscard]] std::string_view without_prefix(std::string_view name) noexcept;

/// Those of `names` that a person may have meant by `name`, nearest first, at most three. Small and
/// capital letters are the same.
[[nodiscard]] std::vector<std::string> nearest(std::string_view name,
                                               std::vector<std::string_view> const& names);

} // namespace terracat::query

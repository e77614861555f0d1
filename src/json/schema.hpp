#pragma once

#include <terracat/json.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::json {

struct SchemaNode;

/// What values of a place have to be, as a JSON Schema says it (draft-07, 2019-09 and 2020-12),
/// compiled once. Any thread may ask.
///
/// `format` asserts nothing. An `errorMessage` is the sentence about values that do not fit.
/// Patterns are ICU's, which read nearly all of ECMAScript's alike (schema_pattern.cpp). Refused
/// when they are compiled: `$dynamicRef`,
/// `$recursiveRef`, `unevaluatedItems`, `unevaluatedProperties`, an `$id` below the top, and
/// references by `$anchor` or round in circles.
class Schema {
 public:
  /// Of one text, which refers to nothing but itself.
  /// \return  invalid_body with a JSON pointer into the text
  [[nodiscard]] static Result<Schema> compile(std::string_view text);

  /// \return  nothing if the value fits; else invalid_body with a JSON pointer to one place that
  ///          does not, or that is missing: where a schema has alternatives, the one that fits best
  ///          is spoken of. A value that takes too long to be looked at does not fit.
  [[nodiscard]] std::optional<Problem> check(Value const& value) const;

 private:
  friend class SchemaSet;
  using Nodes = std::vector<SchemaNode>;

  Schema(std::shared_ptr<Nodes const> nodes, std::size_t top)
      : nodes_(std::move(nodes)), top_(top) {}

  std::shared_ptr<Nodes const> nodes_; ///< of a whole set: its schemas lead into each other
  std::size_t top_;
};

/// A schema as it was found.
struct SchemaText {
  std::string name;    ///< how faults call it
  std::string address; ///< by which it is known beside its `$id`, and before others; may be empty
  std::string text;
};

/// Schemas that refer to each other, and to nothing else: nothing is ever fetched. Of the drafts'
/// own schemas it is only known that they describe objects and truth values.
class SchemaSet {
 public:
  SchemaSet() = default;

  /// \return  invalid_body; the place is the schema's name, `#` and a JSON pointer into it
  [[nodiscard]] static Result<SchemaSet> compile(std::vector<SchemaText> const& texts);

  /// \param address  with or without an empty fragment
  /// \return  null if there is none
  [[nodiscard]] Schema const* find(std::string_view address) const;

  [[nodiscard]] std::size_t size() const noexcept { return schemas_.size(); }

  /// \pre  there is one
  [[nodiscard]] Schema const& front() const { return schemas_.front(); }

 private:
  std::vector<Schema> schemas_; ///< in the order of their texts
  std::map<std::string, std::size_t, std::less<>> by_address_;
};

} // namespace terracat::json

#pragma once

#include <terracat/json.hpp>
#include <terracat/query.hpp>

#include <span>

namespace terracat::query {

/// A value of a property: a scalar, or a list of scalars for Type::list.
using Value = std::variant<Scalar, std::vector<Scalar>>;

/// The JSON value as a value of that type.
/// \return  nothing if it is of another type, which counts as missing (design.md 5); a text is a
///          time if it is a date-time of RFC 3339
[[nodiscard]] std::optional<Value> typed(json::Value const& value, Type type);

/// The type that a property seems to have, judging by one value.
/// \return  nothing for null, objects and lists of anything but scalars
[[nodiscard]] std::optional<Type> apparent_type(json::Value const& value);

/// One item's body, parsed for its properties. The text is `model::ItemParts::body`.
class BodyProperties {
 public:
  /// \throws std::runtime_error  if the body is not what a store was given
  void parse(std::string_view body);

  [[nodiscard]] std::optional<Value> value(std::string_view name, Type type) const;

  /// The values of those properties that are there and have that type, in any order.
  /// \param wanted  own properties, scalar, in the order of their names
  [[nodiscard]] std::vector<PropertyValue> values(std::span<Property const> wanted) const;

  /// What the item says in words (query/words.hpp).
  [[nodiscard]] std::string words() const;

  /// The members of `properties`.
  [[nodiscard]] json::Members members() const { return properties_->members(); }

 private:
  json::Parser parser_{{.bytes = std::size_t{256} << 20, .depth = 256}};
  std::optional<json::Value> properties_;
};

} // namespace terracat::query

#pragma once

#include "query/cql2_syntax.hpp"
#include "query/queryables.hpp"

#include <terracat/json.hpp>

#include <functional>

namespace terracat::query {

/// The literal as a value of the type, as tolerantly as clients need: "12" is a number, "True" a
/// boolean, 12 a text, `{"timestamp": …}` and `{"date": …}` of CQL2 are times.
/// \return  nothing if it can be no such value
[[nodiscard]] std::optional<Scalar> literal(json::Value const& value, Type type);

/// The same for a literal of CQL2.
[[nodiscard]] std::optional<Scalar> literal(Cql2 const& value, Type type);

/// All elements as values of the type.
/// \return  nothing if one of them cannot be
[[nodiscard]] std::optional<std::vector<Scalar>> literals(json::Value const& array, Type type);

/// The values of a list property as the literal means them: scalars as they are.
[[nodiscard]] std::optional<std::vector<Scalar>> list_literal(json::Value const& value);

/// A condition for each type that the queryable has; those that the literal does not fit are left
/// out.
/// \param shown  the literal, as it is told to who wrote it
/// \param make   the condition for one of the types, or nothing
/// \return  invalid_filter if none is left, naming what was expected
[[nodiscard]] Result<Expression>
for_each_type(Queryable const& queryable, std::string const& shown, std::string const& where,
              std::function<std::optional<Expression>(Property const&)> const& make);

} // namespace terracat::query

#include "query/literal.hpp"

#include "query/filter.hpp"
#include "query/value.hpp"

#include <charconv>
#include <cmath>

namespace terracat::query {
namespace {

std::optional<Scalar> boolean_in(std::string_view text) {
  if (text == "true" || text == "True") return Scalar(true);
  if (text == "false" || text == "False") return Scalar(false);
  return std::nullopt;
}

std::optional<Scalar> number_in(std::string_view text) {
  double value = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return Scalar(value);
}

/// A date stands for its first moment (CQL2 6.3.3).
std::optional<Scalar> time_in(std::string_view text) {
  auto const read = model::parse_rfc3339_lenient(text);
  return read ? std::optional<Scalar>(*read) : std::nullopt;
}

/// What a literal that is a text says as a value of the type.
std::optional<Scalar> scalar_in(std::string_view text, Type type) {
  switch (type) {
  case Type::boolean:
    return boolean_in(text);
  case Type::number:
    return number_in(text);
  case Type::text:
    return Scalar(std::string(text));
  case Type::time:
    return time_in(text);
  case Type::list:
    break;
  }
  return std::nullopt;
}

std::string_view expectation(Type type) noexcept {
  switch (type) {
  case Type::boolean:
    return "true or false";
  case Type::number:
    return "a number";
  case Type::text:
    return "a text";
  case Type::time:
    return "a date-time of RFC 3339";
  case Type::list:
    return "a list of values";
  }
  return "a value";
}

} // namespace

std::optional<Scalar> literal(json::Value const& value, Type type) {
  if (auto const text = value.string()) return scalar_in(*text, type);
  if (auto const flag = value.boolean(); flag && type == Type::boolean) return Scalar(*flag);
  if (auto const number = value.number()) {
    if (type == Type::number) return Scalar(*number);
    if (type == Type::text) return Scalar(value.text());
  }
  if (type != Type::time) return std::nullopt;
  auto text = value.string("timestamp");
  if (!text) text = value.string("date");
  return text ? time_in(*text) : std::nullopt;
}

std::optional<Scalar> literal(Cql2 const& value, Type type) {
  if (auto const* const text = std::get_if<std::string>(&value.node)) return scalar_in(*text, type);
  auto const* const flag = std::get_if<bool>(&value.node);
  if (flag != nullptr && type == Type::boolean) return Scalar(*flag);
  if (auto const* const number = std::get_if<double>(&value.node)) {
    if (type == Type::number) return Scalar(*number);
    if (type == Type::text) return Scalar(to_cql2_text(value));
  }
  if (type != Type::time) return std::nullopt;
  if (auto const* const time = std::get_if<Cql2::Timestamp>(&value.node))
    return time_in(time->text);
  if (auto const* const date = std::get_if<Cql2::Date>(&value.node)) return time_in(date->text);
  return std::nullopt;
}

std::optional<std::vector<Scalar>> literals(json::Value const& array, Type type) {
  if (!array.is_array()) return std::nullopt;
  std::vector<Scalar> out;
  for (auto const element : array.elements()) {
    auto read = literal(element, type);
    if (!read) return std::nullopt;
    out.push_back(std::move(*read));
  }
  return out;
}

std::optional<std::vector<Scalar>> list_literal(json::Value const& value) {
  auto const read = typed(value, Type::list);
  if (!read) return std::nullopt;
  return std::get<std::vector<Scalar>>(*read);
}

Result<Expression>
for_each_type(Queryable const& queryable, std::string const& shown, std::string const& where,
              std::function<std::optional<Expression>(Property const&)> const& make) {
  Or any;
  for (auto const& property : queryable.as) {
    if (auto made = make(property)) any.of.push_back(std::move(*made));
  }
  if (any.of.size() == 1) return std::move(any.of.front());
  if (!any.of.empty()) return Expression{std::move(any)};
  return Problem{.kind = ProblemKind::invalid_filter,
                 .detail = "'" + queryable.name + "' is compared with " + shown.substr(0, 100) +
                           ", expected " + std::string(expectation(queryable.as.front().type)),
                 .where = where};
}

} // namespace terracat::query

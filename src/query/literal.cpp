#include "query/literal.hpp"

#include "query/value.hpp"

#include <charconv>
#include <cmath>

namespace terracat::query {
namespace {

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<Scalar> boolean_literal(json::Value const& value) {
  if (auto const read = value.boolean()) return Scalar(*read);
  auto const text = value.string();
  if (text == "true" || text == "True") return Scalar(true);
  if (text == "false" || text == "False") return Scalar(false);
  return std::nullopt;
}

std::optional<Scalar> number_literal(json::Value const& value) {
  if (auto const read = value.number()) return Scalar(*read);
  auto const text = value.string();
  auto const read = text ? number_in(*text) : std::nullopt;
  return read ? std::optional<Scalar>(*read) : std::nullopt;
}

std::optional<Scalar> time_literal(json::Value const& value) {
  auto text = value.string();
  if (!text) text = value.string("timestamp");
  if (!text) text = value.string("date");
  if (!text) return std::nullopt;
  // A date stands for its first moment (CQL2 6.3.3).
  auto const read = model::parse_rfc3339_lenient(*text);
  return read ? std::optional<Scalar>(*read) : std::nullopt;
}

std::optional<Scalar> text_literal(json::Value const& value) {
  if (auto const read = value.string()) return Scalar(std::string(*read));
  if (value.kind() == json::Kind::number) return Scalar(value.text());
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
  switch (type) {
  case Type::boolean:
    return boolean_literal(value);
  case Type::number:
    return number_literal(value);
  case Type::text:
    return text_literal(value);
  case Type::time:
    return time_literal(value);
  case Type::list:
    break;
  }
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
for_each_type(Queryable const& queryable, json::Value const& literal, std::string const& where,
              std::function<std::optional<Expression>(Property const&)> const& make) {
  Or any;
  for (auto const& property : queryable.as) {
    if (auto made = make(property)) any.of.push_back(std::move(*made));
  }
  if (any.of.size() == 1) return std::move(any.of.front());
  if (!any.of.empty()) return Expression{std::move(any)};
  auto const shown = literal.text();
  return Problem{.kind = ProblemKind::invalid_filter,
                 .detail = "'" + queryable.name + "' is compared with " + shown.substr(0, 100) +
                           ", expected " + std::string(expectation(queryable.as.front().type)),
                 .where = where};
}

} // namespace terracat::query

#include "query/value.hpp"

#include "query/words.hpp"
#include "json/outline.hpp"

#include <algorithm>
#include <stdexcept>

namespace terracat::query {
namespace {

std::optional<Scalar> scalar(json::Value const& value) {
  switch (value.kind()) {
  case json::Kind::boolean:
    return Scalar(*value.boolean());
  case json::Kind::number:
    return Scalar(*value.number());
  case json::Kind::string:
    return Scalar(std::string(*value.string()));
  default:
    return std::nullopt;
  }
}

std::optional<Value> scalars(json::Value const& value) {
  if (!value.is_array()) return std::nullopt;
  std::vector<Scalar> out;
  for (auto const element : value.elements()) {
    auto const read = scalar(element);
    if (!read) return std::nullopt;
    out.push_back(*read);
  }
  return out;
}

} // namespace

std::optional<Value> typed(json::Value const& value, Type type) {
  switch (type) {
  case Type::boolean:
    if (auto const read = value.boolean()) return Scalar(*read);
    break;
  case Type::number:
    if (auto const read = value.number()) return Scalar(*read);
    break;
  case Type::text:
    if (auto const read = value.string()) return Scalar(std::string(*read));
    break;
  case Type::time:
    if (auto const read = value.string()) {
      if (auto const instant = model::parse_rfc3339(*read)) return Scalar(*instant);
    }
    break;
  case Type::list:
    return scalars(value);
  }
  return std::nullopt;
}

std::optional<Type> apparent_type(json::Value const& value) {
  switch (value.kind()) {
  case json::Kind::boolean:
    return Type::boolean;
  case json::Kind::number:
    return Type::number;
  case json::Kind::string:
    return Type::text;
  case json::Kind::array:
    if (scalars(value)) return Type::list;
    return std::nullopt;
  default:
    return std::nullopt;
  }
}

void BodyProperties::parse(std::string_view body) {
  // Assets and links, which are most of a body, stand behind and are not looked at.
  auto const text = json::Outline::of_members(body).value("properties");
  if (text.empty()) throw std::runtime_error("a stored body has no properties");
  auto const properties = parser_.parse(text);
  if (!properties) {
    throw std::runtime_error("a stored body is no JSON: " + properties.error().detail);
  }
  properties_ = *properties;
}

std::optional<Value> BodyProperties::value(std::string_view name, Type type) const {
  auto const found = properties_->member(name);
  return found ? typed(*found, type) : std::nullopt;
}

std::string BodyProperties::words() const {
  return words_in(*properties_);
}

std::vector<PropertyValue> BodyProperties::values(std::span<Property const> wanted) const {
  std::vector<PropertyValue> out;
  std::vector<bool> seen(wanted.size()); // the first member of a name counts, whatever its type
  for (auto const& [name, value] : members()) {
    auto const first = std::ranges::lower_bound(wanted, name, {}, &Property::name);
    for (auto property = first; property != wanted.end() && property->name == name; ++property) {
      auto const at = static_cast<std::size_t>(property - wanted.begin());
      if (seen[at]) continue;
      seen[at] = true;
      if (auto read = typed(value, property->type)) {
        out.push_back({.property = at, .value = std::get<Scalar>(std::move(*read))});
      }
    }
  }
  return out;
}

} // namespace terracat::query

#include "kinds/options.hpp"

#include "json/schema.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::kinds {
namespace {

Problem refused(std::string detail, std::string where) {
  return {.kind = ProblemKind::invalid_parameter,
          .detail = std::move(detail),
          .where = std::move(where)};
}

/// The sentence that the schema gives for an option.
std::string expected_at(json::Value const& properties, std::string_view pointer) {
  auto const name = pointer.substr(1, pointer.find('/', 1) - 1);
  auto const property = properties.member(name);
  return std::string(property ? property->string("description").value_or("") : "");
}

std::optional<Problem> unknown_option(json::Value const& options, json::Value const& properties) {
  for (auto const& [name, value] : options.members()) {
    if (properties.member(name)) continue;
    auto const known = listed(properties.members(), [](auto const& m) { return m.name; });
    auto const rest = known.empty() ? std::string("there are none") : "there are " + known;
    return refused("unknown option '" + std::string(name) + "'; " + rest, '/' + std::string(name));
  }
  return std::nullopt;
}

std::optional<Problem> wrong_value(std::string_view schema_json, json::Value const& options,
                                   json::Value const& properties) {
  auto const problem = json::Schema::compile(schema_json).value().check(options);
  if (!problem) return std::nullopt;
  if (problem->where.empty()) return refused("options must be an object", "");
  return refused("expected " + expected_at(properties, problem->where), problem->where);
}

Result<json::Document> checked(std::string_view schema_json, std::string_view options_json) {
  auto const schema = json::Document::parse(schema_json).value();
  auto options = json::Document::parse(options_json, {.unique_names = true});
  if (!options) return options.error();
  auto const properties = schema.root().member("properties").value();
  if (auto problem = unknown_option(options->root(), properties)) return *problem;
  if (auto problem = wrong_value(schema_json, options->root(), properties)) return *problem;
  return options;
}

json::Document with_defaults(json::Document const& options, std::string_view schema_json) {
  auto const schema = json::Document::parse(schema_json).value();
  json::Writer out;
  out.begin_object();
  for (auto const& [name, value] : options.root().members()) out.name(name).value(value);
  for (auto const& [name, property] : schema.root().member("properties")->members()) {
    auto const otherwise = property.member("default");
    if (otherwise && !options.root().member(name)) out.name(name).value(*otherwise);
  }
  return json::Document::parse(out.end_object().take()).value();
}

} // namespace

Result<void> check_options(Kind const& kind, std::string_view options_json) {
  auto const options = checked(kind.options_schema, options_json);
  if (!options) return options.error();
  return {};
}

json::Document read_options(std::string_view schema, std::string_view options_json) {
  auto const options = checked(schema, options_json);
  if (!options) {
    auto const& problem = options.error();
    throw ProtocolError("options" + problem.where + ": " + problem.detail);
  }
  return with_defaults(*options, schema);
}

std::size_t whole_number(json::Value const& value) {
  constexpr double most = 9e15; // beyond, a double knows no single numbers
  return static_cast<std::size_t>(std::clamp(value.number().value(), 0.0, most));
}

} // namespace terracat::kinds

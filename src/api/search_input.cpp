#include "api/search_input.hpp"

#include <charconv>

namespace terracat::api {
namespace {

/// The parts between commas, empty ones included.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (;;) {
    auto const comma = text.find(',');
    out.push_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return out;
    text.remove_prefix(comma + 1);
  }
}

std::optional<double> number_in(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  double value = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stop == end ? std::optional(value) : std::nullopt;
}

} // namespace

void SearchInput::refuse(std::string detail, std::string_view name) const {
  throw ProblemError({.kind = kind_, .detail = std::move(detail), .where = where(name)});
}

void SearchInput::throw_as_own(Problem problem, std::string_view name) const {
  if (problem.kind == ProblemKind::invalid_parameter) problem.kind = kind_;
  problem.where = where(name) + (problem.where.starts_with('/') ? problem.where : std::string());
  throw ProblemError(std::move(problem));
}

std::optional<std::string_view> ParameterInput::text(std::string_view name) const {
  return exchange_.parameters().get(prefix().empty() ? name : where(name));
}

/// Between commas; nobody means an empty one.
std::vector<std::string> ParameterInput::texts(std::string_view name) const {
  std::vector<std::string> out;
  for (auto const part : parts_of(text(name).value_or(""))) {
    if (!part.empty()) out.emplace_back(part);
  }
  return out;
}

std::optional<std::vector<double>> ParameterInput::numbers(std::string_view name) const {
  auto const given = text(name);
  if (!given) return std::nullopt;
  std::vector<double> out;
  for (auto const part : parts_of(*given)) {
    auto const number = number_in(part);
    if (!number) {
      refuse("'" + std::string(part.substr(0, 50)) +
                 "' is no number; expected west,south,east,north",
             name);
    }
    out.push_back(*number);
  }
  return out;
}

std::optional<std::int64_t> ParameterInput::integer(std::string_view name) const {
  auto const given = text(name);
  if (!given) return std::nullopt;
  std::int64_t value = 0;
  auto const* const end = given->data() + given->size();
  auto const [stop, error] = std::from_chars(given->data(), end, value);
  if (error != std::errc{} || stop != end) refuse("expected a whole number", name);
  return value;
}

std::optional<json::Value> ParameterInput::json(std::string_view name,
                                                std::string_view example) const {
  auto const given = text(name);
  if (!given) return std::nullopt;
  auto const value = exchange_.worker().parser().parse(*given);
  if (value) return *value;
  refuse("expected JSON such as " + std::string(example) + ": " + value.error().detail, name);
}

SearchInput::Form ParameterInput::form(std::string_view name) const {
  auto const given = text(name);
  if (!given) return Form::absent;
  return given->starts_with('{') ? Form::json : Form::text;
}

std::optional<json::Value> BodyInput::member(std::string_view name) const {
  auto const found = body_.member(name);
  return found && !found->is_null() ? found : std::nullopt;
}

std::optional<std::string_view> BodyInput::text(std::string_view name) const {
  auto const given = member(name);
  if (!given) return std::nullopt;
  auto const text = given->string();
  if (!text) refuse("expected a string", name);
  return text;
}

std::vector<std::string> BodyInput::texts(std::string_view name) const {
  auto const given = member(name);
  std::vector<std::string> out;
  if (!given) return out;
  if (!given->is_array()) refuse("expected an array of strings", name);
  for (auto const element : given->elements()) {
    auto const text = element.string();
    if (!text) refuse("expected a string", std::string(name) + "/" + std::to_string(out.size()));
    out.emplace_back(*text);
  }
  return out;
}

std::optional<std::vector<double>> BodyInput::numbers(std::string_view name) const {
  auto const given = member(name);
  if (!given) return std::nullopt;
  std::vector<double> out;
  for (auto const element : given->elements()) {
    auto const number = element.number();
    if (!number) {
      refuse(element.text().substr(0, 50) + " is no number; expected [west, south, east, north]",
             name);
    }
    out.push_back(*number);
  }
  return out;
}

std::optional<std::int64_t> BodyInput::integer(std::string_view name) const {
  auto const given = member(name);
  if (!given) return std::nullopt;
  auto const number = given->integer();
  if (!number) refuse("expected a whole number", name);
  return number;
}

std::optional<json::Value> BodyInput::json(std::string_view name, std::string_view) const {
  return member(name);
}

SearchInput::Form BodyInput::form(std::string_view name) const {
  auto const given = member(name);
  if (!given) return Form::absent;
  return given->string() ? Form::text : Form::json;
}

} // namespace terracat::api

#include "api/parameters.hpp"

#include "query/queryables.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::api {
namespace {

std::optional<unsigned> hex(char c) noexcept {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  return std::nullopt;
}

std::optional<std::string> decode(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    auto const is_coded = [&](char c) { return c == '%' || (c == '+' && plus_is_blank); };
    auto const plain = std::ranges::find_if(text, is_coded) - text.begin();
    out += text.substr(0, static_cast<std::size_t>(plain));
    text.remove_prefix(static_cast<std::size_t>(plain));
    if (text.empty()) break;
    if (text.front() == '+') {
      out += ' ';
      text.remove_prefix(1);
      continue;
    }
    auto const high = text.size() > 2 ? hex(text[1]) : std::nullopt;
    auto const low = text.size() > 2 ? hex(text[2]) : std::nullopt;
    if (!high || !low) return std::nullopt;
    out += static_cast<char>(*high << 4U | *low);
    text.remove_prefix(3);
  }
  bool const is_text = json::is_utf8(out) && out.find('\0') == std::string::npos;
  return is_text ? std::optional(std::move(out)) : std::nullopt;
}

std::string encoded_pair(std::string_view name, std::string_view value) {
  return encode(name) + "=" + encode(value);
}

Problem bad_parameter(std::string detail, std::string where) {
  return {.kind = ProblemKind::invalid_parameter,
          .detail = std::move(detail),
          .where = std::move(where)};
}

} // namespace

Result<Parameters> Parameters::parse(std::string_view query, Names names) {
  Parameters out;
  while (!query.empty()) {
    auto const end = query.find('&');
    auto const pair = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
    if (pair.empty()) continue; // clients write "?&limit=10"
    if (out.parameters_.size() == most_parameters) {
      return bad_parameter("there are more than " + std::to_string(most_parameters) + " parameters",
                           "query");
    }
    auto const equals = pair.find('=');
    auto name = decode(pair.substr(0, equals), true);
    auto value =
        equals == std::string_view::npos ? std::string() : decode(pair.substr(equals + 1), true);
    if (!name || !value) {
      return bad_parameter("a parameter is not percent-encoded UTF-8", name.value_or("query"));
    }
    auto const known = names == Names::joined
                           ? std::ranges::find(out.parameters_, *name, &Parameter::name)
                           : out.parameters_.end();
    if (known == out.parameters_.end()) {
      auto encoded = encoded_pair(*name, *value);
      out.parameters_.push_back({std::move(*name), std::move(*value), std::move(encoded)});
    } else {
      known->value += "," + *value;
      known->encoded += "," + encode(*value);
      known->is_joined = true;
    }
  }
  return out;
}

std::optional<std::string_view> Parameters::get(std::string_view name) const noexcept {
  auto const found = std::ranges::find(parameters_, name, &Parameter::name);
  if (found == parameters_.end() || found->value.empty()) return std::nullopt;
  return found->value;
}

bool Parameters::has(std::string_view name) const noexcept {
  return std::ranges::find(parameters_, name, &Parameter::name) != parameters_.end();
}

Problem unknown_parameter(std::string_view name, std::span<ParameterRow const> known) {
  std::vector<std::string_view> names;
  for (auto const& row : known) {
    if (row.name != any_property) names.push_back(row.name);
  }
  std::string const shown(name.substr(0, 100));
  auto detail = "'" + shown + "' is no parameter here";
  auto const close = query::nearest(name, names);
  if (!close.empty()) {
    detail += "; did you mean '" + close.front() + "'?";
  } else if (!names.empty()) {
    detail += "; there are ";
    for (auto const& one : names) {
      if (one != names.front()) detail += ", ";
      detail += one;
    }
  }
  return {.kind = ProblemKind::unknown_parameter, .detail = std::move(detail), .where = shown};
}

Result<void> Parameters::check(std::span<ParameterRow const> known) const {
  auto const end = known.end();
  bool const may_be_property = std::ranges::find(known, any_property, &ParameterRow::name) != end;
  for (auto const& parameter : parameters_) {
    auto const row = std::ranges::find(known, parameter.name, &ParameterRow::name);
    if (row == end && may_be_property) continue;
    if (row == end) return unknown_parameter(parameter.name, known);
    if (parameter.is_joined && !is_list(*row)) {
      return bad_parameter("the parameter stands there twice", parameter.name);
    }
  }
  return {};
}

std::string Parameters::with(std::string_view name, std::string_view value,
                             std::string_view without) const {
  std::string out;
  auto const add = [&](std::string_view pair) {
    if (!out.empty()) out += '&';
    out += pair;
  };
  for (auto const& parameter : parameters_) {
    if (parameter.name != name && parameter.name != without) add(parameter.encoded);
  }
  if (!value.empty()) add(encoded_pair(name, value));
  return out;
}

std::optional<std::string> decode_segment(std::string_view segment) {
  return decode(segment, false);
}

std::string encode(std::string_view text) {
  return percent_encoded(text, "-._~:,");
}

} // namespace terracat::api

#include "api/csv.hpp"

#include <array>

namespace terracat::api {
namespace {

// THE columns that all items have: the item and its collection, where its links lead, its times,
// its box.
constexpr std::array<std::string_view, 10> columns{
    "collection",   "id",   "self",  "datetime", "start_datetime",
    "end_datetime", "west", "south", "east",     "north"};

/// Signs by which spreadsheets know a formula, or which they pass over before one.
constexpr std::string_view hostile = "=+-@\t\r\n|%";

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (auto const c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

/// Numbers and the like are no texts: they are never taken for formulas.
void append_value(std::string& out, std::optional<json::Value> const& value) {
  if (!value || value->is_null()) return;
  if (auto const text = value->string()) return append_cell(out, *text);
  auto const text = value->text();
  if (value->is_object() || value->is_array()) {
    append_quoted(out, text);
  } else {
    out += text;
  }
}

std::optional<json::Value> element(std::optional<json::Value> const& array, std::size_t place) {
  if (!array) return std::nullopt;
  for (auto const one : array->elements()) {
    if (place-- == 0) return one;
  }
  return std::nullopt;
}

/// Four numbers, or six with heights third and last.
void append_box(std::string& out, std::optional<json::Value> const& box) {
  auto const size = box ? box->size() : 0;
  auto const half = size / 2;
  for (auto const place : {std::size_t{0}, std::size_t{1}, half, half + 1}) {
    out += ',';
    if (size == 4 || size == 6) append_value(out, element(box, place));
  }
}

std::optional<json::Value> self_of(json::Value const& item) {
  auto const links = item.member("links");
  if (!links) return std::nullopt;
  for (auto const link : links->elements()) {
    if (link.string("rel") == "self") return link.member("href");
  }
  return std::nullopt;
}

} // namespace

void append_cell(std::string& out, std::string_view text) {
  bool const is_hostile = !text.empty() && hostile.find(text.front()) != std::string_view::npos;
  bool const wants_quotes = is_hostile ||
                            text.find_first_of(",;\"\r\n\t'") != std::string_view::npos ||
                            text.starts_with(' ') || text.ends_with(' ');
  if (!wants_quotes) {
    out += text;
  } else if (is_hostile) {
    append_quoted(out, "'" + std::string(text));
  } else {
    append_quoted(out, text);
  }
}

void append_header(std::string& out, std::span<std::string const> properties) {
  for (auto const& name : columns) out.append(&name == &columns.front() ? "" : ",").append(name);
  for (auto const& name : properties) {
    out += ',';
    append_cell(out, name);
  }
  out += "\r\n";
}

void append_row(std::string& out, json::Value const& item,
                std::span<std::string const> properties) {
  auto const said = item.member("properties");
  auto const property = [&](std::string_view name) {
    out += ',';
    append_value(out, said ? said->member(name) : std::nullopt);
  };
  append_value(out, item.member("collection"));
  out += ',';
  append_value(out, item.member("id"));
  out += ',';
  append_value(out, self_of(item));
  for (auto const* const name : {"datetime", "start_datetime", "end_datetime"}) property(name);
  append_box(out, item.member("bbox"));
  for (auto const& name : properties) property(name);
  out += "\r\n";
}

} // namespace terracat::api

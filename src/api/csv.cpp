#include "api/csv.hpp"

#include "geometry/normalise.hpp"

namespace terracat::api {
namespace {

using json::Value;

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
void append_value(std::string& out, std::optional<Value> const& value) {
  if (!value || value->is_null()) return;
  if (auto const text = value->string()) return append_cell(out, *text);
  auto const text = value->text();
  if (value->is_object() || value->is_array()) {
    append_quoted(out, text);
  } else {
    out += text;
  }
}

std::optional<Value> element(std::optional<Value> const& array, std::size_t place) {
  if (!array) return std::nullopt;
  for (auto const one : array->elements()) {
    if (place-- == 0) return one;
  }
  return std::nullopt;
}

/// A member of a member.
std::optional<Value> within(Value const& row, std::string_view outer, std::string_view inner) {
  auto const object = row.member(outer);
  return object ? object->member(inner) : std::nullopt;
}

using Names = std::span<std::string const>;

void append_members(std::string& out, Value const& object, Names names) {
  for (auto const& name : names) {
    if (&name != &names.front()) out += ',';
    append_value(out, object.member(name));
  }
}

void append_properties(std::string& out, Value const& row, Names names) {
  auto const properties = row.member("properties");
  if (properties) return append_members(out, *properties, names);
  out.append(names.size() - 1, ',');
}

/// The address of the row itself.
void append_self(std::string& out, Value const& row, Names) {
  auto const links = row.member("links");
  if (!links) return;
  for (auto const link : links->elements()) {
    if (link.string("rel") == "self") return append_value(out, link.member("href"));
  }
}

// ---- West, south, east, north

/// \param box  four numbers, or six with heights third and last
void append_edges(std::string& out, std::optional<Value> const& box) {
  auto const size = box ? box->size() : 0;
  if (size != 4 && size != 6) return void(out.append(3, ','));
  auto const half = size / 2;
  for (auto const place : {std::size_t{0}, std::size_t{1}, half, half + 1}) {
    if (place > 0) out += ',';
    append_value(out, element(box, place));
  }
}

void append_box(std::string& out, Value const& row, Names) {
  append_edges(out, row.member("bbox"));
}

/// The first box of an extent is the one around all of it.
void append_extent_box(std::string& out, Value const& row, Names) {
  auto const spatial = within(row, "extent", "spatial");
  append_edges(out, spatial ? element(spatial->member("bbox"), 0) : std::nullopt);
}

std::optional<model::Bbox> box_around(Value const& geometry) {
  auto const raw = json::read_geometry(geometry);
  if (!raw) return std::nullopt;
  auto const footprint = geometry::normalise(*raw);
  return footprint ? std::optional(footprint->bbox()) : std::nullopt;
}

/// Records have a footprint and no box.
void append_box_of_record(std::string& out, Value const& row, Names) {
  auto const geometry = row.member("geometry");
  auto const box = geometry ? box_around(*geometry) : std::nullopt;
  if (!box) return append_edges(out, std::nullopt);
  json::Writer numbers;
  numbers.begin_array().number(box->west()).number(box->south());
  auto const text = numbers.number(box->east()).number(box->north()).end_array().take();
  out.append(text, 1, text.size() - 2);
}

// ---- Moment, beginning, end

/// An end is open if it is null or "..".
void append_interval(std::string& out, std::optional<Value> const& interval) {
  for (auto const place : {std::size_t{0}, std::size_t{1}}) {
    if (place > 0) out += ',';
    auto const end = element(interval, place);
    if (end && end->string() != "..") append_value(out, end);
  }
}

void append_time_of_record(std::string& out, Value const& row, Names) {
  for (auto const* const name : {"timestamp", "date"}) append_value(out, within(row, "time", name));
  out += ',';
  append_interval(out, within(row, "time", "interval"));
}

/// The first interval of an extent is the one around all of it.
void append_extent_interval(std::string& out, Value const& row, Names) {
  auto const temporal = within(row, "extent", "temporal");
  append_interval(out, temporal ? element(temporal->member("interval"), 0) : std::nullopt);
}

// ---- Language

void append_code(std::string& out, std::optional<Value> const& language) {
  append_value(out, language ? language->member("code") : std::nullopt);
}

void append_language_of_record(std::string& out, Value const& row, Names) {
  append_code(out, within(row, "properties", "language"));
}

void append_language(std::string& out, Value const& row, Names) {
  append_code(out, row.member("language"));
}

} // namespace

// THE tables.

Table table_of_items(std::vector<std::string> const& properties) {
  Table out{"items.csv",
            {{{"collection", "id"}, append_members},
             {{"self"}, append_self},
             {{"datetime", "start_datetime", "end_datetime"}, append_properties},
             {{"west", "south", "east", "north"}, append_box}}};
  if (!properties.empty()) out.columns.push_back({properties, append_properties});
  return out;
}

Table table_of_records() {
  return {"records.csv",
          {{{"id"}, append_members},
           {{"self"}, append_self},
           {{"type", "title", "description"}, append_properties},
           {{"datetime", "start_datetime", "end_datetime"}, append_time_of_record},
           {{"west", "south", "east", "north"}, append_box_of_record},
           {{"keywords", "license"}, append_properties},
           {{"language"}, append_language_of_record},
           {{"created", "updated"}, append_properties}}};
}

Table table_of_collections() {
  return {"collections.csv",
          {{{"id"}, append_members},
           {{"self"}, append_self},
           {{"title", "description"}, append_members},
           {{"start_datetime", "end_datetime"}, append_extent_interval},
           {{"west", "south", "east", "north"}, append_extent_box},
           {{"keywords", "license"}, append_members},
           {{"language"}, append_language},
           {{"created", "updated"}, append_members}}};
}

Table table_of_run_documents() {
  return {"documents.csv",
          {{{"number", "id", "outcome", "code", "meaning", "where", "excerpt"}, append_members}}};
}

Table table_of_trends() {
  return {"trends.csv",
          {{{"source", "run", "mode", "started", "documents", "failed", "warned", "missing",
             "deleted", "seconds", "unusual"},
            append_members}}};
}

Table table_of_keywords() {
  return {"keywords.csv",
          {{{"keyword", "label", "status", "records", "concept", "concept_label", "score", "method",
             "decided", "by", "examples"},
            append_members}}};
}

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

void append_header(std::string& out, Table const& table) {
  auto const begin = out.size();
  for (auto const& columns : table.columns) {
    for (auto const& name : columns.names) {
      if (out.size() > begin) out += ',';
      append_cell(out, name);
    }
  }
  out += "\r\n";
}

void append_row(std::string& out, Value const& row, Table const& table) {
  for (auto const& columns : table.columns) {
    if (&columns != &table.columns.front()) out += ',';
    columns.append(out, row, columns.names);
  }
  out += "\r\n";
}

} // namespace terracat::api

#pragma once

#include <terracat/json.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Tables as RFC 4180 has them, of what strangers wrote.
namespace terracat::api {

/// Columns that stand side by side and are told of together.
struct Columns {
  std::vector<std::string> names;
  /// Appends their cells, with commas between. \param row  a JSON object
  void (*append)(std::string& out, json::Value const& row, std::span<std::string const> names);
};

struct Table {
  std::string_view file; ///< as which it is saved
  std::vector<Columns> columns;
};

/// Of STAC Items.
/// \param properties  names of properties, each a column behind those that all items have
[[nodiscard]] Table table_of_items(std::vector<std::string> const& properties);

/// Of records of OGC API Records.
[[nodiscard]] Table table_of_records();

/// Of STAC Collections.
[[nodiscard]] Table table_of_collections();

/// Of what became of the documents of a run (run_report.hpp).
[[nodiscard]] Table table_of_run_documents();

/// Of how runs of sources compare (trends.hpp).
[[nodiscard]] Table table_of_trends();

/// Of what operators decide of keywords (keyword_suggestions.hpp).
[[nodiscard]] Table table_of_keywords();

/// Appends a text as one cell. A text that a spreadsheet would take for a formula gets an
/// apostrophe before it, by which it is a text there.
void append_cell(std::string& out, std::string_view text);

/// Appends the names of the columns as one line.
void append_header(std::string& out, Table const& table);

/// Appends what a JSON object says in the columns as one line.
void append_row(std::string& out, json::Value const& row, Table const& table);

} // namespace terracat::api

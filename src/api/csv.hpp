#pragma once

#include <terracat/json.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Tables as RFC 4180 has them, of what strangers wrote.
namespace terracat::api {

/// Appends a text as one cell. A text that a spreadsheet would take for a formula gets an
/// apostrophe before it, by which it is a text there.
void append_cell(std::string& out, std::string_view text);

/// Appends what an item says in these columns as one line.
/// \param item        a STAC Item
/// \param properties  names of properties, each a column behind those that all items have
void append_row(std::string& out, json::Value const& item, std::span<std::string const> properties);

/// Appends the names of the columns.
void append_header(std::string& out, std::span<std::string const> properties);

} // namespace terracat::api

#pragma once

#include "catalogue/trends.hpp"

#include <terracat/json.hpp>

/// How runs of sources compare, for operators.
namespace terracat::api {

/// All of a source.
void write_trend(json::Writer& out, catalogue::Trend const& trend);

/// A row for each run: a JSON object, as `table_of_trends` has its columns.
[[nodiscard]] std::vector<std::string> rows_of(catalogue::Trend const& trend);

/// "documents 12 (usually 480)"; of several, with semicolons between.
[[nodiscard]] std::string words_of(std::vector<catalogue::Departure> const& departures);

} // namespace terracat::api

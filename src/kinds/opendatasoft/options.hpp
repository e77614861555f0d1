#pragma once

#include <string_view>

namespace terracat::kinds::opendatasoft {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind opendatasoft",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "where": {
      "type": "string", "default": "",
      "description": "a condition in the words of the API, such as publisher=\"PNDB\""
    },
    "modified": {
      "enum": ["modified", "metadata_processed"], "default": "modified",
      "description": "the date by which changes are asked for: modified, or metadata_processed for a portal whose data sets keep their date when their description changes"
    },
    "page_size": {
      "type": "integer", "minimum": 1, "maximum": 100, "default": 100,
      "description": "the number of data sets asked for at a time, 1 to 100"
    }
  }
})json";

} // namespace terracat::kinds::opendatasoft

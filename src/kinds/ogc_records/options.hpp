#pragma once

#include <string_view>

namespace terracat::kinds::ogc_records {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind ogc-records",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "collections": {
      "type": "array", "items": {"type": "string"}, "default": [],
      "description": "a list of the ids of the only catalogues (collections of records) to harvest"
    },
    "exclude": {
      "type": "array", "items": {"type": "string"}, "default": [],
      "description": "a list of the ids of catalogues to leave out"
    },
    "sort_by": {
      "type": "string", "maxLength": 100, "default": "",
      "description": "the property by which records are sorted, such as id, or an empty text for the server's own order"
    },
    "page_size": {
      "type": "integer", "minimum": 1, "maximum": 10000, "default": 100,
      "description": "the number of records asked for at a time, 1 to 10000"
    }
  }
})json";

} // namespace terracat::kinds::ogc_records

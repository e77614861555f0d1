#pragma once

#include <string_view>

namespace terracat::kinds::geonetwork {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind geonetwork",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "query": {
      "type": "string", "default": "",
      "description": "a query in the words of the index, such as +resourceType:dataset"
    },
    "modified": {
      "enum": ["changeDate", "indexingDate"], "default": "changeDate",
      "description": "the date by which changes are asked for: changeDate, or indexingDate for a catalogue that harvests others and takes over their dates"
    },
    "page_size": {
      "type": "integer", "minimum": 1, "maximum": 1000, "default": 50,
      "description": "the number of records asked for at a time, 1 to 1000"
    }
  }
})json";

} // namespace terracat::kinds::geonetwork

#pragma once

#include <string_view>

namespace terracat::kinds::dataverse {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind dataverse",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "query": {
      "type": "string", "minLength": 1, "default": "*",
      "description": "a query in the words of the search, such as geographicCoverage:*"
    },
    "collection": {
      "type": "string", "pattern": "^[A-Za-z0-9_-]*$", "default": "",
      "description": "the alias of the collection whose data sets are harvested, or an empty text for all"
    },
    "page_size": {
      "type": "integer", "minimum": 1, "maximum": 1000, "default": 50,
      "description": "the number of data sets asked for at a time, 1 to 1000"
    }
  }
})json";

} // namespace terracat::kinds::dataverse

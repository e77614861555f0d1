#pragma once

#include <string_view>

namespace terracat::kinds::cds {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind cds",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "details": {
      "type": "boolean", "default": true,
      "description": "false to take collections as the list has them, without a request for each"
    },
    "exclude": {
      "type": "array", "default": [],
      "items": {"type": "string", "minLength": 1, "maxLength": 200},
      "description": "a list of ids of collections that are not wanted"
    },
    "page_size": {
      "type": "integer", "minimum": 1, "maximum": 1000, "default": 100,
      "description": "the number of collections asked for at a time, 1 to 1000; where each is fetched by itself (details), 50 at most"
    }
  }
})json";

} // namespace terracat::kinds::cds

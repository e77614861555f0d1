#pragma once

#include <string_view>

namespace terracat::kinds::peer {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind terracat",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "items": {
      "type": "boolean", "default": false,
      "description": "whether items are wanted, too, and not only records and collections"
    },
    "pole": {
      "type": "string", "maxLength": 100, "default": "",
      "description": "only what this pole of the other catalogue has; empty: all of it"
    },
    "max_changes": {
      "type": "integer", "minimum": 1, "default": 5000000,
      "description": "the number of changes after which a walk ends and is said to be incomplete, at least 1"
    },
    "page_size": {
      "type": "integer", "minimum": 1, "maximum": 1000, "default": 200,
      "description": "the number of changes asked for at a time, 1 to 1000"
    }
  }
})json";

} // namespace terracat::kinds::peer

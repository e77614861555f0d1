#pragma once

#include <string_view>

namespace terracat::kinds::command {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind command",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "arguments": {
      "type": "array", "items": {"type": "string"}, "default": [],
      "description": "a list of the arguments of the program, which no shell reads"
    },
    "environment": {
      "type": "object", "additionalProperties": {"type": "string"}, "default": {},
      "description": "a table of the environment variables of the program, beside PATH and LANG"
    },
    "folder": {
      "type": "string", "default": "",
      "description": "the folder that the program runs in; empty: the one that it lies in"
    },
    "time_limit": {
      "type": "integer", "minimum": 1, "maximum": 604800, "default": 3600,
      "description": "the number of seconds that the program may take, 1 to 604800"
    },
    "max_megabytes": {
      "type": "integer", "minimum": 1, "maximum": 1048576, "default": 4096,
      "description": "the number of megabytes that the program may print, 1 to 1048576"
    }
  }
})json";

} // namespace terracat::kinds::command

#pragma once

#include <string_view>

namespace terracat::kinds::files {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind files",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "list": {
      "type": "boolean", "default": false,
      "description": "true if the address is a file with one path on each line, else false"
    }
  }
})json";

} // namespace terracat::kinds::files

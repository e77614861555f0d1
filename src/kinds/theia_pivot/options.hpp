#pragma once

#include <string_view>

namespace terracat::kinds::theia_pivot {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind theia-pivot",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "also": {
      "type": "array", "maxItems": 20, "default": [],
      "items": {"type": "string", "minLength": 1},
      "description": "further files of the same producer, such as the one in the other language: addresses, or paths if the source's address is one"
    }
  }
})json";

} // namespace terracat::kinds::theia_pivot

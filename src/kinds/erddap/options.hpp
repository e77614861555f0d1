#pragma once

#include <string_view>

namespace terracat::kinds::erddap {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind erddap",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "contains": {
      "type": "string", "maxLength": 200, "default": "",
      "description": "only data sets whose id contains this; empty: all"
    },
    "exclude": {
      "type": "array", "default": [],
      "items": {"type": "string", "minLength": 1, "maxLength": 200},
      "description": "a list of ids of data sets that are not wanted"
    }
  }
})json";

} // namespace terracat::kinds::erddap

#pragma once

#include <string_view>

namespace terracat::kinds::dcat {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind dcat",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "media_type": {
      "type": "string", "pattern": "^([A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+)?$", "default": "",
      "description": "the media type to ask for, such as text/turtle, or an empty text for any that can be read"
    },
    "max_pages": {
      "type": "integer", "minimum": 1, "default": 100000,
      "description": "the number of pages after which a catalogue is given up, at least 1"
    }
  }
})json";

} // namespace terracat::kinds::dcat

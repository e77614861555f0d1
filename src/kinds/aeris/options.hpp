#pragma once

#include <string_view>

namespace terracat::kinds::aeris {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind aeris",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "project": {
      "type": "string", "maxLength": 200, "default": "",
      "description": "the short name of the project whose collections are harvested, such as IAGOS, or an empty text for all"
    }
  }
})json";

} // namespace terracat::kinds::aeris

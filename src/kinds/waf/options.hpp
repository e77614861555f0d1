#pragma once

#include <string_view>

namespace terracat::kinds::waf {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind waf",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "folders": {
      "type": "boolean", "default": true,
      "description": "true if the folders within the folder are read, too"
    },
    "ending": {
      "type": "string", "maxLength": 50, "default": "",
      "description": "how the names of the files end that are read, such as -iso.xml, or an empty text for every ending of XML, JSON and RDF"
    }
  }
})json";

} // namespace terracat::kinds::waf

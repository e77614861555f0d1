#pragma once

#include <string_view>

namespace terracat::kinds::thredds {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind thredds",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "contains": {
      "type": "string", "maxLength": 200, "default": "",
      "description": "what stands in the addresses of the catalogues that are followed, such as /thredds/catalog/sea/, or an empty text for all"
    },
    "max_catalogs": {
      "type": "integer", "minimum": 1, "maximum": 50000, "default": 10000,
      "description": "the number of catalogues after which the server is given up"
    }
  }
})json";

} // namespace terracat::kinds::thredds

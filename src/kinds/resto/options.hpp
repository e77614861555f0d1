#pragma once

#include <string_view>

namespace terracat::kinds::resto {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind resto",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "collection": {
      "type": "string", "maxLength": 200, "default": "",
      "description": "what the collection is called; empty: as the description document says it"
    },
    "parameters": {
      "type": "array", "default": [],
      "items": {"type": "string", "maxLength": 2000, "pattern": "^[^=&#]+=.*$"},
      "description": "a list of parameters of the search with a value each, such as productType=S2MSI1C"
    },
    "response": {
      "enum": ["auto", "geojson", "atom"], "default": "auto",
      "description": "geojson or atom, or auto for GeoJSON where the search answers it, else Atom"
    },
    "max_items": {
      "type": "integer", "minimum": 1, "default": 200000,
      "description": "the number of products beyond which a search is refused as too wide, at least 1"
    },
    "page_size": {
      "type": "integer", "minimum": 1, "maximum": 2000, "default": 100,
      "description": "the number of products asked for at a time, 1 to 2000"
    }
  }
})json";

} // namespace terracat::kinds::resto

#pragma once

#include <string_view>

namespace terracat::kinds::odata {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind odata",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "collection": {
      "type": "string", "minLength": 1, "maxLength": 200, "default": "products",
      "description": "what the collection is called that the products are put in"
    },
    "title": {
      "type": "string", "maxLength": 500, "default": "",
      "description": "title of that collection; empty: its name"
    },
    "description": {
      "type": "string", "maxLength": 10000, "default": "",
      "description": "what is said of that collection"
    },
    "filter": {
      "type": "string", "maxLength": 10000, "default": "",
      "description": "which products are wanted, as $filter of OData has it; empty: all"
    },
    "max_items": {
      "type": "integer", "minimum": 1, "default": 200000,
      "description": "the number of products beyond which a search is refused as too wide, at least 1"
    },
    "page_size": {
      "type": "integer", "minimum": 1, "maximum": 1000, "default": 500,
      "description": "the number of products asked for at a time, 1 to 1000"
    }
  }
})json";

} // namespace terracat::kinds::odata

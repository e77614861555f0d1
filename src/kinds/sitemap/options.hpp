#pragma once

#include <string_view>

namespace terracat::kinds::sitemap {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind sitemap",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "contains": {
      "type": "string", "maxLength": 200, "default": "",
      "description": "what stands in the addresses of the pages that are read, such as /dataset/, or an empty text for all pages"
    },
    "max_pages": {
      "type": "integer", "minimum": 1, "maximum": 10000000, "default": 100000,
      "description": "the number of pages after which the site is given up"
    }
  }
})json";

} // namespace terracat::kinds::sitemap

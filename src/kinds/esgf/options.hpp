#pragma once

#include <string_view>

namespace terracat::kinds::esgf {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind esgf",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "facets": {
      "type": "array", "default": [],
      "items": {"type": "string", "maxLength": 500, "pattern": "^[A-Za-z_][A-Za-z0-9_]*!?=.+$"},
      "description": "a list of facets with a value each, such as project=CMIP6; of one facet any value will do"
    },
    "versions": {
      "enum": ["latest", "all"], "default": "latest",
      "description": "latest for the latest version of each data set, or all for superseded and retracted ones, too"
    },
    "replicas": {
      "type": "boolean", "default": false,
      "description": "true to harvest copies at other nodes as well"
    },
    "federated": {
      "type": "boolean", "default": false,
      "description": "true to search the indexes of all nodes, not only that of the address"
    },
    "max_records": {
      "type": "integer", "minimum": 1, "default": 200000,
      "description": "the number of data sets beyond which a search is refused as too wide, at least 1"
    },
    "page_size": {
      "type": "integer", "minimum": 1, "maximum": 10000, "default": 1000,
      "description": "the number of data sets asked for at a time, 1 to 10000"
    }
  }
})json";

} // namespace terracat::kinds::esgf

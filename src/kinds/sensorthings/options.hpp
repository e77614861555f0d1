#pragma once

#include <string_view>

namespace terracat::kinds::sensorthings {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind sensorthings",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "records": {
      "enum": ["things", "datastreams"], "default": "things",
      "description": "things for a record of each Thing with all that it observes, or datastreams for one of each Datastream"
    },
    "filter": {
      "type": "string", "maxLength": 10000, "default": "",
      "description": "which of them are wanted, as $filter has it; empty: all"
    },
    "max_records": {
      "type": "integer", "minimum": 1, "default": 200000,
      "description": "the number beyond which a list is refused as too long, at least 1"
    },
    "page_size": {
      "type": "integer", "minimum": 1, "maximum": 1000, "default": 100,
      "description": "the number of Things or Datastreams asked for at a time, 1 to 1000"
    }
  }
})json";

} // namespace terracat::kinds::sensorthings

#pragma once

#include "kinds/stac_api/choice.hpp"

#include <string_view>

namespace terracat::kinds::stac_static {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind stac-static",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "items": {
      "type": "boolean", "default": false,
      "description": "true to harvest items too, false for collections only"
    },
    "collections": {
      "type": "array", "items": {"type": "string"}, "default": [],
      "description": "a list of the ids of the only collections to harvest"
    },
    "exclude": {
      "type": "array", "items": {"type": "string"}, "default": [],
      "description": "a list of the ids of collections to leave out"
    },
    "other_hosts": {
      "type": "boolean", "default": false,
      "description": "true to follow links to other hosts than that of the address, too"
    }
  }
})json";

struct Options {
  bool items = false;
  bool other_hosts = false;
  stac_api::Choice choice;
};

/// \throws ProtocolError  if they do not fit the schema
[[nodiscard]] Options parse_options(std::string_view json);

} // namespace terracat::kinds::stac_static

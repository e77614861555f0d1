#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds::datacite {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind datacite",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "client": {
      "type": "string", "pattern": "^[A-Za-z0-9._-]*$", "default": "",
      "description": "the id of the repository whose DOIs are harvested, such as inist.ifremer"
    },
    "provider": {
      "type": "string", "pattern": "^[A-Za-z0-9._-]*$", "default": "",
      "description": "the id of the organisation whose DOIs are harvested"
    },
    "prefix": {
      "type": "string", "pattern": "^(10[.][0-9.]+)?$", "default": "",
      "description": "the prefix of the DOIs to harvest, such as 10.17882"
    },
    "query": {
      "type": "string", "default": "",
      "description": "a query in the words of DataCite, such as types.resourceTypeGeneral:Dataset"
    },
    "resource_types": {
      "type": "array", "items": {"type": "string", "pattern": "^[a-z-]+$"}, "uniqueItems": true,
      "default": [],
      "description": "a list of the only types to harvest, such as dataset and collection"
    },
    "page_size": {
      "type": "integer", "minimum": 1, "maximum": 1000, "default": 200,
      "description": "the number of records asked for at a time, 1 to 1000"
    }
  }
})json";

struct Options {
  std::string client;
  std::string provider;
  std::string prefix;
  std::string query;
  std::vector<std::string> resource_types;
  std::size_t page_size = 0;
};

/// \throws ProtocolError  if they do not fit the schema, or choose nothing
[[nodiscard]] Options parse_options(std::string_view json);

} // namespace terracat::kinds::datacite

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds::oai_pmh {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind oai-pmh",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "metadata_prefix": {
      "type": "string", "pattern": "^[A-Za-z0-9_.!~*'()-]*$", "default": "",
      "description": "the format of the records as the repository calls it, such as oai_dc, or an empty text for the richest that can be read"
    },
    "sets": {
      "type": "array", "items": {"type": "string", "minLength": 1}, "uniqueItems": true,
      "default": [],
      "description": "a list of the names of the only sets to harvest"
    }
  }
})json";

struct Options {
  std::string metadata_prefix; ///< empty: what fits best
  std::vector<std::string> sets;
};

/// \throws ProtocolError  if they do not fit the schema
[[nodiscard]] Options parse_options(std::string_view json);

} // namespace terracat::kinds::oai_pmh

#pragma once

#include <terracat/instant.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace terracat::kinds::csw {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind csw",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "method": {
      "enum": ["GET", "POST"], "default": "GET",
      "description": "how requests are sent: GET (parameters) or POST (XML)"
    },
    "output_schema": {
      "type": "string", "pattern": "^(gmd|gmi|mdb|[^:]+:.+)$", "default": "gmd",
      "description": "the schema of the records: gmd, gmi, mdb (ISO 19115-3), or the URI of another"
    },
    "type_names": {
      "type": "string", "minLength": 1, "default": "csw:Record",
      "description": "the type that is queried, such as csw:Record or gmd:MD_Metadata"
    },
    "sort_by": {
      "type": "string", "default": "dc:identifier",
      "description": "the property that keeps pages stable, or an empty text for no order"
    },
    "constraint": {
      "type": "string", "default": "",
      "description": "a filter in CQL text"
    },
    "modified": {
      "type": "string", "pattern": "^[A-Za-z0-9_.:-]*$", "default": "",
      "description": "the property by which changes are asked for, or an empty text for dct:modified of csw:Record and apiso:Modified of all other types"
    },
    "page_size": {
      "type": "integer", "minimum": 1, "maximum": 1000, "default": 50,
      "description": "the number of records asked for at a time, 1 to 1000"
    },
    "max_records": {
      "type": "integer", "minimum": 1,
      "description": "the number of records after which a run ends, at least 1"
    }
  }
})json";

struct Options {
  bool by_post = false;
  std::string output_schema; ///< URI
  std::string type_names;
  std::string sort_by;
  std::string constraint;
  std::string modified; ///< the property that tells when a record was changed
  std::size_t page_size = 0;
  std::optional<std::size_t> max_records;
};

/// \throws ProtocolError  if they do not fit the schema
[[nodiscard]] Options parse_options(std::string_view json);

/// Lets the constraint hold only for what was changed at that time or later.
void limit_to_changes(Options& options, model::Instant since);

} // namespace terracat::kinds::csw

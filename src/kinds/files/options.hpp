#pragma once

#include <string_view>

namespace terracat::kinds::files {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind files",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "list": {
      "type": "boolean", "default": false,
      "description": "true if the address is a file with one path on each line, else false; what lies outside its folder goes by its last name, and of data with one name the first is taken, the others are refused"
    },
    "read": {
      "enum": ["metadata", "data"], "default": "metadata",
      "description": "what the files are: metadata, or data (rasters, NetCDF, vector files), of each of which an item is made"
    },
    "collection": {
      "type": "string", "default": "",
      "description": "the id of the collection that items made of data belong to; empty: that of collection.json in the folder, else the name of the folder"
    },
    "time_pattern": {
      "type": "string", "maxLength": 200, "default": "",
      "description": "where the time of data stands in names of files, such as S2A_*_{year}{month}{day}T*; empty: their metadata tell"
    },
    "base_url": {
      "type": "string", "pattern": "^(https?://.+)?$", "default": "",
      "description": "the address below which the files of data are served; empty: the site serves them, if the source has an asset_folder"
    },
    "checksum": {
      "type": "boolean", "default": true,
      "description": "true if files of data are read to their ends for a checksum (SHA-256), else false"
    }
  }
})json";

} // namespace terracat::kinds::files

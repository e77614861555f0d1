#pragma once

#include "kinds/stac_api/choice.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace terracat::kinds::stac_api {

inline constexpr std::string_view options_schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Options of a source of kind stac-api",
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
    "items_from": {
      "enum": ["items", "search"], "default": "items",
      "description": "where items come from: items (of each collection) or search (by POST)"
    },
    "filter": {
      "type": "string", "maxLength": 10000, "default": "",
      "description": "a condition for items that come from searches, as CQL2 in JSON, or an empty text for all; the address must be the landing page, which says that they can be filtered"
    },
    "collections_method": {
      "enum": ["GET", "POST"], "default": "GET",
      "description": "how collections are listed: GET or POST"
    },
    "paging": {
      "enum": ["links", "page"], "default": "links",
      "description": "how pages follow: links (rel=next) or page (a parameter that counts from 1)"
    },
    "page_size": {
      "type": "integer", "minimum": 1, "maximum": 10000, "default": 100,
      "description": "the number of items asked for at a time, 1 to 10000"
    },
    "max_pages": {
      "type": "integer", "minimum": 1, "default": 100000,
      "description": "the number of pages after which a list is given up, at least 1"
    }
  }
})json";

enum class Paging : std::uint8_t { links, page };

struct Options {
  bool items = false;
  Choice choice;
  bool items_by_search = false;
  std::string filter; ///< CQL2 in JSON; empty: all
  bool collections_by_post = false;
  Paging paging = Paging::links;
  std::size_t page_size = 0;
  std::size_t max_pages = 0;
};

/// \throws ProtocolError  if they do not fit the schema
[[nodiscard]] Options parse_options(std::string_view json);

} // namespace terracat::kinds::stac_api

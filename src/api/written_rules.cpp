#include "api/written_rules.hpp"

#include "api/written_text.hpp"
#include "json/schema.hpp"

namespace terracat::api {
namespace {

/// What any part of a document may say of itself.
constexpr std::string_view metadata_rules = R"json({"$id": "metadata",
"definitions": {
  "word": {"type": "string", "minLength": 1},
  "text": {"type": "string"},
  "texts": {"type": "array", "items": {"type": "string"}},
  "moment": {"type": "string",
    "pattern": "^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9](:[0-6][0-9]){2}([.][0-9]+)?(Z|[+]00:00)$",
    "errorMessage": "expected a moment in UTC, such as 2024-05-01T10:30:00Z"},
  "perhaps": {"anyOf": [{"type": "null"}, {"$ref": "#/definitions/moment"}],
              "errorMessage": "expected a moment in UTC, such as 2024-05-01T10:30:00Z, or null"},
  "count": {"type": "integer", "minimum": 0},
  "addresses": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
  "version": {"type": "string", "pattern": "^1[.][01][.][0-9]+(-[0-9a-z.]+)?$",
              "errorMessage": "expected 1.1.0 or 1.0.0"},
  "box": {"type": "array", "items": {"type": "number"},
          "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}]},
  "provider": {"type": "object", "required": ["name"], "properties": {
    "name": {"$ref": "#/definitions/word"},
    "description": {"type": "string"},
    "url": {"type": "string"},
    "roles": {"type": "array",
              "items": {"enum": ["host", "licensor", "processor", "producer"]}}}},
  "statistics": {"type": "object", "minProperties": 1, "properties": {
    "minimum": {"type": "number"}, "maximum": {"type": "number"}, "mean": {"type": "number"},
    "stddev": {"type": "number"}, "count": {"$ref": "#/definitions/count"},
    "valid_percent": {"type": "number", "minimum": 0, "maximum": 100}}},
  "band": {"type": "object", "properties": {"name": {"type": "string"}},
           "allOf": [{"$ref": "#/definitions/part"}]},
  "part": {"type": "object",
    "dependencies": {"start_datetime": ["end_datetime"], "end_datetime": ["start_datetime"]},
    "properties": {
      "title": {"$ref": "#/definitions/text"},
      "description": {"$ref": "#/definitions/word"},
      "keywords": {"$ref": "#/definitions/texts"},
      "roles": {"$ref": "#/definitions/texts"},
      "datetime": {"$ref": "#/definitions/perhaps"},
      "start_datetime": {"$ref": "#/definitions/moment"},
      "end_datetime": {"$ref": "#/definitions/moment"},
      "created": {"$ref": "#/definitions/moment"},
      "updated": {"$ref": "#/definitions/moment"},
      "platform": {"$ref": "#/definitions/text"},
      "instruments": {"$ref": "#/definitions/texts"},
      "constellation": {"$ref": "#/definitions/text"},
      "mission": {"$ref": "#/definitions/text"},
      "gsd": {"type": "number", "exclusiveMinimum": 0},
      "license": {"type": "string", "pattern": "^[A-Za-z0-9_.+-]+$",
                  "errorMessage": "expected an identifier of SPDX, or other"},
      "providers": {"type": "array", "items": {"$ref": "#/definitions/provider"}},
      "bands": {"type": "array", "items": {"$ref": "#/definitions/band"}},
      "data_type": {"enum": ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32",
                             "uint64", "float16", "float32", "float64", "cint16", "cint32",
                             "cfloat32", "cfloat64", "other"]},
      "nodata": {"anyOf": [{"type": "number"}, {"enum": ["nan", "inf", "-inf"]}]},
      "statistics": {"$ref": "#/definitions/statistics"},
      "unit": {"$ref": "#/definitions/text"}}},
  "link": {"allOf": [{"$ref": "#/definitions/part"}], "required": ["rel", "href"], "properties": {
    "rel": {"$ref": "#/definitions/word"},
    "href": {"$ref": "#/definitions/word"},
    "type": {"type": "string"},
    "method": {"type": "string", "pattern": "^[A-Z]+$"},
    "headers": {"type": "object", "additionalProperties": {
      "anyOf": [{"type": "string"}, {"$ref": "#/definitions/texts"}]}}}},
  "links": {"type": "array", "items": {"$ref": "#/definitions/link"}},
  "asset": {"allOf": [{"$ref": "#/definitions/part"}], "required": ["href"], "properties": {
    "href": {"$ref": "#/definitions/word"}, "type": {"type": "string"}}},
  "assets": {"type": "object", "additionalProperties": {"$ref": "#/definitions/asset"}}}})json";

constexpr std::string_view item_rules = R"json({"$id": "item",
"type": "object", "required": ["type", "stac_version", "geometry", "properties"], "properties": {
  "type": {"const": "Feature"},
  "stac_version": {"$ref": "metadata#/definitions/version"},
  "stac_extensions": {"$ref": "metadata#/definitions/addresses"},
  "id": {"$ref": "metadata#/definitions/word"},
  "collection": {"$ref": "metadata#/definitions/word"},
  "geometry": {"type": ["object", "null"]},
  "bbox": {"$ref": "metadata#/definitions/box"},
  "properties": {"$ref": "metadata#/definitions/part"},
  "links": {"$ref": "metadata#/definitions/links"},
  "assets": {"$ref": "metadata#/definitions/assets"}}})json";

constexpr std::string_view collection_rules = R"json({"$id": "collection",
"allOf": [{"$ref": "metadata#/definitions/part"}],
"required": ["type", "stac_version", "description", "license"], "properties": {
  "type": {"const": "Collection"},
  "stac_version": {"$ref": "metadata#/definitions/version"},
  "stac_extensions": {"$ref": "metadata#/definitions/addresses"},
  "id": {"$ref": "metadata#/definitions/word"},
  "extent": {"type": "object", "properties": {
    "spatial": {"type": "object", "properties": {"bbox": {
      "type": "array", "items": {"$ref": "metadata#/definitions/box"},
      "oneOf": [{"minItems": 1, "maxItems": 1}, {"minItems": 3}]}}},
    "temporal": {"type": "object", "properties": {"interval": {
      "type": "array", "minItems": 1, "items": {
        "type": "array", "minItems": 2, "maxItems": 2,
        "items": {"$ref": "metadata#/definitions/perhaps"}}}}}}},
  "links": {"$ref": "metadata#/definitions/links"},
  "assets": {"$ref": "metadata#/definitions/assets"},
  "item_assets": {"type": "object", "additionalProperties": {
    "allOf": [{"$ref": "metadata#/definitions/part"}], "minProperties": 2, "properties": {
      "href": false, "type": {"type": "string"}}}},
  "summaries": {"type": "object", "additionalProperties": {"anyOf": [
    {"type": "array", "minItems": 1},
    {"type": "object", "required": ["minimum", "maximum"], "properties": {
      "minimum": {"type": ["number", "string"]}, "maximum": {"type": ["number", "string"]}}},
    {"type": "object", "minProperties": 1, "allOf": [{"$ref": "schema"}]}]}}}})json";

/// A JSON Schema (draft-07), as the values of a summary may be described.
constexpr std::string_view schema_rules = R"json({"$id": "schema",
"type": ["object", "boolean"], "properties": {
  "$id": {"type": "string"}, "$ref": {"type": "string"}, "$schema": {"type": "string"},
  "$comment": {"type": "string"}, "title": {"type": "string"}, "description": {"type": "string"},
  "format": {"type": "string"}, "pattern": {"type": "string"},
  "readOnly": {"type": "boolean"}, "uniqueItems": {"type": "boolean"},
  "enum": {"type": "array"}, "examples": {"type": "array"},
  "type": {"anyOf": [{"$ref": "#/definitions/type"}, {"type": "array", "minItems": 1,
    "uniqueItems": true, "items": {"$ref": "#/definitions/type"}}]},
  "minimum": {"type": "number"}, "maximum": {"type": "number"},
  "exclusiveMinimum": {"type": "number"}, "exclusiveMaximum": {"type": "number"},
  "multipleOf": {"type": "number", "exclusiveMinimum": 0},
  "minLength": {"$ref": "metadata#/definitions/count"},
  "maxLength": {"$ref": "metadata#/definitions/count"},
  "minItems": {"$ref": "metadata#/definitions/count"},
  "maxItems": {"$ref": "metadata#/definitions/count"},
  "minProperties": {"$ref": "metadata#/definitions/count"},
  "maxProperties": {"$ref": "metadata#/definitions/count"},
  "required": {"$ref": "metadata#/definitions/addresses"},
  "items": {"anyOf": [{"$ref": "#"}, {"$ref": "#/definitions/list"}]},
  "additionalItems": {"$ref": "#"}, "contains": {"$ref": "#"},
  "additionalProperties": {"$ref": "#"}, "propertyNames": {"$ref": "#"},
  "properties": {"$ref": "#/definitions/named"},
  "patternProperties": {"$ref": "#/definitions/named"},
  "definitions": {"$ref": "#/definitions/named"},
  "dependencies": {"type": "object", "additionalProperties": {
    "anyOf": [{"$ref": "#"}, {"$ref": "metadata#/definitions/addresses"}]}},
  "not": {"$ref": "#"}, "if": {"$ref": "#"}, "then": {"$ref": "#"}, "else": {"$ref": "#"},
  "allOf": {"$ref": "#/definitions/list"}, "anyOf": {"$ref": "#/definitions/list"},
  "oneOf": {"$ref": "#/definitions/list"}},
"definitions": {
  "type": {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]},
  "list": {"type": "array", "minItems": 1, "items": {"$ref": "#"}},
  "named": {"type": "object", "additionalProperties": {"$ref": "#"}}}})json";

json::SchemaSet compiled() {
  auto const text = [](std::string_view rules) {
    return json::SchemaText{.name = {}, .address = {}, .text = std::string(rules)};
  };
  return json::SchemaSet::compile(
             {text(metadata_rules), text(item_rules), text(collection_rules), text(schema_rules)})
      .value();
}

void expect(std::string_view rules, json::Value const& value, std::string const& where) {
  static auto const all = compiled(); // constant
  if (auto const problem = all.find(rules)->check(value)) {
    refuse_written(where, problem->where, problem->detail);
  }
}

/// As STAC has it.
void expect_bands_of_assets(json::Value const& item, std::string const& where) {
  if (!item.member("properties")->member("bands")) return;
  if (auto const assets = item.member("assets")) {
    for (auto const& [name, asset] : assets->members()) {
      if (asset.member("bands")) return;
    }
  }
  refuse_written(where, "/properties/bands",
                 "an item has bands only if one of its assets has some");
}

} // namespace

void expect_item(json::Value const& item, std::string const& where) {
  expect("item", item, where);
  expect_bands_of_assets(item, where);
}

void expect_collection(json::Value const& collection, std::string const& where) {
  expect("collection", collection, where);
}

void expect_extensions(Exchange const& exchange, std::string_view document,
                       std::string const& where) {
  auto const& schemas = exchange.site().transactions.value().schemas;
  if (schemas == nullptr) return;
  auto const parsed = exchange.worker().document_parser().parse(document).value();
  auto const extensions = parsed.member("stac_extensions");
  if (!extensions) return;
  for (auto const extension : extensions->elements()) {
    auto const address = extension.string().value_or("");
    auto const* const schema = schemas->find(address);
    if (schema == nullptr) continue;
    if (auto const problem = schema->check(parsed)) {
      refuse_written(where, problem->where, problem->detail + "; so says " + std::string(address));
    }
  }
}

} // namespace terracat::api

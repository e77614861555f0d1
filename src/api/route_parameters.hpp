#pragma once

#include "api/routes.hpp"

#include <algorithm>
#include <array>
#include <string_view>

/// The parameters that the rows of the route table name (routes.cpp), as OpenAPI describes them.
namespace terracat::api::route_parameters {

inline constexpr std::string_view text = R"({"type":"string"})";
inline constexpr std::string_view texts = R"({"type":"array","items":{"type":"string"}})";
inline constexpr std::string_view some_texts =
    R"({"type":"array","minItems":1,"items":{"type":"string"}})";
inline constexpr std::string_view moment = R"({"type":"string","format":"date-time"})";
inline constexpr std::string_view buckets_limit =
    R"({"type":"integer","minimum":1,"maximum":1000,"default":20})";
inline constexpr ParameterRow format{format_parameter, forms_of_route,
                                     "Representation, which else the header Accept chooses"};
inline constexpr ParameterRow limit{
    "limit", limit_of_items, "Most items on a page; more than the maximum counts as the maximum"};
inline constexpr ParameterRow collections_limit{
    "limit", limit_of_collections, "Most collections on a page; more count as the maximum"};
inline constexpr ParameterRow token{"token", text, "Which page, as a link 'next' or 'prev' says"};
inline constexpr ParameterRow bbox{
    "bbox", R"({"type":"array","items":{"type":"number"},"minItems":4,"maxItems":6})",
    "West, south, east, north in degrees, or six numbers with heights; west > east crosses the "
    "antimeridian"};
inline constexpr ParameterRow datetime{
    "datetime", text, "A date-time of RFC 3339, or an interval start/end open with '..'"};
inline constexpr ParameterRow ids{"ids", texts, "Ids of what is asked for"};
inline constexpr ParameterRow collections{"collections", texts, "Ids of collections"};
inline constexpr ParameterRow intersects{"intersects", text, "GeoJSON of what it has to meet"};
inline constexpr ParameterRow q{
    "q", texts, "Phrases, of which one stands in title, description, keywords or the like"};
inline constexpr ParameterRow words{
    "q", texts,
    "Words that are said: rain AND (snow OR \"sea ice\"), +rain -snow; or phrases: sea ice,rain"};
inline constexpr ParameterRow guessed{
    "guessed", R"({"type":"boolean","default":false})",
    "Records without a place are where it is guessed; they come last, marked by gaia:guessed"};
inline constexpr ParameterRow explain{
    "explain", R"({"type":"boolean","default":false})",
    "Take q for a question: the best answer first, each with score and reasons"};
inline constexpr ParameterRow place{
    "place", R"({"type":"string","enum":["words","weighed","bounds"],"default":"weighed"})",
    "What a place does that a question names: no more than words, weigh, or bound what is found"};
inline constexpr ParameterRow sortby{"sortby", text, "Properties to sort by: -datetime,+id"};
inline constexpr ParameterRow fields{"fields", text, "Members of the answer: id,-geometry"};
inline constexpr ParameterRow query{"query", text,
                                    "Conditions on properties, as JSON (query extension)"};
inline constexpr ParameterRow filter{"filter", text, "A filter of CQL2: eo:cloud_cover<10"};
inline constexpr ParameterRow filter_lang{
    "filter-lang", R"({"type":"string","enum":["cql2-text","cql2-json"],"default":"cql2-text"})",
    "Language of the filter"};
inline constexpr ParameterRow filter_crs{
    "filter-crs", text, "CRS of the filter's coordinates, as OGC writes it; CRS84 if absent"};
inline constexpr ParameterRow crs{"crs", text,
                                  "CRS of the answer, one of the collection's; CRS84 if absent"};
inline constexpr ParameterRow bbox_crs{"bbox-crs", text, "CRS of bbox; CRS84 if absent"};

inline constexpr ParameterRow language{
    "language", texts,
    "Languages that texts are wanted in, as Accept-Language has them, "
    "which it wins over: fr,en;q=0.5"};
inline constexpr ParameterRow profile{
    "profile", texts, "Profiles that are wanted; each resource has one, which the answer names"};
inline constexpr ParameterRow offset{"offset", R"({"type":"integer","minimum":0,"default":0})",
                                     "Records to pass over; a link 'next' is surer"};
inline constexpr ParameterRow sort_keys{"sortby", some_texts,
                                        "Properties to sort by: -updated,title"};
inline constexpr ParameterRow types{"type", texts, "Types of records: dataset,service"};
inline constexpr ParameterRow external_ids{
    "externalIds", texts, "Identifiers given elsewhere: 10.5555/x, doi:10.5555/x, or a scheme"};

// What the items of a collection match: the names begin with `items_prefix`.
inline constexpr std::array of_matching_items{
    ParameterRow{"items-bbox", bbox.schema, "Only collections with items in this box"},
    ParameterRow{"items-datetime", text, "… with items of this time"},
    ParameterRow{"items-ids", texts, "… with items that have one of these ids"},
    ParameterRow{"items-intersects", text, "… with items that meet this geometry"},
    ParameterRow{"items-q", words.schema, "… with items that say this: rain AND (snow OR hail)"},
    ParameterRow{"items-query", text, "… with items of which this is true (query extension)"},
    ParameterRow{"items-filter", text, "… with items of which this is true: eo:cloud_cover<10"},
    ParameterRow{"items-filter-lang", filter_lang.schema, "Language of the filter on items"},
    ParameterRow{"items-filter-crs", text, "CRS of its coordinates; CRS84 if absent"}};
inline constexpr std::array none{format};
inline constexpr std::array of_texts{format, language};
inline constexpr ParameterRow links_limit{
    "limit", R"({"type":"integer","minimum":1,"maximum":1000,"default":1000})",
    "Most links on a page; more than the maximum counts as the maximum"};
inline constexpr std::array of_pages{format, language, links_limit, token};
inline constexpr std::array of_catalog{format, profile};
inline constexpr std::array of_record{format, profile, language};
inline constexpr std::array of_catalog_pages{format, profile, links_limit, token};
inline constexpr std::array of_children{format, language, collections_limit, token};

template<std::size_t... Sizes>
constexpr auto all_of(std::array<ParameterRow, Sizes> const&... parts) {
  std::array<ParameterRow, (Sizes + ...)> out{};
  auto* at = out.data();
  ((at = std::ranges::copy(parts, at).out), ...);
  return out;
}

constexpr auto collections_by(ParameterRow const& free_text) {
  return all_of(std::array{format, language, collections_limit, token, bbox, datetime, ids,
                           intersects, free_text, explain, place, sort_keys, fields, query, filter,
                           filter_lang, filter_crs},
                of_matching_items);
}

inline constexpr auto of_collections = collections_by(q);
inline constexpr auto of_stac_collections = collections_by(words);

// `collections` names the collection of the path once more: pystac-client says both.
inline constexpr std::array of_items{format,   language, limit,       token,       bbox,
                                     datetime, ids,      collections, words,       sortby,
                                     fields,   query,    filter,      filter_lang, filter_crs};
inline constexpr ParameterRow by_property{
    any_property, R"({"type":"object","additionalProperties":{"type":"string"}})",
    "Equal to a property, each under its own name, as /queryables tells them: platform=sat-a"};
inline constexpr auto of_features = all_of(of_items, std::array{crs, bbox_crs, by_property});
inline constexpr auto of_feature = all_of(of_texts, std::array{crs});
inline constexpr std::array of_search{format, language,    limit,       token,     bbox,   datetime,
                                      ids,    collections, intersects,  words,     sortby, fields,
                                      query,  filter,      filter_lang, filter_crs};

inline constexpr ParameterRow footprints_limit{
    "limit", limit_of_footprints,
    "Most footprints in a tile; more than the maximum counts as the maximum"};
inline constexpr ParameterRow tile_fields{
    "fields", text,
    "Properties that footprints come with besides id and collection: "
    "id,properties.datetime"};
inline constexpr std::array of_tiles{
    footprints_limit, bbox,        datetime, ids,    collections, intersects, words,
    sortby,           tile_fields, query,    filter, filter_lang, filter_crs};

inline constexpr ParameterRow aggregations{
    "aggregations", texts, "Names of those to compute; the link 'aggregations' leads to a list"};
inline constexpr ParameterRow interval{
    "datetime_frequency_interval", R"({"type":"string","enum":["hour","day","month","year"]})",
    "Steps of datetime_frequency; the finest of which there are not too many if absent"};
inline constexpr ParameterRow geohashes{
    "centroid_geohash_grid_frequency_precision",
    R"({"type":"integer","minimum":1,"maximum":12,"default":1})", "Characters of the geohashes"};
inline constexpr ParameterRow geotiles{"centroid_geotile_grid_frequency_precision",
                                       R"({"type":"integer","minimum":0,"maximum":29,"default":0})",
                                       "Zoom of the tiles"};
inline constexpr std::array of_aggregate{format,      aggregations, bbox,     datetime,  ids,
                                         collections, intersects,   words,    query,     filter,
                                         filter_lang, filter_crs,   interval, geohashes, geotiles};

inline constexpr std::array common_of_records{
    format, bbox, datetime, ids, q, types, external_ids, filter, filter_lang, filter_crs};

// Each property of records (query/record_definitions.cpp) under its own name: equal to it, or in it
// where it is a list.
inline constexpr std::array properties_of_records{
    ParameterRow{"access", text,
                 "What it takes to get the data: open, account, request, restricted"},
    ParameterRow{"concepts", text,
                 "The address of a concept: what is about it, or about one that lies below"},
    ParameterRow{"contacts", text, "A name of a person or an organisation"},
    ParameterRow{"created", moment, "Time of creation of the metadata"},
    ParameterRow{"description", text, "The whole description"},
    ParameterRow{"end_datetime", moment, "End of the period"},
    ParameterRow{"formats", text, "A name of a format of the data"},
    ParameterRow{"instruments", text, "An instrument"},
    ParameterRow{"keywords", text, "A keyword"},
    ParameterRow{"language", text, "Language of the metadata"},
    ParameterRow{"license", text, "Licence, as SPDX names it"},
    ParameterRow{"platform", text, "A platform"},
    ParameterRow{"producers", text, "A name of an organisation"},
    ParameterRow{"resolution", text,
                 "How fine the data are on the ground: below-1m, 1m-10m, 10m-30m, 30m-100m, "
                 "100m-1km, 1km-10km, 10km-50km, from-50km"},
    ParameterRow{"resourceLanguages", text, "A language of the data"},
    ParameterRow{"start_datetime", moment, "Beginning of the period"},
    ParameterRow{"themes", text, "The address of a concept"},
    ParameterRow{"title", text, "The whole title"},
    ParameterRow{"updated", moment, "Time of the last change of the metadata"},
    ParameterRow{"variables", text, "A variable"}};

inline constexpr ParameterRow facets{
    "facets",
    R"({"type":"array","items":{"type":"string",)"
    R"("pattern":"[A-Za-z_]+(:[0-9]*(:(value_asc|value_desc|count_asc|count_desc)?)?)?"}})",
    "What is counted beside the list: keywords:20:value_asc,producers; all if absent"};
inline constexpr auto of_records =
    all_of(std::array{limit, token, profile, offset, explain, place, guessed, sort_keys, facets},
           common_of_records, properties_of_records);
inline constexpr ParameterRow pole{"pole", text, "A pole, whose records are asked for"};
inline constexpr auto of_facets = all_of(
    std::array{ParameterRow{"facets", texts, "Names of those that are wanted; all if absent"},
               ParameterRow{"limit", buckets_limit, "Most values of each facet"},
               ParameterRow{"facet_q", text, "Part of the labels of the values"},
               ParameterRow{"lang", text, "Language of concepts: fr"}, explain, place, guessed,
               pole},
    common_of_records, properties_of_records);
inline constexpr ParameterRow lang{"lang", text, "Language of labels: fr"};
inline constexpr std::array of_similar{
    lang, ParameterRow{"limit", R"({"type":"integer","minimum":1,"maximum":50})", "Most records"}};
inline constexpr std::array of_quality{lang};
inline constexpr auto of_footprints = all_of(
    std::array{
        ParameterRow{
            "classes",
            R"({"type":"array","items":{"type":"string","enum":["global","regional","point"]}})",
            "How large what is wanted is; any if absent"},
        ParameterRow{"area", text, "Corners: 5_43_8_43_8_46; another ring behind __"}},
    std::array{explain, place, pole}, common_of_records, properties_of_records);
inline constexpr std::array of_suggestions{
    ParameterRow{"q", text, "What was typed, from two letters on"},
    ParameterRow{"limit", R"({"type":"integer","minimum":1,"maximum":50,"default":8})",
                 "Most suggestions"},
    lang,
    ParameterRow{"types", texts, "Of concept, producer, platform, place, dataset; all if absent"}};
inline constexpr std::array of_parse{ParameterRow{"q", text, "A question in a person's words"},
                                     lang};
} // namespace terracat::api::route_parameters

#include "api/routes.hpp"

#include "api/change_parameters.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/operator_parameters.hpp"
#include "api/pattern.hpp"
#include "api/route_parameters.hpp"
#include "api/vocabulary_parameters.hpp"

#include <algorithm>
#include <array>

namespace terracat::api {
namespace {

using namespace route_parameters;

/// Of features. Links of an answer to POST are none for feeds.
constexpr Forms streams_or_feed = streams | Forms{Form::atom};
constexpr Forms plain_streams{Form::ndjson, Form::csv};
constexpr Forms lines{Form::ndjson};
constexpr Forms page_alone{Form::html};

constexpr auto get = Method::get;
constexpr auto post = Method::post;
constexpr auto put = Method::put;
constexpr auto patch = Method::patch;
constexpr auto remove = Method::remove;

constexpr Families site{};
constexpr Families every_root{Family::stac, Family::features, Family::records};
constexpr Families item_roots{Family::stac, Family::features};
constexpr Families stac_roots{Family::stac};
constexpr Families feature_roots{Family::features};
constexpr Families record_roots{Family::records};

constexpr auto heavy = Work::heavy;
constexpr auto light = Work::light;
constexpr auto vital = Work::vital;
constexpr std::string_view no_body{};
constexpr Forms no_others{};
constexpr int created = 201;
constexpr int changed = 204;

/// The row of what only they are told.
constexpr Route for_operators(Route row) noexcept {
  row.is_for_operators = true;
  return row;
}

/// The row of a document that many ask for: what its handler asks `known_answer` for.
constexpr Route kept(Route row) noexcept {
  row.is_kept = true;
  return row;
}

// THE table. method, roots, path, handler, operation, summary, answer and its schema, parameters,
// work, schema of the body, other forms, status of what was written
constexpr std::array table{
    Route{get, site, "/", get_site, "getSite", "The site and its APIs", json_type, "object", none,
          light, no_body, page_alone},
    Route{get, site, "/api", get_openapi, "getOpenApi", "What the site has beside its APIs",
          openapi_type, "object", none, light},
    Route{get, site, "/api.html", get_openapi_page, "getOpenApiPage", "The same for people to read",
          html_type, "text", none, light},
    Route{get, site, "/health", get_health, "getHealth", "How the site and its sources are",
          json_type, "object", none},
    Route{get, site, "/health/live", get_live, "getLive", "Whether the process lives", json_type,
          "object", none, vital},
    Route{get, site, "/health/ready", get_ready, "getReady", "Whether it can answer", json_type,
          "object", none, vital},
    Route{get, site, "/metrics", get_metrics, "getMetrics", "Figures for Prometheus", text_type,
          "text", none},
    Route{get, site, "/api/v1/facets", get_facets, "getFacets",
          "By what the records of a search can be narrowed", json_type, "facets", of_facets},
    Route{get, site, "/api/v1/footprints", get_footprints, "getFootprints",
          "Where the records of a search are, for a map", geojson_type, "footprints",
          of_footprints},
    Route{get, site, "/api/v1/suggest", get_suggestions, "getSuggestions",
          "What somebody may mean who is typing", json_type, "suggestions", of_suggestions},
    Route{get, site, "/api/v1/themes", get_themes, "getThemes",
          "Compartments of the Earth system, with their data sets counted", json_type, "themes",
          of_words},
    Route{get, site, "/api/v1/themes/{theme}", get_theme, "getTheme",
          "A compartment, its parts and what is measured there", json_type, "theme", of_words},
    Route{get, site, "/api/v1/parse", get_parse, "getParse",
          "What a question says: language, time, words", json_type, "understood", of_parse, light},
    Route{get, site, "/api/v1/datasets/{id}/snippets", get_snippets, "getSnippets",
          "Code to begin with the items of a data set", json_type, "snippets", none},
    Route{get, site, "/api/v1/datasets/{id}/similar", get_similar, "getSimilar",
          "What is most like a data set, and why", json_type, "similar", of_similar},
    Route{get, site, "/api/v1/datasets/{id}/enrichment", get_enrichment, "getEnrichment",
          "What the catalogue found out about a record by itself", json_type, "enrichment",
          of_quality},
    Route{get, site, "/api/v1/datasets/{id}/quality", get_quality, "getQuality",
          "How complete a description is, and what is missing", json_type, "quality", of_quality},
    Route{get, site, "/api/v1/status", get_status, "getStatus",
          "What the site holds of each source, and how old it is", json_type, "status", none},
    for_operators({get, site, "/api/v1/runs", get_runs, "getRuns", "The last runs of harvests",
                   json_type, "runs", of_runs}),
    for_operators({get, site, "/api/v1/trends", get_trends, "getTrends",
                   "How the last run of each source compares with those before it", json_type,
                   "trends", of_trends, heavy, no_body, plain_streams}),
    for_operators({get, site, "/api/v1/runs/{run}", get_run, "getRun",
                   "A run, and what was told of its documents", json_type, "run", none}),
    for_operators({get, site, "/api/v1/runs/{run}/documents", get_run_documents, "getRunDocuments",
                   "Documents of a run of which something is told", json_type, "runDocuments",
                   of_run_documents, heavy, no_body, plain_streams}),
    for_operators({post, site, "/api/v1/runs/{run}/abort", post_abort, "postAbort",
                   "Stops a run in progress at its next page", json_type, "runAborted"}),
    for_operators({post, site, "/api/v1/sources/{source}/pause", post_pause, "postPause",
                   "Leaves a source alone", json_type, "sourcePaused", none, heavy, "pause"}),
    for_operators({post, site, "/api/v1/sources/{source}/resume", post_resume, "postResume",
                   "Lets a source be harvested again", json_type, "sourceResumed"}),
    for_operators({get, site, "/api/v1/renamed", get_renamed, "getRenamed",
                   "Records that may have another identifier at their source", json_type,
                   "renamed"}),
    for_operators({post, site, "/api/v1/renamed", post_renamed, "postRenamed",
                   "Decides whether a new record is one that is missing", json_type,
                   "renamingDecided", none, heavy, "renamingDecision"}),
    for_operators({get, site, "/api/v1/suggestions", get_keyword_suggestions,
                   "getKeywordSuggestions", "Keywords that no concept is sure to be", json_type,
                   "keywordSuggestions", of_keyword_suggestions, heavy, no_body, plain_streams}),
    for_operators({post, site, "/api/v1/suggestions", post_keyword_suggestion,
                   "postKeywordSuggestion", "Decides what a keyword stands for", json_type,
                   "keywordDecided", none, heavy, "keywordDecision"}),
    Route{get, site, "/skosmos/rest/v1/vocabularies", get_skosmos_vocabularies,
          "skosmosVocabularies", "The vocabularies", json_type, "object", of_words, light},
    Route{get, site, "/skosmos/rest/v1/search", get_skosmos_search, "skosmosSearch",
          "Concepts by labels", json_type, "object", of_words_search},
    Route{get, site, "/skosmos/rest/v1/label", get_skosmos_label, "skosmosLabel",
          "The label of a concept", json_type, "object", of_concept, light},
    Route{get, site, "/skosmos/rest/v1/data", get_skosmos_data, "skosmosData", "A concept as RDF",
          json_ld_type, "object", of_concept_data, light},
    Route{get, site, "/skosmos/rest/v1/types", get_skosmos_types, "skosmosTypes",
          "What concepts are", json_type, "object", of_words},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}", get_skosmos_vocabulary, "skosmosVocabulary",
          "A vocabulary", json_type, "object", of_words, light},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/types", get_skosmos_types,
          "skosmosVocabularyTypes", "What its concepts are", json_type, "object", of_words},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/topConcepts", get_skosmos_top_concepts,
          "skosmosTopConcepts", "Its top concepts", json_type, "object", of_top_concepts},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/data", get_skosmos_data,
          "skosmosVocabularyData", "One of its concepts as RDF", json_ld_type, "object",
          of_concept_data, light},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/search", get_skosmos_search,
          "skosmosVocabularySearch", "Its concepts by labels", json_type, "object",
          of_words_search},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/lookup", get_skosmos_lookup, "skosmosLookup",
          "Its concepts with a label", json_type, "object", of_lookup, light},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/label", get_skosmos_label,
          "skosmosVocabularyLabel", "The label of one of its concepts", json_type, "object",
          of_concept, light},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/broader", get_skosmos_broader, "skosmosBroader",
          "What lies next above a concept", json_type, "object", of_concept, light},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/broaderTransitive", get_skosmos_all_broader,
          "skosmosBroaderTransitive", "All that lies above a concept", json_type, "object",
          of_concept_steps},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/narrower", get_skosmos_narrower,
          "skosmosNarrower", "What lies next below a concept", json_type, "object", of_concept},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/narrowerTransitive", get_skosmos_all_narrower,
          "skosmosNarrowerTransitive", "All that lies below a concept", json_type, "object",
          of_concept_steps},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/related", get_skosmos_related, "skosmosRelated",
          "What a concept has to do with", json_type, "object", of_concept, light},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/children", get_skosmos_children,
          "skosmosChildren", "What lies below a concept, for a tree", json_type, "object",
          of_concept},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/hierarchy", get_skosmos_hierarchy,
          "skosmosHierarchy", "The way from a concept to the top", json_type, "object", of_concept},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/mappings", get_skosmos_mappings,
          "skosmosMappings", "What a concept is in other vocabularies", json_type, "object",
          of_mappings, light},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/new", get_skosmos_new, "skosmosNew",
          "Its newest concepts", json_type, "object", of_changes},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/modified", get_skosmos_modified,
          "skosmosModified", "Its concepts that were changed last", json_type, "object",
          of_changes},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/groups", get_skosmos_groups, "skosmosGroups",
          "Its groups of concepts", json_type, "object", of_words},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/groupMembers", get_skosmos_group_members,
          "skosmosGroupMembers", "What is in a group", json_type, "object", of_concept},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/index", get_skosmos_letters, "skosmosLetters",
          "The letters that labels begin with", json_type, "object", of_words},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/index/{letter}", get_skosmos_letter,
          "skosmosLetter", "Its concepts with a label that begins with a letter", json_type,
          "object", of_letter},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/vocabularyStatistics", get_skosmos_statistics,
          "skosmosVocabularyStatistics", "How many concepts it has", json_type, "object", of_words},
    Route{get, site, "/skosmos/rest/v1/{vocabulary}/labelStatistics", get_skosmos_label_statistics,
          "skosmosLabelStatistics", "How many labels it has in each language", json_type, "object",
          of_words},
    Route{get, site, "/vocabularies", get_vocabularies, "getVocabularies",
          "The vocabularies, in the form that is asked for", json_type, "object", of_words},
    Route{get, site, "/vocabularies/{vocabulary}", get_vocabulary, "getVocabulary",
          "A vocabulary, in the form that is asked for", json_type, "object", of_words},
    Route{get, site, "/vocabularies/{vocabulary}/{id}", get_concept, "getConcept",
          "A concept, in the form that is asked for", json_ld_type, "object", of_concept_form},
    Route{get, site, "/ncl", get_linked_vocabularies, "getLinkedVocabularies",
          "The vocabularies, or the way to a concept", json_type, "object", of_linked_entity},
    Route{get, site, "/ncl/{vocabulary}", get_vocabulary, "getLinkedVocabulary",
          "A vocabulary, in the form that is asked for", json_type, "object", of_words},
    Route{get, site, "/ncl/{vocabulary}/{id}", get_linked_concept, "getLinkedConcept",
          "A concept as linked data, in the form that is asked for", json_ld_type, "object",
          of_linked_concept},
    Route{get, site, "/changes", get_changes, "getChanges",
          "What has changed in order, with what has gone", json_type, "changes", of_feed, heavy,
          no_body, lines},
    Route{get, site, "/d/{id}", get_permanent, "getPermanent",
          "What has this identifier, in the form that is asked for", html_type, "text", none},
    Route{get, site, "/sitemap.xml", get_sitemap, "getSitemap", "The pages, for search engines",
          "application/xml", "text", none},
    Route{get, site, "/robots.txt", get_robots, "getRobots", "What search engines may read",
          text_type, "text", none, light},
    Route{get, site, "/static/{file}", get_static, "getStatic", "A file that pages are shown with",
          bytes_type, "file", none, light},
    Route{get, site, "/look/{mark}/{file}", get_look, "getLook", "A file of the site's own look",
          bytes_type, "file", none, light},
    Route{get, site, "/assets/{source}/{path...}", get_asset, "getAsset", "A file of the site",
          bytes_type, "file"},

    kept({get, item_roots, "", get_landing, "getLandingPage", "What this API offers", json_type,
          "object", of_texts}),
    kept({get, every_root, "/conformance", get_conformance, "getConformance",
          "The classes that this API conforms to", json_type, "object", none, light}),
    Route{get, every_root, "/api", get_openapi, "getOpenApi", "This API as OpenAPI 3.0",
          openapi_type, "object", none, light},
    Route{get, every_root, "/api.html", get_openapi_page, "getOpenApiPage",
          "This API for people to read", html_type, "text", none, light},
    kept({get, stac_roots, "/collections", get_collections, "getCollections",
          "Collections, all or those that match", json_type, "collections", of_stac_collections,
          heavy, no_body, plain_streams}),
    kept({get, feature_roots, "/collections", get_collections, "getCollections",
          "Collections, all or those that match", json_type, "collections", of_collections, heavy,
          no_body, plain_streams}),
    Route{get, item_roots, "/collection-queryables", get_record_queryables,
          "getCollectionSearchQueryables", "What conditions on collections may name", schema_type,
          "object", none, light},
    Route{get, item_roots, "/collection-sortables", get_record_sortables,
          "getCollectionSearchSortables", "What collections can be sorted by", schema_type,
          "object", none, light},
    kept({get, item_roots, "/collections/{collection}", get_collection, "getCollection",
          "One collection", json_type, "object", of_texts, light}),
    Route{get, stac_roots, "/collections/{collection}/items", get_items, "getItems",
          "The items of a collection", geojson_type, "itemCollection", of_items, light, no_body,
          streams_or_feed},
    Route{get, feature_roots, "/collections/{collection}/items", get_items, "getItems",
          "The items of a collection", geojson_type, "itemCollection", of_features, light, no_body,
          streams_or_feed},
    Route{get, stac_roots, "/collections/{collection}/items/{item}", get_item, "getItem",
          "One item", geojson_type, "item", of_texts, light},
    Route{get, feature_roots, "/collections/{collection}/items/{item}", get_item, "getItem",
          "One item", geojson_type, "item", of_feature, light},
    kept({get, item_roots, "/collections/{collection}/queryables", get_collection_queryables,
          "getCollectionQueryables", "What conditions on a collection's items may name",
          schema_type, "object", none, light}),
    kept({get, item_roots, "/collections/{collection}/sortables", get_collection_sortables,
          "getCollectionSortables", "What a collection's items can be sorted by", schema_type,
          "object", none, light}),
    kept({get, feature_roots, "/collections/{collection}/schema", get_collection_schema,
          "getSchema", "What a collection's items say", schema_type, "object", none, light}),
    Route{get, every_root, "/functions", get_functions, "getFunctions",
          "What conditions may compute with", json_type, "functions", none, light},
    kept({get, item_roots, "/queryables", get_queryables, "getQueryables",
          "What conditions on items may name", schema_type, "object", none}),
    kept({get, item_roots, "/sortables", get_sortables, "getSortables",
          "What items can be sorted by", schema_type, "object", none}),
    Route{get, record_roots, "", get_records_landing, "getLandingPage", "What this API offers",
          json_type, "object", none, light},
    Route{get, record_roots, "/queryables", get_record_queryables, "getAllQueryables",
          "What conditions on records may name", schema_type, "object", none, light},
    Route{get, record_roots, "/sortables", get_record_sortables, "getAllSortables",
          "What records can be sorted by", schema_type, "object", none, light},
    Route{get, record_roots, "/collections", get_catalogs, "getCatalogs", "All catalogs", json_type,
          "collections", of_catalog},
    Route{get, record_roots, "/collections/{collection}", get_catalog, "getCatalog", "One catalog",
          catalog_type, "catalog", of_catalog},
    Route{get, record_roots, "/collections/{collection}/browse", get_catalog_page,
          "getCatalogLinks", "Links to all records, page by page", catalog_type, "catalog",
          of_catalog_pages},
    Route{get, record_roots, "/collections/{collection}/items", get_records, "getRecords",
          "The records of a catalog", geojson_type, "recordCollection", of_records, heavy, no_body,
          streams_or_feed},
    Route{post, record_roots, "/collections/{collection}/items", post_records, "postRecords",
          "The records of a catalog", geojson_type, "recordCollection", none, heavy, "recordSearch",
          streams},
    Route{get, record_roots, "/collections/{collection}/items/{item}", get_record, "getRecord",
          "One record", geojson_type, "record", of_record},
    Route{get, record_roots, "/collections/{collection}/queryables", get_catalog_queryables,
          "getQueryables", "What conditions on records may name", schema_type, "object", none,
          light},
    Route{get, record_roots, "/collections/{collection}/sortables", get_catalog_sortables,
          "getSortables", "What records can be sorted by", schema_type, "object", none, light},
    Route{get, record_roots, "/collections/{collection}/facets", get_catalog_facets, "getFacets",
          "What is counted beside a list of records", facets_type, "object", none, light},

    Route{get, stac_roots, "/collections-search", get_collections_search, "getCollectionSearch",
          "Collections, all or those that match", json_type, "collections", of_stac_collections,
          heavy, no_body, plain_streams},
    Route{post, stac_roots, "/collections-search", post_collections_search, "postCollectionSearch",
          "Collections, all or those that match", json_type, "collections", none, heavy,
          "collectionSearch", plain_streams},
    Route{get, stac_roots, "/browse", get_collections_page, "getCollectionLinks",
          "Links to all collections, page by page", json_type, "object", of_pages},
    Route{get, stac_roots, "/collections/{collection}/browse", get_items_page, "getItemLinks",
          "Links to all items of a collection, page by page", json_type, "object", of_pages},
    kept({get, stac_roots, "/children", get_children, "getChildren",
          "What the landing page has as children", json_type, "object", of_children}),
    Route{get, stac_roots, "/aggregate", get_aggregate, "getAggregate",
          "What all items have in common", json_type, "aggregationCollection", of_aggregate},
    Route{post, stac_roots, "/aggregate", post_aggregate, "postAggregate",
          "What all items have in common", json_type, "aggregationCollection", none, heavy,
          "aggregate"},
    Route{get, stac_roots, "/aggregations", get_aggregations, "getAggregations",
          "What can be asked of all items together", json_type, "aggregationCollection", none},
    Route{get, stac_roots, "/collections/{collection}/aggregate", get_collection_aggregate,
          "getCollectionAggregate", "What a collection's items have in common", json_type,
          "aggregationCollection", of_aggregate},
    Route{post, stac_roots, "/collections/{collection}/aggregate", post_collection_aggregate,
          "postCollectionAggregate", "What a collection's items have in common", json_type,
          "aggregationCollection", none, heavy, "aggregate"},
    Route{get, stac_roots, "/collections/{collection}/aggregations", get_collection_aggregations,
          "getCollectionAggregations", "What can be asked of a collection's items together",
          json_type, "aggregationCollection", none},
    Route{get, stac_roots, "/search", get_search, "getItemSearch", "Items of all collections",
          geojson_type, "itemCollection", of_search, light, no_body, streams_or_feed},
    Route{post, stac_roots, "/search", post_search, "postItemSearch", "Items of all collections",
          geojson_type, "itemCollection", none, light, "search", streams},
    Route{get, stac_roots, "/search/tiles", get_tile_set, "getTileSet",
          "Where the vector tiles of a search are (TileJSON)", json_type, "tileSet", of_tiles},
    Route{get, stac_roots, "/search/tiles/{z}/{x}/{y}.mvt", get_tile, "getTile",
          "Footprints of the items of a search as a vector tile", vector_tile_type, "file",
          of_tiles},
    Route{post, stac_roots, "/collections", post_collections, "postCollections",
          "Adds a collection, or several at once", json_type, "writtenCollections", none, heavy,
          "newCollections", no_others, created},
    Route{put, stac_roots, "/collections/{collection}", put_collection, "putCollection",
          "Replaces what a collection says", json_type, "object", none, heavy, "newCollection",
          no_others, changed},
    Route{patch, stac_roots, "/collections/{collection}", patch_collection, "patchCollection",
          "Changes members of a collection (RFC 7396, RFC 6902)", json_type, "object", none, heavy,
          "patch", no_others, changed},
    Route{remove, stac_roots, "/collections/{collection}", delete_collection, "deleteCollection",
          "Removes a collection with all its items", json_type, "object", none, heavy, no_body,
          no_others, changed},
    Route{post, stac_roots, "/collections/{collection}/items", post_items, "postItems",
          "Adds an item to a collection, or several at once", geojson_type, "writtenItems", none,
          heavy, "newItems", no_others, created},
    Route{put, stac_roots, "/collections/{collection}/items/{item}", put_item, "putItem",
          "Replaces an item", geojson_type, "item", none, heavy, "newItem", no_others, changed},
    Route{patch, stac_roots, "/collections/{collection}/items/{item}", patch_item, "patchItem",
          "Changes members of an item (RFC 7396, RFC 6902)", geojson_type, "item", none, heavy,
          "patch", no_others, changed},
    Route{remove, stac_roots, "/collections/{collection}/items/{item}", delete_item, "deleteItem",
          "Removes an item", geojson_type, "item", none, heavy, no_body, no_others, changed},
};

constexpr Route page(std::string_view path, Reply (*handle)(Exchange& exchange), Work work) {
  return {get, site, path, handle, {}, {}, html_type, "text", none, work};
}

/// What the form of a page of operators is sent to.
constexpr Route form(std::string_view path, Reply (*handle)(Exchange& exchange)) {
  auto row = page(path, handle, heavy);
  row.method = post;
  row.body = "form";
  row.is_for_operators = true;
  return row;
}

// THE table of pages.
constexpr std::array pages_table{
    page("", get_home_page, heavy),
    page("/search", get_search_page, heavy),
    page("/datasets/{id}", get_resource_page, heavy),
    page("/datasets/{id}/items", get_dataset_items_page, heavy),
    page("/resources/{type}/{id}", get_resource_page, heavy),
    page("/compare", get_compare_page, heavy),
    page("/centres", get_centres_page, heavy),
    page("/centres/{centre}", get_centre_page, heavy),
    page("/tutorials", get_tutorials_page, light),
    page("/tutorials/{guide}", get_tutorial_page, light),
    page("/tools", get_tools_page, light),
    page("/tools/{guide}", get_tool_page, light),
    page("/themes", get_themes_page, heavy),
    page("/themes/{theme}", get_theme_page, heavy),
    page("/vocabularies", get_vocabularies_page, heavy),
    page("/vocabularies/{vocabulary}", get_vocabulary_page, heavy),
    page("/vocabularies/{vocabulary}/{id}", get_concept_page, heavy),
    page("/basket", get_basket_page, light),
    page("/history", get_history_page, light),
    page("/status", get_status_page, heavy),
    for_operators(page("/operator", get_operator_page, heavy)),
    for_operators(page("/operator/runs/{run}", get_run_page, heavy)),
    for_operators(page("/operator/suggestions", get_suggestions_page, heavy)),
    form("/operator/suggestions", post_keyword_form),
    form("/operator/sources/{source}/pause", post_pause_form),
    form("/operator/sources/{source}/resume", post_resume_form),
    form("/operator/runs/{run}/abort", post_abort_form),
    page("/about", get_about_page, light),
    page("/api", get_api_page, light),
    page("/accessibility", get_accessibility_page, light),
    page("/legal", get_legal_page, light),
};

constexpr std::array leading_table{page("/search", get_search_anywhere, light)};

static_assert(
    std::ranges::all_of(table, [](Route const& row) { return places_in(row.path) <= most_places; }),
    "most_places holds for every path");

/// True if some root, or the site itself, has both.
constexpr bool stand_together(Route const& a, Route const& b) {
  return a.roots.meets(b.roots) || (a.roots.is_empty() && b.roots.is_empty());
}

constexpr auto patterns = [] {
  std::array<Segments, table.size()> out{};
  std::ranges::transform(table, out.begin(), segments_of, &Route::path);
  return out;
}();

constexpr bool all_can_answer() {
  for (std::size_t later = 0; later < table.size(); ++later) {
    for (std::size_t first = 0; first < later; ++first) {
      auto const& a = table[first];
      auto const& b = table[later];
      if (!stand_together(a, b) || !hides(patterns[first], patterns[later])) continue;
      if (a.path != b.path || a.method == b.method) return false;
    }
  }
  return true;
}

static_assert(all_can_answer(),
              "a row stands behind one that every path of its own fits: put it first");

} // namespace

std::span<Route const> routes() noexcept {
  return table;
}

std::span<Route const> page_routes() noexcept {
  return pages_table;
}

std::span<Route const> leading_routes() noexcept {
  return leading_table;
}

bool belongs(Route const& route, Site const& whole, Root const* root) noexcept {
  if (route.is_for_operators && whole.operators_key.empty()) return false;
  if (root == nullptr) return route.roots.is_empty();
  return route.roots.has(root->family) && (route.written == 0 || root->takes_transactions);
}

Forms forms_of(Route const& route, Root const* root) noexcept {
  bool const has_page = root != nullptr && row_of(root->family).has_pages && route.method == get &&
                        route.media_type != html_type;
  return has_page ? route.forms | page_alone : route.forms;
}

std::string_view method_name(Method method) noexcept {
  switch (method) {
  case Method::get:
    return "GET";
  case Method::head:
    return "HEAD";
  case Method::post:
    return "POST";
  case Method::put:
    return "PUT";
  case Method::patch:
    return "PATCH";
  case Method::remove:
    return "DELETE";
  case Method::options:
    return "OPTIONS";
  }
  return "";
}

} // namespace terracat::api

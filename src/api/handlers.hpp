#pragma once

#include "api/exchange.hpp"

/// The handlers that the route table names. Each makes one answer from one look at the catalogue;
/// problems are thrown as ProblemError where they end the work.
namespace terracat::api {

// landing.cpp
[[nodiscard]] Reply get_site(Exchange& exchange);
[[nodiscard]] Reply get_landing(Exchange& exchange);
[[nodiscard]] Reply get_conformance(Exchange& exchange);

// collections.cpp
[[nodiscard]] Reply get_collections(Exchange& exchange);
[[nodiscard]] Reply get_collections_search(Exchange& exchange);
[[nodiscard]] Reply post_collections_search(Exchange& exchange);
[[nodiscard]] Reply get_children(Exchange& exchange);
[[nodiscard]] Reply get_collection(Exchange& exchange);

// browse.cpp
[[nodiscard]] Reply get_collections_page(Exchange& exchange);
[[nodiscard]] Reply get_items_page(Exchange& exchange);

// items.cpp
[[nodiscard]] Reply get_items(Exchange& exchange);
[[nodiscard]] Reply get_item(Exchange& exchange);
[[nodiscard]] Reply get_search(Exchange& exchange);
[[nodiscard]] Reply post_search(Exchange& exchange);

// tiles.cpp
[[nodiscard]] Reply get_tile(Exchange& exchange);
[[nodiscard]] Reply get_tile_set(Exchange& exchange);

// transactions.cpp
[[nodiscard]] Reply post_items(Exchange& exchange);
[[nodiscard]] Reply put_item(Exchange& exchange);
[[nodiscard]] Reply patch_item(Exchange& exchange);
[[nodiscard]] Reply delete_item(Exchange& exchange);

// collection_transactions.cpp
[[nodiscard]] Reply post_collections(Exchange& exchange);
[[nodiscard]] Reply put_collection(Exchange& exchange);
[[nodiscard]] Reply patch_collection(Exchange& exchange);
[[nodiscard]] Reply delete_collection(Exchange& exchange);

// records.cpp
[[nodiscard]] Reply get_records_landing(Exchange& exchange);
[[nodiscard]] Reply get_catalogs(Exchange& exchange);
[[nodiscard]] Reply get_catalog(Exchange& exchange);
[[nodiscard]] Reply get_catalog_page(Exchange& exchange);
[[nodiscard]] Reply get_records(Exchange& exchange);
[[nodiscard]] Reply get_record(Exchange& exchange);
[[nodiscard]] Reply get_catalog_queryables(Exchange& exchange);
[[nodiscard]] Reply get_catalog_sortables(Exchange& exchange);
[[nodiscard]] Reply post_records(Exchange& exchange);
[[nodiscard]] Reply get_catalog_facets(Exchange& exchange);

// changes.cpp
[[nodiscard]] Reply get_changes(Exchange& exchange);

// queryables.cpp
[[nodiscard]] Reply get_queryables(Exchange& exchange);
[[nodiscard]] Reply get_collection_queryables(Exchange& exchange);
[[nodiscard]] Reply get_collection_schema(Exchange& exchange);
[[nodiscard]] Reply get_record_queryables(Exchange& exchange);
[[nodiscard]] Reply get_record_sortables(Exchange& exchange);
[[nodiscard]] Reply get_sortables(Exchange& exchange);
[[nodiscard]] Reply get_collection_sortables(Exchange& exchange);

// aggregate.cpp
[[nodiscard]] Reply get_aggregate(Exchange& exchange);
[[nodiscard]] Reply post_aggregate(Exchange& exchange);
[[nodiscard]] Reply get_aggregations(Exchange& exchange);
[[nodiscard]] Reply get_collection_aggregate(Exchange& exchange);
[[nodiscard]] Reply post_collection_aggregate(Exchange& exchange);
[[nodiscard]] Reply get_collection_aggregations(Exchange& exchange);

// facets.cpp
[[nodiscard]] Reply get_facets(Exchange& exchange);

// skosmos.cpp
[[nodiscard]] Reply get_skosmos_vocabularies(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_search(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_lookup(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_types(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_vocabulary(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_statistics(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_label_statistics(Exchange& exchange);

// themes.cpp
[[nodiscard]] Reply get_theme(Exchange& exchange);
[[nodiscard]] Reply get_theme_page(Exchange& exchange);
[[nodiscard]] Reply get_themes(Exchange& exchange);
[[nodiscard]] Reply get_themes_page(Exchange& exchange);

// vocabulary_pages.cpp
[[nodiscard]] Reply get_vocabularies(Exchange& exchange);
[[nodiscard]] Reply get_vocabulary(Exchange& exchange);
[[nodiscard]] Reply get_concept(Exchange& exchange);
[[nodiscard]] Reply get_linked_vocabularies(Exchange& exchange);
[[nodiscard]] Reply get_linked_concept(Exchange& exchange);
[[nodiscard]] Reply get_vocabularies_page(Exchange& exchange);
[[nodiscard]] Reply get_vocabulary_page(Exchange& exchange);
[[nodiscard]] Reply get_concept_page(Exchange& exchange);

// skosmos_groups.cpp
[[nodiscard]] Reply get_skosmos_groups(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_group_members(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_letters(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_letter(Exchange& exchange);

// skosmos_concepts.cpp
[[nodiscard]] Reply get_skosmos_label(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_data(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_top_concepts(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_broader(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_narrower(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_related(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_all_broader(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_all_narrower(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_children(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_hierarchy(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_mappings(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_new(Exchange& exchange);
[[nodiscard]] Reply get_skosmos_modified(Exchange& exchange);

// footprints.cpp
[[nodiscard]] Reply get_footprints(Exchange& exchange);

// suggest.cpp
[[nodiscard]] Reply get_suggestions(Exchange& exchange);

// parse.cpp
[[nodiscard]] Reply get_parse(Exchange& exchange);

// functions.cpp
[[nodiscard]] Reply get_functions(Exchange& exchange);

// openapi.cpp
[[nodiscard]] Reply get_openapi(Exchange& exchange);
[[nodiscard]] Reply get_openapi_page(Exchange& exchange);

// assets.cpp
[[nodiscard]] Reply get_asset(Exchange& exchange);

// pages.cpp
[[nodiscard]] Reply get_home_page(Exchange& exchange);
[[nodiscard]] Reply get_status_page(Exchange& exchange);
[[nodiscard]] Reply get_operator_page(Exchange& exchange);
[[nodiscard]] Reply get_run_page(Exchange& exchange);
[[nodiscard]] Reply get_suggestions_page(Exchange& exchange);
[[nodiscard]] Reply get_about_page(Exchange& exchange);
[[nodiscard]] Reply get_api_page(Exchange& exchange);
[[nodiscard]] Reply get_accessibility_page(Exchange& exchange);
[[nodiscard]] Reply get_legal_page(Exchange& exchange);
[[nodiscard]] Reply get_basket_page(Exchange& exchange);
[[nodiscard]] Reply get_history_page(Exchange& exchange);

// compare_page.cpp
[[nodiscard]] Reply get_compare_page(Exchange& exchange);

// search_page.cpp
[[nodiscard]] Reply get_search_page(Exchange& exchange);
[[nodiscard]] Reply get_search_anywhere(Exchange& exchange);

// record_page.cpp
[[nodiscard]] Reply get_resource_page(Exchange& exchange);
[[nodiscard]] Reply get_permanent(Exchange& exchange);

// items_page.cpp
[[nodiscard]] Reply get_dataset_items_page(Exchange& exchange);

// centre_pages.cpp
[[nodiscard]] Reply get_centres_page(Exchange& exchange);
[[nodiscard]] Reply get_centre_page(Exchange& exchange);

// guide_pages.cpp
[[nodiscard]] Reply get_tutorials_page(Exchange& exchange);
[[nodiscard]] Reply get_tutorial_page(Exchange& exchange);
[[nodiscard]] Reply get_tools_page(Exchange& exchange);
[[nodiscard]] Reply get_tool_page(Exchange& exchange);

// similar.cpp
[[nodiscard]] Reply get_similar(Exchange& exchange);

// enrichment.cpp
[[nodiscard]] Reply get_enrichment(Exchange& exchange);

// quality.cpp
[[nodiscard]] Reply get_quality(Exchange& exchange);

// snippets.cpp
[[nodiscard]] Reply get_snippets(Exchange& exchange);

// sitemap.cpp
[[nodiscard]] Reply get_sitemap(Exchange& exchange);
[[nodiscard]] Reply get_robots(Exchange& exchange);

// static.cpp
[[nodiscard]] Reply get_static(Exchange& exchange);
[[nodiscard]] Reply get_look(Exchange& exchange);

// operation.cpp
[[nodiscard]] Reply get_status(Exchange& exchange);
[[nodiscard]] Reply get_runs(Exchange& exchange);
[[nodiscard]] Reply get_trends(Exchange& exchange);
[[nodiscard]] Reply get_run(Exchange& exchange);
[[nodiscard]] Reply get_run_documents(Exchange& exchange);
[[nodiscard]] Reply get_keyword_suggestions(Exchange& exchange);
[[nodiscard]] Reply get_renamed(Exchange& exchange);
[[nodiscard]] Reply post_renamed(Exchange& exchange);
[[nodiscard]] Reply post_pause(Exchange& exchange);
[[nodiscard]] Reply post_resume(Exchange& exchange);
[[nodiscard]] Reply post_abort(Exchange& exchange);
[[nodiscard]] Reply post_pause_form(Exchange& exchange);
[[nodiscard]] Reply post_resume_form(Exchange& exchange);
[[nodiscard]] Reply post_abort_form(Exchange& exchange);
[[nodiscard]] Reply post_keyword_suggestion(Exchange& exchange);
[[nodiscard]] Reply post_keyword_form(Exchange& exchange);
[[nodiscard]] Reply get_health(Exchange& exchange);
[[nodiscard]] Reply get_live(Exchange& exchange);
[[nodiscard]] Reply get_ready(Exchange& exchange);
[[nodiscard]] Reply get_metrics(Exchange& exchange);

} // namespace terracat::api

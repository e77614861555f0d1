#pragma once

#include "enrich/enrichment.hpp"
#include "pages/items_over_time.hpp"
#include "pages/lists.hpp"
#include "pages/related.hpp"
#include "pages/similar.hpp"
#include "pages/snippets.hpp"

#include <optional>
#include <span>
#include <string>

namespace terracat::pages {

/// A keyword, variable or the like that stands for a concept.
struct TermLink {
  std::string_view text;
  std::string path; ///< of the concept's page, below the language
};

/// Another description of the same resource, by another source.
struct OtherDescription {
  std::string path; ///< of its page, below the language
  std::string title;
  std::string source;
  bool is_canonical = false; ///< lists have that one instead
};

/// What the page of a resource shows beside the record itself.
struct RecordPageFacts {
  Resource const& resource;
  std::string_view source;               ///< name of the source that it was harvested from
  std::string_view record_path;          ///< of the record in OGC API Records, below the site
  std::string_view stac_path;            ///< of the STAC Collection; empty if it is none
  std::optional<model::Instant> fetched; ///< its document
  std::string_view pole_home = {};       ///< the own site of its data centre; may be empty
  std::span<OtherDescription const> others = {};
  std::span<TermLink const> terms = {};           ///< in each language
  std::span<Snippet const> snippets = {};         ///< how to begin with its items
  std::span<RelatedResource const> related = {};  ///< what the record names
  std::span<SimilarResource const> similar = {};  ///< what the catalogue finds like it
  enrich::Enrichment const* enrichment = nullptr; ///< null: it is not shown
  ItemsOverTime items_over_time = {};             ///< empty: it is not shown
};

/// A data set, or any other resource: what it is, whether it fits, how to get it.
[[nodiscard]] std::string record_page(SiteFacts const& site, Language language,
                                      RecordPageFacts const& facts);

/// The same as facts for machines: JSON-LD of schema.org.
[[nodiscard]] std::string record_json_ld(SiteFacts const& site, Language language,
                                         Resource const& resource);

} // namespace terracat::pages

#pragma once

#include "pages/harvest_forms.hpp"
#include "pages/status_page.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// What only operators are told: runs, and what became of their documents.
namespace terracat::pages {

struct OperatorFacts {
  StatusFacts status;
  std::span<SourceState const> states; ///< of the same sources, in the same order
  std::span<Run const> runs;           ///< newest first
  std::string_view source;             ///< whose runs alone they are; empty: of all
  std::size_t limit = 0;               ///< there may be more, if there are so many
  std::string_view token = {}; ///< of forms that order something; empty: nobody takes orders
  std::optional<OrderGiven> given = {};
};

/// Runs, and what waits for somebody to do something.
[[nodiscard]] std::string operator_page(SiteFacts const& site, Language language,
                                        OperatorFacts const& facts);

struct RunPageFacts {
  Run const& run;
  std::span<RunFinding const> findings;
  RunDocumentSearch const& search; ///< of the documents
  std::span<RunDocument const> documents;
  bool has_more = false;        ///< documents behind these
  std::string_view report_path; ///< of the report as JSON, on the site
  std::string_view token = {};  ///< as above
};

/// One run: how it went, what was told of its documents, and which these are.
[[nodiscard]] std::string run_page(SiteFacts const& site, Language language,
                                   RunPageFacts const& facts);

} // namespace terracat::pages

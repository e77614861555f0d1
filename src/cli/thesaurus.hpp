#pragma once

#include "catalogue/concept_rules.hpp"
#include "config/config.hpp"
#include "log/logger.hpp"
#include "run/vocabulary_fetch.hpp"
#include "vocabulary/files.hpp"
#include "vocabulary/thesaurus.hpp"

#include <terracat/rdf.hpp>

#include <memory>
#include <string>
#include <vector>

namespace terracat::cli {

/// The vocabularies that are shipped, then those of the configuration as they lie on the disc now;
/// one of the configuration stands in the place of a shipped one of its name.
[[nodiscard]] vocabulary::Loaded load_vocabularies(config::Config const& config,
                                                   rdf::Parser& parser);

/// Those of the configuration that are published somewhere.
[[nodiscard]] std::vector<run::PublishedVocabulary> published(config::Config const& config);

/// The rules of the configuration by which records belong to compartments.
[[nodiscard]] catalogue::ConceptRules concept_rules_of(config::Config const& config);

/// What they name that there is not: kinds, formats.
[[nodiscard]] std::vector<std::string> faults_of_rules(config::Config const& config);

/// What is wrong with a document, for operators: "earth: /srv/earth.ttl: the document is not valid
/// RDF (line 3)".
[[nodiscard]] std::string to_text(vocabulary::Failure const& failure);

/// The vocabularies of a server, read anew; what was odd is in the log.
/// \param former  kept if one of them cannot be read, so that nothing gets lost by a slip. Null:
/// then
///                there is what can be read
/// \return        never null
[[nodiscard]] std::shared_ptr<vocabulary::Thesaurus const>
load_thesaurus(config::Config const& config, rdf::Parser& parser, log::Logger& log,
               std::shared_ptr<vocabulary::Thesaurus const> former);

} // namespace terracat::cli

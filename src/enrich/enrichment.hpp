#pragma once

#include "enrich/language.hpp"
#include "enrich/people.hpp"
#include "enrich/places.hpp"
#include "enrich/quality.hpp"

#include <optional>
#include <vector>

namespace terracat::enrich {

/// All that is found out about a record, each value with the rule that made it.
struct Enrichment {
  Quality quality;
  std::optional<GuessedArea> area;         ///< only if the record has none
  std::vector<NearPlace> near;             ///< only if it has one
  std::vector<Identity> identities;        ///< of its contacts
  std::optional<GuessedLanguage> language; ///< only if it tells none
};

/// The steps, in their order. Valid as long as the gazetteer.
/// \param record    as it is answered
/// \param is_label  tells words of a vocabulary; may be empty
[[nodiscard]] Enrichment enrichment_of(model::Record const& record, Known const& known,
                                       gazetteer::Gazetteer const& gazetteer,
                                       gazetteer::IsLabel const& is_label);

} // namespace terracat::enrich

#include "enrich/enrichment.hpp"

namespace terracat::enrich {

Enrichment enrichment_of(model::Record const& record, Known const& known,
                         gazetteer::Gazetteer const& gazetteer,
                         gazetteer::IsLabel const& is_label) {
  Enrichment out{.quality = quality_of(record, known),
                 .area = guess_area(record, gazetteer, is_label),
                 .near = {},
                 .identities = identities_of(record),
                 .language = guess_language(record)};
  if (auto const box = record.bbox()) out.near = places_near(*box, gazetteer);
  return out;
}

} // namespace terracat::enrich

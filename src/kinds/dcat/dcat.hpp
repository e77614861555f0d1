#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::dcat {

/// Harvests a catalogue in RDF by its address, page by page as Hydra links them
/// (hydra:next, hydra:nextPage). Each data set, series and service is a document of its own, under
/// its address or identifier.
///
/// Complete: the last page names no next one, no page or resource failed, nothing that the
/// catalogue lists as its data set is without description, and as many were described as
/// hydra:totalItems announces, with or without services; without a number, at least one was, and
/// none twice. It speaks of records only.
///
/// If ids are all that is wanted, the pages are fetched all the same.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

} // namespace terracat::kinds::dcat

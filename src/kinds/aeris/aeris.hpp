#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::aeris {

/// Harvests a catalogue of AERIS or of FORM@TER by the service that its portal uses: which
/// collections there are is asked once, and each is fetched as JSON, in the order of their ids.
///
/// Complete: the list came whole, is not empty, each collection in it says what it is called, and
/// each was had. It speaks of records only.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

} // namespace terracat::kinds::aeris

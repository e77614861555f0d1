#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::thredds {

/// Harvests a THREDDS server from one of its catalogues on: those that it refers to on the same
/// host are read as well. What of a catalogue is a data set, the format `thredds` says: files that
/// describe themselves, and folders of files. Metadata that lie elsewhere are not fetched.
///
/// Complete: every catalogue that is referred to came whole and says nothing that the format passes
/// by, and there was a data set. It speaks of records only.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

} // namespace terracat::kinds::thredds

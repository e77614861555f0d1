#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::theia_pivot {

/// Harvests what a producer hands to Theia/OZCAR: JSON of the pivot schema, as a file or a ZIP
/// archive of files, here or on the web. Each file is in one language, which the end of its name
/// says (`CRYO_en.json`); a data set that several files have is one document in all of them.
///
/// Complete: every file was read to its end, every data set says what it is called and none is
/// there twice in one language. A producer without data sets is no proof. It speaks of records
/// only.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

} // namespace terracat::kinds::theia_pivot

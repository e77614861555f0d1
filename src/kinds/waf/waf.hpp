#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::waf {

/// Harvests a web-accessible folder: the list of a folder as web servers write it, and the files
/// that it names, folder by folder, in the order of their addresses. Each file is read as one of
/// kind files is: an answer of a CSW, lines or a list of JSON are a document for each of theirs.
///
/// A file is fetched if its name ends as those of metadata do, or as the options say; nothing
/// outside the folder is.
///
/// Complete: every list was one and came whole, every file was had, and there was one at least. It
/// speaks of records only.
///
/// What a document is called stands in it: it is fetched even if its id is all that is wanted.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

} // namespace terracat::kinds::waf

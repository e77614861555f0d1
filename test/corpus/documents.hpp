#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terracat::corpus {

/// The metadata records in a file, each as a document of its own: the file itself if it is one,
/// else every record that stands anywhere in it, as in the pages of a catalogue service. A file
/// that begins like a record but is not well-formed is one document; any other file has none.
[[nodiscard]] std::vector<std::string> documents_in(std::string_view bytes);

} // namespace terracat::corpus

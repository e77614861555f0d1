#pragma once

#include <terracat/kind.hpp>

#include <filesystem>
#include <iosfwd>
#include <span>

namespace terracat::kinds::files {

/// Harvests files that are there already: those of a folder, of a list, or one.
///
/// A folder is read with its folders, in the order of names. Files and folders whose name starts
/// with a dot are left out, so are symbolic links to folders; one to a file is followed if it stays
/// within the folder. Files that are neither XML nor JSON are passed by, unless their name says
/// that they are metadata.
///
/// XML files are one document each, answers of a CSW one for each record. JSON is split: lines, the
/// elements of an array, `features` and `collections` of an object are a document each, anything
/// else is one. Large files are read piece by piece.
///
/// Complete: all files were found and read to their ends.
///
/// What a document is called stands in it: it is read even if its id is all that is wanted. Items
/// of files of data are called by their paths: of these, nothing is read then. Links within a
/// folder of data are passed by, and of files in one list that are called the same the first is
/// taken: the list is not complete then.
///
/// \throws ProtocolError  if there is nothing at the address
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

/// As `start`, over files and folders that somebody names.
/// \param format  of the documents; empty: found out from each
[[nodiscard]] std::unique_ptr<Harvester> from_paths(std::span<std::filesystem::path const> paths,
                                                    std::string format,
                                                    std::string_view checkpoint = {});

/// As `start`, over what a stream brings, which cannot be taken up again after a break.
/// \param stream  must outlive the harvester
[[nodiscard]] std::unique_ptr<Harvester> from_stream(std::istream& stream, std::string format);

} // namespace terracat::kinds::files

#pragma once

#include "formats/xml/xml.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Catalogues of THREDDS (InvCatalog 1.0), and what of them is a data set.
namespace terracat::formats::thredds {

/// A data set with what stands around it: it inherits from each of these.
struct Dataset {
  xml::Node node;
  std::vector<xml::Node> around; ///< the nearest first, without the catalogue

  /// The files that it is made of, which have no description of their own; empty: it is a file
  /// itself.
  std::vector<xml::Node> files;
};

/// True for an element `catalog`, whatever its prefix.
[[nodiscard]] bool is_catalog(xml::Node root) noexcept;

/// The data sets of a catalogue, in its order: each file that describes itself, or that stands in
/// no folder, and each folder with the other files in it. What only leads to another file, as that
/// to the latest one, is none.
[[nodiscard]] std::vector<Dataset> datasets_of(xml::Node catalog);

/// The addresses of further catalogues, as they are written.
[[nodiscard]] std::vector<std::string> references_of(xml::Node catalog);

/// False if the catalogue has data sets or references that those leave out: data sets within a
/// file, and all that stands too deep or is too much.
[[nodiscard]] bool is_told_whole(xml::Node catalog);

/// `ID`, else where the file is, else the name within the catalogue; empty if there is none.
/// \param address  of the catalogue
[[nodiscard]] std::string native_id_of(Dataset const& dataset, std::string_view address);

/// A catalogue with one data set and all that it inherits: the same, whatever else the catalogue
/// holds. Of its files the first hundred are in it, and how many there are.
[[nodiscard]] std::string document_of(Dataset const& dataset, xml::Node catalog);

/// How many files the data set of such a document had, beside those that are in it.
[[nodiscard]] std::size_t files_left_out(Dataset const& dataset);

/// The elements of a name that a data set has or inherits, its own first.
[[nodiscard]] std::vector<xml::Node> all_of(Dataset const& dataset, std::string_view name);

/// A way to a file.
struct Access {
  std::string href;    ///< as the catalogue's address resolves it
  std::string service; ///< its type, in lower case: "opendap", "httpserver"
};

/// The ways to a file, which may be the data set itself.
[[nodiscard]] std::vector<Access> accesses_of(xml::Node file, Dataset const& dataset,
                                              xml::Node catalog);

} // namespace terracat::formats::thredds

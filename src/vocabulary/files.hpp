#pragma once

#include "vocabulary/draft.hpp"

#include <terracat/rdf.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::vocabulary {

/// Where a vocabulary lies.
struct Place {
  std::string name;           ///< of the vocabulary
  std::string path;           ///< of a file, or of a folder whose documents are one vocabulary
  std::string_view text = {}; ///< the document, if it lies in memory; the path is for reports then
};

/// The vocabularies that the program carries within itself.
[[nodiscard]] std::vector<Place> shipped();

/// A document that could not be read.
struct Failure {
  std::string vocabulary;
  std::string path;
  Finding finding;
};

struct Loaded {
  std::vector<Draft> drafts; ///< of those places that could be read whole, in their order
  std::vector<Failure> failures;
};

/// Of a folder, files that end in `.ttl`, `.nt`, `.rdf`, `.owl`, `.xml`, `.jsonld`, `.json` or
/// `.csv` are read, in the order of their names; folders in it are not.
[[nodiscard]] Loaded load(std::span<Place const> places, rdf::Parser& parser);

} // namespace terracat::vocabulary

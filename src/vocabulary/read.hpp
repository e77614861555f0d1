#pragma once

#include "vocabulary/document.hpp"
#include "vocabulary/draft.hpp"
#include "vocabulary/skos.hpp"

#include <terracat/rdf.hpp>

#include <boost/system/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::vocabulary {

struct Format;

/// Reads the documents of one vocabulary, each in the format that its beginning shows
/// (formats.cpp).
class Reader {
 public:
  /// \param parser  outlives it
  explicit Reader(rdf::Parser& parser) : parser_(parser) {}

  /// \return  why the document cannot be read: what its parser gives; unexpected_root if nothing in
  ///          it is of use; too_large. The reader is of no use then.
  [[nodiscard]] std::optional<Finding> add(Document& document);

  /// What all of them describe together. \return  unexpected_root if that is neither a concept nor
  /// a scheme \post the reader is of no use
  [[nodiscard]] boost::system::result<Draft, Finding> finish(std::string name);

 private:
  rdf::Parser& parser_;
  Gathering gathered_;
  std::size_t documents_ = 0;
  std::vector<Format const*> formats_; ///< of the documents, each once
};

/// Reads a vocabulary of one document.
/// \param name  the vocabulary's, in addresses
[[nodiscard]] boost::system::result<Draft, Finding>
read(std::string_view text, std::string_view name, rdf::Parser& parser);

} // namespace terracat::vocabulary

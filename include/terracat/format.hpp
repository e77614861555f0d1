#pragma once

#include <terracat/finding.hpp>
#include <terracat/item.hpp>
#include <terracat/json.hpp>
#include <terracat/record.hpp>

#include <boost/system/result.hpp>

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace terracat::rdf {
class Parser;
} // namespace terracat::rdf

namespace terracat::formats {

/// What a reader has to know besides the document itself.
struct ReadContext {
  std::string address;  ///< where the document came from: the base of its relative links
  std::string language; ///< of texts whose language the document does not say; may be empty

  /// `source/folder/` if relative links mean files that the site itself serves; else empty.
  std::string local_assets;

  /// The document is what a reading made: hrefs of the site's own files are kept as they are.
  bool is_ours = false;

  json::Parser& json; ///< reused from document to document

  rdf::Parser* rdf = nullptr; ///< of formats that are RDF, which cannot be read without

  /// What the protocol calls the document: the native id of a record that has none of its own. May
  /// be empty.
  std::string native_id = {};
};

using Resource = std::variant<model::Record, model::Item>;

/// What became of a document, with everything that was repaired or left out.
struct Reading {
  Resource resource;
  std::vector<Finding> findings;
};

/// A reading, or the one finding that made it impossible.
using ReadResult = boost::system::result<Reading, Finding>;

/// The documents that a document consists of, or the one finding that made it impossible to tell.
using SplitResult = boost::system::result<std::vector<std::string>, Finding>;

/// A format is one row of formats.cpp. Reading and writing are pure: bytes in, value out; value in,
/// bytes out. They may run on any thread.
///
/// A document is one resource. To take it out of the answer of a protocol is the job of its kind;
/// a reader looks through such wrappers only where people keep whole answers as files (CSW and
/// OAI-PMH around XML), and refuses those with several resources in them. A format whose documents
/// are by nature about many things has `split`.
struct Format {
  std::string_view name;       ///< as in configurations: "iso19139"
  std::string_view summary;    ///< for `terracat sources formats`
  std::string_view media_type; ///< of its documents

  /// True if the document is of this format, as far as its beginning shows. Cheap.
  bool (*recognises)(std::string_view document);

  ReadResult (*read)(std::string_view document, ReadContext const& context);

  /// The record as a document of its own under a public id; null if the format is only read.
  std::string (*write)(model::Record const& record, std::string_view id);

  /// One document for each resource that a document describes, each of which `read` reads: what
  /// does not belong to a resource does not change its document. A document of one resource may
  /// come back as it is. Null if a document is always one resource.
  SplitResult (*split)(std::string_view document, ReadContext const& context) = nullptr;
};

/// All formats, in the order in which a document of unknown format is tried.
[[nodiscard]] std::span<Format const> all() noexcept;

/// \return  null if there is no format of that name
[[nodiscard]] Format const* find(std::string_view name) noexcept;

/// \return  null if no format recognises the document
[[nodiscard]] Format const* recognise(std::string_view document) noexcept;

} // namespace terracat::formats

#pragma once

#include "vocabulary/document.hpp"
#include "vocabulary/skos.hpp"

#include <terracat/rdf.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace terracat::vocabulary {

/// One document on its way into a vocabulary.
struct Reading {
  Document& document;
  rdf::Parser& parser;

  /// Of the documents of the vocabulary, from 0.
  std::size_t number = 0;
};

/// How a vocabulary may be written.
struct Format {
  std::string_view name;
  std::string_view summary;

  /// \param beginning  some 64 KB of a document, without a byte order mark and blanks before them
  bool (*is_one)(std::string_view beginning);

  /// \return  why the document cannot be read; what was gathered of it then means nothing
  std::optional<Finding> (*read)(Reading const& reading, Gathering& out);

  /// Says in the words of SKOS what documents of the vocabulary say in others: once, when all are
  /// gathered. Null: there is nothing to be said
  void (*settle)(Gathering& gathered);
};

/// All of them, the special ones first. The last one takes what no other one does.
[[nodiscard]] std::span<Format const> formats() noexcept;

[[nodiscard]] Format const& format_of(std::string_view beginning);

/// The document is in an XML syntax. N-Triples are Turtle, too: an address in angle brackets ends
/// before any blank, `<?xml version` and `<rdf:RDF xmlns:…` do not.
[[nodiscard]] bool is_xml(std::string_view beginning) noexcept;

[[nodiscard]] bool is_json(std::string_view beginning) noexcept;

/// Reads Turtle, N-Triples, RDF/XML or JSON-LD, in pieces if it is large.
[[nodiscard]] std::optional<Finding> read_rdf(Reading const& reading, Gathering& out);

// Of each format, what the table needs.

[[nodiscard]] bool is_standard_names(std::string_view beginning);
[[nodiscard]] std::optional<Finding> read_standard_names(Reading const& reading, Gathering& out);

[[nodiscard]] bool is_gcmd(std::string_view beginning);
[[nodiscard]] std::optional<Finding> read_gcmd(Reading const& reading, Gathering& out);

[[nodiscard]] bool is_nvs(std::string_view beginning);
void settle_nvs(Gathering& gathered);

[[nodiscard]] bool is_inspire(std::string_view beginning);
[[nodiscard]] std::optional<Finding> read_inspire(Reading const& reading, Gathering& out);

[[nodiscard]] bool is_registry(std::string_view beginning);
void settle_registry(Gathering& gathered);

} // namespace terracat::vocabulary

#pragma once

#include <terracat/finding.hpp>

#include <boost/system/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::rdf {

enum class Syntax : std::uint8_t { rdf_xml, turtle, n_triples };

enum class TermKind : std::uint8_t { iri, blank, literal };

struct Term {
  TermKind kind = TermKind::iri;
  std::string text;     ///< an absolute IRI; a name that means nothing outside; any text
  std::string language; ///< of a literal: a tag as written, may be empty
  std::string datatype; ///< of a literal: an IRI, may be empty

  friend bool operator==(Term const&, Term const&) = default;
};

/// Three places in Graph::terms.
struct Triple {
  std::uint32_t subject = 0;   ///< an IRI or a blank node
  std::uint32_t predicate = 0; ///< an IRI
  std::uint32_t object = 0;

  friend bool operator==(Triple const&, Triple const&) = default;
};

/// What an RDF document says.
struct Graph {
  std::vector<Term> terms;     ///< each once
  std::vector<Triple> triples; ///< in the order of the document

  /// Places with something that is not valid and was passed over: a few of them.
  std::vector<Finding> oddities;
};

/// What relative references are resolved against where nothing is known of a document's address:
/// those that begin with it were relative.
inline constexpr std::string_view no_base = "relative://document/";

/// Reads RDF. Thread-safe: it may make a caller wait for another one.
class Parser {
 public:
  Parser() = default;
  Parser(Parser const&) = delete;
  Parser& operator=(Parser const&) = delete;
  Parser(Parser&&) = delete;
  Parser& operator=(Parser&&) = delete;
  virtual ~Parser() = default;

  /// \param document  UTF-8, whatever an XML declaration says
  /// \param base      an absolute IRI
  /// \return          the graph, or why there is none: rdf_malformed, xml_entity, too_deep,
  ///                  too_large, not_utf8, parser_crash
  [[nodiscard]] virtual boost::system::result<Graph, Finding>
  parse(std::string_view document, Syntax syntax, std::string_view base) = 0;
};

} // namespace terracat::rdf

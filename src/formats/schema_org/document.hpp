#pragma once

#include "formats/dcat/resources.hpp"

#include <terracat/format.hpp>

#include <boost/system/result.hpp>

#include <string>
#include <string_view>
#include <vector>

/// Documents of schema.org: JSON-LD as it stands in pages, Turtle, N-Triples.
namespace terracat::formats::schema_org {

/// True for JSON-LD, Turtle and N-Triples that speak of data sets of schema.org, as far as the
/// beginning shows.
[[nodiscard]] bool looks_like_datasets(std::string_view document);

/// The graph of a document, in which every name of schema.org begins with `http://schema.org/`,
/// however it was written.
/// \pre  the context has a parser for RDF, unless the document is JSON
[[nodiscard]] boost::system::result<terracat::rdf::Graph, Finding>
graph_of(std::string_view document, ReadContext const& context);

/// The data sets that a document describes, in its order. What another one is made of, part of or
/// cites is none, unless it is described itself.
[[nodiscard]] std::vector<dcat::Resource> datasets_of(graph::Graph const& graph);

/// The address of the data set, else a DOI that it has, else its page or its identifier; empty if
/// it has no name.
[[nodiscard]] std::string native_id_of(graph::Node dataset);

/// A value as one text: what is written, or an address.
[[nodiscard]] std::string text_of(graph::Node value);

/// Reads what a graph says of a data set.
[[nodiscard]] ReadResult read_record(graph::Graph const& graph, graph::Node dataset,
                                     ReadContext const& context);

} // namespace terracat::formats::schema_org

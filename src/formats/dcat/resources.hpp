#pragma once

#include "formats/graph/node.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

/// What a DCAT document is about.
namespace terracat::formats::dcat {

/// A data set, a series of them, or a service that a document describes.
struct Resource {
  graph::Node node;
  std::string type; ///< ISO 19115 MD_ScopeCode
};

/// In the order of the document. What is only mentioned, as in `servesDataset` or `hasPart`, with a
/// title at most, is none; what is both a data set and a series is one series; a catalogue is none.
[[nodiscard]] std::vector<Resource> resources_of(graph::Graph const& graph);

/// The catalogue's entries about a resource (dcat:CatalogRecord).
[[nodiscard]] std::vector<graph::Node> entries_of(graph::Graph const& graph, graph::Node resource);

/// Makes documents of their own of what a graph says of its resources.
class Parting {
 public:
  /// \param all  resources_of the graph; both outlive this
  Parting(graph::Graph const& graph, std::vector<Resource> const& all);

  /// A document of N-Triples with all that belongs to one of the resources and to no other. It is
  /// the same whatever else the graph holds.
  /// \param bytes  that it may have; less what it has
  /// \return       nothing if it would have more
  [[nodiscard]] std::optional<std::string> about(Resource const& resource, std::size_t& bytes);

 private:
  friend class Part;

  /// What a link to a node shows. Looked for once, for a catalogue has many triples.
  [[nodiscard]] std::vector<terracat::rdf::Triple> const& told_of(std::uint32_t node);

  graph::Graph const& graph_;
  std::unordered_set<std::uint32_t> foreign_; ///< resources and catalogues
  std::unordered_map<std::uint32_t, std::vector<terracat::rdf::Triple>> told_;
};

} // namespace terracat::formats::dcat

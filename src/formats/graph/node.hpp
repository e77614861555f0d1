#pragma once

#include <terracat/rdf.hpp>

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// Graphs, walked by the names of properties.
namespace terracat::formats::graph {

using terracat::rdf::TermKind; // NOLINT: for who reads graphs

/// The address that a short name stands for: `dct:title`. \pre the prefix is one of graph/node.cpp
[[nodiscard]] std::string expanded(std::string_view short_name);

/// An address as RDF may write it: what may not stand in one, as blanks of sources, is
/// percent-encoded.
[[nodiscard]] std::string legal_address(std::string_view address);

class Graph;

/// A term of a graph, or none. Every question to none answers with nothing. Valid as long as its
/// Graph is.
class Node {
 public:
  Node() noexcept = default;

  Node(Graph const* graph, std::uint32_t index) noexcept : graph_(graph), index_(index) {}

  explicit operator bool() const noexcept { return graph_ != nullptr; }

  [[nodiscard]] std::uint32_t index() const noexcept { return index_; }

  [[nodiscard]] bool is_iri() const noexcept;
  [[nodiscard]] bool is_blank() const noexcept;
  [[nodiscard]] bool is_literal() const noexcept;

  /// What was written: an absolute IRI, a text.
  [[nodiscard]] std::string const& text() const noexcept;
  [[nodiscard]] std::string const& language() const noexcept; ///< as written
  [[nodiscard]] std::string const& datatype() const noexcept;

  /// The values of these properties, those of the first one first; of a list, what is in it. The
  /// first 100,000 of them.
  [[nodiscard]] std::vector<Node> all(std::initializer_list<std::string_view> names) const;

  /// The first of all(names).
  [[nodiscard]] Node first(std::initializer_list<std::string_view> names) const;

  [[nodiscard]] bool is_a(std::string_view short_name) const;

  /// What a report calls it: its address; its name for a blank node.
  [[nodiscard]] std::string pointer() const;

  friend bool operator==(Node const&, Node const&) = default;

 private:
  Graph const* graph_ = nullptr;
  std::uint32_t index_ = 0;
};

/// A graph with what is needed to walk through it.
class Graph {
 public:
  /// What the document says several times counts once, where it is said first.
  explicit Graph(terracat::rdf::Graph graph);
  Graph(Graph const&) = delete;
  Graph& operator=(Graph const&) = delete;
  Graph(Graph&&) = delete;
  Graph& operator=(Graph&&) = delete;
  ~Graph() = default;

  [[nodiscard]] terracat::rdf::Term const& term(std::uint32_t index) const {
    return graph_.terms.at(index);
  }

  [[nodiscard]] std::size_t size() const noexcept { return graph_.triples.size(); }

  /// The triples of a subject, in the order of the document.
  [[nodiscard]] std::span<terracat::rdf::Triple const> of(std::uint32_t subject) const;

  /// The number of an IRI; nothing if the graph does not have it.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view iri) const;

  /// All subjects, in the order in which the document first says something of them.
  [[nodiscard]] std::vector<Node> subjects() const;

  /// Who has this node as the value of one of these properties.
  [[nodiscard]] std::vector<Node> owners(Node node,
                                         std::initializer_list<std::string_view> names) const;

  /// Appends a node, or what is in it if it is a list.
  void append_values(std::vector<Node>& out, std::uint32_t node) const;

  [[nodiscard]] std::vector<Finding> const& oddities() const noexcept { return graph_.oddities; }

 private:
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  [[nodiscard]] std::optional<std::uint32_t> value(std::uint32_t subject,
                                                   std::optional<std::uint32_t> predicate) const;

  terracat::rdf::Graph graph_; ///< triples by subject
  std::vector<std::uint32_t> subjects_;
  std::vector<Range> ranges_;                 ///< of triples, by term
  std::vector<terracat::rdf::Triple> turned_; ///< by object
  std::unordered_map<std::string_view, std::uint32_t> iris_;
  std::optional<std::uint32_t> list_first_; ///< the properties of lists, if there are any
  std::optional<std::uint32_t> list_rest_;
  std::optional<std::uint32_t> list_end_;
};

} // namespace terracat::formats::graph

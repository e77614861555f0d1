#include "formats/dcat/resources.hpp"

#include "formats/words/text.hpp"
#include "formats/words/utf8.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <span>
#include <unordered_map>
#include <unordered_set>

namespace terracat::formats::dcat {
namespace {

using graph::Graph;
using graph::Node;
using terracat::rdf::Triple;

struct Class {
  std::string_view name;
  std::string_view type;
};

/// The more telling class first: a series is often called a data set as well.
constexpr std::array classes{Class{"dcat:DatasetSeries", "series"},
                             Class{"dcat:Dataset", "dataset"},
                             Class{"dcat:DataService", "service"}};

/// What a mention may say of what it mentions.
bool is_said_of_mentions(Graph const& graph, std::uint32_t predicate) {
  static constexpr std::array<std::string_view, 7> names{
      "rdf:type",  "dct:title",        "dct:identifier", "rdfs:label",
      "foaf:page", "dcat:landingPage", "dct:type"};
  return std::ranges::any_of(
      names, [&](auto name) { return graph.find(graph::expanded(name)) == predicate; });
}

/// True for what something else points to, but as a catalogue does to its data sets.
bool is_mentioned(Graph const& graph, Node node) {
  return !graph
              .owners(node, {"dcat:servesDataset", "dcat:accessService", "dcat:inSeries",
                             "dcat:seriesMember", "dct:hasPart", "dct:isPartOf", "dct:relation",
                             "dct:source", "dct:isVersionOf", "dct:hasVersion", "dct:references",
                             "dct:isReferencedBy", "dct:replaces", "dct:isReplacedBy"})
              .empty();
}

/// What is said of a mention goes no further than its title; one without an address of its own, as
/// the service of a distribution, belongs to what mentions it however much is said.
bool is_only_mentioned(Graph const& graph, Node node) {
  if (node.is_blank() && is_mentioned(graph, node)) return true;
  bool const says_little = std::ranges::all_of(graph.of(node.index()), [&](Triple const& triple) {
    return is_said_of_mentions(graph, triple.predicate);
  });
  if (!says_little) return false;
  return node.all({"dct:title", "dc:title"}).empty() || is_mentioned(graph, node);
}

std::string type_of(Node node) {
  if (node.is_a("dcat:Catalog")) return {};
  for (auto const& [name, type] : classes) {
    if (node.is_a(name)) return std::string(type);
  }
  return {};
}

/// A description without a class, in the place where a data set stands.
bool stands_for_dataset(Graph const& graph, Node node) {
  if (!node.all({"rdf:type"}).empty() || node.all({"dct:title"}).empty()) return false;
  return !graph.owners(node, {"dcat:dataset", "foaf:primaryTopic"}).empty();
}

void append_escaped(std::string& out, std::string_view text, std::string_view marks) {
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (byte < ' ' || marks.find(c) != std::string_view::npos) {
      out += "\\u00" + hexadecimal(byte, 2);
    } else {
      out += c;
    }
  }
}

/// Writes triples with names of its own for blank nodes, by the order in which they are met.
class Writer {
 public:
  explicit Writer(Graph const& graph) noexcept : graph_(graph) {}

  void write(Triple const& triple) {
    write(triple.subject);
    out_ += ' ';
    write(triple.predicate);
    out_ += ' ';
    write(triple.object);
    out_ += " .\n";
  }

  /// Says of the subject what the place where it stood said.
  void write_dataset(std::uint32_t subject) {
    write(subject);
    for (auto const* const name : {"rdf:type", "dcat:Dataset"}) {
      out_ += ' ';
      write_iri(graph::expanded(name));
    }
    out_ += " .\n";
  }

  [[nodiscard]] std::size_t size() const noexcept { return out_.size(); }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void write(std::uint32_t index) {
    auto const& term = graph_.term(index);
    switch (term.kind) {
    case graph::TermKind::iri:
      write_iri(term.text);
      break;
    case graph::TermKind::blank: {
      auto const place = blanks_.try_emplace(index, blanks_.size() + 1).first;
      out_ += "_:b" + std::to_string(place->second);
      break;
    }
    case graph::TermKind::literal:
      out_ += '"';
      append_escaped(out_, term.text, "\"\\\x7f");
      out_ += '"';
      if (!term.language.empty()) {
        out_ += '@' + term.language;
      } else if (!term.datatype.empty()) {
        out_ += "^^";
        write_iri(term.datatype);
      }
      break;
    }
  }

  void write_iri(std::string_view text) { out_ += '<' + graph::legal_address(text) + '>'; }

  Graph const& graph_;
  std::string out_;
  std::unordered_map<std::uint32_t, std::size_t> blanks_;
};

} // namespace

std::vector<Resource> resources_of(Graph const& graph) {
  std::vector<Resource> out;
  std::vector<Node> unnamed;
  for (auto const node : graph.subjects()) {
    auto type = type_of(node);
    if (type.empty()) {
      if (stands_for_dataset(graph, node)) unnamed.push_back(node);
    } else if (!is_only_mentioned(graph, node)) {
      out.push_back({.node = node, .type = std::move(type)});
    }
  }
  if (!out.empty()) return out;
  for (auto const node : unnamed) out.push_back({.node = node, .type = "dataset"});
  return out;
}

std::vector<Node> entries_of(Graph const& graph, Node resource) {
  auto out = graph.owners(resource, {"foaf:primaryTopic"});
  for (auto const entry : resource.all({"foaf:isPrimaryTopicOf"})) {
    if (std::ranges::find(out, entry) == out.end()) out.push_back(entry);
  }
  return out;
}

// ---- Parting

/// Goes from a resource to all that is said for its sake.
class Part {
 public:
  Part(Parting& parting, Resource const& resource)
      : parting_(parting), graph_(parting.graph_), resource_(resource.node), writer_(graph_) {}

  /// \return  false if there is more than may be
  bool gather(std::size_t most) {
    if (resource_.all({"rdf:type"}).empty()) writer_.write_dataset(resource_.index());
    reach(resource_.index());
    for (auto const entry : entries_of(graph_, resource_)) reach(entry.index());
    while (!waiting_.empty()) {
      auto const subject = waiting_.front();
      waiting_.pop_front();
      bool const is_whole = subject == resource_.index() || belongs(subject);
      auto const told =
          is_whole ? graph_.of(subject) : std::span<Triple const>(parting_.told_of(subject));
      for (auto const& triple : told) {
        writer_.write(triple);
        if (cost() > most) return false;
        if (is_whole && graph_.term(triple.object).kind != graph::TermKind::literal) {
          reach(triple.object);
        }
      }
    }
    return true;
  }

  /// Bytes, and what was looked at without being written.
  [[nodiscard]] std::size_t cost() const noexcept { return writer_.size() + cost_; }

  [[nodiscard]] std::string take() { return writer_.take(); }

 private:
  void reach(std::uint32_t node) {
    if (reached_.insert(node).second) waiting_.push_back(node);
  }

  /// An entry of a catalogue belongs to what it is about.
  [[nodiscard]] bool belongs(std::uint32_t index) {
    if (parting_.foreign_.contains(index)) return false;
    Node const node(&graph_, index);
    if (!node.is_a("dcat:CatalogRecord")) return true;
    cost_ += graph_.of(index).size();
    auto const topics = node.all({"foaf:primaryTopic"});
    return topics.empty() || std::ranges::find(topics, resource_) != topics.end();
  }

  Parting& parting_;
  Graph const& graph_;
  Node resource_;
  Writer writer_;
  std::unordered_set<std::uint32_t> reached_;
  std::deque<std::uint32_t> waiting_;
  std::size_t cost_ = 0;
};

Parting::Parting(Graph const& graph, std::vector<Resource> const& all) : graph_(graph) {
  for (auto const& resource : all) foreign_.insert(resource.node.index());
  for (auto const node : graph.subjects()) {
    if (node.is_a("dcat:Catalog") || node.is_a("schema:DataCatalog")) {
      foreign_.insert(node.index());
    }
  }
}

/// Without a class, so that it is no resource of the part.
std::vector<Triple> const& Parting::told_of(std::uint32_t node) {
  auto const [place, is_new] = told_.try_emplace(node);
  if (!is_new) return place->second;
  for (auto const* const name :
       {"dct:title", "dct:identifier", "dcat:endpointURL", "schema:name"}) {
    auto const predicate = graph_.find(graph::expanded(name));
    if (!predicate) continue;
    for (auto const& triple : graph_.of(node)) {
      if (triple.predicate != *predicate) continue;
      if (graph_.term(triple.object).kind != graph::TermKind::blank) {
        place->second.push_back(triple);
      }
    }
  }
  return place->second;
}

std::optional<std::string> Parting::about(Resource const& resource, std::size_t& bytes) {
  Part part(*this, resource);
  if (!part.gather(bytes)) return std::nullopt;
  bytes -= std::min(bytes, part.cost());
  return part.take();
}

} // namespace terracat::formats::dcat

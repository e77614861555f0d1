#include "formats/dcat/document.hpp"
#include "formats/dcat/record.hpp"
#include "formats/dcat/resources.hpp"
#include "formats/readers.hpp"
#include "formats/xml/xml.hpp"

namespace terracat::formats {
namespace {

constexpr std::string_view dcat_address = "www.w3.org/ns/dcat#";

/// The context that DCAT-US names instead.
constexpr std::string_view other_address = "project-open-data.cio.gov/v1.1/schema";

/// Enough to hold the prefixes of a document, little enough to be cheap.
constexpr std::size_t longest_beginning = 65'536;

/// JSON-LD says so by a keyword.
bool recognises_json(std::string_view beginning) {
  auto const has = [beginning](std::string_view text) {
    return beginning.find(text) != std::string_view::npos;
  };
  if (!has("\"@")) return false;
  // Some leave the context out altogether.
  bool const is_bare = !has("\"@context\"") && has("\"Catalog\"") && has("\"dataset\"");
  return has(dcat_address) || has(other_address) || is_bare;
}

Finding not_one(std::size_t count) {
  return {.code = FindingCode::unexpected_root,
          .where = {},
          .excerpt = std::to_string(count) + " data sets"};
}

} // namespace

bool recognises_dcat(std::string_view document) {
  auto const beginning = document.substr(0, longest_beginning);
  if (dcat::looks_like_json(beginning)) return recognises_json(beginning);
  if (!dcat::looks_like_xml(document)) {
    return beginning.find(dcat_address) != std::string_view::npos;
  }
  for (auto const& tag : xml::first_start_tags(document, 1)) {
    if (tag.namespace_uri.find(dcat_address) != std::string::npos) return true;
    bool const is_rdf =
        tag.name == "RDF" && tag.namespace_uri == "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    return is_rdf && (tag.written.find(dcat_address) != std::string::npos ||
                      beginning.find(dcat_address) != std::string_view::npos);
  }
  return false;
}

ReadResult read_dcat(std::string_view document, ReadContext const& context) {
  auto parsed = dcat::graph_of(document, context);
  if (!parsed) return parsed.error();
  graph::Graph const graph(std::move(*parsed));
  auto const resources = dcat::resources_of(graph);
  if (resources.size() != 1) return not_one(resources.size());
  return dcat::read_record(graph, resources.front(), context);
}

SplitResult split_dcat(std::string_view document, ReadContext const& context) {
  auto parsed = dcat::graph_of(document, context);
  if (!parsed) return parsed.error();
  graph::Graph const graph(std::move(*parsed));
  auto const resources = dcat::resources_of(graph);
  if (resources.empty()) return not_one(0);
  std::vector<std::string> out;
  if (resources.size() == 1) {
    out.emplace_back(document);
    return out;
  }
  // What all of them share is written for each.
  std::size_t left = std::size_t{128} << 20;
  dcat::Parting parting(graph, resources);
  for (auto const& resource : resources) {
    auto part = parting.about(resource, left);
    if (!part) return Finding{.code = FindingCode::too_large, .where = {}, .excerpt = {}};
    out.push_back(std::move(*part));
  }
  return out;
}

} // namespace terracat::formats

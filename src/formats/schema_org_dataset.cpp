#include "formats/readers.hpp"
#include "formats/schema_org/document.hpp"

namespace terracat::formats {
namespace schema_org {
namespace {

/// What all data sets of a document share is written for each.
constexpr std::size_t most_bytes = std::size_t{128} << 20;

Finding not_one(std::size_t count) {
  return {.code = FindingCode::unexpected_root,
          .where = {},
          .excerpt = std::to_string(count) + " data sets"};
}

} // namespace
} // namespace schema_org

bool recognises_schema_org(std::string_view document) {
  return schema_org::looks_like_datasets(document);
}

ReadResult read_schema_org(std::string_view document, ReadContext const& context) {
  auto parsed = schema_org::graph_of(document, context);
  if (!parsed) return parsed.error();
  graph::Graph const graph(std::move(*parsed));
  auto const datasets = schema_org::datasets_of(graph);
  if (datasets.size() != 1) return schema_org::not_one(datasets.size());
  return schema_org::read_record(graph, datasets.front().node, context);
}

SplitResult split_schema_org(std::string_view document, ReadContext const& context) {
  auto parsed = schema_org::graph_of(document, context);
  if (!parsed) return parsed.error();
  graph::Graph const graph(std::move(*parsed));
  auto const datasets = schema_org::datasets_of(graph);
  if (datasets.empty()) return schema_org::not_one(0);
  std::vector<std::string> out;
  if (datasets.size() == 1) {
    out.emplace_back(document);
    return out;
  }
  auto left = schema_org::most_bytes;
  dcat::Parting parting(graph, datasets);
  for (auto const& dataset : datasets) {
    auto part = parting.about(dataset, left);
    if (!part) return Finding{.code = FindingCode::too_large, .where = {}, .excerpt = {}};
    out.push_back(std::move(*part));
  }
  return out;
}

} // namespace terracat::formats

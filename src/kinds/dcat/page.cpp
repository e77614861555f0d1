#include "kinds/dcat/page.hpp"

#include "formats/dcat/document.hpp"
#include "formats/dcat/record.hpp"
#include "kinds/url.hpp"

#include <terracat/text.hpp>

#include <charconv>

namespace terracat::kinds::dcat {
namespace {

namespace graph = formats::graph;
using graph::Node;

/// What all resources of a page share is written for each of them.
constexpr std::size_t most_bytes = std::size_t{128} << 20;

std::optional<std::size_t> count_in(Node value) {
  auto const text = trimmed(value.text());
  std::size_t count = 0;
  auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  bool const is_number = error == std::errc{} && stop == text.data() + text.size();
  return is_number && !text.empty() ? std::optional(count) : std::nullopt;
}

/// The controls may hang on the catalogue, on a collection of its own or on a view of either, and
/// addresses may be written as texts.
void read_controls(graph::Graph const& graph, std::string const& address, CataloguePage& page) {
  for (auto const node : graph.subjects()) {
    for (auto const total : node.all({"hydra:totalItems"})) {
      if (!page.total) page.total = count_in(total);
    }
    for (auto const next : node.all({"hydra:next", "hydra:nextPage"})) {
      if (page.next.empty()) page.next = link_target(address, trimmed(next.text()));
    }
    if (!node.is_a("dcat:Catalog")) continue;
    for (auto const entry : node.all({"dcat:dataset"})) {
      if (entry.is_iri()) page.listed.push_back(entry.text());
    }
  }
}

} // namespace

boost::system::result<CataloguePage, Finding>
read_page(std::string_view body, std::string const& address, rdf::Parser& parser) {
  json::Parser json;
  formats::ReadContext const context{
      .address = address, .language = {}, .local_assets = {}, .json = json, .rdf = &parser};
  auto parsed = formats::dcat::graph_of(body, context);
  if (!parsed) return parsed.error();
  graph::Graph const graph(std::move(*parsed));
  CataloguePage page{.oddities = graph.oddities(), .next = {}};
  read_controls(graph, address, page);
  auto const resources = formats::dcat::resources_of(graph);
  formats::dcat::Parting parting(graph, resources);
  auto left = most_bytes;
  for (auto const& resource : resources) {
    auto bytes = parting.about(resource, left);
    if (!bytes) return Finding{.code = FindingCode::too_large, .where = {}, .excerpt = {}};
    page.resources.push_back({.native_id = formats::dcat::native_id_of(graph, resource.node),
                              .address = resource.node.is_iri() ? resource.node.text() : "",
                              .bytes = std::move(*bytes),
                              .is_service = resource.type == "service"});
  }
  return page;
}

} // namespace terracat::kinds::dcat

#include "pages/centre_pages.hpp"

#include "api/families.hpp"
#include "api/handlers.hpp"
#include "api/pages.hpp"

#include <algorithm>

/// The pages of data centres.
namespace terracat::api {
namespace {

constexpr std::size_t most_producers = 50;
constexpr std::size_t most_recent = 6;

/// \param view  of the root's scope
pages::CentreFacts centre_facts(catalogue::View const& view, Root const& root) {
  bool const has_own = root.description != root.subject;
  pages::CentreFacts out{.name = root.id,
                         .title = root.subject,
                         .description = has_own ? std::string_view(root.description) : "",
                         .home = root.home};
  for (auto const& collection : view.collections()) {
    ++out.datasets;
    out.items += static_cast<std::size_t>(collection.entry->derived.items);
  }
  return out;
}

std::vector<pages::Producer> producers_of(catalogue::View& view) {
  auto const rows = catalogue::facet_rows();
  auto const row = std::ranges::find(rows, "producer", &catalogue::FacetRow::name);
  catalogue::FacetRequest request;
  request.are_collections = true;
  request.facets = {&*row};
  request.most = most_producers;
  std::vector<pages::Producer> out;
  auto counted = view.facets(request);
  for (auto& bucket : counted.front().buckets) {
    out.push_back(
        {.name = bucket.key, .language = std::move(bucket.language), .datasets = bucket.count});
  }
  return out;
}

std::vector<pages::Resource> newest_of(Exchange const& exchange, catalogue::View& view) {
  auto collections = view.collections();
  std::ranges::sort(collections, std::ranges::greater{},
                    [](auto const& one) { return one.entry->record_change; });
  if (collections.size() > most_recent) collections.resize(most_recent);
  std::vector<pages::Resource> out;
  out.reserve(collections.size());
  for (auto const& collection : collections) {
    out.push_back(resource_of(exchange, view, collection));
  }
  return out;
}

} // namespace

Reply get_centres_page(Exchange& exchange) {
  auto const language = language_of(exchange);
  std::vector<pages::CentreFacts> centres;
  for (auto const& pole : poles_of(exchange.site())) {
    auto const& root = *root_of_pole(exchange.site(), pole.name);
    centres.push_back(centre_facts(exchange.view(root.scope), root));
  }
  return page_reply(language, pages::centres_page(facts_of(exchange.site()), language, centres));
}

Reply get_centre_page(Exchange& exchange) {
  auto const language = language_of(exchange);
  auto const name = exchange.captured("centre");
  auto const* const root = root_of_pole(exchange.site(), name);
  if (root == nullptr) {
    throw ProblemError({.kind = ProblemKind::not_found,
                        .detail = "there is no data centre '" + name.substr(0, 100) + "' here",
                        .where = {}});
  }
  auto view = exchange.view(root->scope);
  auto const producers = producers_of(view);
  auto const newest = newest_of(exchange, view);
  auto const sources = facts_of_sources(exchange, view.reader(), *root->scope.sources());
  pages::CentrePageFacts const facts{.centre = centre_facts(view, *root),
                                     .producers = producers,
                                     .status = {.now = model::Instant::now(), .sources = sources},
                                     .newest = newest};
  return page_reply(language, pages::centre_page(facts_of(exchange.site()), language, facts));
}

} // namespace terracat::api

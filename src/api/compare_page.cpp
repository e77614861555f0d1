#include "pages/compare_page.hpp"

#include "api/handlers.hpp"
#include "api/pages.hpp"

#include <algorithm>

namespace terracat::api {
namespace {

constexpr std::string_view ids = "ids";

/// Each once, at most as many as can be compared.
std::vector<std::string> ids_of(std::string_view list) {
  std::vector<std::string> out;
  while (!list.empty() && out.size() < pages::most_compared) {
    auto const comma = std::min(list.find(','), list.size());
    std::string id(list.substr(0, comma));
    if (!id.empty() && std::ranges::find(out, id) == out.end()) out.push_back(std::move(id));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return out;
}

} // namespace

Reply get_compare_page(Exchange& exchange) {
  auto const language = language_of(exchange);
  auto view = view_of_pages(exchange);
  std::vector<pages::Resource> resources;
  std::vector<std::string> unknown;
  for (auto& id : ids_of(exchange.parameters().get(ids).value_or(""))) {
    if (auto const record = view.record(id)) {
      resources.push_back(resource_of(exchange, view, *record));
    } else {
      unknown.push_back(std::move(id));
    }
  }
  return page_reply(language, pages::compare_page(facts_of(exchange.site()), language,
                                                  {.resources = resources, .unknown = unknown}));
}

} // namespace terracat::api

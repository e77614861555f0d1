#include "kinds/stac_api/search.hpp"

#include "kinds/stac_api/paging.hpp"

namespace terracat::kinds::stac_api {
namespace {

std::string changed_by_query(std::string_view since) {
  return R"("query":{"updated":{"gte":)" + json::quoted(since) + "}}";
}

std::string changed_by_filter(std::string_view since, std::string_view filter) {
  auto changed =
      R"({"op":">=","args":[{"property":"updated"},{"timestamp":)" + json::quoted(since) + "}]}";
  if (filter.empty()) return filtered_by(changed);
  return filtered_by(R"({"op":"and","args":[)" + std::string(filter) + ',' + changed + "]}");
}

} // namespace

Abilities abilities_of(json::Value const& landing_page, bool by_search, std::string_view since,
                       std::string_view filter) {
  Abilities out;
  auto const classes = landing_page.member("conformsTo");
  if (!classes || !classes->is_array()) return out;
  auto const declares = [&classes](std::string_view name) {
    for (auto const one : classes->elements()) {
      if (one.string().value_or("").ends_with(name)) return true;
    }
    return false;
  };
  out.leaves_members_out = declares(by_search ? "/item-search#fields" : "/ogcapi-features#fields");
  out.filters = declares("/item-search#filter") && declares("/cql2-json");
  if (filter.empty() && declares("/item-search#query")) {
    out.changes = changed_by_query(since);
  } else if (out.filters) {
    out.changes = changed_by_filter(since, filter);
  }
  return out;
}

std::string filtered_by(std::string_view filter) {
  return filter.empty() ? std::string()
                        : R"("filter-lang":"cql2-json","filter":)" + std::string(filter);
}

fetch::Request search(std::string url, std::string_view collection, std::size_t limit,
                      std::string_view more) {
  auto body =
      R"({"collections":[)" + json::quoted(collection) + R"(],"limit":)" + std::to_string(limit);
  if (!more.empty()) body += ',' + std::string(more);
  return post(std::move(url), body + '}');
}

} // namespace terracat::kinds::stac_api

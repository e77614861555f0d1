#include "kinds/stac_api/options.hpp"

#include "kinds/options.hpp"

#include <algorithm>

namespace terracat::kinds::stac_api {
namespace {

std::vector<std::string> strings(json::Value const& list) {
  std::vector<std::string> out;
  for (auto const element : list.elements()) out.emplace_back(element.string().value_or(""));
  return out;
}

} // namespace

bool Options::wants(std::string_view collection) const {
  auto const is_in = [collection](std::vector<std::string> const& list) {
    return std::ranges::find(list, collection) != list.end();
  };
  return (collections.empty() || is_in(collections)) && !is_in(exclude);
}

Options parse_options(std::string_view json) {
  auto const document = read_options(options_schema, json);
  auto const root = document.root();
  return {.items = *root.member("items")->boolean(),
          .collections = strings(*root.member("collections")),
          .exclude = strings(*root.member("exclude")),
          .items_by_search = root.string("items_from") == "search",
          .collections_by_post = root.string("collections_method") == "POST",
          .paging = root.string("paging") == "page" ? Paging::page : Paging::links,
          .page_size = whole_number(*root.member("page_size")),
          .max_pages = whole_number(*root.member("max_pages"))};
}

} // namespace terracat::kinds::stac_api

#include "kinds/stac_api/options.hpp"

#include "kinds/options.hpp"

#include <algorithm>

namespace terracat::kinds::stac_api {
namespace {

std::vector<std::string> strings(json::Value const& object, std::string_view name) {
  std::vector<std::string> out;
  if (auto const list = object.member(name)) {
    for (auto const element : list->elements()) out.emplace_back(element.string().value_or(""));
  }
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
  auto const number = [&root](std::string_view name, std::size_t otherwise) {
    auto const member = root.member(name);
    return member ? static_cast<std::size_t>(member->number().value_or(1)) : otherwise;
  };
  auto const items = root.member("items");
  return {.items = items && items->boolean().value_or(false),
          .collections = strings(root, "collections"),
          .exclude = strings(root, "exclude"),
          .items_by_search = root.string("items_from") == "search",
          .collections_by_post = root.string("collections_method") == "POST",
          .paging = root.string("paging") == "page" ? Paging::page : Paging::links,
          .page_size = number("page_size", 100),
          .max_pages = number("max_pages", 100'000)};
}

} // namespace terracat::kinds::stac_api

#include "kinds/stac_api/options.hpp"

#include "kinds/options.hpp"

namespace terracat::kinds::stac_api {

Options parse_options(std::string_view json) {
  auto const document = read_options(options_schema, json);
  auto const root = document.root();
  return {.items = *root.member("items")->boolean(),
          .choice = choice_of(root),
          .items_by_search = root.string("items_from") == "search",
          .collections_by_post = root.string("collections_method") == "POST",
          .paging = root.string("paging") == "page" ? Paging::page : Paging::links,
          .page_size = whole_number(*root.member("page_size")),
          .max_pages = whole_number(*root.member("max_pages"))};
}

} // namespace terracat::kinds::stac_api
